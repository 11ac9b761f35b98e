"""A claim typed in as JSON: the values of a sheet, or a sheet with its values under `typed`."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lodged.dispute.moments import MINUTE, SECOND, Printed, read_printed
from lodged.dispute.numbers import address, number
from lodged.dispute.sheet import Result, Sheet, read_result
from lodged.fax.calls import seconds
from lodged.problem import Problem, ProblemsError

DIALLED = ("dialled", "dialed", "number", "to", "fax_number", "called")
STARTED = ("started", "start", "date_time", "sent_at", "time")
MEND = 'give at least `dialled` and `started`, as in {"dialled": "+1 512 555 0199", "started": "2026-11-24T03:32:30"}'


def read_typed(text: str, where: str) -> Sheet:
    """The claim in a JSON object. Raises `ProblemsError` with everything that is wrong with it."""
    try:
        whole: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProblemsError([Problem(where, f"is not JSON: {str(error).lower()}", MEND)]) from error
    if not isinstance(whole, dict):
        raise ProblemsError([Problem(where, "is not a JSON object", MEND)])
    told: Any = whole.get("typed") or whole.get("printed") or whole
    if not isinstance(told, dict):
        raise ProblemsError([Problem(where, "`typed` is not an object", MEND)])
    return _sheet(told, where)


def _sheet(told: Mapping[str, Any], where: str) -> Sheet:
    problems: list[Problem] = []
    written = str(_first(told, DIALLED) or "")
    said = _said(told)
    started = read_moment(str(said)) if said not in (None, "") else None
    if said not in (None, "") and started is None:
        problems.append(Problem(where, f"`{str(said)[:40]}` is not a time", "write it as 2026-11-24T03:32:30"))
    if not written and started is None and not problems:
        problems.append(Problem(where, "it claims neither a number nor a time", MEND))
    told = {**told, **_of(str(told.get("pages") or ""))}
    numbers = {name: _count(told, name, where, problems) for name in ("pages", "pages_in_document", "duration_s")}
    if problems:
        raise ProblemsError(problems)
    result = told.get("result")
    return Sheet(
        kind="typed",
        dialled=number(written) or address(written),
        written=written,
        started=started,
        printed=read_moment(str(told["printed_at"])) if told.get("printed_at") else None,
        duration_s=numbers["duration_s"]
        if numbers["duration_s"] is not None
        else seconds(str(told.get("duration", ""))),
        pages=numbers["pages"],
        pages_in_document=numbers["pages_in_document"],
        result=read_result(str(result)) if result is not None else Result.NOT_SAID,
        error=str(told.get("error") or ""),
        station_id=str(told.get("station_id") or ""),
        remote_id=_remote(told),
        job=str(told.get("job_number") or told.get("job") or ""),
        mode=_mode(told.get("mode")),
        reference=str(told.get("reference") or ""),
    )


def read_moment(text: str) -> Printed | None:
    """ISO 8601, with an offset or without, or any spelling that a machine prints."""
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            return None
        return Printed(at, SECOND if re.match(r".{10}.\d\d:\d\d:\d\d", text.strip()) else MINUTE)
    return read_printed(text)


def _said(told: Mapping[str, Any]) -> Any:
    """When: one value, or a day and an hour apart as a table prints them."""
    said = _first(told, STARTED)
    return f"{said} {told['start_time']}" if said and told.get("start_time") else said


def _remote(told: Mapping[str, Any]) -> str | None:
    """None where the claim says nothing of it; an empty text where it says that nobody answered with a name."""
    return None if "remote_id" not in told else str(told["remote_id"] or "")


def _of(pages: str) -> dict[str, int]:
    """`1/2` as a machine prints it: one page of two."""
    found = re.fullmatch(r"0*(\d{1,4})\s*(?:/|of)\s*0*(\d{1,4})", pages.strip())
    return {"pages": int(found[1]), "pages_in_document": int(found[2])} if found else {}


def _mode(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one}" for key, one in value.items() if one is not None)
    return str(value or "")


def _first(told: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((told[name] for name in names if told.get(name) not in (None, "")), None)


def _count(told: Mapping[str, Any], name: str, where: str, problems: list[Problem]) -> int | None:
    value = told.get(name)
    if value is None or value == "":
        return None
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 7):
        problems.append(
            Problem(where, f"`{name}` is `{text[:20]}`, which is not a count", "write a whole number, or leave it out")
        )
        return None
    return int(text)
