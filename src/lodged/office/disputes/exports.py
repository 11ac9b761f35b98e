"""Rows of a sender's list for a spreadsheet."""

import csv
import io
from typing import Any

from lodged.office.disputes.models import SendersList

COLUMNS = (
    "row",
    "reference",
    "dialled",
    "started",
    "pages",
    "result",
    "outcome",
    "also",
    "sentence",
    "calls",
    "problem",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_as_csv(found: SendersList, agreed: bool) -> str:
    """The agreed rows, or all others: those in dispute and those that could not be read."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row.get(name)) for name in COLUMNS] for row in found.rows if row["agreed"] == agreed)
    return out.getvalue()


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula; a telephone number keeps its plus."""
    text = "; ".join(str(one) for one in value) if isinstance(value, list) else "" if value is None else str(value)
    plain = text[:1] == "+" and text[1:].isdigit()
    return f"'{text}" if text.startswith(FORMULA) and not plain else text
