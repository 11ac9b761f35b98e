"""A custodian's list of people, read with every doubt reported."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, tzinfo
from difflib import get_close_matches
from typing import TypeVar

from lodged.person.written import a_number, birth_date
from lodged.problem import Problem, ProblemsError
from lodged.when import parse_moment

Read = TypeVar("Read")

_DELIMITERS = ",;\t|"
_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Person:
    """One stay in custody, as the custodian recorded it. None is not known: an empty cell says nothing."""

    booking_no: str
    last: str | None = None
    first: str | None = None
    middle: str | None = None
    dob: date | None = None
    sex: str | None = None
    a_number: str | None = None
    fbi: str | None = None
    state_id: str | None = None
    booked_at: datetime | None = None
    arrested_on: date | None = None
    released_at: datetime | None = None


COLUMNS = tuple(field.name for field in fields(Person))


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a list, what is wrong with it, and the columns nobody reads.

    `set_aside` counts the lines that have no booking number or too many cells; they are not in `people`.
    """

    people: tuple[Person, ...]
    problems: tuple[Problem, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    set_aside: int = 0


def read_roster(document: bytes, where: str = "roster", zone: tzinfo | None = None) -> Roster:
    """The people of a CSV file with the columns of `COLUMNS`, in any order; all but `booking_no` may be missing.

    Commas, semicolons, tabs and bars, byte order marks, CRLF, UTF-8, UTF-16 and Windows' Latin letters are understood.
    Dates are YYYY-MM-DD or MM/DD/YYYY; moments ISO 8601 with offset, or on the clocks of `zone`. What cannot be read is
    a problem with its line, and not known. Raises ProblemsError when the file is no roster at all.

    >>> roster = read_roster(b"booking_no;last;dob\\nJ26-1;RUIZ;31/31/1999\\n", "jail.csv")
    >>> roster.people[0].dob is None, str(roster.problems[0]).splitlines()[0]
    (True, 'jail.csv, line 2: `31/31/1999` in `dob` is not a date')
    """
    lines = _lines(_decoded(document, where), where)
    _, header = next(lines, (0, []))
    columns = [re.sub(r"\W+", "_", cell.strip().lower()).strip("_") for cell in header]
    _check_header(columns, where)
    reading = _Reading(columns, where, zone)
    for line, cells in lines:
        reading.add(line, cells)
    reading.report_twice_listed()
    unknown = tuple(cell.strip() for cell, name in zip(header, columns, strict=True) if name not in COLUMNS)
    return Roster(tuple(reading.people), tuple(reading.problems), unknown, reading.set_aside)


class _Reading:
    """The lines of a roster as they are read: people, problems, lines set aside."""

    def __init__(self, columns: list[str], where: str, zone: tzinfo | None) -> None:
        self.columns, self.where, self.zone = columns, where, zone
        self.people: list[Person] = []
        self.problems: list[Problem] = []
        self.set_aside = 0

    def add(self, line: int, cells: list[str]) -> None:
        """Read one line; a blank one is passed over."""
        written = dict(zip(self.columns, (cell.strip() for cell in cells), strict=False))
        if not any(written.values()):
            return
        if len(cells) > len(self.columns):
            self._set_aside(line, f"{len(cells)} cells, and {len(self.columns)} columns in the first line")
        elif not written.get("booking_no"):
            self._set_aside(line, "no `booking_no`")
        else:
            self.people.append(self._person(line, written))

    def report_twice_listed(self) -> None:
        """Booking numbers that stand for more than one line."""
        times = Counter(person.booking_no for person in self.people)
        self.problems += [
            Problem(
                self.where, f"booking number `{number}` is listed {count} times", "each stay has a number of its own"
            )
            for number, count in times.items()
            if count > 1
        ]

    def _set_aside(self, line: int, why: str) -> None:
        self.set_aside += 1
        self.problems.append(
            Problem(f"{self.where}, line {line}", f"set aside: {why}", "mend the line and read it again")
        )

    def _person(self, line: int, written: dict[str, str]) -> Person:
        place = f"{self.where}, line {line}"

        def text(column: str) -> str | None:
            return written.get(column) or None

        def day(column: str) -> date | None:
            return self._read(place, column, text(column), birth_date, "a date", "write it as YYYY-MM-DD")

        person = Person(
            booking_no=written["booking_no"],
            last=text("last"),
            first=text("first"),
            middle=text("middle"),
            dob=day("dob"),
            sex=text("sex"),
            a_number=self._read(place, "a_number", text("a_number"), _a_number, "an A-number", "write nine digits"),
            fbi=text("fbi"),
            state_id=text("state_id"),
            booked_at=self._moment(place, "booked_at", text("booked_at")),
            arrested_on=day("arrested_on"),
            released_at=self._moment(place, "released_at", text("released_at")),
        )
        if person.booked_at and person.released_at and person.released_at < person.booked_at:
            self.problems.append(Problem(place, "`released_at` is before `booked_at`", "look the stay up again"))
        return person

    def _read(
        self, place: str, column: str, cell: str | None, read: Callable[[str], Read | None], kind: str, mend: str
    ) -> Read | None:
        if cell is None:
            return None
        found = read(cell)
        if found is None:
            self.problems.append(Problem(place, f"`{cell}` in `{column}` is not {kind}", mend))
        return found

    def _moment(self, place: str, column: str, cell: str | None) -> datetime | None:
        if cell is None:
            return None
        moment = parse_moment(cell, f"{place}, `{column}`", self.zone)
        if isinstance(moment, Problem):
            self.problems.append(moment)
            return None
        return moment


def _a_number(cell: str) -> str | None:
    number = a_number(cell)
    return number.normal if number else None


def _decoded(document: bytes, where: str) -> str:
    """The text of the file, by its byte order mark, else as UTF-8, else as Windows or Latin-1 write it."""
    for mark, encoding in _ORDER_MARKS.items():
        if document.startswith(mark):
            return _text(document, encoding, where)
    if b"\0" in document:
        raise ProblemsError([Problem(where, "this is not a text file", "export the roster as CSV")])
    for encoding in ("utf-8", "cp1252"):
        try:
            return document.decode(encoding)
        except UnicodeDecodeError:
            continue
    return document.decode("latin-1")


def _text(document: bytes, encoding: str, where: str) -> str:
    try:
        return document.decode(encoding)
    except UnicodeDecodeError:
        problem = Problem(where, f"the file says it is {encoding} and is not", "export the roster as CSV in UTF-8")
        raise ProblemsError([problem]) from None


def _lines(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """The lines cut into cells, each with its number; the first line tells what parts them."""
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        problem = Problem(
            f"{where}, line {reader.line_num}", f"cannot be told apart into cells: {error}", "mend its quotes"
        )
        raise ProblemsError([problem]) from None


def _check_header(columns: list[str], where: str) -> None:
    """Refuse what is no roster: no booking numbers, no surnames, a column twice."""
    place = f"{where}, line 1"
    problems = [
        Problem(place, f"there is no column `{needed}`", _mend(needed, columns))
        for needed in ("booking_no", "last")
        if needed not in columns
    ]
    twice = [name for name, count in Counter(columns).items() if count > 1 and name in COLUMNS]
    problems += [Problem(place, f"the column `{name}` is there twice", "keep one of them") for name in twice]
    if problems:
        raise ProblemsError(problems)


def _mend(needed: str, columns: list[str]) -> str:
    close = get_close_matches(needed, columns, n=1)
    return (f"is it `{close[0]}`? " if close else "") + f"the columns are {', '.join(COLUMNS)}"
