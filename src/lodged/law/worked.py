"""Runs the worked cases that stand in the packs: each must come out as its text says."""

from collections.abc import Mapping
from datetime import date, datetime, time

from lodged.law.ask import Question
from lodged.law.check import declared_facts
from lodged.law.custodians import CUSTODIANS
from lodged.law.decide import decide
from lodged.law.decision import Decision
from lodged.law.fact import Fact
from lodged.law.packs import Packs
from lodged.law.tree import Case
from lodged.problem import Problem, ProblemsError

NOON = time(12)  # a case that names only a day means noon there


def failures(packs: Packs) -> list[Problem]:
    """What fails among all worked cases of the library, each with its line; empty where every case holds."""
    facts = declared_facts(packs.packs)
    return [problem for file, home, case in packs.cases for problem in _run(packs, facts, file, home, case)]


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
