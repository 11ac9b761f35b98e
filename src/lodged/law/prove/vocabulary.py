"""What is free: every test that the law makes of a fact, every open question, as variables of the prover.

One vocabulary may serve two laws: then the same test of the same fact is the same variable in both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lodged.law.fact import Fact
from lodged.law.measure import section_of
from lodged.law.prove import days
from lodged.law.prove.days import Day
from lodged.law.prove.door import Term, z3
from lodged.law.tree import Condition, Has, Is, Name

HOURS = "hold.hours"
OTHER = "other words"  # a value that no test names


@dataclass(frozen=True, slots=True)
class Atom:
    """One test of one fact: `term` is a truth of the prover, `means` the test in the language of the packs."""

    fact: str
    term: Term = field(compare=False)  # terms of the prover have no equality of their own: `==` makes another term
    means: Condition
    value: str = ""


@dataclass(slots=True)
class Choice:
    """A fact that has exactly one of some values: a variable for each value that was tested, one for all the rest."""

    fact: Fact
    tested: dict[str, Atom] = field(default_factory=dict)

    def rest(self) -> tuple[str, ...]:
        """The values that no test names."""
        return tuple(value for value in self.fact.choices if value not in self.tested)


@dataclass(slots=True)
class Words:
    """A fact in free words: one whole number says which of the tested words it is, -1 for none of them."""

    which: Term
    tests: dict[tuple[str, ...], Atom] = field(default_factory=dict)

    def named(self) -> list[str]:
        """All words that are tested, in order."""
        return sorted({name for names in self.tests for name in names})


class Vocabulary:
    """Makes a variable when a test is met for the first time; `axioms` says how the variables hang together."""

    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.choices: dict[str, Choice] = {}
        self.members: dict[str, dict[str, Atom]] = {}
        self.words: dict[str, Words] = {}
        self.numbers: dict[str, Term] = {}
        self.ordinals: dict[str, Term] = {}
        self.questions: dict[str, dict[str, Term]] = {}
        self.laws: dict[str, Term] = {}
        self._days: dict[str, Day] = {}
        self._axioms: list[Term] = []

    # ---- tests of facts

    def yes(self, name: str) -> Term:
        """A yes-no fact."""
        return self._atom(name, name, Name(name)).term

    def is_one(self, name: str, fact: Fact, values: Iterable[str]) -> list[Term]:
        """A choice: the truths of which one must hold for the fact to have one of the values."""
        choice = self.choices.setdefault(name, Choice(fact))
        for value in values:
            if value not in choice.tested:
                choice.tested[value] = self._atom(f"{name}={value}", name, Is(name, (value,)), value)
        return [choice.tested[value].term for value in values]

    def has_one(self, name: str, values: Iterable[str]) -> list[Term]:
        """A set: the truths of which one must hold for it to hold one of the values."""
        members = self.members.setdefault(name, {})
        for value in values:
            if value not in members:
                members[value] = self._atom(f"{name} has {value}", name, Has(name, (value,)), value)
        return [members[value].term for value in values]

    def worded(self, name: str, names: tuple[str, ...]) -> Term:
        """Free words: is it one of those named, or a subdivision of one?"""
        words = self.words.setdefault(name, Words(z3.Int(f"words of {name}")))
        if names not in words.tests:
            words.tests[names] = self._atom(f"{name} is {names}", name, Is(name, names))
        return words.tests[names].term

    def number(self, name: str) -> Term:
        """An amount, never negative."""
        if name not in self.numbers:
            self.numbers[name] = z3.Real(name)
            self._axioms.append(self.numbers[name] >= 0)
        return self.numbers[name]

    def ordinal(self, name: str) -> Term:
        """A day, counted as Python's `date.toordinal` does."""
        if name not in self.ordinals:
            self.ordinals[name] = z3.Int(name)
            self._axioms += days.in_our_time(self.ordinals[name])
        return self.ordinals[name]

    def day(self, name: str) -> Day:
        """A day with its year, month and day of the month."""
        if name not in self._days:
            self._days[name], axioms = days.free(name, self.ordinal(name))
            self._axioms += axioms
        return self._days[name]

    def tested(self, key: str, fact: str, means: Condition, term: Term) -> Term:
        """A truth that stands for a term over numbers or days, under the name of its test."""
        if key not in self.atoms:
            self._axioms.append(self._atom(key, fact, means).term == term)
        return self.atoms[key].term

    def free(self, key: str, fact: str, means: Condition) -> Term:
        """A truth that hangs on nothing here."""
        return self._atom(key, fact, means).term

    def _atom(self, key: str, fact: str, means: Condition, value: str = "") -> Atom:
        if key not in self.atoms:
            self.atoms[key] = Atom(fact, z3.Bool(key), means, value)
        return self.atoms[key]

    def equals(self, name: str, value: object) -> Iterator[Term]:
        """What the tests of a fact say once its value is known."""
        if name in self.choices:
            yield from (atom.term == (value == tested) for tested, atom in self.choices[name].tested.items())
        elif name in self.words:
            yield from (atom.term == section_of(str(value), names) for names, atom in self.words[name].tests.items())
        elif name in self.members and isinstance(value, frozenset):
            yield from (atom.term == (member in value) for member, atom in self.members[name].items())
        elif isinstance(value, bool) and name in self.atoms:
            yield self.atoms[name].term == value
        elif isinstance(value, date) and name in self.ordinals:
            yield self.ordinals[name] == value.toordinal()
        elif isinstance(value, int | float) and name in self.numbers:
            yield self.numbers[name] == z3.RealVal(str(value))

    # ---- what is no fact

    def reading(self, question: str, choices: tuple[str, ...]) -> Mapping[str, Term]:
        """An open question of law: a truth for each reading."""
        if question not in self.questions:
            self.questions[question] = {choice: z3.Bool(f"{question} is {choice}") for choice in choices}
        return self.questions[question]

    def law(self, name: str) -> Term:
        """A law that is a draft, or that no pack holds: does it stand?"""
        return self.laws.setdefault(name, z3.Bool(f"law:{name}"))

    # ---- how they hang together

    def also(self, axiom: Term) -> None:
        """One more thing that is always so."""
        self._axioms.append(axiom)

    def axioms(self) -> Iterator[Term]:
        """What is so whatever the facts are. Ask for it when the whole law has been encoded."""
        yield from self._axioms
        for name, choice in self.choices.items():
            yield _exactly_one([atom.term for atom in choice.tested.values()] + self._other(name, choice))
        for words in self.words.values():
            yield from _worded(words)
        for readings in self.questions.values():
            yield _exactly_one(list(readings.values()))

    def _other(self, name: str, choice: Choice) -> list[Term]:
        return [z3.Bool(f"{name}={OTHER}")] if choice.rest() else []

    def others(self) -> Iterator[Atom]:
        """For each choice with untested values: that it has one of them."""
        for name, choice in self.choices.items():
            for term in self._other(name, choice):
                yield Atom(name, term, Is(name, choice.rest()), OTHER)


def _worded(words: Words) -> Iterator[Term]:
    named = words.named()
    yield words.which >= -1
    yield words.which < len(named)
    for names, atom in words.tests.items():
        places = [place for place, name in enumerate(named) if section_of(name, names)]
        yield atom.term == z3.Or(*(words.which == place for place in places))


def _exactly_one(terms: list[Term]) -> Term:
    """One of them and no other."""
    return z3.And(z3.Or(*terms), z3.AtMost(*terms, 1))
