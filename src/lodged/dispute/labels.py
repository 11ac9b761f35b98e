"""What makes of machine call the fields of a sheet, and how a label is known among the words of a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

DOUBTFUL_LETTER = 5  # labels of at least so many letters are known with one of them misread
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


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, from where to where it stands, its doubt, and whether a piece of writing begins with it."""

    text: str
    left: float
    right: float
    doubt: float
    begins: bool  # a piece of its own, or the first word of one


Line = list[Word]


def label_at(line: Sequence[Word], at: int, sure: bool = False) -> tuple[str, int] | None:
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


def _marked(line: Sequence[Word], at: int, count: int) -> bool:
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


def split_at(text: str) -> Iterator[tuple[int, str]]:
    """Words and where each begins; a label that is glued to its value by a colon is taken apart."""
    for found in re.finditer(r"[A-Za-z./()#]+:(?=\S)|\S+", text):
        yield found.start(), found[0]


def split(text: str) -> list[Word]:
    """The words of a text, as if each letter were one unit wide."""
    return [Word(word, at, at + len(word), 0.0, at == 0) for at, word in split_at(text)]
