"""What the worked cases of a file leave untried: rules without a case, dates and numbers without one on each side, open facts.

Each function takes a pack and gives sentences that say which case to write; an empty list says that nothing is missing.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lodged.law import Decision, Packs, Question, decide, load
from lodged.law.check import declared_facts
from lodged.law.custodians import CUSTODIANS
from lodged.law.measure import as_day, compare, in_order, looks_back
from lodged.law.tree import (
    NEVER,
    All,
    Case,
    Challenge,
    Clock,
    Condition,
    Define,
    Either,
    Held,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Rule,
    Settles,
    Some,
    Span,
    Unencoded,
    Within,
)
from lodged.law.worked import as_question
from lodged.when import calendar, hours_counted

DAY = timedelta(days=1)
LIST = "person.convictions"
OWN_DAYS = f"{LIST}.days_incarcerated"


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked case, the question it asks, what the law answers."""

    case: Case
    question: Question
    decision: Decision


@functools.cache
def worked(file: str) -> tuple[Worked, ...]:
    """Every worked case of a file, decided."""
    packs = load()
    facts = declared_facts(packs.packs)
    found = []
    for name, home, case in packs.cases:
        if name == file:
            question = as_question(case, home, facts)
            found.append(Worked(case, question, decide(packs, question)))
    return tuple(found)


def cases_of(pack: Pack) -> list[Worked]:
    """The worked cases of the pack's own file that ask about a custodian it binds."""
    binds = set(pack.binds)
    return [w for w in worked(load().files[pack.id]) if binds & set(w.question.place.places)]


@functools.cache
def _with_draft(pack_id: str, file: str) -> dict[int, Decision]:
    return {w.case.line: decide(load(), w.question, with_draft=[pack_id]) for w in worked(file)}


def _names(w: Worked, pack: Pack, rule: Rule, says: str) -> bool:
    """Does the case turn on this rule? A draft's rule is looked for in what the draft would say."""
    decision = w.decision
    if pack.status == "draft":
        if pack.id not in [draft.pack for draft in decision.draft_would_say]:
            return False
        decision = _with_draft(pack.id, load().files[pack.id])[w.case.line]
    if decision.effect == "not_known":
        return False
    return any(
        (reason.pack, reason.rule, reason.says) == (pack.id, rule.name, says) and reason.holds != "not_known"
        for reason in decision.reasons
    )


# ---- (a) every rule, every challenge, everything settled


def untried(pack: Pack) -> list[str]:
    """Rules, challenges and settled questions that no worked case of the file turns on."""
    found: list[str] = []
    for statement in pack.statements:
        match statement:
            case Rule():
                found += _untried_rule(pack, statement)
            case Challenge(name, acts, line=line):
                if not any(name in w.case.challenged and w.question.act in acts for w in cases_of(pack)):
                    found.append(f"challenge `{name}` (line {line}): write a case that ends `challenged {name}`")
            case Settles(question, choice, line=line):
                if not _hangs_on(pack, statement):
                    found.append(
                        f"`settles {question} is {choice}` (line {line}): write a case that would ask {question} "
                        "without it; where no rule in force asks it, say it in the prose instead"
                    )
    return found


def _untried_rule(pack: Pack, rule: Rule) -> Iterator[str]:
    sides = {rule.effect: f"a case in which rule `{rule.name}` {rule.effect}s"}
    if rule.effect == "forbid" and rule.unless != NEVER:
        sides["permit"] = f"a case in which the `unless` of rule `{rule.name}` is met, so that it permits"
    for says, words in sides.items():
        if not any(_names(w, pack, rule, says) for w in cases_of(pack)):
            effect = {"forbid": "forbidden", "permit": "permitted", "require": "required"}[says]
            example = f'{rule.acts[0]} by {_custodian(pack)} at … -> {effect} citing "{rule.cite}"'
            yield f"rule `{rule.name}` (line {rule.line}): write {words}: `{example}`"


def _custodian(pack: Pack) -> str:
    """The custodian bound by the fewest laws besides, so that the pack itself can be seen to speak."""
    bound = [one for one in CUSTODIANS.values() if set(pack.binds) & set(one.places)]
    return min(bound, key=lambda one: (len(one.places), one.id)).id


def _hangs_on(pack: Pack, settles: Settles) -> bool:
    """Would some case ask the question, were it not settled here?"""
    library = _without(pack.id, settles)
    for w in cases_of(pack):
        asked = decide(library, w.question)
        if settles.question in [reading.id for reading in asked.readings] and asked != w.decision:
            return True
    return False


def _without(pack_id: str, settles: Settles) -> Packs:
    packs = load()
    kept = tuple(
        replace(pack, statements=tuple(s for s in pack.statements if s != settles)) if pack.id == pack_id else pack
        for pack in packs.packs
    )
    return replace(packs, packs=kept, kept={})


# ---- (b) every date, the day before and on the day


def undated(pack: Pack) -> list[str]:
    """First and last days of the pack and of its statements that lack a case on the day or the day before."""
    rules = [s for s in pack.statements if isinstance(s, Rule)]
    found = _bounds(pack, f"pack `{pack.id}`", pack.span, lambda w: _speaks(w, pack, rules))
    for statement in pack.statements:
        match statement:
            case Rule(name, span=span):
                found += _bounds(pack, f"rule `{name}`", span, lambda w, rule=statement: _speaks(w, pack, [rule]))
            case Challenge(name, span=span):
                found += _bounds(pack, f"challenge `{name}`", span, lambda w, name=name: name in w.case.challenged)
            case Define(name, span=span):
                found += _bounds(pack, f"definition `{name}`", span, lambda _: True)
            case Unencoded(day, acts):
                found += _unencoded(pack, day, acts)
    return found


def _speaks(w: Worked, pack: Pack, rules: list[Rule]) -> bool:
    """Does one of the rules decide the case? A pack without rules speaks in every case."""
    return not rules or any(_names(w, pack, rule, says) for rule in rules for says in {rule.effect, "permit"})


def _bounds(pack: Pack, what: str, span: Span, speaks: Callable[[Worked], bool]) -> list[str]:
    found = []
    if span.start:
        found += _sides(pack, f"{what} is in force from {span.start}", span.start, span.start - DAY, speaks)
    if span.end:
        found += _sides(pack, f"{what} is in force until {span.end}", span.end - DAY, span.end, speaks)
    return found


def _sides(pack: Pack, what: str, inside: date, outside: date, speaks: Callable[[Worked], bool]) -> list[str]:
    """Inside, a case on which it speaks; outside, one about the same act of the same custodian."""
    on = [w for w in cases_of(pack) if w.question.day == inside and speaks(w)]
    if not on:
        return [f"{what}: write a case at {inside} that turns on it, and the same at {outside}"]
    asked = {(w.question.custodian, w.question.act) for w in on}
    if any(w.question.day == outside and (w.question.custodian, w.question.act) in asked for w in cases_of(pack)):
        return []
    also = " or ".join(f"`{act} by {custodian}`" for custodian, act in sorted(asked))
    return [f"{what}: write {also} at {outside} as well, where it does not speak"]


def _unencoded(pack: Pack, day: date, acts: tuple[str, ...]) -> list[str]:
    before = [
        w for w in cases_of(pack) if w.question.day == day - DAY and any(pack.id in law for law in w.decision.laws)
    ]
    if not before:
        return [f"not encoded before {day}: write a case of {' or '.join(acts)} at {day - DAY} -> not_known"]
    asked = {(w.question.custodian, w.question.act) for w in before}
    if any(w.question.day == day and (w.question.custodian, w.question.act) in asked for w in cases_of(pack)):
        return []
    return [f"not encoded before {day}: write a case at {day} of what is asked at {day - DAY} as well"]


# ---- (c) every number and look-back, on each side


def unmeasured(pack: Pack) -> list[str]:
    """Numbers, fixed days and look-backs that no case stands on one of the two sides of."""
    clocks = {s.name: s for p in load().packs for s in p.statements if isinstance(s, Clock)}
    found: dict[str, None] = {}
    for condition in _own_conditions(pack):
        for leaf, var in _inside(condition):
            match leaf:
                case Held(op, hours, clock):
                    seen = [h for w in cases_of(pack) if (h := _hours(w, clocks[clock])) is not None]
                    found |= dict.fromkeys(_number(f"held {op} {hours:g} hours by {clock}", op, hours, seen))
                case Measure(ref, op, number):
                    seen = [v for w in cases_of(pack) for v in _given(w, ref, var) if isinstance(v, int | float)]
                    found |= dict.fromkeys(_number(f"{ref} is {op} {number:g}", op, number, seen))
                case Order(ref, op, other) if other[:1].isdigit():
                    days = [v for w in cases_of(pack) for v in _given(w, ref, var) if isinstance(v, date)]
                    found |= dict.fromkeys(_fixed_day(f"{ref} {op} {other}", op, date.fromisoformat(other), days))
                case Within():
                    found |= dict.fromkeys(_look_back(pack, leaf, var))
    return list(found)


def _own_conditions(pack: Pack) -> Iterator[Condition]:
    for statement in pack.statements:
        match statement:
            case Rule(when=when, unless=unless):
                yield from (when, unless)
            case Define(means=when) | Challenge(when=when):
                yield when


def _inside(condition: Condition, var: str = "") -> Iterator[tuple[Condition, str]]:
    """Every test in a condition, those inside `any … where` too, each with the name of the element there."""
    match condition:
        case Not(part):
            yield from _inside(part, var)
        case All(parts) | Either(parts):
            for part in parts:
                yield from _inside(part, var)
        case Some(_, name, where):
            yield condition, var
            yield from _inside(where, name)
        case _:
            yield condition, var


def _given(w: Worked, ref: str, var: str) -> list[object]:
    """The values that a case gives of a fact, or of a field of every conviction."""
    head, _, name = ref.partition(".")
    if var and head == var:
        return [e[name] for e in _convictions(w) if name in e]
    return [w.question.facts[ref]] if ref in w.question.facts else []


def _convictions(w: Worked) -> list[Mapping[str, object]]:
    listed = w.question.facts.get(LIST)
    return list(listed) if isinstance(listed, tuple) else []


def _hours(w: Worked, clock: Clock) -> float | None:
    release, given = w.question.facts.get("person.release_moment"), w.question.facts.get("hold.hours")
    if isinstance(release, datetime):
        days = calendar(clock.calendar) if clock.calendar else None
        return hours_counted(release, w.question.at, w.question.place.zone, days)
    return float(given) if isinstance(given, int | float) else None


def _number(words: str, op: str, number: float, seen: Iterable[float]) -> list[str]:
    """At the number, and within one of it on the side where the answer turns."""
    seen = list(seen)
    found = [] if number in seen else [f"`{words}`: write a case with exactly {number:g}"]
    beyond = [v for v in seen if 0 < abs(v - number) <= 1 and compare(op, v, number) != compare(op, number, number)]
    side = "a little more" if op in ("more than", "at most") else "a little less"
    return found if beyond else [*found, f"`{words}`: write a case with {side} than {number:g}"]


def _fixed_day(words: str, op: str, day: date, seen: list[date]) -> list[str]:
    turned = [day + step for step in (-DAY, DAY) if in_order(op, day + step, day) != in_order(op, day, day)]
    return [f"`{words}`: write a case with {d}" for d in (day, *turned) if d not in seen]


def _look_back(pack: Pack, leaf: Within, var: str) -> Iterator[str]:
    words = f"{leaf.ref} within {leaf.years} years before {leaf.other}"
    reached = [span for w in cases_of(pack) for span in _spans(w, leaf, var)]
    last = [s for s in reached if looks_back(*s.test) and not looks_back(*s.earlier)]
    gone = [s for s in reached if not looks_back(*s.test) and looks_back(*s.later)]
    if not last:
        yield f"`{words}`: write a case with a day that is the last to count"
    if not gone:
        yield f"`{words}`: write a case with the day before the last to count"
    if leaf.plus and not any(s.further for s in last):
        yield f"`{words} plus {leaf.plus} days`: write a case that counts only by its days, none of them to spare"
    if leaf.plus and not any(s.further for s in gone):
        yield f"`{words} plus {leaf.plus} days`: write a case that one more day would make count"
    if leaf.leap and not any((d.month, d.day) == (2, 29) for s in last for d in (s.start, s.end)):
        yield f"`{words} … leap days as the 28th`: write a case at the edge with a 29 February"


@dataclass(frozen=True, slots=True)
class _Span:
    """A look-back as a case gives it: from which day, back from which, how many days further."""

    leaf: Within
    start: date
    end: date
    further: float

    @property
    def test(self) -> tuple[int, bool, date, date, float]:
        return self.leaf.years, self.leaf.leap, self.start, self.end, self.further

    @property
    def earlier(self) -> tuple[int, bool, date, date, float]:
        """A day earlier; the day before a 1 March that counts is the 28th, also in a leap year."""
        start = self.start - DAY
        start = start - DAY if self.leaf.leap and (start.month, start.day) == (2, 29) else start
        return self.leaf.years, self.leaf.leap, start, self.end, self.further

    @property
    def later(self) -> tuple[int, bool, date, date, float]:
        return self.leaf.years, self.leaf.leap, self.start + DAY, self.end, self.further


def _spans(w: Worked, leaf: Within, var: str) -> Iterator[_Span]:
    elements = _convictions(w) if leaf.ref.startswith(f"{var}.") else [w.question.facts]
    for element in elements:
        start = element.get(leaf.ref.removeprefix(f"{var}."))
        end = w.question.day if leaf.other == "today" else w.question.facts.get(leaf.other)
        further = element.get(leaf.plus.removeprefix(f"{var}."), w.question.facts.get("person.days_incarcerated", 0))
        if isinstance(start, date) and isinstance(end, date):
            yield _Span(
                leaf, start, as_day(end), float(further) if leaf.plus and isinstance(further, int | float) else 0
            )


# ---- (d) every fact left open


def unasked(pack: Pack) -> dict[str, str]:
    """Facts that the rules test and that no case of the file leaves out with `not_known needing` them, each with its sentence."""
    needed = {
        re.sub(r"\[\d+\]", "", need)
        for w in cases_of(pack)
        if w.decision.effect == "not_known"
        for need in w.case.needing
    }
    needed |= {OWN_DAYS} if "person.days_incarcerated" in needed else set()
    needed |= {"hold.hours"} if "person.release_moment" in needed else set()
    missing: dict[str, list[str]] = {}
    for rule in [s for s in pack.statements if isinstance(s, Rule)]:
        for fact in _tested(pack, rule.when) | _tested(pack, rule.unless):
            asked_by_the_act = fact == "inquiry.item" and set(rule.acts) == {"disclose"}
            if fact not in needed and not asked_by_the_act:
                missing.setdefault(fact, []).append(rule.name)
    return {
        fact: f"`{fact}` (tested by {', '.join(rules)}): write a case that leaves it out -> not_known needing {fact}"
        for fact, rules in sorted(missing.items())
    }


def _tested(pack: Pack, condition: Condition, var: str = "") -> set[str]:
    """The facts a condition tests, through every definition; a field of a conviction as `person.convictions.on`."""
    library = load()
    declared = declared_facts(library.packs)
    found: set[str] = set()
    for leaf, name in _inside(condition, var):
        if isinstance(leaf, Held):
            found.add("hold.hours")
        if isinstance(leaf, Some):
            found.add(LIST)
        for ref in (getattr(leaf, "ref", ""), getattr(leaf, "other", ""), getattr(leaf, "plus", "")):
            if name and ref.startswith(f"{name}."):
                found.add(f"{LIST}.{ref.partition('.')[2]}")
            elif ref in declared:
                found.add(ref)
            elif isinstance(leaf, Name):
                for define, home in library.definitions(pack, ref):
                    found |= _tested(home, define.means)
    return found
