"""A conviction as somebody types it from a record: which cells cannot be what they are said to be, and what mends each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lodged.problem import Problem

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP US"
)
STATES = frozenset(_STATES.split())
# The abbreviations that records of the places with packs use; any other code is written out in words.
_CODES = (
    "PL VTL PHL CPL AC ABC PML EL TL SSL GBL COR EDN ED CO CPLR PC VC HS H&S BP B&P WI W&I CRS C.R.S. CGS FS F.S. GL "
    "M.G.L. MGL ILCS RCW USC U.S.C. TPC THSC"
)
CODES = frozenset(_CODES.split())
WRITTEN_OUT = re.compile(r"[A-Za-z.'&-]{2,}(?: [A-Za-z.'&-]+)+")
SECTION = re.compile(r"[§\s]*\d[\w.:()/ -]*")
GRADE = re.compile(
    r"(?:[A-E](?:-?I{1,2})?|[1-6]|first|second|third|fourth|fifth|state[ _]prison|county[ _]jail|unclassified)", re.I
)


def problems(rows: Sequence[Mapping[str, str]], today: date) -> list[Problem]:
    """Every cell that cannot be right, row by row; `where` is `row.column`, as the form calls its boxes.

    >>> problems([{"code": "zzz", "section": "120.05"}], date(2026, 11, 24))[0].what
    '`zzz` is not the short name of a code that is known here'
    """
    return [problem for number, row in enumerate(rows) for problem in _of_row(number, row, today)]


def _of_row(number: int, row: Mapping[str, str], today: date) -> Iterator[Problem]:
    for column, text in row.items():
        if text and (found := _wrong(column, text, today)):
            what, mend = found
            yield Problem(f"{number}.{column}", what, mend)


def _wrong(column: str, text: str, today: date) -> tuple[str, str] | None:
    match column:
        case "code" if text.upper() not in CODES and not WRITTEN_OUT.fullmatch(text):
            what = f"`{text}` is not the short name of a code that is known here"
            return what, "write PL, VTL, PC …, or the code's name in full, such as Texas Penal Code"
        case "section" if not SECTION.fullmatch(text):
            return f"`{text}` is not a section", "write its number, such as 120.05 or 265.02(1)"
        case "state" if text.upper() not in STATES:
            return f"`{text}` is not a state", "write two letters, such as NY; US for a federal conviction"
        case "grade" if not GRADE.fullmatch(text):
            return (
                f"`{text}` is not a grade",
                "write a letter, a number, or state_prison; leave it empty if it has none",
            )
        case "on":
            return _wrong_day(text, today)
        case "days_incarcerated" if not re.fullmatch(r"\d{1,5}", text):
            return f"`{text}` is not a number of days", "write a whole number"
    return None


def _wrong_day(text: str, today: date) -> tuple[str, str] | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return f"`{text}` is not a day", "write it as 2019-05-31"
    if not day.year >= 1900:
        return f"`{text}` lies before anybody's lifetime", "look at the year again"
    if day > today:
        return f"`{text}` lies ahead: no judgment was entered on it yet", "look at the year again"
    return None
