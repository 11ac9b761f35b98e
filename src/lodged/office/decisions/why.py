"""Why a fact is asked for: the rules that hang on it, and what each answer would lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.safestring import SafeString

from lodged.law import Decision, Packs
from lodged.law.fact import Fact
from lodged.law.tree import (
    All,
    Condition,
    Default,
    Define,
    Either,
    Has,
    Held,
    Is,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Rule,
    Some,
    Within,
)
from lodged.office.decisions.consult import consult
from lodged.office.decisions.library import packs
from lodged.office.decisions.own import law
from lodged.office.decisions.plain import Wording
from lodged.office.decisions.put import CONVICTIONS, Put, fact_of
from lodged.office.decisions.sentences import value_words
from lodged.problem import ProblemsError

YES_NO = (("yes", True), ("no", False))


@dataclass(frozen=True, slots=True)
class Hanging:
    """A rule that hangs on the fact: its citation, its words, where it stands."""

    cite: str
    words: SafeString
    address: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one answer would lead to; an empty effect where the answer cannot be, given what was said before."""

    answer: str
    effect: str
    settles: bool


def hanging(put: Put, decision: Decision, name: str) -> list[Hanging]:
    """The rules that could decide and that look at this fact, in the order the decision gives them."""
    library = law(put.custodian)
    base = name.partition("[")[0]
    found = []
    for reason in decision.reasons:
        pack = library.by_id[reason.pack]
        for rule in pack.statements:
            if isinstance(rule, Rule) and rule.name == reason.rule and base in looked_at(library, pack, rule):
                wording = Wording(partial(_address, library, pack))
                address = f"{reverse('pack', args=[pack.id])}?on={decision.law_as_of}#rule-{rule.name}"
                found.append(Hanging(rule.cite, wording.rule(rule), address))
    return list({one.address: one for one in found}.values())


def outcomes(put: Put, name: str) -> list[Outcome]:
    """What each answer would lead to, for facts with a few answers; none for dates, numbers, texts, lists."""
    fact = fact_of(name)
    return [_outcome(put, name, words, value) for words, value in _answers(name, fact)]


def looked_at(library: Packs, pack: Pack, rule: Rule) -> set[str]:
    """Every fact that a rule looks at, through definitions and through what is implied where nobody says otherwise."""
    found: set[str] = set()
    waiting: list[tuple[Condition, Pack]] = [(rule.when, pack), (rule.unless, pack)]
    seen: set[str] = set()
    while waiting:
        condition, home = waiting.pop()
        for ref in named_in(condition):
            if ref in seen:
                continue
            seen.add(ref)
            meant = [(define.means, where) for define, where in library.definitions(home, ref)]
            waiting += meant
            if not meant:
                found.add(ref)
                waiting += _implied(library, ref)
    return found


def _implied(library: Packs, fact: str) -> Iterator[tuple[Condition, Pack]]:
    for pack in library.packs:
        for statement in pack.statements:
            if isinstance(statement, Default) and statement.fact == fact:
                yield statement.when, pack


def named_in(condition: Condition, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every fact and defined word that a condition names itself."""
    match condition:
        case Not(part):
            yield from named_in(part, bound)
        case All(parts) | Either(parts):
            for part in parts:
                yield from named_in(part, bound)
        case Some(_, var, where):
            yield CONVICTIONS
            yield from named_in(where, bound | {var})
        case Held():
            yield from ("hold.hours", "person.release_moment")
        case Name(ref) | Is(ref) | Has(ref) | Measure(ref):
            yield from _free((ref,), bound)
        case Order(ref, _, other):
            yield from _free((ref, other), bound)
        case Within(ref, _, other, plus):
            yield from _free((ref, other, plus), bound)


def _free(names: tuple[str, ...], bound: frozenset[str]) -> Iterator[str]:
    yield from (name for name in names if name and name.partition(".")[0] not in bound)


def _answers(name: str, fact: Fact | None) -> list[tuple[str, object]]:
    if fact is None:
        return []
    if fact.type == "yes-no":
        return list(YES_NO)
    if fact.type == "one-of":
        return [(value_words(name, choice), choice) for choice in fact.choices]
    return []


def _outcome(put: Put, name: str, words: str, value: object) -> Outcome:
    try:
        decision = consult(put.with_answer(name, value).question())
    except ProblemsError:
        return Outcome(words, "", settles=False)
    return Outcome(words, decision.effect, settles=decision.effect != "not_known")


def _address(library: Packs, pack: Pack, word: str) -> str:
    """Where a word is explained, for a reader of another page."""
    for _, home in library.definitions(pack, word):
        return f"{reverse('pack', args=[home.id])}#define-{word}"
    for other in packs().packs:
        for statement in other.statements:
            if getattr(statement, "name", None) == word and not isinstance(statement, Rule | Define):
                return f"{reverse('pack', args=[other.id])}#{type(statement).__name__.lower()}-{word}"
    return ""
