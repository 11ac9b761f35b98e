"""What a sender's evidence claims, whatever paper it was on: which number, when, how many pages, with which result."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from lodged.dispute.moments import Printed


class Result(StrEnum):
    """What the sender's machine says came of the call."""

    OK = "ok"
    FAILED = "failed"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    REFUSED = "refused"
    STOPPED = "stopped"
    NOT_SAID = "not said"


# the first whose words stand in the text decides; the order keeps `not sent` from being read as `sent`
WORDS: tuple[tuple[Result, str], ...] = (
    (Result.NO_ANSWER, r"no[ -]*(answer|ans|resp(onse)?|reply|connect(ion)?)\b|unanswered|not answered"),
    (Result.BUSY, r"\bbusy\b|engaged|line bus"),
    (Result.REFUSED, r"reject|refus|denied|blocked"),
    (Result.STOPPED, r"\bstop|cancel|abort|interrupt"),
    (
        Result.FAILED,
        r"not sent|\bn\.?g\b|fail|error|incomplete|\binc\b|unsuccess|undeliver|\be[-.]?\d+|^#|bad|lost|drop",
    ),
    (Result.OK, r"\bo\.?k\b|\b0k\b|success|complete|sent|delivered|done|good|transmitted|\bs-ok\b"),
)
CORE = ("dialled", "started", "pages", "result")


def read_result(text: str) -> Result:
    """The result in whatever words a machine has for it.

    >>> [read_result(said).value for said in ("OK", "NG #018", "No Answer", "not sent", "")]
    ['ok', 'failed', 'no answer', 'failed', 'not said']
    """
    lowered = text.strip().lower()
    return next((result for result, words in WORDS if re.search(words, lowered)), Result.NOT_SAID)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A claim as read. `dialled` is E.164 (or a mailbox), None when no whole number is legible; `written` as it stands.

    `started` and `printed` are the sender's clock; a typed claim may bring its own offset, else none. Durations are
    in seconds. `doubts` gives the doubt (0 to 1) of what a machine read. `kind` is `print`, `typed`, `list`, `dsn`
    or `mdn`. `is_sheet` is false for a paper that reports no transmission at all.
    """

    kind: str
    dialled: str | None = None
    written: str = ""
    started: Printed | None = None
    printed: Printed | None = None
    duration_s: int | None = None
    pages: int | None = None
    pages_in_document: int | None = None
    result: Result = Result.NOT_SAID
    error: str = ""
    station_id: str = ""
    remote_id: str | None = None
    job: str = ""
    mode: str = ""
    reference: str = ""
    relayed: bool = False
    is_sheet: bool = True
    doubts: Mapping[str, float] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Those of the four that decide a dispute which the paper does not tell."""
        told = {"dialled": self.dialled, "started": self.started, "pages": self.pages}
        absent = tuple(name for name, value in told.items() if value is None)
        return absent + (("result",) if self.result is Result.NOT_SAID else ())

    @property
    def says_all_sent(self) -> bool:
        """Whether the sender's machine was satisfied."""
        return self.result is Result.OK

    @property
    def total(self) -> int | None:
        """How many pages the document has, as far as the paper tells."""
        return self.pages_in_document if self.pages_in_document is not None else self.pages

    def record(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {
            "dialled": self.dialled or (self.written or None),
            "started": _moment(self.started.at) if self.started else None,
            "pages": self.pages,
            "result": self.result.value,
            "doubts": dict(self.doubts),
            "kind": self.kind,
            "duration_s": self.duration_s,
            "pages_in_document": self.pages_in_document,
            "printed_at": _moment(self.printed.at) if self.printed else None,
            "station_id": self.station_id or None,
            "remote_id": self.remote_id or None,
            "job": self.job or None,
            "error": self.error or None,
            "reference": self.reference or None,
            "missing": list(self.missing),
        }


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
