"""Finds the least cases that meet a goal: conditions on facts that bring it about whatever else is so, none to spare."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lodged.law.prove.door import Term, z3
from lodged.law.prove.hours import Hours
from lodged.law.prove.side import ActLaw, Side
from lodged.law.prove.terms import checked, every, implies, negation
from lodged.law.prove.vocabulary import Atom, Vocabulary
from lodged.law.tree import Is, Name

# What an ordinary case is like. The first model looked for has all of this; what a goal cannot have is given up.
_ORDINARY_NO = (
    "paper.cancelled",
    "order.enjoins_compliance",
    "order.enforces_subpoena",
    "local.forbids",
    "person.proved_citizen",
    "person.proved_citizen_or_lawful",
)
_ORDINARY_YES = ("paper.form=i-247a", "paper.signed", "person.in_custody", "inquiry.purpose=civil_immigration")
# Facts a case is the plainer without: they are tried first when conditions are dropped.
_DROPPED_FIRST = ("order.", "local.", "person.", "custodian.", "hold.", "requester.", "inquiry.", "warrant.")
# Facts that say less than others which would do as well: that nobody with the power signed is plainer than who is not named.
_LESS_TELLING = ("warrant.names_person", "warrant.came_with_detainer", "warrant.authorizes", "warrant.offense")


@dataclass(frozen=True, slots=True)
class Literal:
    """A test that holds, or does not, with the term that says so, and the number by which the prover knows that term."""

    atom: Atom
    holds: bool
    term: Term = field(compare=False, repr=False)
    number: int = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Least:
    """Literals that bring a goal about, none to spare; `model` is one whole case in which they hold."""

    literals: tuple[Literal, ...]
    model: Term


class Search:
    """One act's law on one side, or on two that share their facts, with a solver that is kept alive between goals."""

    def __init__(self, sides: Sequence[Side], act: str) -> None:
        self.sides, self.act = tuple(sides), act
        self.vocabulary = Vocabulary()
        first = sides[0]
        at = first.at if all(side.at == first.at for side in sides) else None
        self.hours = Hours(self.vocabulary, at, first.place.zone)
        self.laws = tuple(ActLaw(side, act, self.vocabulary, self.hours) for side in self.sides)
        self._solver: z3.Solver = None
        self._goals = 0
        self._made: dict[tuple[int, bool], tuple[Term, int]] = {}
        self._usual = z3.Bool("as the forms imply")

    @property
    def solver(self) -> z3.Solver:
        """The solver; made when the first goal is asked for, so that a property can be encoded before."""
        if self._solver is None:
            self._solver = z3.Solver()
            implied = [term for law in self.laws for term in law.encoder.implied().values()]
            alone = len(self.laws) == 1  # then readings may stay free; two laws may read one question differently
            for law in self.laws:
                law.encoder.finish()
                self._solver.add(law.admissible if alone else law.settled.admissible)
            self._solver.add(implies(self._usual, every(implied)))
            self._solver.add(*self.hours.axioms())
            self._solver.add(*self.vocabulary.axioms())
        return self._solver

    def may(self, *terms: Term) -> bool:
        """Is there a case in which all of these hold?"""
        return bool(checked(self.solver, terms) == z3.sat)

    def never(self, literals: Iterable[Literal]) -> None:
        """From now on these literals do not hold together: no list of convictions can show them."""
        self.solver.add(negation(every(literal.term for literal in literals)))

    def least(self, goal: Term, *, read: bool = False) -> Iterator[Least]:
        """The least cases of a goal, one after another, until every case that meets it is covered.

        `read`: readings of open questions belong to the case, and the goal hangs on them.
        """
        self._goals += 1
        wanted = z3.Bool(f"goal {self._goals}")
        self.solver.add(wanted == goal)
        block: Term = z3.Bool(f"not seen {self._goals}")
        while (model := self._ordinary([wanted, block])) is not None:
            literals = self._least(list(self._literals(model, read)), negation(wanted))
            yield Least(literals, model)
            self.solver.add(implies(block, negation(every(literal.term for literal in literals))))

    # ---- a model

    def _ordinary(self, must: list[Term]) -> Term | None:
        """A model as ordinary as the goal allows."""
        atoms = self.vocabulary.atoms
        wishes = [self._usual, *(negation(atoms[name].term) for name in _ORDINARY_NO if name in atoms)]
        wishes += [atoms[name].term for name in _ORDINARY_YES if name in atoms]
        wishes += [negation(split.term) for split in self.hours.splits]
        while True:
            if checked(self.solver, [*must, *wishes]) == z3.sat:
                return self.solver.model()
            core = {term.get_id() for term in self.solver.unsat_core()}
            refused = [wish for wish in wishes if wish.get_id() in core]
            if not refused:
                return None
            wishes = [wish for wish in wishes if wish.get_id() != refused[-1].get_id()]

    def _literals(self, model: Term, read: bool) -> Iterator[Literal]:
        """Everything a model says of the tests; of a choice only which values it is not, so that others can join it."""
        for atom in (*self.vocabulary.atoms.values(), *self.vocabulary.others(), *(self._readings() if read else ())):
            holds = z3.is_true(model.eval(atom.term, model_completion=True))
            if not (holds and self._is_choice(atom)):
                yield self._literal(atom, holds)

    def _literal(self, atom: Atom, holds: bool) -> Literal:
        key = (atom.term.get_id(), holds)
        if key not in self._made:
            term = atom.term if holds else negation(atom.term)
            self._made[key] = (term, term.get_id())
        return Literal(atom, holds, *self._made[key])

    def _is_choice(self, atom: Atom) -> bool:
        return bool(atom.value) and (atom.fact in self.vocabulary.choices or atom.fact in self.vocabulary.questions)

    def _readings(self) -> Iterator[Atom]:
        for name, readings in self.vocabulary.questions.items():
            for choice, term in readings.items():
                yield Atom(name, term, Is(name, (choice,)), choice)
        for name, term in self.vocabulary.laws.items():
            yield Atom(name, term, Name(name))

    # ---- making it least

    def _least(self, literals: list[Literal], unless: Term) -> tuple[Literal, ...]:
        """Drops whole facts first, then single tests, as long as the rest still brings the goal about."""
        for fact in _LESS_TELLING:
            fewer = [literal for literal in literals if literal.atom.fact != fact]
            literals = literals if self._core(fewer, unless) is None else fewer
        kept = self._core(literals, unless)
        assert kept is not None
        for fact, _ in groupby(sorted(kept, key=_order), key=lambda literal: literal.atom.fact):
            kept = self._core([literal for literal in kept if literal.atom.fact != fact], unless) or kept
        for literal in sorted(kept, key=_order):
            if literal in kept:
                kept = self._core([other for other in kept if other is not literal], unless) or kept
        return tuple(kept)

    def _core(self, literals: list[Literal], unless: Term) -> list[Literal] | None:
        """Those of the literals that the prover used; None where they do not bring the goal about."""
        if checked(self.solver, [unless, *(literal.term for literal in literals)]) != z3.unsat:
            return None
        used = {term.get_id() for term in self.solver.unsat_core()}
        return [literal for literal in literals if literal.number in used]


def _order(literal: Literal) -> tuple[int, str]:
    fact = literal.atom.fact
    place = next((at for at, start in enumerate(_DROPPED_FIRST) if fact.startswith(start)), len(_DROPPED_FIRST))
    return place, fact
