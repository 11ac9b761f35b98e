"""A claim as it is kept: the values of the sender's sheet as JSON, and the sheet again from them."""

from datetime import datetime
from typing import Any

from lodged.dispute import Printed, Result, Sheet

PLAIN = (
    "kind", "dialled", "written", "duration_s", "pages", "pages_in_document", "error", "station_id", "remote_id", "job",
    "mode", "reference", "relayed", "is_sheet",
)  # fmt: skip


def kept(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values."""
    return {
        **{name: getattr(sheet, name) for name in PLAIN},
        "result": sheet.result.value,
        "started": _moment(sheet.started),
        "printed": _moment(sheet.printed),
        "doubts": dict(sheet.doubts),
        "problems": list(sheet.problems),
    }


def sheet_of(claim: dict[str, Any]) -> Sheet:
    """The sheet that was kept."""
    return Sheet(
        **{name: claim[name] for name in PLAIN},
        result=Result(claim["result"]),
        started=_printed(claim["started"]),
        printed=_printed(claim["printed"]),
        doubts=claim["doubts"],
        problems=tuple(claim["problems"]),
    )


def _moment(printed: Printed | None) -> dict[str, Any] | None:
    return {"at": printed.at.isoformat(), "within_s": printed.within_s} if printed else None


def _printed(kept: dict[str, Any] | None) -> Printed | None:
    return Printed(datetime.fromisoformat(kept["at"]), kept["within_s"]) if kept else None
