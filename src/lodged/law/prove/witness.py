"""A list of convictions that shows which `any … where` hold and which do not, or that there is none."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from lodged.law.fact import Fact
from lodged.law.prove.door import Term, z3
from lodged.law.prove.encode import Element, Encoder
from lodged.law.prove.hours import Hours
from lodged.law.prove.least import Literal, Search
from lodged.law.prove.listed import Listed
from lodged.law.prove.terms import negation
from lodged.law.prove.vocabulary import OTHER, Vocabulary
from lodged.law.tree import Measure, Order, leaves

_PLAIN_FROM = date(2000, 1, 1)  # elements and arrests of our own time read better than those of 1900


def witness(search: Search, literals: list[Literal], all_literals: tuple[Literal, ...]) -> dict[str, object] | None:
    """Facts that make the literals of one list so, days and numbers they hang on included; None where nothing can."""
    known = _known(search)
    wanted = [known[str(literal.atom.term)] for literal in literals if literal.holds]
    barred = [known[str(literal.atom.term)] for literal in literals if not literal.holds]
    law = search.laws[0]
    fact = law.standing.facts[literals[0].atom.fact]
    if not wanted:
        return {fact.name: ()}
    scratch = Vocabulary()
    encoder = Encoder(law.standing, scratch, Hours(scratch, None, law.side.place.zone), by_table=False)
    pack = law.standing.library.packs[0]
    elements = [Element(fact, at, {}) for at in range(len(wanted))]
    terms = [encoder.condition(one.where, pack, element) for one, element in zip(wanted, elements, strict=True)]
    terms += [negation(encoder.condition(one.where, pack, element)) for one in barred for element in elements]
    beside = (*scratch.ordinals, *scratch.numbers)  # what the elements are held against belongs to the answer
    terms += _about_days(search, encoder)
    terms += [
        encoder.condition(lit.atom.means, pack) if lit.holds else negation(encoder.condition(lit.atom.means, pack))
        for lit in all_literals
        if isinstance(lit.atom.means, Order | Measure)
    ]
    model = _model(scratch, terms)
    return None if model is None else dict(_read(scratch, fact, len(elements), beside, model))


def _known(search: Search) -> Mapping[str, Listed]:
    return dict(chain.from_iterable(law.encoder.listed.items() for law in search.laws))


def _about_days(search: Search, encoder: Encoder) -> Iterator[Term]:
    """What every side says of days alone (an arrest is not later than the day asked about)."""
    for law in search.laws:
        for constraint, pack in law.standing.constraints:
            if all(isinstance(leaf, Order) for part in (constraint.given, constraint.then) for leaf in leaves(part)):
                own = Encoder(law.standing, encoder.vocabulary, encoder.hours)
                yield z3.Implies(own.condition(constraint.given, pack), own.condition(constraint.then, pack))


def _model(scratch: Vocabulary, terms: list[Term]) -> Term | None:
    solver = z3.Solver()
    solver.add(*terms, *scratch.axioms())
    wishes = [ordinal >= _PLAIN_FROM.toordinal() for ordinal in scratch.ordinals.values()]
    wishes += [number == 0 for number in scratch.numbers.values()]
    while wishes and solver.check(*_named(solver, wishes)) != z3.sat:
        wishes = wishes[:-1]
    if not wishes and solver.check() != z3.sat:
        return None
    return solver.model()


def _named(solver: z3.Solver, wishes: list[Term]) -> list[Term]:
    """Wishes as truths that can be assumed."""
    names = []
    for wish in wishes:
        name = z3.Bool(f"wish {wish}")
        solver.add(z3.Implies(name, wish))
        names.append(name)
    return names


def _read(
    scratch: Vocabulary, fact: Fact, count: int, beside: tuple[str, ...], model: Term
) -> Iterator[tuple[str, object]]:
    elements: list[dict[str, object]] = [{} for _ in range(count)]
    for at, element in enumerate(elements):
        for field in fact.fields:
            value = value_of(scratch, f"{fact.name}[{at}].{field.name}", model)
            if value is not None:
                element[field.name] = value
    yield fact.name, tuple(elements)
    for name in beside:
        if "[" not in name:
            yield name, value_of(scratch, name, model)


def value_of(vocabulary: Vocabulary, name: str, model: Term) -> object:
    """The value that a model gives a fact; None where nothing tests it. Of a choice that no test names, the first such value."""

    def holds(term: Term) -> bool:
        return bool(z3.is_true(model.eval(term, model_completion=True)))

    if name in vocabulary.choices:
        choice = vocabulary.choices[name]
        taken = [value for value, atom in choice.tested.items() if holds(atom.term)]
        return (taken or choice.rest())[0]
    if name in vocabulary.members:
        return frozenset(value for value, atom in vocabulary.members[name].items() if holds(atom.term))
    if name in vocabulary.words:
        which = model.eval(vocabulary.words[name].which, model_completion=True).as_long()
        return vocabulary.words[name].named()[which] if which >= 0 else OTHER
    if name in vocabulary.ordinals:
        return date.fromordinal(model.eval(vocabulary.ordinals[name], model_completion=True).as_long())
    if name in vocabulary.numbers:
        return _plain(model.eval(vocabulary.numbers[name], model_completion=True))
    if name in vocabulary.atoms and not vocabulary.atoms[name].value:
        return holds(vocabulary.atoms[name].term)
    return None


def _plain(amount: Term) -> int | float:
    number = amount.as_fraction()
    return int(number) if number.denominator == 1 else float(number)
