"""A confirmation sheet as printed: labels found wherever a make of machine puts them, values beside or below them.

Only what a label names is taken; the picture of the first page that many machines print below is not read,
so that no name, birth date or number of a person enters a dispute.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from lodged.dispute.moments import Printed, read_printed
from lodged.dispute.numbers import number, tail
from lodged.dispute.sheet import Result, Sheet, read_result
from lodged.fax.calls import seconds
from lodged.page.pieces import Piece

# what each make calls a field; the longest that fits is taken
LABELS: dict[str, tuple[str, ...]] = {
    "date_time": (
        "DATE TIME",
        "DATE AND TIME",
        "DATE & TIME",
        "START DATE TIME",
        "SENT AT",
        "TRANSMISSION TIME",
        "SENT DATE TIME",
        "TIME SENT",
        "DATE SENT",
    ),
    "date": ("DATE", "START DATE"),
    "start": ("START TIME", "ST TIME", "START", "STARTED", "TIME STARTED", "START T", "ST T"),
    "time": ("TIME",),
    "dialled": (
        "FAX NO NAME",
        "FAX NO",
        "FAX NUMBER",
        "FAX",
        "DESTINATION",
        "DIALED",
        "DIALLED",
        "DIALED NUMBER",
        "DIALLED NUMBER",
        "NUMBER DIALED",
        "TEL NO",
        "TEL NUMBER",
        "TELEPHONE NUMBER",
        "CONNECTION TEL",
        "DESTINATION TEL",
        "REMOTE NUMBER",
        "RECIPIENT",
        "RECIPIENT NUMBER",
        "TO",
        "SENT TO",
        "PHONE NUMBER",
        "NUMBER",
        "ADDRESS",
        "OTHER PARTY",
        "RECEIVER",
        "RECIPIENT ADDRESS",
        "RECIPIENT FAX NUMBER",
        "DESTINATION NUMBER",
        "CONNECTION TEL NO",
    ),
    "remote_id": (
        "REMOTE ID",
        "REMOTE TERMINAL",
        "REMOTE STATION",
        "REMOTE CSID",
        "CSID",
        "REMOTE STATION ID",
        "IDENTIFICATION",
        "CONNECTION ID",
        "DESTINATION ID",
        "REMOTE NAME",
        "REMOTE TERMINAL ID",
        "ANSWERED BY",
    ),
    "duration": (
        "DURATION",
        "TX TIME",
        "ELAPSED TIME",
        "USAGE T",
        "USAGE TIME",
        "TIME USE",
        "CALL LENGTH",
        "LENGTH",
        "COMM TIME",
        "TRANSMISSION DURATION",
        "CALL DURATION",
        "COM TIME",
        "TIME USED",
        "USAGE",
        "TRANSMIT TIME",
    ),
    "pages": (
        "PAGE S",
        "PAGES",
        "PAGE",
        "PGS",
        "PGS SENT",
        "PAGES SENT",
        "SHEETS",
        "PG",
        "PAGE COUNT",
        "TOTAL PAGES",
        "PAGES TX",
        "PG S",
        "PAGES TRANSMITTED",
    ),
    "result": (
        "RESULT",
        "RESULTS",
        "STATUS",
        "COMM RESULT",
        "OUTCOME",
        "RESULT STATUS",
        "TX RESULT",
        "TRANSMISSION RESULT",
        "TYPE NOTE",
    ),
    "job": ("JOB NO", "JOB", "JOB NUMBER", "JOB ID", "FILE NO", "TX RX NO", "TX NO", "FILE NUMBER", "NO"),
    "mode": ("MODE", "TX MODE", "RESOLUTION", "COMM MODE", "TYPE"),
    "station": (
        "NAME",
        "STATION",
        "STATION NAME",
        "STATION ID",
        "FROM",
        "SENDER",
        "LOCAL ID",
        "LOCAL NAME",
        "LOGO",
        "LOCAL STATION",
    ),
    "error": ("E", "ERROR", "ERROR CODE", "REASON", "NOTE", "REMARKS", "FAULT"),
    "not_sent": ("PAGE NOT SENT", "PAGES NOT SENT"),
    "printed": ("PRINTED", "PRINT TIME", "REPORT TIME"),
}
TITLE = re.compile(
    r"(transmi\w*|fax|call|tx|send\w*|sent|memory|communic\w*|activity|deliver\w*).*(report|confirm\w*|verif\w*|result|journal|log)"
    r"|(confirm\w*|verif\w*).*(report|sheet|page)",
    re.I,
)
TROUBLE = re.compile(
    r"no response|error|fail|timed? ?out|disconnect|no carrier|hang ?up|hung up|not sent|repeated|unable|busy|no answer|train",
    re.I,
)
LEGEND = re.compile(r"\b(OK|NG|BUSY|S|E)\s*[:=]\s*\w+.*\b(OK|NG|BUSY|NO ANSWER|#|E)\b.*[:=]", re.I)
LEAST_COLUMNS = 3
WIDE_GAP = 50  # dots of 102 an inch
SURE = 0.05  # doubts below this are not worth a word
DOUBTFUL_LETTER = 5  # labels of at least so many letters are known with one of them misread


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float
    doubt: float
    begins: bool  # a piece of its own, or the first word of one


_Line = list[_Word]


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    doubt: float


def read_sheet(found: Sequence[Piece], year: int | None = None) -> Sheet:
    """The claim on a printed sheet; `is_sheet` is false when the paper does not report a transmission.

    `year` stands in where a machine prints none, and that it does is said.
    """
    lines = _lines(found)
    values, rows = _values(lines)
    texts = [_text(line) for line in lines]
    sheet = _sheet(values, [text for place, text in enumerate(texts) if place not in rows], year)
    told = [name for name in ("dialled", "date_time", "start", "time", "duration", "pages", "result") if name in values]
    machine = sheet.result is not Result.NOT_SAID or sheet.duration_s is not None
    titled = any(TITLE.search(text) for text in texts[:6])
    whole = len(told) >= 3 and machine and (sheet.dialled or sheet.started)
    torn = titled and len(told) >= 2
    return sheet if whole or torn else Sheet("print", is_sheet=False, problems=("it does not report a transmission",))


def _sheet(values: dict[str, _Value], texts: Sequence[str], year: int | None) -> Sheet:
    said = {name: value.text for name, value in values.items()}
    printed = _printed_at(said, texts)
    own_year = printed.at.year if printed else None
    started = _started(said, own_year or year)
    lent = started is not None and own_year is None and _started(said, None) is None
    pages, total = _pages(said.get("pages", ""))
    written = said.get("dialled", "")
    error = said.get("error", "") or next((text for text in texts if _is_trouble(text)), "")
    result = read_result(said.get("result", ""))
    return Sheet(
        kind="print",
        dialled=number(written),
        written=written,
        started=started,
        printed=printed,
        duration_s=_duration(said.get("duration", "")),
        pages=pages,
        pages_in_document=total,
        result=result,
        error="" if result in (Result.BUSY, Result.NO_ANSWER) and not said.get("error") else error,
        station_id=said.get("station") or _station(texts),
        remote_id=said.get("remote_id", "").strip("-– "),
        job=said.get("job", ""),
        mode=said.get("mode", ""),
        doubts=_doubts(values),
        problems=(f"the sheet tells no year: {year} was taken",) if lent else (),
    )


def _doubts(values: dict[str, _Value]) -> dict[str, float]:
    names = {"date_time": "started", "date": "started", "start": "started", "time": "started"}
    doubts: dict[str, float] = {}
    for name, value in values.items():
        if value.doubt >= SURE and name in (
            "date_time",
            "date",
            "start",
            "time",
            "dialled",
            "pages",
            "result",
            "duration",
        ):
            field = names.get(name, name)
            doubts[field] = max(doubts.get(field, 0.0), value.doubt)
    return doubts


def _station(texts: Sequence[str]) -> str:
    """The sender's own name and number where it stands unlabelled near the top."""
    bare = (
        text for text in texts[:5] if tail(text) and not read_printed(text) and not _label_at_start(text, sure=False)
    )
    return next(bare, "")


def _is_trouble(text: str) -> bool:
    return (
        bool(TROUBLE.search(text))
        and not LEGEND.search(text)
        and not TITLE.search(text)
        and len(text) < 80
        and not _label_at_start(text)
    )


def _label_at_start(text: str, sure: bool = True) -> bool:
    words = _split(text)
    return bool(words) and _label(words, 0, sure) is not None


def _started(said: dict[str, str], year: int | None) -> Printed | None:
    hour = said.get("start") or said.get("time", "")
    for text in (said.get("date_time"), hour if read_printed(hour) else "", f"{said.get('date', '')} {hour}"):
        found = read_printed(text, year) if text and text.strip() else None
        if found:
            return found
    return None


def _printed_at(said: dict[str, str], texts: Sequence[str]) -> Printed | None:
    """When the sheet itself came out of the machine: a labelled time, or the one that stands above everything else."""
    unlabelled = [text for text in texts[:5] if not _label_at_start(text, sure=False)]
    for text in (said.get("printed"), *unlabelled):
        found = read_printed(text) if text else None
        if found and found.within_s < 86_400:
            return found
    return None


def _pages(text: str) -> tuple[int | None, int | None]:
    found = re.search(r"(\d{1,4})(?:\s*/\s*(\d{1,4}))?", _figures(re.sub(r"\bof\b", "/", text, flags=re.I)))
    if not found:
        return None, None
    return int(found[1]), int(found[2]) if found[2] else None


def _duration(text: str) -> int | None:
    """Seconds; some makes write minutes and seconds as `00'57"` or `0m57s`, some seconds alone."""
    plain = re.sub(r"\s*(?:['’m]|min\.?)\s*", ":", _figures(text).rstrip('"”s. ').removesuffix("sec").strip())
    return int(plain) if plain.isdecimal() and len(plain) < 5 else seconds(plain)


def _figures(text: str) -> str:
    """Letters that a recogniser takes for figures, in a field that holds figures alone."""
    return text.translate(str.maketrans("OoIl|", "00111")).strip()


# ---- from pieces to lines of words ----


def _lines(found: Sequence[Piece]) -> list[_Line]:
    """Pieces beside one another, also on a paper that lay a little askew, left to right; lines top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda one: one.box[1] + one.box[3] / 2):
        row = next((row for row in reversed(rows[-4:]) if _beside(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows.sort(key=lambda row: min(one.box[1] + one.box[3] / 2 for one in row))
    return [[word for piece in sorted(row, key=lambda one: one.box[0]) for word in _words(piece)] for row in rows]


def _beside(row: list[Piece], piece: Piece) -> bool:
    nearest = min(row, key=lambda one: _apart(one, piece))
    middle = piece.box[1] + piece.box[3] / 2
    lowest = min(one.box[3] for one in (nearest, piece))
    overlap = _apart(nearest, piece) < 0
    return not overlap and abs(nearest.box[1] + nearest.box[3] / 2 - middle) <= max(6.0, 0.6 * lowest)


def _apart(one: Piece, other: Piece) -> float:
    first, second = sorted((one.box, other.box), key=lambda box: box[0])
    return second[0] - (first[0] + first[2])


def _words(piece: Piece) -> Iterator[_Word]:
    left, width = piece.box[0], piece.box[2]
    letter = width / max(1, len(piece.text))
    for place, (at, text) in enumerate(_split_at(piece.text)):
        begins = left + at * letter
        yield _Word(text, begins, begins + len(text) * letter, piece.doubt, place == 0)


def _split_at(text: str) -> Iterator[tuple[int, str]]:
    """Words and where each begins; a label that is glued to its value by a colon is taken apart."""
    for found in re.finditer(r"[A-Za-z./()#]+:(?=\S)|\S+", text):
        yield found.start(), found[0]


def _split(text: str) -> list[_Word]:
    return [_Word(word, at, at + len(word), 0.0, at == 0) for at, word in _split_at(text)]


def _text(line: _Line) -> str:
    return " ".join(word.text for word in line)


# ---- labels and their values ----


def _values(lines: Sequence[_Line]) -> tuple[dict[str, _Value], set[int]]:
    """Every field that a label names (the first, from the top, that has a value), and which lines are rows of a table."""
    values: dict[str, _Value] = {}
    rows: set[int] = set()
    for place, line in enumerate(lines):
        columns = _columns(line)
        if len({name for name, _ in columns}) >= LEAST_COLUMNS:
            row, cells = _below(columns, lines[place + 1 : place + 3])
            rows |= {place, place + 1 + row} if cells else {place}
            found: Iterable[tuple[str, _Value]] = cells.items()
        else:
            found = () if place in rows or _is_no_field(_text(line)) else _beside_labels(line)
        for name, value in found:
            values.setdefault(name, value)
    return values, rows


def _is_no_field(text: str) -> bool:
    """A title, or a machine's key to its own words."""
    return bool(LEGEND.search(text) or (TITLE.search(text) and ":" not in text))


def _columns(line: _Line) -> list[tuple[str, float]]:
    """The headings of a table's columns and where each begins; empty when the line holds much else."""
    columns, at, other = [], 0, 0
    while at < len(line):
        label = _label(line, at)
        if label is None:
            at, other = at + 1, other + 1
        else:
            columns.append((label[0], line[at].left))
            at += label[1]
    return columns if other <= len(columns) // 2 else []


def _below(columns: Sequence[tuple[str, float]], lines: Sequence[_Line]) -> tuple[int, dict[str, _Value]]:
    """The first full line below the headings and which it is, each word under the heading that begins last before it."""
    for place, line in enumerate(lines):
        cells: dict[str, list[_Word]] = {}
        for word in line:
            before = [name for name, left in columns if left <= word.left + 12]
            cells.setdefault(before[-1] if before else columns[0][0], []).append(word)
        if len(cells) >= LEAST_COLUMNS:
            return place, {name: _value(words) for name, words in cells.items()}
    return 0, {}


def _beside_labels(line: _Line) -> Iterator[tuple[str, _Value]]:
    """`label value` and `label: value`, several times on a line where a label begins a piece."""
    marks = []
    at = 0
    while at < len(line):
        label = _label(line, at) if line[at].begins or at == 0 else None
        if label:
            marks.append((at, at + label[1], label[0]))
            at += label[1]
        else:
            at += 1
    ends = [start for start, _, _ in marks[1:]] + [len(line)] * bool(marks)
    for (_, after, name), end in zip(marks, ends, strict=True):
        words = _together([word for word in line[after:end] if word.text.strip(":;.")])
        if words:
            told = "printed" if name == "time" and read_printed(_text(words)) else name
            yield told, _value(words)


def _together(words: Sequence[_Word]) -> list[_Word]:
    """Words up to the first gap that is wide enough to begin another column."""
    gaps = [place for place, (one, other) in enumerate(pairwise(words), 1) if other.left - one.right > WIDE_GAP]
    return list(words[: gaps[0]] if gaps else words)


def _value(words: Sequence[_Word]) -> _Value:
    text = " ".join(word.text for word in words).strip(" :")
    return _Value(text, max((word.doubt for word in words), default=0.0))


def _label(line: Sequence[_Word], at: int, sure: bool = False) -> tuple[str, int] | None:
    """The field named by the words from `at` on, and how many words its label has; the longest label wins."""
    best: tuple[int, str, int] | None = None
    letters: list[str] = []
    for count, word in enumerate(line[at : at + 4], start=1):
        letters += re.findall(r"[A-Z&]+", word.text.upper().replace("#", " NO "))
        if re.search(r"\d", word.text) or not letters:
            break
        said = " ".join(letters)
        for name, labels in LABELS.items():
            if any(_same(said, label) for label in labels) and (best is None or len(said) > best[0]):
                best = (len(said), name, count)
        if word.text.endswith(":"):
            break
    if best is None or (sure and not line[at + best[2] - 1].text.endswith(":")):
        return None
    if best[1] in ("error", "station", "dialled", "job") and best[0] <= 4 and not _marked(line, at, best[2]):
        return None  # short words such as `To`, `No` and `E` are labels only where something marks them so
    return best[1], best[2]


def _marked(line: Sequence[_Word], at: int, count: int) -> bool:
    last = line[at + count - 1].text
    following = line[at + count] if at + count < len(line) else None
    return (
        last.endswith((":", "."))
        or last.upper() in ("NAME", "JOB", "FROM")
        or following is None
        or following.text.startswith(":")
    )


def _same(said: str, label: str) -> bool:
    if said == label:
        return True
    return (
        len(label) >= DOUBTFUL_LETTER
        and abs(len(said) - len(label)) <= 1
        and Levenshtein.distance(said, label, score_cutoff=1) <= 1
    )


def texts(found: Iterable[Piece]) -> list[str]:
    """The sheet's lines as text, for whoever wants to see what was read."""
    return [_text(line) for line in _lines(list(found))]


__all__ = ["read_sheet", "texts"]
