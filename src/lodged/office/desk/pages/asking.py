"""A question of fact as a form, and a form's answer as the law's value."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.datastructures import MultiValueDict
from django.utils.timezone import get_current_timezone

from lodged.law.fact import Fact
from lodged.office.staff.typed import visible

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
