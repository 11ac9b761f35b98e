"""A sender's list of sendings, heard at once: a finding a row, what both sides agree on, and what stays in dispute.

Columns are known by the words in their headings. Columns of names, birth dates and numbers of people are left out,
and that they were is said. A row that cannot be read is counted and named, never lost.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lodged.dispute.finding import Finding
from lodged.dispute.match import matches
from lodged.dispute.numbers import address, number
from lodged.dispute.our_records import Records
from lodged.dispute.outcome import Outcome
from lodged.dispute.reconcile import reconcile
from lodged.dispute.sheet import Result, Sheet, read_result
from lodged.dispute.sides import Call
from lodged.dispute.typed import read_moment
from lodged.fax.calls import seconds
from lodged.problem import Problem, ProblemsError

# words of a heading -> the field; the first line that fits is taken, so that `sent pages` is a count and no time
HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "",
        r"\b(last|first|full|person|inmate|detainee)?[ _-]*name\b|subject|alien|birth|\bdob\b"
        r"|\ba[ _-]?(number|no|#)|nationality|citizen",
    ),
    ("duration_s", r"duration|length|seconds|elapsed|tx time"),
    ("pages_in_document", r"pages in (the )?(document|original)|total pages|of pages"),
    ("pages", r"pages?\b|\bpgs?\b|sheets"),
    ("result", r"result|status|outcome|\bok\b|confirm"),
    ("reference", r"reference|\bref\b|case|job|serial|\brow\b|\bid\b|\bno\.?$|^#$|^n$|log number|control"),
    ("station_id", r"\bfrom\b|station|sender|sending|csid|tsi|our number"),
    ("date", r"\bdate\b(?!.*time)|\bday\b"),
    ("time", r"time|sent|started|start|date|when|hour"),
    ("dialled", r"number|fax|diall?ed|destination|recipient|\bto\b|phone|tel\b|called"),
)
AGREES_OK = frozenset({Outcome.FILED, Outcome.ORPHANED, Outcome.MISFILED, Outcome.OTHER_NUMBER})
AGREES_FAILED = frozenset({Outcome.PARTIAL_KNOWN, Outcome.NO_PAGES, Outcome.REFUSED, Outcome.BUSY})
MOST_ROWS = 20_000
MEND = "give a row of headings such as `number, time, pages, result, reference`, then one sending a row"


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: its number in the file (headings are 1), its claim, or what is wrong with it."""

    row: int
    sheet: Sheet | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SendersList:
    """A list as read: its rows in the file's order, which heading gives which field, and which were left out."""

    rows: tuple[Listed, ...]
    columns: Mapping[str, str]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A row with its finding, None for one that could not be read."""

    listed: Listed
    finding: Finding | None

    @property
    def agreed(self) -> bool:
        """Whether both sides tell the same of it."""
        return self.finding is not None and agrees(self.finding)


def agrees(finding: Finding) -> bool:
    """Whether our records say of the sending what the sender's do."""
    if finding.sheet.says_all_sent:
        return finding.outcome in AGREES_OK
    return finding.sheet.result is not Result.NOT_SAID and finding.outcome in AGREES_FAILED


def read_list(text: str, where: str) -> SendersList:
    """The rows of a list. Raises `ProblemsError` when its headings name neither a number nor a time."""
    text = text.removeprefix("\ufeff")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    numbered = [(place, cells) for place, cells in enumerate(table, start=1) if any(cell.strip() for cell in cells)]
    if not numbered:
        raise ProblemsError([Problem(where, "there is nothing in it", MEND)])
    if len(numbered) > MOST_ROWS:
        raise ProblemsError([Problem(where, f"it has more than {MOST_ROWS:,} rows", "divide it into several lists")])
    headings = [heading.strip() for heading in numbered[0][1]]
    columns = {place: field for place, heading in enumerate(headings) if (field := column(heading))}
    if not {"dialled"} <= set(columns.values()) or not {"time", "date"} & set(columns.values()):
        said = ", ".join(f"`{heading}`" for heading in headings[:12])
        raise ProblemsError([Problem(where, f"no column of numbers and one of times is among {said}", MEND)])
    rows = tuple(_row(place, cells, columns, len(headings), where) for place, cells in numbered[1:])
    if not rows:
        raise ProblemsError([Problem(where, "there is no row below its headings", MEND)])
    used = {field: headings[place] for place, field in reversed(columns.items())}
    return SendersList(
        rows, used, tuple(heading for place, heading in enumerate(headings) if place not in columns and heading)
    )


def looks_like_list(text: str) -> bool:
    """Whether the first line is a row of headings that name a number and a time."""
    lines = text.removeprefix("\ufeff").lstrip().splitlines()
    if not lines or lines[0].startswith(("{", "[", "%PDF")):
        return False
    fields = {column(cell.strip()) for cell in lines[0].split(_delimiter(lines[0]))}
    return "dialled" in fields and bool(fields & {"time", "date"})


def column(heading: str) -> str | None:
    """The field that a heading names; None for one that is not known or is of a person.

    >>> [column(heading) for heading in ("Fax Number", "Date/Time Sent", "# Pages", "Alien Name", "Ref")]
    ['dialled', 'time', 'pages', None, 'reference']
    """
    words = heading.lower().replace("_", " ")
    return next((field or None for field, pattern in HEADINGS if re.search(pattern, words)), None)


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _row(place: int, cells: Sequence[str], columns: Mapping[int, str], width: int, where: str) -> Listed:
    told: dict[str, str] = {}
    for at, cell in enumerate(cells):
        if at in columns:
            told.setdefault(columns[at], cell.strip())
    here = f"{where}, row {place}"
    if len(cells) > width:
        return Listed(
            place,
            None,
            Problem(here, f"it has {len(cells)} cells under {width} headings", "quote cells that hold the separator"),
        )
    sheet = _sheet(told)
    wrong = _wrong(told, sheet)
    return (
        Listed(place, None, Problem(here, wrong, "mend the row, or hear it as a claim of its own"))
        if wrong
        else Listed(place, sheet)
    )


def _sheet(told: Mapping[str, str]) -> Sheet:
    written = told.get("dialled", "")
    said = re.sub(r"\s+", " ", f"{told.get('date', '')} {told.get('time', '')}").strip()
    pages = re.fullmatch(r"(\d{1,4})(?:\s*(?:/|of)\s*(\d{1,4}))?", told.get("pages", ""))
    total = told.get("pages_in_document", "")
    return Sheet(
        kind="list",
        dialled=number(written) or address(written),
        written=written,
        started=read_moment(said) if said else None,
        duration_s=_duration(told.get("duration_s", "")),
        pages=int(pages[1]) if pages else None,
        pages_in_document=int(pages[2]) if pages and pages[2] else (int(total[:5]) if total.isdecimal() else None),
        result=read_result(told.get("result", "")),
        station_id=told.get("station_id", ""),
        reference=told.get("reference", ""),
    )


def _duration(text: str) -> int | None:
    return int(text[:6]) if text.isascii() and text.isdigit() else seconds(text)


def _wrong(told: Mapping[str, str], sheet: Sheet) -> str:
    if sheet.dialled is None:
        return f"`{sheet.written[:30]}` is not a whole number"
    if sheet.started is None:
        return f"`{' '.join(filter(None, (told.get('date'), told.get('time'))))[:30]}` is not a time"
    if told.get("pages") and sheet.pages is None:
        return f"`{told['pages'][:20]}` is not a count of pages"
    return ""


def hear_list(listed: SendersList, ours: Records) -> tuple[Ruled, ...]:
    """A finding for each row. Each call of ours answers one row: the one that fits it best; others are retries."""
    ranked = sorted(_ranked(listed, ours), key=lambda one: one[0])
    taken: set[Call] = set()
    found: dict[int, Finding] = {}
    for _, row, sheet in ranked:
        finding = reconcile(sheet, ours, taken=frozenset(taken))
        taken |= set(finding.ours)
        found[row] = finding
    return tuple(Ruled(row, found.get(row.row)) for row in listed.rows)


def _ranked(listed: SendersList, ours: Records) -> Iterator[tuple[tuple[object, ...], int, Sheet]]:
    """Rows with the best match first, so that a poorer one does not take its call."""
    for row in listed.rows:
        if row.sheet:
            found = matches(row.sheet, ours.calls, ours.numbers, ours.zone)
            rank = (0, *found[0].rank[:4], row.row) if found else (1, row.row)
            yield rank, row.row, row.sheet


def totals(ruled: Sequence[Ruled]) -> dict[str, object]:
    """The counts: rows, read, unreadable, agreed, disputed, and each outcome in its order."""
    outcomes = [one.finding.outcome for one in ruled if one.finding]
    read = len(outcomes)
    agreed = sum(one.agreed for one in ruled)
    return {
        "rows": len(ruled),
        "read": read,
        "unreadable": len(ruled) - read,
        "agreed": agreed,
        "disputed": read - agreed,
        "outcomes": {outcome.value: outcomes.count(outcome) for outcome in Outcome if outcome in outcomes},
    }


COLUMNS = (
    "row",
    "reference",
    "number",
    "claimed_at",
    "pages_claimed",
    "result_claimed",
    "outcome",
    "also_defensible",
    "finding",
    "pages_held",
    "call",
    "file",
)


def exported(ruled: Sequence[Ruled], agreed: bool) -> str:
    """The agreed or the disputed rows as CSV; a row that could not be read stands among the disputed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in ruled:
        if one.agreed == agreed:
            writer.writerow([_safe(cell) for cell in _cells(one)])
    return out.getvalue()


def _cells(one: Ruled) -> list[str]:
    finding = one.finding
    if finding is None:
        problem = one.listed.problem
        return [str(one.listed.row), "", "", "", "", "", "not read", "", problem.what if problem else "", "", "", ""]
    sheet, call = finding.sheet, finding.ours[0] if finding.ours else None
    return [
        str(one.listed.row), sheet.reference, sheet.dialled or "", sheet.started.at.isoformat() if sheet.started else "",
        "" if sheet.pages is None else str(sheet.pages), sheet.result.value, finding.outcome.value,
        "; ".join(finding.also_defensible), finding.sentence, str(call.held) if call else "",
        call.commid if call else "", call.files[0].name if call and call.files else "",
    ]  # fmt: skip


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a telephone number keeps its plus."""
    return f"'{cell}" if cell[:1] in "=@-\t\r" or (cell.startswith("+") and not cell[1:].isdigit()) else cell
