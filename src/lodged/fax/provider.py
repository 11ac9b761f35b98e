"""What a fax provider says it took for us: its list of received faxes, or the messages it sent.

The names of fields are those of the providers' own documents (Telnyx, Sinch, Documo, SRFax); a record is read
where it tells when, to which number, and whether it was received.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lodged.problem import Problem

ID = ("fax_id", "id", "messageId", "FileName")
TO = ("to", "faxNumber", "To", "User_FaxNumber")
FROM = ("from", "faxCallerId", "CallerID")
AT = ("occurred_at", "completedTime", "createTime", "resolvedDate", "createdAt", "Date")
PAGES = ("page_count", "numberOfPages", "pagesCount", "Pages")
STATUS = ("event_type", "status", "event", "ReceiveStatus", "resultInfo")
LENGTH = ("call_duration_secs", "duration")
TAKEN = ("fax.received", "received", "completed", "incoming_fax", "success", "succeed", "ok", "delivered")
MEND = "export the list of received faxes again as JSON"


@dataclass(frozen=True, slots=True)
class Carried:
    """One fax that the provider says it received for us. `at` has its offset; `whole` is false for a part of one."""

    id: str
    at: datetime
    to: str
    sender: str
    pages: int | None
    length_s: int | None
    whole: bool = True


def read_provider(text: str, where: str) -> tuple[tuple[Carried, ...], tuple[Problem, ...]]:
    """The faxes a provider's JSON (a list, an object, or a line each) says it received; and what could not be read."""
    carried: set[Carried] = set()
    problems: list[Problem] = []
    for place, record in _records(text, where, problems):
        told = _flat(record)
        status = str(_first(told, STATUS) or "").lower()
        if not any(word in status for word in TAKEN) or "fail" in status:
            continue
        at = _moment(_first(told, AT))
        if at is None:
            problems.append(Problem(place, "the record does not say when, with an offset", MEND))
            continue
        carried.add(_carried(told, at))
    return tuple(sorted(carried, key=lambda one: (one.at, one.id))), tuple(problems)


def _carried(told: Mapping[str, Any], at: datetime) -> Carried:
    return Carried(
        id=str(_first(told, ID) or ""),
        at=at,
        to=str(_first(told, TO) or ""),
        sender=str(_first(told, FROM) or ""),
        pages=_count(_first(told, PAGES)),
        length_s=_count(_first(told, LENGTH)),
        whole=not told.get("partial_content"),
    )


def _records(text: str, where: str, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        whole: Any = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(text, where, problems)
        return
    found = whole if isinstance(whole, list) else [whole]
    if len(found) == 1 and isinstance(found[0], Mapping):
        found = next((found[0][key] for key in ("data", "faxes", "rows", "Result") if _is_list(found[0], key)), found)
    for number, record in enumerate(found, start=1):
        if isinstance(record, Mapping):
            yield f"{where}, record {number}", record
        else:
            problems.append(Problem(f"{where}, record {number}", "is not an object", MEND))


def _is_list(record: Mapping[str, Any], key: str) -> bool:
    return isinstance(record.get(key), list)


def _lines(text: str, where: str, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record: Any = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, Mapping):
            yield f"{where}, line {number}", record
        else:
            problems.append(Problem(f"{where}, line {number}", "is not a record in JSON", MEND))


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with what its `data` and `payload` hold brought up to one level."""
    told = dict(record)
    for key in ("data", "payload", "fax"):
        inner = told.get(key)
        if isinstance(inner, Mapping):
            told = {**told, **_flat(inner)}
    return told


def _first(told: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((told[name] for name in names if told.get(name) not in (None, "")), None)


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _count(value: Any) -> int | None:
    text = str(value)
    return int(text[:6]) if text.isascii() and text.isdigit() else None
