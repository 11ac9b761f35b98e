"""Runs the worked cases that stand in the packs: each must come out as its text says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from lodged.law.ask import Question
from lodged.law.check import declared_facts
from lodged.law.custodians import CUSTODIANS
from lodged.law.decide import decide
from lodged.law.decision import EFFECTS, Decision
from lodged.law.fact import ACTS, DUTIES, Fact, checked, nearest
from lodged.law.packs import Packs
from lodged.law.tree import Case, Challenge
from lodged.problem import Problem, ProblemsError

NOON = time(12)  # a case that names only a day means noon there


def failures(packs: Packs) -> list[Problem]:
    """What fails among all worked cases of the library, each with its line; empty where every case holds."""
    facts = declared_facts(packs.packs)
    return [problem for file, home, case in packs.cases for problem in _run(packs, facts, file, home, case)]


def unsound(packs: Packs) -> list[Problem]:
    """Cases that ask or expect what is not known: no fact, no effect, no question of that name. None is decided."""
    facts = declared_facts(packs.packs)
    named = _Named(
        facts,
        set(packs.questions) | {s.name for pack in packs.packs for s in pack.statements if isinstance(s, Challenge)},
    )
    told = [problem for file, home, case in packs.cases for problem in named.problems(file, home, case)]
    return list(dict.fromkeys(told))  # what a `let` gives wrongly is told once, not for each case that uses it


@dataclass(frozen=True, slots=True)
class _Named:
    """The names that a case may use."""

    facts: Mapping[str, Fact]
    arguments: set[str]

    def problems(self, file: str, home: str, case: Case) -> Iterator[Problem]:
        where = f"{file}, line {case.line}"
        yield from self._known(where, (case.act,), (*ACTS, *DUTIES), "act")
        yield from self._known(where, (case.custodian or home,), CUSTODIANS, "custodian")
        yield from self._known(where, (case.effect,), EFFECTS, "effect")
        yield from self._known(where, case.due, DUTIES, "duty")
        fields = (name for name in case.needing if "[" not in name)
        yield from self._known(where, fields, self.facts, "fact")
        yield from self._known(where, case.challenged, self.arguments, "challenge or question")
        questions = (name for name in case.asking if ":" not in name and name != "orders")
        yield from self._known(where, questions, self.arguments, "question")
        try:
            _moment(case, case.custodian or home)
        except ProblemsError as error:
            yield from (Problem(where, problem.what, problem.mend) for problem in error.problems)
        for name, value in case.facts:
            yield from self._fact(f"{file}, line {getattr(name, 'line', case.line)}", name, value)

    def _fact(self, where: str, name: str, value: object) -> Iterator[Problem]:
        if name not in self.facts:
            mend = nearest(name, self.facts) or 'declare it: fact NAME TYPE "the question"'
            yield Problem(where, f"`{name}` is not a declared fact", mend)
        else:
            found = checked(self.facts[name], _value(self.facts[name], value), name)[1]
            yes_no = self.facts[name].type == "yes-no"
            yield from (Problem(where, p.what, "write yes or no" if yes_no else p.mend) for p in found)

    def _known(self, where: str, words: Iterable[str], known: Iterable[str], kind: str) -> Iterator[Problem]:
        known = list(known)
        for word in words:
            if word not in known:
                mend = nearest(word, known) or f"write a {kind} that is declared"
                yield Problem(where, f"`{word}` is not a known {kind}", mend)


def _run(packs: Packs, facts: Mapping[str, Fact], file: str, home: str, case: Case) -> list[Problem]:
    where = f"{file}, line {case.line}"
    try:
        decision = decide(packs, as_question(case, home, facts))
    except ProblemsError as error:
        return [Problem(f"{where}: {p.where}", p.what, p.mend) for p in error.problems]
    return [Problem(where, what, "correct the rule, or the case") for what in _differences(case, decision)]


def _differences(case: Case, decision: Decision) -> list[str]:
    found = []
    if decision.effect != case.effect:
        missing = ", ".join((*decision.needs, *decision.laws, *(r.id for r in decision.readings)))
        found.append(
            f"`{case.effect}` was expected, the law says `{decision.effect}`" + (f" ({missing})" if missing else "")
        )
    cites = " | ".join(reason.cite for reason in decision.reasons)
    found += [f"`{cite}` is not cited" for cite in case.citing if cite not in cites]
    found += [f"`{need}` is not needed" for need in case.needing if need not in decision.needs]
    asked = {reading.id for reading in decision.readings}
    found += [f"`{name}` is not asked" for name in case.asking if name not in asked]
    argued = {challenge.id for challenge in decision.challenges}
    found += [f"`{name}` is not listed as a challenge" for name in case.challenged if name not in argued]
    due = {duty.act for duty in decision.duties if duty.effect == "required"}
    return found + [f"`{act}` is not due" for act in case.due if act not in due]


def as_question(case: Case, home: str, facts: Mapping[str, Fact]) -> Question:
    """The question that a worked case asks; `home` is the custodian where the case names none."""
    custodian = case.custodian or home
    given = {name: _value(facts.get(name), value) for name, value in case.facts}
    at = _moment(case, custodian)
    return Question(custodian, case.act, at, given, facts)


def _moment(case: Case, custodian: str) -> datetime:
    zone = CUSTODIANS[custodian].zone if custodian in CUSTODIANS else None
    try:
        if "T" not in case.at:
            return datetime.combine(date.fromisoformat(case.at), NOON, zone)
        at = datetime.fromisoformat(case.at)
    except ValueError:
        problem = Problem("at", f"`{case.at}` is no day or moment", "write YYYY-MM-DD or YYYY-MM-DDTHH:MM")
        raise ProblemsError([problem]) from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _value(fact: Fact | None, value: object) -> object:
    """A word of a case as the JSON value its fact wants."""
    if fact is None:
        return value
    match fact.type, value:
        case "yes-no", "yes" | "no":
            return value == "yes"
        case "number", str():
            return _number(value)
        case "set-of", str():
            return [value]
        case "list", list():
            fields = {field.name: field for field in fact.fields}
            return [{name: _value(fields.get(name), v) for name, v in element.items()} for element in value]
        case "moment", str() if "+" not in value and "Z" not in value:
            return value
    return value


def _number(text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
