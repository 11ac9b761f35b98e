"""A mail server's report as a claim: a delivery status notification (RFC 3464) or a disposition notification (RFC 8098).

`delivered` says that a mailbox took the message, not that anybody read it; `relayed` says that the trail ends
there. A disposition notification is optional and forgeable: it is recorded, and nothing rests on it alone.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from lodged.dispute.moments import SECOND, Printed
from lodged.dispute.numbers import address
from lodged.dispute.sheet import Result, Sheet

STATUS = "message/delivery-status"
DISPOSITION = "message/disposition-notification"
ACTIONS = {
    "delivered": Result.OK,
    "relayed": Result.OK,
    "expanded": Result.OK,
    "failed": Result.FAILED,
    "delayed": Result.BUSY,
}
REFUSED = re.compile(r"5\.7\.|policy|blocked|denied|rejected by|spam", re.I)


def is_report(data: bytes) -> bool:
    """Whether these bytes are a report of a mail server."""
    head = data[:200_000].lower()
    return b"final-recipient:" in head or b"report-type=" in head or b"original-recipient:" in head


def read_report(data: bytes) -> Sheet:
    """The claim in a report; one that names no recipient is no sheet."""
    message = message_from_bytes(data)
    parts = [part for part in message.walk() if part.get_content_type() in (STATUS, DISPOSITION)]
    fields = _fields(parts[0]) if parts else _bare(data)
    recipient = fields.get("final-recipient") or fields.get("original-recipient") or ""
    if not recipient:
        return Sheet("dsn", is_sheet=False, problems=("the report names no recipient",))
    if (parts and parts[0].get_content_type() == DISPOSITION) or "disposition" in fields:
        return _disposition(fields, message)
    return _delivery(fields, message)


def _delivery(fields: Mapping[str, str], message: Message) -> Sheet:
    action = fields.get("action", "").lower()
    said = " ".join(filter(None, (fields.get("status", ""), fields.get("diagnostic-code", ""))))
    result = ACTIONS.get(action, Result.NOT_SAID)
    return Sheet(
        kind="dsn",
        dialled=address(fields["final-recipient"]) if "final-recipient" in fields else None,
        written=fields.get("final-recipient", ""),
        started=_when(fields.get("arrival-date") or fields.get("last-attempt-date") or str(message.get("date", ""))),
        printed=_when(str(message.get("date", ""))),
        result=Result.REFUSED if result is Result.FAILED and REFUSED.search(said) else result,
        error=said if result is not Result.OK else "",
        station_id=fields.get("reporting-mta", ""),
        remote_id=fields.get("remote-mta"),
        job=fields.get("original-envelope-id", ""),
        relayed=action in ("relayed", "expanded"),
        problems=() if action in ACTIONS else (f"`{action[:20]}` is not an action that RFC 3464 knows",),
    )


def _disposition(fields: Mapping[str, str], message: Message) -> Sheet:
    told = fields.get("disposition", "").lower()
    return Sheet(
        kind="mdn",
        dialled=address(fields.get("final-recipient", "") or fields.get("original-recipient", "")),
        written=fields.get("final-recipient", ""),
        started=_when(str(message.get("date", ""))),
        result=Result.OK if re.search(r"displayed|dispatched|processed", told) else Result.FAILED,
        error="deleted unread" if "deleted" in told else "",
        station_id=fields.get("reporting-ua", ""),
        job=fields.get("original-message-id", ""),
        problems=("a disposition notification can be made by anybody: nothing rests on it alone",),
    )


def _fields(part: Message) -> dict[str, str]:
    """All fields of a report's part; each recipient's group stands as a message of its own, the first one counts."""
    inner = part.get_payload()
    groups = inner if isinstance(inner, list) else [message_from_bytes(str(inner).encode())]
    fields: dict[str, str] = {}
    for group in groups:
        if isinstance(group, Message):
            for name, value in group.items():
                fields.setdefault(name.lower(), _plain(value))
    return fields


def _bare(data: bytes) -> dict[str, str]:
    """The fields of a report that was saved without the mail around it."""
    fields: dict[str, str] = {}
    for block in data.replace(b"\r\n", b"\n").split(b"\n\n"):
        for name, value in message_from_bytes(block.lstrip(b"\n") + b"\n\n").items():
            fields.setdefault(name.lower(), _plain(value))
    return fields


def _plain(value: object) -> str:
    """A field without the kind of address it begins with, and on one line."""
    return re.sub(r"^\s*[\w-]+\s*;\s*", "", " ".join(str(value).split()))


def _when(text: str) -> Printed | None:
    try:
        at: datetime = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return Printed(at, SECOND)
