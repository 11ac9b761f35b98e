"""Says what the analysis found the way a memorandum does: what follows first, then the cases, then the authorities."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from lodged.law.custodians import CUSTODIANS
from lodged.law.prove.case import Answer, Case
from lodged.law.prove.changed import Stated
from lodged.law.prove.conflict import Conflict
from lodged.law.prove.differ import Difference
from lodged.law.prove.finding import OVERRIDDEN, OVERRIDDEN_PERMIT, REDUNDANT, SHADOWED, VACUOUS, Finding
from lodged.law.prove.gap import Gap
from lodged.law.prove.proof import BROKEN, HOLDS, UNSETTLED, Proof
from lodged.law.prove.side import Side
from lodged.law.tree import Condition
from lodged.law.written import said

WIDE = 80
FEW = 8  # rules of one side only are listed up to so many; two places differ in nearly all
Phrase = Callable[[Condition], str]


def wrapped(text: str, indent: int = 0, hang: int = 0) -> str:
    """A paragraph of at most 80 columns, lines after the first hanging in."""
    first, rest = " " * indent, " " * (indent + hang)
    return textwrap.fill(text, WIDE, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def effect_words(effect: str) -> str:
    """An effect as a word of a sentence."""
    return effect.replace("_", " ")


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words joined in a sentence.

    >>> listed(["hold", "notify", "answer"])
    'hold, notify and answer'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


# ---- a comparison


def memo(
    old: Side,
    new: Side,
    acts: Sequence[str],
    found: Sequence[Difference],
    stated: tuple[Sequence[Stated], Sequence[Stated]],
    phrase: Phrase = said,
) -> str:
    """Two laws compared: what changed, then case by case with the authorities of both sides."""
    names = _names(old, new)
    blocks = [_title(old, new), *_in_short(acts, found, names), *_of_the_law(stated, names)]
    for act, mine in groupby(found, key=lambda one: one.act):
        blocks += [act.upper().replace("_", " "), *_cases(list(mine), names, phrase)]
    return "\n\n".join(blocks)


def _names(old: Side, new: Side) -> tuple[str, str]:
    """How the sides are told apart: by the day, by the custodian, or else as old and new."""
    if old.packs is new.packs and old.custodian == new.custodian and old.day != new.day:
        return f"on {old.day}", f"on {new.day}"
    if old.custodian != new.custodian and old.day == new.day:
        return f"for {old.custodian}", f"for {new.custodian}"
    if old.custodian != new.custodian:
        return f"for {old}", f"for {new}"
    return "by the old packs", "by the new packs"


def _title(old: Side, new: Side) -> str:
    lines = [f"{old} against {new}" if str(old) != str(new) else f"{old}: old packs against new packs"]
    for custodian in dict.fromkeys((old.custodian, new.custodian)):
        lines.append(f"{custodian}: {CUSTODIANS[custodian].name}")
    return "\n".join(lines)


def _in_short(acts: Sequence[str], found: Sequence[Difference], names: tuple[str, str]) -> Iterator[str]:
    if not found:
        yield wrapped(f"No difference. For every set of facts, both laws give the same effect ({listed(list(acts))}).")
        return
    lines = ["IN SHORT"]
    for act, mine in groupby(found, key=lambda one: one.act):
        changes = dict.fromkeys(one.change for one in mine)
        text = "; ".join(f"{effect_words(a)} {names[0]}, {effect_words(b)} {names[1]}" for a, b in changes)
        lines.append(wrapped(f"{act}: {text}.", 2, 2))
    same = [act for act in acts if act not in {one.act for one in found}]
    if same:
        lines.append(wrapped(f"Answered alike for every set of facts: {listed(same)}.", 2, 2))
    yield "\n".join(lines)


def _of_the_law(stated: tuple[Sequence[Stated], Sequence[Stated]], names: tuple[str, str]) -> Iterator[str]:
    if not any(stated):
        return
    lines = ["THE LAW"]
    for name, only in zip(names, stated, strict=True):
        if len(only) > FEW:
            packs = dict.fromkeys(one.place.pack for one in only)
            lines.append(wrapped(f"Only {name}: {len(only)} rules and definitions, of {listed(list(packs))}.", 2, 2))
        else:
            lines += [wrapped(f"Only {name}: {_stated(one)}.", 2, 2) for one in only]
    yield "\n".join(lines)


def _stated(one: Stated) -> str:
    name = one.place.rule
    what = {"settles": f"question {name} settled as {one.reading}", "define": f"“{name.replace('_', ' ')}” as defined"}
    rule = f"rule {name} ({one.says} {listed(one.acts)})" if one.acts else ""
    return f"{one.place.pack}, {what.get(one.says, rule)}. {one.place.cite}"


def _cases(found: Sequence[Difference], names: tuple[str, str], phrase: Phrase) -> Iterator[str]:
    """The cases of one act; authorities that are those of the case before are not said again."""
    before = ""
    for number, one in enumerate(found, start=1):
        sides = "\n".join(line for pair in zip(names, (one.old, one.new), strict=True) for line in _answered(*pair))
        lines = [*_difference(number, one, names, phrase)]
        lines.append(wrapped("The authorities are those of the case before.", 3) if sides == before else sides)
        if not one.replayed:
            lines.append(wrapped(_UNCONFIRMED, 3))
        if one.more:
            lines.append(wrapped("There are further cases of this change (--cases N shows more).", 3))
        before = sides
        yield "\n".join(lines)


_UNCONFIRMED = "Not confirmed: the engine itself did not answer this case so; do not rely on it."


def _difference(number: int, one: Difference, names: tuple[str, str], phrase: Phrase) -> Iterator[str]:
    was, is_ = map(effect_words, one.change)
    yield wrapped(f"{number}. {was.capitalize()} {names[0]}, {is_} {names[1]}, where", 0, 3)
    yield from _conditions(one.case, phrase)


def _conditions(case: Case, phrase: Phrase) -> Iterator[str]:
    words = [phrase(condition) for condition in (*case.conditions, *case.readings)]
    if not words:
        yield wrapped("- anything is so.", 3, 2)
    for place, text in enumerate(words):
        yield wrapped(f"- {text}{'.' if place == len(words) - 1 else ';'}", 3, 2)
    if case.further:
        given = listed([f"{name} {_value(case.facts[name])}" for name in case.further])
        yield wrapped(f"(put to the engine with {given}, on which it does not hang)", 3, 1)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"of {len(value)} elements" if isinstance(value, tuple) else str(value)


def _answered(name: str, answer: Answer) -> Iterator[str]:
    decision = answer.decision
    if decision is None:
        yield wrapped(f"{name.capitalize()}: the question is refused: {answer.problem}", 3, 3)
        return
    if decision.readings:
        yield wrapped(f"{_up(name)}: {effect_words(answer.expected)}, since it hangs on", 3, 3)
        for reading in decision.readings:
            ways = "; ".join(
                f"{choice}: {effect_words(effect)} ({reading.cites.get(choice) or 'no rule cited'})"
                for choice, effect in reading.effects.items()
            )
            yield wrapped(f"{reading.id}. {ways}.", 6, 3)
    elif decision.basis == "silence" and answer.expected == "permitted":
        yield wrapped(f"{_up(name)}: permitted; no rule in force speaks of it.", 3, 3)
    else:
        yield wrapped(f"{_up(name)}: {effect_words(answer.expected)}. {'; '.join(answer.cites)}.", 3, 3)
    for law in decision.laws:
        yield wrapped(f"Open law: {law}.", 6, 3)


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]


OfSide = TypeVar("OfSide", Proof, Gap, Conflict)


def _without_day(found: Sequence[OfSide]) -> tuple[list[OfSide], str]:
    """What was found with the custodian alone as its side, where all are of one day; and that day."""
    days = {one.side.partition("@")[2] for one in found}
    if len(days) != 1:
        return list(found), ""
    return [replace(one, side=one.side.partition("@")[0]) for one in found], f" as of {days.pop()}"


# ---- a property


def proofs(property_: str, found: Sequence[Proof], phrase: Phrase = said) -> str:
    """What became of a property: how many hold, then each case that breaks it."""
    found, day = _without_day(found)
    blocks = [wrapped(f"“{property_}”, by the law{day}."), "\n".join(_verdicts(found))]
    for verdict in (BROKEN, UNSETTLED):
        blocks += ["\n".join(_proof(one, phrase)) for one in found if one.verdict == verdict]
    return "\n\n".join(blocks)


_VERDICT = {
    HOLDS: "Proved for all facts and every reading",
    BROKEN: "Does not hold",
    UNSETTLED: "Hangs on a question that is not settled",
}


def _verdicts(found: Sequence[Proof]) -> Iterator[str]:
    for verdict, words in _VERDICT.items():
        mine = [one for one in found if one.verdict == verdict]
        if mine:
            yield wrapped(f"{words}: {_of(mine)}.", 0, 2)
    idle = [one for one in found if one.idle]
    if idle:
        yield wrapped(f"It holds because it never comes up: {_of(idle)}.", 0, 2)


def _of(found: Sequence[Proof]) -> str:
    by_act: dict[tuple[str, ...], list[str]] = {}
    for act, mine in groupby(sorted(found, key=lambda one: one.act), key=lambda one: one.act):
        by_act.setdefault(tuple(one.side for one in mine), []).append(act)
    return "; ".join(f"{listed(acts)} by {listed(sides)}" for sides, acts in by_act.items())


def _proof(one: Proof, phrase: Phrase) -> Iterator[str]:
    assert one.case
    assert one.answer
    would = "would break it" if one.verdict == UNSETTLED else "breaks it"
    yield wrapped(f"{one.side}, {one.act}: {would}, where")
    yield from _conditions(one.case, phrase)
    yield from _answered("decided", one.answer)
    if not one.answer.replayed:
        yield wrapped(_UNCONFIRMED, 3)


# ---- gaps, conflicts, findings


def all_gaps(found: Sequence[Gap], phrase: Phrase = said) -> str:
    """Where the law is silent, act by act; custodians with the same gap stand together."""
    if not found:
        return "No gap: some rule speaks of every act that a paper can ask for."
    found, day = _without_day(found)
    blocks = [wrapped(f"The paper asks for the act, and no rule in force{day} speaks of it. Silence permits.")]
    for act, mine in groupby(sorted(found, key=lambda gap: gap.act), key=lambda gap: gap.act):
        blocks.append(act.upper().replace("_", " "))
        alike: dict[tuple[str, ...], list[Gap]] = {}
        for gap in mine:
            alike.setdefault(() if gap.whole else gap.case.words, []).append(gap)
        blocks += ["\n".join(_gap(gaps, phrase)) for gaps in alike.values()]
    return "\n\n".join(blocks)


def _gap(gaps: Sequence[Gap], phrase: Phrase) -> Iterator[str]:
    who = listed([gap.side for gap in gaps])
    if gaps[0].whole:
        yield wrapped(f"{who}: no rule ever speaks of it.", 2, 2)
        return
    yield wrapped(f"{who}, among others where", 2, 2)
    yield from _conditions(gaps[0].case, phrase)
    if not all(gap.replayed for gap in gaps):
        yield wrapped(_UNCONFIRMED, 3)


def all_conflicts(found: Sequence[Conflict], phrase: Phrase = said) -> str:
    """Each pair of rules that command opposite acts, with a case."""
    if not found:
        return "No conflict: nothing requires what another forbids without a cited precedence."
    found, day = _without_day(found)
    head = wrapped(f"One rule requires what another forbids{day}, and nothing says which goes first.")
    return "\n\n".join([head, *("\n".join(_conflict(one, phrase)) for one in found)])


def _conflict(one: Conflict, phrase: Phrase) -> Iterator[str]:
    yield wrapped(f"{one.side}, {one.act}: required and forbidden, where")
    yield from _conditions(one.case, phrase)
    yield wrapped(f"Requires: {one.require}. {one.require.cite}.", 3, 3)
    yield wrapped(f"Forbids: {one.forbid}. {one.forbid.cite}.", 3, 3)
    if not one.replayed:
        yield wrapped(_UNCONFIRMED, 3)


_WHY = {
    VACUOUS: "never applies: no facts meet its conditions",
    REDUNDANT: "says again, in the very same cases, what is said by {by}",
    SHADOWED: "adds nothing: wherever it applies, the same is said by {by}",
    OVERRIDDEN_PERMIT: "permits nothing: wherever it applies, the act is forbidden or required by {by}",
    OVERRIDDEN: "never takes effect: wherever it applies, it gives way to {by}",
}


def all_findings(found: Iterable[Finding]) -> str:
    """Each rule that makes no difference, and why."""
    lines = [_finding(one) for one in found]
    return "\n".join(lines) or "Nothing found: every rule in force makes a difference to some case."


def _finding(one: Finding) -> str:
    by = listed([f"{rule.pack} rule {rule.rule} (line {rule.line})" for rule in one.by]) if one.by else "another rule"
    where = f"{one.rule.file}, line {one.rule.line}"
    return wrapped(
        f"{where}: rule {one.rule.rule} ({one.says} {listed(one.acts)}) {_WHY[one.kind].format(by=by)}.", 0, 2
    )
