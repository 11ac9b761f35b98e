"""A question of fact as a form, and a form's answer as the law's value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.timezone import get_current_timezone

from lodged.law.fact import Fact
from lodged.office.desk.pages.convictions import problems as problems_of_rows
from lodged.office.staff.typed import visible
from lodged.problem import Problem

ROWS = 4  # convictions that can be written at once; a longer record is answered again with more

Answer = object


def read_answer(fact: Fact, told: MultiValueDict[str, str]) -> Answer:
    """The value a form gives for a fact, in the law's JSON; None takes an earlier answer back.

    Nothing is checked here: `decisions.acts` says what is not a value of its kind.
    """
    text = visible(told.get("value") or "")
    match fact.type:
        case "list":
            return [] if told.get("none") else _rows(fact, told)
        case "set-of":
            return told.getlist("value")
        case _ if not text:
            return None
        case "yes-no":
            return {"yes": True, "no": False}.get(text, text)
        case "number":
            return _number(text)
        case "moment":
            return _moment(text)
    return text


def wrong_with(fact: Fact, told: MultiValueDict[str, str], source: str, day: date) -> list[Problem]:
    """What stands in a form that cannot be so: rows that are no such thing, or no word of how it is known."""
    wrong = []
    if fact.type == "list" and not told.get("none"):
        wrong += problems_of_rows(typed_rows(fact, told), day)
    if not source:
        wrong.append(Problem("source", "it is not said how this is known", "name a file, a person, a record"))
    return wrong


def asking(fact: Fact, told: MultiValueDict[str, str], problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """A question with what was typed still in its boxes, and what is wrong with it, as `parts/asking.html` shows it."""
    return {
        "fact": fact,
        "problems": [(_where(problem, fact), problem) for problem in problems],
        "grid": grid(fact, typed_rows(fact, told), problems),
        "none": told.get("none", ""),
        "value": told.get("value", ""),
        "values": told.getlist("value"),
        "source": told.get("source", ""),
    }


def _where(problem: Problem, fact: Fact) -> str:
    """A box of a row as people call it: `Conviction 1, code`."""
    row, _, column = problem.where.partition(".")
    return f"{fact.kind.capitalize() or 'Row'} {int(row) + 1}, {column.replace('_', ' ')}" if row.isdecimal() else ""


def typed_rows(fact: Fact, told: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a list as they were typed, cell by cell; empty cells too, so that a form can show them again."""
    return [
        {field.name: visible(told.get(f"{number}.{field.name}", "")) for field in fact.fields} for number in range(ROWS)
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of a row: what is asked for, what stands in it, what is wrong with that."""

    field: Fact
    name: str
    text: str = ""
    problem: Problem | None = None


def grid(fact: Fact, rows: Sequence[Mapping[str, str]], problems: Sequence[Problem] = ()) -> list[list[Cell]]:
    """The boxes of a list, row by row, with what was typed in them and what was wrong with it."""
    wrong = {problem.where: problem for problem in problems}
    return [
        [
            Cell(field, f"{number}.{field.name}", row.get(field.name, ""), wrong.get(f"{number}.{field.name}"))
            for field in fact.fields
        ]
        for number, row in enumerate(rows)
    ]


def _rows(fact: Fact, told: Mapping[str, str]) -> list[dict[str, Answer]] | None:
    rows = []
    for number in range(ROWS):
        row = {field.name: _cell(field, visible(told.get(f"{number}.{field.name}", ""))) for field in fact.fields}
        given = {name: value for name, value in row.items() if value is not None}
        if given:
            rows.append(given)
    return rows or None


def _cell(field: Fact, text: str) -> Answer:
    if not text:
        return None
    match field.type:
        case "yes-no":
            return {"yes": True, "no": False}.get(text)
        case "number":
            return _number(text)
    return text


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _moment(text: str) -> str:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (read if read.tzinfo else read.replace(tzinfo=get_current_timezone())).isoformat()
