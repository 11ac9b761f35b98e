"""Turns what the prover found into facts and puts them to `decide`, on every side, before anybody is shown them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lodged.law.ask import Question
from lodged.law.decide import decide
from lodged.law.fact import FACTS, Fact, as_json
from lodged.law.measure import compare
from lodged.law.prove.case import Answer, Case, conditions
from lodged.law.prove.door import Term
from lodged.law.prove.hours import Hours, below
from lodged.law.prove.least import Least, Literal, Search
from lodged.law.prove.side import Side
from lodged.law.prove.vocabulary import HOURS
from lodged.law.prove.witness import value_of, witness
from lodged.law.tree import Held, Measure
from lodged.problem import ProblemsError

RELEASE = "person.release_moment"
ITEM = "inquiry.item"  # `disclose` cannot be asked without it
_ROUNDS = 3  # how often facts that `decide` still needs are added


def as_case(search: Search, least: Least) -> Case | None:
    """The case with facts that meet it; None where no list can show it, which the search has then learnt."""
    literals = [literal for literal in least.literals if literal.atom.fact in search.laws[0].standing.facts]
    read = [literal for literal in least.literals if literal not in literals]
    facts: dict[str, object] = {}
    for name in dict.fromkeys(literal.atom.fact for literal in literals):
        mine = [literal for literal in literals if literal.atom.fact == name]
        if search.laws[0].standing.facts[name].type == "list":
            found = witness(search, mine, least.literals)
            if found is None:
                search.never(mine)
                return None
            facts = {**facts, **found}
        else:
            facts |= _given(search, name, mine, least.model)
    further = tuple(
        name for name in facts if name not in {literal.atom.fact for literal in literals} and name != RELEASE
    )
    case = Case(tuple(conditions(search, literals)), facts, tuple(conditions(search, read)), further)
    return _with_item(search, case, least.model)


def _with_item(search: Search, case: Case, model: Term) -> Case:
    if search.act != "disclose" or ITEM in case.facts:
        return case
    item = value_of(search.vocabulary, ITEM, model) or FACTS[ITEM].choices[0]
    return replace(case, facts={**case.facts, ITEM: item}, further=(*case.further, ITEM))


def _given(search: Search, name: str, literals: list[Literal], model: Term) -> Mapping[str, object]:
    vocabulary = search.vocabulary
    if name == HOURS:
        return _hours(search.hours, literals)
    if name in vocabulary.members:
        return {name: frozenset(literal.atom.value for literal in literals if literal.holds)}
    if name in vocabulary.numbers:
        return {name: _amount(literals)}
    return {name: value_of(vocabulary, name, model)}


def _amount(literals: list[Literal]) -> int | float:
    """A plain number that meets every test."""
    tests = [(lit.atom.means, lit.holds) for lit in literals if isinstance(lit.atom.means, Measure)]
    for number in _numbers({test.number for test, _ in tests}):
        if all(compare(test.op, number, test.number) == holds for test, holds in tests):
            return number
    raise AssertionError("a number that the prover found has a plain one beside it")


def _hours(hours: Hours, literals: list[Literal]) -> Mapping[str, object]:
    """One figure for all clocks where one does; else a moment of release from which they count differently."""
    tests = [(lit.atom.means, lit.holds) for lit in literals if isinstance(lit.atom.means, Held)]
    for figure in _numbers({test.hours for test, _ in tests}):
        if all(below(test.op, figure, test.hours) == holds for test, holds in tests):
            return {HOURS: figure}
    for split in hours.splits:
        if all(below(test.op, split.amounts[test.clock], test.hours) == holds for test, holds in tests):
            return {RELEASE: split.release}
    raise AssertionError("the hours that the prover found can be counted")


def _numbers(cuts: set[float]) -> Iterator[int | float]:
    """Numbers at, beside, between and beyond some cuts."""
    ordered = sorted(cuts)
    between = [(a + b) / 2 for a, b in zip(ordered, ordered[1:], strict=False)]
    for number in sorted({*(max(cut - 1, 0) for cut in cuts), *(cut + 1 for cut in cuts), *cuts, *between}):
        yield int(number) if float(number).is_integer() else number


# ---- asking `decide`


def replayed(search: Search, least: Least, expected: tuple[str, ...]) -> tuple[Case, tuple[Answer, ...]] | None:
    """The case and each side's answer; None where no list can show it.

    The facts of the conditions are put to `decide` first, and alone. Where it still needs others to say what the prover
    says of every completion (readings differ, and so do facts under one of them), those are added from the model.
    """
    case = as_case(search, least)
    if case is None:
        return None
    answers = _answers(search, case, expected)
    for _ in range(_ROUNDS):
        needs = [need for answer in answers if answer.decision for need in answer.decision.needs]
        more = {need: value for need in needs if (value := _model_value(search, need, least.model)) is not None}
        if all(answer.replayed for answer in answers) or not more:
            break
        case = replace(case, facts={**case.facts, **more}, further=(*case.further, *more))
        answers = _answers(search, case, expected)
    return case, answers


def _model_value(search: Search, name: str, model: Term) -> object:
    return 1 if name == HOURS and name not in search.vocabulary.numbers else value_of(search.vocabulary, name, model)


def _answers(search: Search, case: Case, expected: tuple[str, ...]) -> tuple[Answer, ...]:
    pairs = zip(search.sides, search.laws, expected, strict=True)
    return tuple(_answer(side, search.act, case, effect, law.standing.facts) for side, law, effect in pairs)


def _answer(side: Side, act: str, case: Case, expected: str, declared: Mapping[str, Fact]) -> Answer:
    facts = {name: as_json(value) for name, value in case.facts.items()}
    try:
        question = Question.from_json(
            {"custodian": side.custodian, "act": act, "at": side.at, "facts": facts}, declared
        )
        return Answer(str(side), expected, decide(side.packs, question))
    except ProblemsError as error:
        return Answer(str(side), expected, None, str(error))
