"""Decides what the law says of a question: over all completions of what is not known, never by a guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lodged.law.ask import Question
from lodged.law.build import Builder, Variable
from lodged.law.change import changes
from lodged.law.decision import (
    Because,
    Challenged,
    Decision,
    Due,
    OpenReading,
    Reason,
    WouldChange,
    WouldSay,
)
from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.fact import DUTIES_WITH, as_json
from lodged.law.matter import CONTESTED, FORBIDDEN, NOT_KNOWN, PERMITTED, REQUIRED, Completions, Outcome, is_law
from lodged.law.packs import Packs
from lodged.law.probe import Tests, tests_of
from lodged.law.standing import Standing, standing
from lodged.law.tree import Condition, Pack, leaves
from lodged.law.truth import Truth
from lodged.law.weigh import Draft, Speech, speeches, with_open_laws
from lodged.problem import Problem, ProblemsError
from lodged.when import WhenError

_SUPPORTS = {FORBIDDEN: ("forbid",), REQUIRED: ("require",), PERMITTED: ("permit",)}
_ANY = ("require", "permit", "forbid")


def decide(
    packs: Packs,
    question: Question,
    adopted: frozenset[str] = frozenset(),
    with_draft: Iterable[str] = (),
) -> Decision:
    """What the law says of `question`.

    `adopted` holds `pack@version` names that counsel adopted; `with_draft` names draft packs to decide by, and the
    decision then says so. Raises ProblemsError for an unknown draft, for facts that contradict each other, and for
    hours that no calendar can count.

    >>> from datetime import datetime
    >>> from lodged.law.packs import load
    >>> at = datetime.fromisoformat("2020-01-17T14:05:00-05:00")
    >>> facts = {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none"}
    >>> decide(load(), Question("us-ny-nyc/doc", "hold", at, facts)).effect
    'forbidden'
    """
    drafts = _known_drafts(packs, frozenset(with_draft))
    try:
        asked = _Asked(packs, question, question.act, drafts)
        due = [d for duty in _duties(question.act) if (d := _due(packs, question, duty, drafts))]
        return asked.decision(adopted, due)
    except WhenError as error:
        mend = "add the calendar's year, or give `hold.hours` instead of `person.release_moment`"
        raise ProblemsError([Problem("person.release_moment", str(error), mend)]) from None


def _known_drafts(packs: Packs, names: frozenset[str]) -> frozenset[str]:
    drafts = sorted(pack.id for pack in packs.packs if pack.status == "draft")
    unknown = [name for name in sorted(names) if name not in drafts]
    if unknown:
        mend = f"the drafts are: {', '.join(drafts) or 'none'}"
        raise ProblemsError([Problem("with_draft", f"`{name}` is no draft pack", mend) for name in unknown])
    return names


def _duties(act: str) -> list[str]:
    return [duty for duty, acts in DUTIES_WITH.items() if act in acts]


@dataclass(frozen=True, slots=True)
class _Duty:
    due: Due
    packs: tuple[str, ...]


def _due(packs: Packs, question: Question, duty: str, drafts: frozenset[str]) -> _Duty | None:
    """A duty that comes with the act, where it is more than permitted by silence."""
    asked = _Asked(packs, question, duty, drafts)
    effect = asked.outcome.effect
    if effect == PERMITTED:
        return None
    spoken = asked.supporting(effect)
    cites = [speech.rule.cite for speech in spoken] or [draft.pack.cite for draft in asked.drafts]
    cites += [statement.cite for _, statement in asked.standing.unencoded]
    return _Duty(Due(duty, effect, cites[0] if cites else ""), tuple({speech.pack.id for speech in spoken}))


class _Asked:
    """One act asked of the law that stands: every rule's diagram, the effect's, what matters."""

    def __init__(self, packs: Packs, question: Question, act: str, drafts: frozenset[str]) -> None:
        self.packs, self.question = packs, question
        self.standing, self.tests = _law(packs, question, act, drafts)
        self.diagrams = Diagrams()
        self.builder = self._builder(question.facts)
        self._refuse_broken_constraints()
        self.spoken = speeches(self.builder, self.standing.packs)
        self._refuse_other_hours()
        effect, self.drafts = with_open_laws(self.builder, self.spoken)
        self.completions = _admissible(self.builder, effect)
        self.silent = not self._may(self.diagrams.apply(_speaks, effect))
        if not self.completions.possible:
            raise ProblemsError([Problem("facts", "these facts cannot all be true together", "correct one of them")])
        self.outcome: Outcome = self.completions.outcome()
        self.drafts_used = frozenset(drafts)

    def _builder(self, facts: Mapping[str, object], *, implied: bool = True) -> Builder:
        return Builder(self.standing, self.diagrams, facts, self.question.at, self.tests, implied=implied)

    # ---- problems

    def _refuse_broken_constraints(self) -> None:
        bare = self._builder(self.question.facts, implied=False)
        found = []
        for constraint, pack in self.standing.constraints:
            given, then = bare.condition(constraint.given, pack), bare.condition(constraint.then, pack)
            if given == self.diagrams.yes and then == self.diagrams.no:
                names = _given_names(constraint.given, self.question) + _given_names(constraint.then, self.question)
                both = "both be true" if len(set(names)) > 1 else f"be true on {self.standing.day}"
                what = f"{' and '.join(dict.fromkeys(names))} cannot {both}"
                found.append(Problem("facts", what, f"correct one of them ({constraint.cite})"))
        if found:
            raise ProblemsError(found)

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

    # ---- the decision

    def decision(self, adopted: frozenset[str], due: Sequence[_Duty]) -> Decision:
        """The whole decision."""
        outcome = self.outcome
        reasons = self._reasons(outcome.effect)
        facts = [name for rank in outcome.facts for name in self.builder.variables[rank].facts]
        used = sorted({speech.pack.id for speech in self.spoken} | {pack for duty in due for pack in duty.packs})
        first = self.completions.ask_first(outcome.facts) if outcome.effect == NOT_KNOWN else None
        return Decision(
            custodian=self.question.custodian,
            act=self.standing.act,
            effect=outcome.effect,
            basis="silence" if self.silent or not self.spoken else "rule",
            law_as_of=self.standing.day,
            draft_law_used=any(speech.pack.id in self.drafts_used for speech in self.spoken),
            reasons=reasons,
            adopted=bool(used) and all(self.packs.named(pack) in adopted for pack in used),
            packs_used=tuple(self.packs.named(pack) for pack in used),
            needs=tuple(facts),
            laws=tuple(self.builder.variables[rank].name for rank in outcome.facts if is_law(rank)),
            ask_first=self.builder.variables[first].facts[0] if first else None,
            readings=self._readings(),
            challenges=self._challenges(),
            draft_would_say=self._drafts_say(),
            would_change=self._would_change(),
            duties=tuple(duty.due for duty in due),
            notes=self._notes(),
        )

    def supporting(self, effect: str) -> list[Speech]:
        """Rules that support an effect in some admissible completion; all that speak where it is not decided."""
        says = _SUPPORTS.get(effect, _ANY)
        return [speech for speech in self.spoken if speech.says in says and self._may(speech.left)]

    def _truth(self, node: Node) -> Truth:
        """Does it hold in every admissible completion, in none, or only in some?"""
        diagrams, admissible = self.diagrams, self.completions.admissible
        if diagrams.every((node, admissible)) == diagrams.no:
            return Truth.NO
        return Truth.YES if diagrams.every((diagrams.negation(node), admissible)) == diagrams.no else Truth.NOT_KNOWN

    def _may(self, node: Node) -> bool:
        return self._truth(node) is not Truth.NO

    def _must(self, node: Node) -> bool:
        return self._truth(node) is Truth.YES

    def _reasons(self, effect: str) -> tuple[Reason, ...]:
        spoken = self.supporting(effect)
        if effect in _SUPPORTS and any(self._must(speech.left) for speech in spoken):
            spoken = [speech for speech in spoken if self._must(speech.left)]
        return tuple(self._reason(speech) for speech in spoken)

    def _reason(self, speech: Speech) -> Reason:
        part = Completions(self.diagrams, speech.left, self.completions.admissible, self.completions.ties)
        truth = self._truth(speech.left)
        only_read = truth is Truth.NOT_KNOWN and part.outcome().effect == CONTESTED
        holds = CONTESTED if only_read else truth.value
        pack, rule = speech.pack, speech.rule
        start = max((d for d in (pack.span.start, rule.span.start) if d), default=None)
        end = min((d for d in (pack.span.end, rule.span.end) if d), default=None)
        lifted = tuple((other.id, statement.cite) for other, statement in speech.lifts if self._lifts(speech, other))
        version = self.packs.versions[pack.id]
        because = self._because(speech)
        return Reason(pack.id, version, rule.name, rule.cite, speech.says, (start, end), holds, because, lifted)

    def _lifts(self, speech: Speech, other: Pack) -> bool:
        against = [s for s in self.spoken if s.pack.id == other.id and s.left != s.node]
        return any(self._may(self.diagrams.every((speech.node, s.node))) for s in against)

    def _because(self, speech: Speech) -> tuple[Because, ...]:
        """The given facts the rule rests on: those without which it would not hold; where it only may, those it looks at."""
        facts = dict(self.question.facts)
        probe = self._builder(facts)
        self._own_node(probe, speech)
        kept = {name: value for name, value in facts.items() if name in probe.touched}
        if not self._must(speech.left):
            return tuple(Because(name, as_json(value)) for name, value in kept.items())
        target = self._own_node(self._builder(kept), speech)
        for name in list(kept):
            fewer = {other: value for other, value in kept.items() if other != name}
            if self._own_node(self._builder(fewer), speech) == target:
                kept = fewer
        return tuple(Because(name, as_json(value)) for name, value in kept.items())

    def _own_node(self, builder: Builder, speech: Speech) -> Node:
        """The rule's own condition, before precedence: what its facts make of it."""
        when = builder.condition(speech.rule.when, speech.pack)
        unless = builder.condition(speech.rule.unless, speech.pack)
        if speech.rule.effect == speech.says:
            unless = self.diagrams.negation(unless)
        return self.diagrams.every((when, unless))

    def _readings(self) -> tuple[OpenReading, ...]:
        found = []
        for rank in self.outcome.readings:
            variable = self.builder.variables[rank]
            found.append(OpenReading(variable.name, self.completions.by_reading(variable), self._cites(variable.name)))
        return tuple(found)

    def _cites(self, name: str) -> dict[str, str]:
        question = self.packs.questions.get(name)
        if question:
            return {reading.choice: reading.cite for reading in question.readings}
        sides = {"A": "require", "B": "forbid"}
        packs = name.removeprefix("conflict:")
        return {
            choice: "; ".join(s.rule.cite for s in self.spoken if s.says == says and s.pack.id in packs)
            for choice, says in sides.items()
        }

    def _challenges(self) -> tuple[Challenged, ...]:
        found: dict[str, Challenged] = {}
        for challenge, pack in self.standing.challenges:
            if self._may(self.builder.condition(challenge.when, pack)):
                found.setdefault(challenge.name, Challenged(challenge.name, challenge.cite))
        return tuple(found.values())

    def _drafts_say(self) -> tuple[WouldSay, ...]:
        return tuple(
            WouldSay(draft.pack.id, self._draft_effect(draft)) for draft in self.drafts if self._may(draft.speaks)
        )

    def _draft_effect(self, draft: Draft) -> str:
        admissible = self.diagrams.every((self.completions.admissible, draft.speaks))
        return Completions(self.diagrams, draft.effect, admissible, self.completions.ties).outcome().effect

    def _notes(self) -> tuple[str, ...]:
        """Where a reviewer and the offence table differ on a conviction."""
        elements = self.question.facts.get("person.convictions")
        tables = {t.id: t for pack in self.standing.packs if (t := self.packs.table(pack))}
        found = []
        for table in tables.values():
            for place, element in enumerate(elements if isinstance(elements, tuple) else ()):
                listed, flag = table.lists(element), element.get("violent_or_serious")
                if isinstance(listed, bool) and isinstance(flag, bool) and listed != flag:
                    said = "lists" if listed else "does not list"
                    found.append(
                        f"person.convictions[{place}]: the reviewer's answer goes before table {table.id}, which {said} it"
                    )
        return tuple(found)

    # ---- what would change it

    def _would_change(self) -> tuple[WouldChange, ...]:
        if not self.spoken and not self.standing.packs:
            return ()
        whole, builder = _whole(self.packs, self.standing, self.tests)
        current = self._current(builder, whole)
        found = changes(whole, builder.variables, current, self.outcome.effect)
        return tuple(WouldChange(_shown(change.cells, builder.variables), change.effect) for change in found)

    def _current(self, whole: Builder, completions: Completions) -> dict[Rank, int]:
        """The cell of every variable whose value is settled by the facts given."""
        diagrams = completions.diagrams
        support = diagrams.support(completions.effect) | diagrams.support(completions.admissible)
        return {rank: cell for rank in support if (cell := _cell(self.builder, whole, rank)) is not None}


def _speaks(effect: object) -> bool:
    return effect != "silent"


def _law(packs: Packs, question: Question, act: str, drafts: frozenset[str]) -> tuple[Standing, Tests]:
    key = ("law", question.custodian, question.day, act, drafts)
    if key not in packs.kept:
        stands = standing(packs, question.place, question.day, act, drafts)
        packs.kept[key] = (stands, tests_of(stands))
    kept: tuple[Standing, Tests] = packs.kept[key]
    return kept


def _admissible(builder: Builder, effect: Node, *, whole: bool = False) -> Completions:
    """The effect with the constraints on what it hangs on; other facts in them are free, or kept for the `whole`."""
    diagrams = builder.diagrams
    nodes = []
    for constraint, pack in builder.standing.constraints:
        given, then = builder.condition(constraint.given, pack), builder.condition(constraint.then, pack)
        nodes.append(diagrams.either((diagrams.negation(given), then)))
    support = diagrams.support(effect)
    admissible = diagrams.every(nodes)
    if not whole:
        admissible = diagrams.fold(admissible, lambda rank: rank not in support, diagrams.either)
    return Completions(diagrams, effect, admissible, _ties([diagrams.support(node) for node in nodes], support))


def _ties(groups: list[set[Rank]], support: set[Rank]) -> list[frozenset[Rank]]:
    """Which variables the effect hangs on are tied together: by one constraint, or through facts that stand between."""
    merged: list[set[Rank]] = []
    for group in groups:
        joined = [other for other in merged if (other & group) - support]
        merged = [other for other in merged if other not in joined]
        merged.append(group.union(*joined))
    return [frozenset(group & support) for group in merged]


def _whole(packs: Packs, stands: Standing, tests: Tests) -> tuple[Completions, Builder]:
    """The law's effect with no fact known at all; worked out once for each law that stands."""
    key = ("whole", _signature(stands))
    if key not in packs.kept:
        builder = Builder(stands, Diagrams(), {}, None, tests)
        effect, _ = with_open_laws(builder, speeches(builder, stands.packs))
        packs.kept[key] = (_admissible(builder, effect, whole=True), builder)
    kept: tuple[Completions, Builder] = packs.kept[key]
    return kept


def _signature(stands: Standing) -> tuple[object, ...]:
    """Two days on which the same rules stand have the same signature."""
    rules = tuple((pack.id, rule.name) for pack in (*stands.packs, *stands.drafts) for rule in stands.rules(pack))
    open_ = tuple(pack.id for pack, _ in stands.unencoded)
    return stands.custodian.id, stands.act, tuple(pack.id for pack in stands.packs), rules, open_


def _cell(given: Builder, whole: Builder, rank: Rank) -> int | None:
    """Which cell of `whole` the facts given put a variable into, where they do."""
    variable = whole.variables.get(rank)
    if variable is None or variable.kind != "fact":
        return None
    return given.cell_of(variable, whole)


def _shown(cells: Mapping[Rank, int], variables: Mapping[Rank, Variable]) -> dict[str, object]:
    return {variables[rank].facts[-1]: as_json(variables[rank].cells[cell]) for rank, cell in sorted(cells.items())}


def _given_names(condition: Condition, question: Question) -> list[str]:
    names = []
    for leaf in leaves(condition):
        for ref in (getattr(leaf, "ref", ""), getattr(leaf, "other", "")):
            if ref in question.facts:
                names.append(f"`{ref}` {as_json(question.facts[ref])}")
    return names
