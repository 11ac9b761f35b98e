"""Turns the conditions of a law that stands into terms of the prover, straight from the text's tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lodged.law.fact import Fact
from lodged.law.measure import section_of
from lodged.law.prove import days
from lodged.law.prove.days import Day
from lodged.law.prove.door import Term, z3
from lodged.law.prove.hours import Hours
from lodged.law.prove.listed import IT, Listed, listed, tied
from lodged.law.prove.terms import constant, either, every, if_, implies, is_constant, negation
from lodged.law.prove.vocabulary import Vocabulary
from lodged.law.standing import Standing
from lodged.law.tree import (
    All,
    Clock,
    Condition,
    Constraint,
    Default,
    Either,
    Has,
    Held,
    Is,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Some,
    Within,
)
from lodged.law.written import said

Elements = Sequence[Mapping[str, object]]
# A conviction's own days go before the person's (ruling 16).
FALLS_BACK_TO = {"person.convictions.days_incarcerated": "person.days_incarcerated"}
BY_TABLE = "violent_or_serious"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the name of its variable, its declaration, the value itself where it is given."""

    name: str
    fact: Fact
    value: object = None


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a list that is looked at: which list, which place in it, what is given of it."""

    fact: Fact
    at: int
    given: Mapping[str, object]


class Encoder:
    """Encodes one law that stands. `lists` are those whose elements are known; any other list is free.

    `by_table`: where nobody reviewed a conviction, the pack's table of offences answers for it.
    """

    def __init__(
        self,
        standing: Standing,
        vocabulary: Vocabulary,
        hours: Hours,
        lists: Mapping[str, Elements] | None = None,
        *,
        by_table: bool = True,
    ) -> None:
        self.standing, self.vocabulary, self.hours = standing, vocabulary, hours
        self.lists = lists or {}
        self.by_table = by_table
        self.listed: dict[str, Listed] = {}
        self._memo: dict[tuple[Condition, str], Term] = {}

    # ---- conditions

    def condition(self, condition: Condition, pack: Pack, element: Element | None = None) -> Term:
        """The term that is true where the condition holds, as `pack` understands its words."""
        if element is not None:
            return self._condition(condition, pack, element)
        key = (condition, pack.id)
        if key not in self._memo:
            self._memo[key] = self._condition(condition, pack, None)
        return self._memo[key]

    def _condition(self, condition: Condition, pack: Pack, element: Element | None) -> Term:
        match condition:
            case Not(part):
                return negation(self.condition(part, pack, element))
            case All(parts):
                return every(self.condition(part, pack, element) for part in parts)
            case Either(parts):
                return either(self.condition(part, pack, element) for part in parts)
            case Some():
                return self._some(condition, pack, condition)
            case Held(op, hours, clock):
                return self.hours.held(op, hours, self.standing.clocks.get(clock) or Clock(clock, "", ""))
            case Is(ref, values) if ref in self.standing.library.questions:
                return self.reading(ref, values)
            case Name(ref) if element is None and ref not in self.standing.facts:
                return self._defined(ref, pack)
        return self._leaf(condition, pack, element)

    def _defined(self, name: str, pack: Pack) -> Term:
        """A name that the law defines; of a whole `any … where` it is also how that is shown."""
        found = self.standing.definition(pack, name)
        if found is None:
            return constant(False)
        define, home = found
        if isinstance(define.means, Some):
            return self._some(define.means, home, Name(name))
        return self.condition(define.means, home)

    def reading(self, question: str, choices: tuple[str, ...]) -> Term:
        """True where the question is read in one of these ways; constant where an authority settled it."""
        settled = self.standing.settled.get(question)
        if settled is not None:
            return constant(settled in choices)
        known = tuple(reading.choice for reading in self.standing.library.questions[question].readings)
        readings = self.vocabulary.reading(question, known)
        return either(readings[choice] for choice in choices if choice in readings)

    def _leaf(self, leaf: Condition, pack: Pack, element: Element | None) -> Term:
        match leaf:
            case Name(ref):
                return self._yes(self._place(ref, element), pack, element)
            case Is(ref, values):
                return self._is(self._place(ref, element), values)
            case Has(ref, values):
                return self._has(self._place(ref, element), values)
            case Measure(ref, op, number):
                amount = self._amount(self._place(ref, element))
                return self._compared(leaf, ref, op, amount, z3.RealVal(str(number)), element)
            case Order(ref, op, other):
                a, b = self._ordinal(ref, element), self._ordinal(other, element)
                named = Order(ref, op, self._named(other))
                return self._compared(named, ref, _AS_AMOUNT[op], a, b, element)
            case Within(ref, years, other, plus, leap):
                further = self._amount(self._place(plus, element)) if plus else z3.RealVal(0)
                start, end = self._day(ref, element), self._day(other, element)
                term = days.looks_back(years, leap, start, end, further)
                return self._tested(Within(ref, years, self._named(other), plus, leap), ref, term, element)
        raise TypeError(f"`{leaf}` is no test")

    # ---- values

    def _place(self, ref: str, element: Element | None) -> Place:
        if element is None or not ref.startswith(f"{IT}."):
            return Place(ref, self.standing.facts[ref])
        name = ref[len(IT) + 1 :]
        value = element.given.get(name)
        key = f"{element.fact.name}.{name}"
        if value is None and key in FALLS_BACK_TO:
            back = FALLS_BACK_TO[key]
            return Place(back, self.standing.facts[back])
        field = next(field for field in element.fact.fields if field.name == name)
        return Place(f"{element.fact.name}[{element.at}].{name}", field, value)

    def _yes(self, place: Place, pack: Pack, element: Element | None) -> Term:
        if isinstance(place.value, bool):
            return constant(place.value)
        if element is not None and place.fact.name == BY_TABLE and self.by_table:
            return self._on_table(place, pack, element)
        return self.vocabulary.yes(place.name)

    def _is(self, place: Place, values: tuple[str, ...]) -> Term:
        if place.fact.type == "text":
            if place.value is None:
                return self.vocabulary.worded(place.name, values)
            return constant(section_of(str(place.value), values))
        if place.value is not None:
            return constant(place.value in values)
        return either(self.vocabulary.is_one(place.name, place.fact, values))

    def _has(self, place: Place, values: tuple[str, ...]) -> Term:
        if isinstance(place.value, frozenset):
            return constant(bool(place.value & set(values)))
        return either(self.vocabulary.has_one(place.name, values))

    def _amount(self, place: Place) -> Term:
        return self.vocabulary.number(place.name) if place.value is None else z3.RealVal(str(place.value))

    def _day(self, ref: str, element: Element | None) -> Day:
        given = self._given_day(ref, element)
        return days.known(given) if given else self.vocabulary.day(self._place(ref, element).name)

    def _ordinal(self, ref: str, element: Element | None) -> Term:
        given = self._given_day(ref, element)
        return z3.IntVal(given.toordinal()) if given else self.vocabulary.ordinal(self._place(ref, element).name)

    def _given_day(self, ref: str, element: Element | None) -> date | None:
        if ref == "today":
            return self.standing.day
        if ref[:1].isdigit():
            return date.fromisoformat(ref)
        value = self._place(ref, element).value
        return value if isinstance(value, date) else None

    def _named(self, ref: str) -> str:
        return self.standing.day.isoformat() if ref == "today" else ref

    # ---- tests over numbers and days

    def _compared(self, leaf: Condition, ref: str, op: str, a: Term, b: Term, element: Element | None) -> Term:
        """`more than` is not `at most`, `at least` is not `less than`: two tests of one cut share their variables."""
        if op in ("more than", "at least"):
            return negation(self._compared(_turned(leaf), ref, _OPPOSITE[op], a, b, element))
        return self._tested(leaf, ref, a < b if op == "less than" else a <= b, element)

    def _tested(self, leaf: Condition, ref: str, term: Term, element: Element | None) -> Term:
        simple = z3.simplify(term)
        if element is not None or is_constant(simple):
            return simple
        return self.vocabulary.tested(said(leaf), ref, leaf, term)

    # ---- lists

    def _some(self, some: Some, pack: Pack, shown: Condition) -> Term:
        found = listed(self.standing, some, pack, shown)
        elements = self.lists.get(found.fact)
        if elements is not None:
            fact = self.standing.facts[found.fact]
            return either(
                self.condition(found.where, pack, Element(fact, at, given)) for at, given in enumerate(elements)
            )
        if found.key not in self.listed or isinstance(shown, Name):
            self.listed[found.key] = found
        return self.vocabulary.free(found.key, found.fact, self.listed[found.key].shown)

    def _on_table(self, place: Place, pack: Pack, element: Element) -> Term:
        """As the table has it; where fields it needs are missing, each of them may be on the table or off it."""
        table = self.standing.library.table(pack)
        listed_ = table.lists(element.given) if table else None
        if isinstance(listed_, bool):
            return constant(listed_)
        if listed_ is None:
            return self.vocabulary.yes(place.name)
        named = [f"{element.fact.name}[{element.at}].{name} on the table" for name in listed_]
        return every(self.vocabulary.yes(name) for name in named)

    # ---- what hangs together

    def finish(self) -> None:
        """Ties between the lists' tests. Call it when every rule has been encoded."""
        tied(self.vocabulary, self.listed)

    def constraints(self) -> list[tuple[Constraint, Term]]:
        """What the packs say goes together, each as a term."""
        found = []
        for constraint, pack in self.standing.constraints:
            given, then = self.condition(constraint.given, pack), self.condition(constraint.then, pack)
            found.append((constraint, implies(given, then)))
        return found

    def implied(self) -> dict[str, Term]:
        """For each fact that is tested: that it is as the packs imply it, where they imply anything and nobody gave it."""
        found: dict[str, Term] = {}
        while waiting := [name for name in self._touched() if name in self.standing.defaults and name not in found]:
            for name in waiting:
                found[name] = self._implied(name, self.standing.defaults[name])
        return {name: self._implied(name, self.standing.defaults[name]) for name in found}

    def _implied(self, name: str, defaults: Sequence[tuple[Default, Pack]]) -> Term:
        term = constant(True)
        for default, pack in reversed(defaults):
            when = self.condition(default.when, pack)
            term = if_(when, self._takes(name, default.values), term)
        return term

    def _takes(self, name: str, values: tuple[str, ...]) -> Term:
        fact = self.standing.facts[name]
        if fact.type == "yes-no":
            yes = self.vocabulary.yes(name)
            return yes if values == ("yes",) else negation(yes)
        if fact.type == "one-of":
            return either(self.vocabulary.is_one(name, fact, values))
        members = self.vocabulary.members[name]
        return every(atom.term if value in values else negation(atom.term) for value, atom in members.items())

    def _touched(self) -> list[str]:
        names = {atom.fact for atom in self.vocabulary.atoms.values()}
        return sorted(names)


_OPPOSITE = {"more than": "at most", "at least": "less than"}
_AS_AMOUNT = {"before": "less than", "not after": "at most", "after": "more than", "not before": "at least"}
_TURNED = {"more than": "at most", "at least": "less than", "after": "not after", "not before": "before"}


def _turned(leaf: Condition) -> Condition:
    match leaf:
        case Measure(ref, op, number):
            return Measure(ref, _TURNED[op], number)
        case Order(ref, op, other):
            return Order(ref, _TURNED[op], other)
    return leaf
