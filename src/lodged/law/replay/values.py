"""What a recorded word means: a value of a fact, a moment, a custodian; not known; or wrong, and why."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lodged.law.fact import DATE, LIST, MOMENT, NUMBER, SET_OF, YES_NO, checked, in_our_time, nearest
from lodged.law.replay.mapping import NOT_KNOWN, At, Entry, Who, translated

_YES, _NO = frozenset({"yes", "true", "y", "t", "1"}), frozenset({"no", "false", "n", "f", "0"})
_EXCEL_DAY_0 = date(1899, 12, 30)  # day 60 of a spreadsheet is its false 29 February 1900; every later day fits
EPOCH = datetime.fromisoformat("1970-01-01")  # bare: of UTC, or of whatever clocks are meant


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was read: `value` (None: not known), or in `wrong` why it is no value."""

    value: object = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in microseconds since 1970: of UTC, or as the clocks of a zone showed it where `bare`."""

    microseconds: int
    bare: bool


Read = Callable[[str | None], Meaning]


def reader(entry: Entry, blank: frozenset[str]) -> Read:
    """How an entry reads a word.

    >>> from lodged.law.fact import FACTS
    >>> from lodged.law.replay.slots import slot_named
    >>> read = reader(Entry(slot_named("paper.box", FACTS, ""), values={"I": "1"}), frozenset({""}))
    >>> read("I").value, read("").value, read("III").wrong
    ('1', None, '`III` is not a value of `paper.box`: it is one of: 1, 2, both, neither')
    """

    def read(word: str | None) -> Meaning:
        if word is None or (word.strip() in blank and word not in entry.values):
            return Meaning()
        meant = translated(word, entry.values, entry.otherwise)
        return Meaning() if meant == NOT_KNOWN else _value(entry, meant)

    return read


def _value(entry: Entry, word: str) -> Meaning:
    fact = entry.slot.fact
    try:
        given = _given(entry, word)
    except (ValueError, RecursionError) as error:
        return Meaning(wrong=f"`{word}` is not a value of `{fact.name}`: {error}")
    if isinstance(given, Instant):
        return Meaning(given)
    value, problems = checked(fact, given, entry.slot.name)
    if problems:
        first = problems[0]
        return Meaning(wrong=f"{first.what}: {first.mend}" if first.mend else first.what)
    return Meaning(value)


def _given(entry: Entry, word: str) -> object:
    """A word as the JSON value its fact wants. Raises ValueError where it is none."""
    match entry.slot.fact.type:
        case fact if fact == YES_NO:
            return True if word.lower() in _YES else False if word.lower() in _NO else word
        case fact if fact == SET_OF:
            parts = (part.strip() for part in word.strip("[]{}").replace('"', "").split(entry.separator))
            return [part for part in parts if part]
        case fact if fact == NUMBER:
            return float(word)
        case fact if fact == LIST:
            return json.loads(word)
        case fact if fact == DATE:
            return _day(word, entry.formats)
        case fact if fact == MOMENT:
            return instant(word, entry.formats, None)
    return word


def _day(word: str, formats: Sequence[str]) -> date:
    read = _dated(word, formats)
    if isinstance(read, datetime):
        if read.time() != time(0):
            raise ValueError("it has an hour, and a day has none")
        return read.date()
    return read


def _dated(word: str, formats: Sequence[str]) -> date | datetime:
    """A day or moment by the first format that fits."""
    for one in formats or ("iso",):
        try:
            if one == "iso":
                return date.fromisoformat(word) if len(word) <= 10 else datetime.fromisoformat(word)
            if one == "excel":
                return _EXCEL_DAY_0 + timedelta(days=int(float(word)))
            read = datetime.strptime(word, one)  # noqa: DTZ007 - a bare time has no zone yet; the custodian's is put in later
            return read if any(mark in one for mark in ("%H", "%I", "%X", "%c", "%f", "%z")) else read.date()
        except (ValueError, OverflowError):
            continue
    raise ValueError(f"it is not written as {' or '.join(formats) or 'YYYY-MM-DD'}")


def instant(word: str, formats: Sequence[str], hour: time | None) -> Instant:
    """A moment; a day alone means `hour` of that day, and is none where no hour is meant. Raises ValueError."""
    read = _dated(word, formats)
    if not isinstance(read, datetime):
        if hour is None:
            raise ValueError("it has no hour")
        read = datetime.combine(read, hour)
    if not in_our_time(read):
        raise ValueError("it lies outside the years 1900 to 2199")
    if read.tzinfo is None:
        return Instant((read - EPOCH) // timedelta(microseconds=1), True)
    return Instant((read.astimezone(UTC).replace(tzinfo=None) - EPOCH) // timedelta(microseconds=1), False)


def at_reader(at: At, blank: frozenset[str]) -> Read:
    """How the moment asked about is read; one that is missing is wrong."""

    def read(word: str | None) -> Meaning:
        if word is None or word.strip() in blank:
            return Meaning(wrong="the moment asked about is missing")
        try:
            return Meaning(instant(word.strip(), at.formats, at.hour))
        except ValueError as error:
            return Meaning(wrong=f"`{word}` is no day or moment: {error}")

    return read


def who_reader(who: Who, known: Mapping[str, object] | Sequence[str], kind: str) -> Read:
    """How a custodian or an act is read; one that is missing, or not known, is wrong."""

    def read(word: str | None) -> Meaning:
        if word is None or not word.strip():
            return Meaning(wrong=f"the {kind} is missing")
        meant = translated(word, who.values, who.otherwise)
        if meant in known:
            return Meaning(meant)
        return Meaning(wrong=f"`{word}` is not a known {kind}: {nearest(meant, known)}".removesuffix(": "))

    return read
