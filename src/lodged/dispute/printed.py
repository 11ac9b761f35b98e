"""A confirmation sheet as printed: labels found wherever a make of machine puts them, values beside or below them.

Only what a label names is taken; the picture of the first page that many machines print below is not read,
so that no name, birth date or number of a person enters a dispute.
"""

import re
from collections.abc import Iterable, Sequence

from lodged.dispute.labels import label_at, split
from lodged.dispute.laid_out import LEGEND, TITLE, Value, lines_of, text_of, values_of
from lodged.dispute.moments import Printed, read_printed
from lodged.dispute.numbers import number, tail
from lodged.dispute.sheet import Result, Sheet, read_result
from lodged.fax.calls import seconds
from lodged.page.pieces import Piece

TROUBLE = re.compile(
    r"no response|error|fail|timed? ?out|disconnect|no carrier|hang ?up|hung up|not sent|repeated|unable|busy|no answer|train",
    re.I,
)
SURE = 0.05  # doubts below this are not worth a word


def read_sheet(found: Sequence[Piece], year: int | None = None) -> Sheet:
    """The claim on a printed sheet; `is_sheet` is false when the paper does not report a transmission.

    `year` stands in where a machine prints none, and that it does is said.
    """
    lines = lines_of(found)
    values, rows = values_of(lines)
    texts = [text_of(line) for line in lines]
    sheet = _sheet(values, [text for place, text in enumerate(texts) if place not in rows], year)
    told = [name for name in ("dialled", "date_time", "start", "time", "duration", "pages", "result") if name in values]
    machine = sheet.result is not Result.NOT_SAID or sheet.duration_s is not None
    titled = any(TITLE.search(text) for text in texts[:6])
    whole = len(told) >= 3 and machine and (sheet.dialled or sheet.started)
    torn = titled and len(told) >= 2
    return sheet if whole or torn else Sheet("print", is_sheet=False, problems=("it does not report a transmission",))


def _sheet(values: dict[str, Value], texts: Sequence[str], year: int | None) -> Sheet:
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


def _doubts(values: dict[str, Value]) -> dict[str, float]:
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
    words = split(text)
    return bool(words) and label_at(words, 0, sure) is not None


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


def texts(found: Iterable[Piece]) -> list[str]:
    """The sheet's lines as text, for whoever wants to see what was read."""
    return [text_of(line) for line in lines_of(list(found))]
