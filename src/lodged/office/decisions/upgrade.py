"""New versions of packs that counsel had adopted: which rules and which answers change, before anybody signs (safeguard 23)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lodged.law import Packs, Question
from lodged.law.packs import Source, read
from lodged.law.tree import Pack, Rule
from lodged.law.worked import as_question
from lodged.law.written import written_pack
from lodged.office.custodians import custodian as with_id
from lodged.office.decisions import finds
from lodged.office.decisions.asks import Asked
from lodged.office.decisions.basis import basis
from lodged.office.decisions.compared import Stated, stated
from lodged.office.decisions.consult import asked
from lodged.office.decisions.library import declared, packs, tables
from lodged.office.decisions.local import local_day
from lodged.office.decisions.models import Adoption
from lodged.office.decisions.own import law, own_texts
from lodged.office.decisions.put import Put
from lodged.office.decisions.questions import question, questions
from lodged.office.matters.models import Matter
from lodged.problem import ProblemsError


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A pack whose adopted version is not the one at hand."""

    pack: Pack
    version: str
    adopted: Adoption


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is new, gone or changed; one side is None where it does not stand there."""

    before: Stated | None
    after: Stated | None


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer that changes: a worked case or an open matter, before and after."""

    about: str
    act: str
    before: str
    after: str
    link: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What all new versions together change; `trouble` where an adopted text was not kept or cannot be read any more."""

    upgrades: tuple[Upgrade, ...]
    rules: tuple[RuleChange, ...]
    answers: tuple[AnswerChange, ...]
    tried: int
    trouble: tuple[str, ...]


def waiting(custodian: str) -> list[Upgrade]:
    """The confirmed packs that counsel adopted in another version, and not yet in this one."""
    found = []
    for name, version in sorted(finds.binding(custodian).items()):
        adoptions = Adoption.objects.filter(custodian=custodian, pack=name).select_related("by")
        older = adoptions.exclude(version=version).order_by("-at", "-id").first()
        if older is not None and not adoptions.filter(version=version).exists():
            found.append(Upgrade(packs().by_id[name], version, older))
    return found


def upgraded(custodian: str, at: datetime) -> Upgraded:
    """Everything that the new versions change for a custodian at an hour."""
    upgrades = waiting(custodian)
    unkept = [one for one in upgrades if not one.adopted.text]
    trouble = [f"The text of {one.pack.id} {one.adopted.version} was not kept: compare it on paper." for one in unkept]
    kept = [one for one in upgrades if one.adopted.text]
    if not kept:
        return Upgraded(tuple(upgrades), (), (), 0, tuple(trouble))
    try:
        before, after = _as_adopted(tuple(map(_kept, kept)), own_texts(custodian)), law(custodian)
    except ProblemsError as error:
        words = "; ".join(problem.what for problem in error.problems[:3])
        trouble.append(f"The adopted text cannot be read by this version of the program: {words}")
        return Upgraded(tuple(upgrades), (), (), 0, tuple(trouble))
    rules = tuple(change for one in kept for change in _rules(custodian, before, after, one.pack.id, at))
    asked_of = [*_cases(custodian), *_matters(custodian, at)]
    answers = tuple(change for about, put in asked_of if (change := _answer(before, after, about, put)))
    return Upgraded(tuple(upgrades), rules, answers, len(asked_of), tuple(trouble))


Texts = tuple[tuple[str, str], ...]


def _kept(one: Upgrade) -> tuple[str, str, Texts]:
    """A pack as it was adopted: its name, its text, its tables by file name."""
    return one.pack.id, one.adopted.text, tuple(sorted(one.adopted.tables.items()))


@lru_cache(maxsize=8)
def _as_adopted(kept: tuple[tuple[str, str, Texts], ...], own: Texts) -> Packs:
    """The packs in their canonical text, some of them as they were adopted, with what the custodian added."""
    older = {name: (text, dict(beside)) for name, text, beside in kept}
    sources = []
    for pack in packs().packs:
        text, beside = older.get(pack.id) or (written_pack(pack), tables(pack.id))
        sources.append(Source(pack.id, f"```law\n{text}\n```\n", beside))
    sources += [Source(name, f"```law\n{text}\n```\n") for name, text in own]
    return read(sources)


def _rules(custodian: str, before: Packs, after: Packs, name: str, at: datetime) -> Iterator[RuleChange]:
    day = local_day(custodian, at)
    sides = [
        {rule.name: stated(library, library.by_id[name], rule, day) for rule in _rules_of(library.by_id[name])}
        for library in (before, after)
    ]
    for rule in dict.fromkeys([*sides[0], *sides[1]]):
        one, other = sides[0].get(rule), sides[1].get(rule)
        if one is None or other is None or one.text != other.text:
            yield RuleChange(one, other)


def _rules_of(pack: Pack) -> list[Rule]:
    return [statement for statement in pack.statements if isinstance(statement, Rule)]


def _cases(custodian: str) -> Iterator[tuple[str, Question]]:
    """The worked cases that ask about this custodian."""
    for file, home, case in packs().cases:
        if (case.custodian or home) == custodian:
            try:
                yield f"worked case, {file} line {case.line}", as_question(case, home, declared())
            except ProblemsError:
                continue


def _matters(custodian: str, at: datetime) -> Iterator[tuple[str, Question]]:
    """Each act of each matter that has not been answered."""
    open_ones = Matter.objects.filter(paper__arrival__custodian=custodian, answers__dispatch__isnull=True).distinct()
    for matter in open_ones.select_related("paper__arrival"):
        on = basis(matter)
        for act, rows in questions(on, finds.answers(matter), at) if on else []:
            try:
                yield (
                    f"{matter.number}{_item(act)}",
                    question(matter, act, rows, at.astimezone(with_id(custodian).zone)),
                )
            except ProblemsError:
                continue


def _item(act: Asked) -> str:
    return f", {act.item.replace('_', ' ')}" if act.item else ""


def _answer(before: Packs, after: Packs, about: str, put: Question) -> AnswerChange | None:
    one, other = _effect(before, put), _effect(after, put)
    if one == other:
        return None
    link = "" if about.startswith("M-") else Put.of(put).link
    return AnswerChange(about, put.act, one, other, link)


def _effect(library: Packs, put: Question) -> str:
    try:
        return asked(library, put, frozenset()).effect
    except ProblemsError:
        return "not_known"
