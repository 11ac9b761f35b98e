"""One act asked of the law: what is given put into it, every completion of the rest, what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lodged.law.ask import Question
from lodged.law.build import Builder
from lodged.law.compiled import Tie
from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.fact import as_json
from lodged.law.matter import Completions, Outcome
from lodged.law.tree import Condition, leaves
from lodged.law.truth import Truth
from lodged.law.weigh import Draft, Speech, Weighed
from lodged.problem import Problem, ProblemsError


@dataclass(eq=False)
class Asked:
    """A question put to a law. Raises ProblemsError for facts that contradict each other."""

    law: Weighed
    question: Question
    act: str
    builder: Builder = field(init=False)
    completions: Completions = field(init=False)
    outcome: Outcome = field(init=False)
    spoken: tuple[Speech, ...] = field(init=False)
    drafts: tuple[Draft, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.builder = self._builder()
        ties = self._ties()
        put, no = self.builder.put, self.builder.diagrams.no
        self.spoken = tuple(speech for speech in self.law.spoken if put(speech.node) != no)
        self.drafts = tuple(draft for draft in self.law.drafts if put(draft.speaks) != no)
        self._refuse_other_hours()
        self.completions = admissible(self.builder.diagrams, put(self.law.effect), ties)
        if not self.completions.possible:
            raise ProblemsError([Problem("facts", "these facts cannot all be true together", "correct one of them")])
        self.outcome = self.completions.outcome()

    def _builder(self, *, implied: bool = True) -> Builder:
        question = self.question
        return Builder(self.law.law, question.facts, question.day, question.at, implied=implied)

    @property
    def silent(self) -> bool:
        """Does no rule speak in any completion?"""
        spoken = self.builder.diagrams.apply(_speaks, self.builder.put(self.law.effect))
        return not self.spoken or not self.may(spoken)

    # ---- truths

    def truth(self, node: Node) -> Truth:
        """Does it hold in every admissible completion, in none, or only in some?"""
        diagrams, allowed = self.builder.diagrams, self.completions.admissible
        if diagrams.every((node, allowed)) == diagrams.no:
            return Truth.NO
        return Truth.YES if diagrams.every((diagrams.negation(node), allowed)) == diagrams.no else Truth.NOT_KNOWN

    def may(self, node: Node) -> bool:
        """Does it hold in some admissible completion?"""
        return self.truth(node) is not Truth.NO

    def must(self, node: Node) -> bool:
        """Does it hold in every admissible completion?"""
        return self.truth(node) is Truth.YES

    def supporting(self) -> list[Speech]:
        """The rules that carry an effect which the question can come to: each where that effect is what is left."""
        diagrams, counted = self.builder.diagrams, self.completions.counted
        found = []
        for speech in self.spoken:
            carried = diagrams.equal(counted, _CARRIES[speech.says])
            if diagrams.every((self.builder.put(speech.left), carried)) != diagrams.no:
                found.append(speech)
        return found

    # ---- problems

    def _ties(self) -> list[Node]:
        """The constraints with the facts put in; raises where given facts break one."""
        nodes, found = [], []
        for tie in self.law.ties:
            node = self.builder.put(tie.node)
            nodes.append(node)
            if node == self.builder.diagrams.no:
                found += self._broken(tie)
        if found:
            raise ProblemsError(found)
        return nodes

    def _broken(self, tie: Tie) -> list[Problem]:
        """A problem where the facts given break a constraint by themselves, without what a default implies."""
        bare = self._builder(implied=False)
        if bare.put(tie.node) != bare.diagrams.no:
            return []
        constraint, question = tie.constraint, self.question
        names = _given_names(constraint.given, question) + _given_names(constraint.then, question)
        both = "both be true" if len(set(names)) > 1 else f"be true on {question.day}"
        what = f"{' and '.join(dict.fromkeys(names))} cannot {both}"
        return [Problem("facts", what, f"correct one of them ({constraint.cite})")]

    def _refuse_other_hours(self) -> None:
        """`hold.hours` beside `person.release_moment` must be what one clock of the law at hand counts.

        Over a weekend the clocks differ, and nobody can give a figure that fits them all.
        """
        given = self.question.facts.get("hold.hours")
        if not isinstance(given, int | float) or "person.release_moment" not in self.question.facts:
            return
        clocks = {clock: self.builder.hours(clock) for clock in sorted(self.builder.clocks_used)}
        counted = {clock: hours for clock, hours in clocks.items() if hours is not None}
        if counted and all(abs(hours - given) >= 1 for hours in counted.values()):
            ran = ", ".join(f"{hours:g} ran by {clock}" for clock, hours in counted.items())
            what = f"`hold.hours` is {given:g}, but since `person.release_moment` {ran}"
            raise ProblemsError([Problem("facts", what, "correct one of them, or leave `hold.hours` out")])


def admissible(diagrams: Diagrams, effect: Node, ties: list[Node], *, whole: bool = False) -> Completions:
    """The effect with the constraints on what it hangs on; other facts in them are free, or kept for the `whole`."""
    support = diagrams.support(effect)
    allowed = diagrams.every(ties)
    if not whole:
        allowed = diagrams.fold(allowed, lambda rank: rank not in support, diagrams.either)
    return Completions(diagrams, effect, allowed, _tied([diagrams.support(node) for node in ties], support))


def _tied(groups: list[set[Rank]], support: set[Rank]) -> list[frozenset[Rank]]:
    """Which variables the effect hangs on are tied together: by one constraint, or through facts that stand between."""
    merged: list[set[Rank]] = []
    for group in groups:
        joined = [other for other in merged if (other & group) - support]
        merged = [other for other in merged if other not in joined]
        merged.append(group.union(*joined))
    return [frozenset(group & support) for group in merged]


_CARRIES: Mapping[str, str] = {"forbid": "forbidden", "require": "required", "permit": "permitted"}


def _speaks(effect: object) -> bool:
    return effect != "silent"


def _given_names(condition: Condition, question: Question) -> list[str]:
    names = []
    for leaf in leaves(condition):
        for ref in (getattr(leaf, "ref", ""), getattr(leaf, "other", "")):
            if ref in question.facts:
                names.append(f"`{ref}` {as_json(question.facts[ref])}")
    return names
