"""Telephone numbers and mailboxes brought to one spelling, and the list of those that are ours."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import phonenumbers

from lodged.problem import Problem, ProblemsError

REGION = "US"
OUTSIDE_LINE = re.compile(r"^\s*\*?[0-9]{1,2}[,; ]+(?=[+(\d])|^\s*9[,;\- ]+(?=[+(\d])")
PUBLISHED = re.compile(r"process|publish|main|primary", re.I)
NOT_PUBLISHED = re.compile(r"\b(another|other|not)\b", re.I)
LEAST_DIGITS = 7  # fewer tell no line apart
MEND = "write one number a line, what it is after a comma; or a JSON object of numbers and what each is"


def number(text: str) -> str | None:
    """A telephone number in E.164, None for what is not a whole one; a seven-digit number is never whole.

    >>> number("9, 1-512-555-0199"), number("CITY 512 555 0199"), number("555-0199")
    ('+15125550199', '+15125550199', None)
    """
    for spelling in (text, OUTSIDE_LINE.sub("", text), text[_first_figure(text) :]):
        found = _parsed(spelling)
        if found:
            return found
    return None


def _parsed(text: str) -> str | None:
    try:
        parsed = phonenumbers.parse(text[:60], REGION)
    except phonenumbers.NumberParseException:
        return None
    parsed.extension = None
    whole = phonenumbers.is_valid_number(parsed) or (
        phonenumbers.is_possible_number(parsed) and len(phonenumbers.national_significant_number(parsed)) >= 10
    )
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if whole else None


def _first_figure(text: str) -> int:
    found = re.search(r"[+(]?\d", text)
    return found.start() if found else len(text)


def address(text: str) -> str | None:
    """A mailbox in lower case, without `mailto:` or `rfc822;` before it; None for what is none.

    >>> address("rfc822;Process@Jail.Example.GOV")
    'process@jail.example.gov'
    """
    found = re.search(r"[^\s<>;:,\"]+@[^\s<>;:,\"]+", text)
    return found[0].lower() if found else None


def tail(text: str) -> str:
    """The last seven figures of whatever is written: enough to compare names that machines give themselves.

    >>> tail("PRINT SHOP 555 0169"), tail("ALDER CO 5125550199"), tail("FIELD DESK 2")
    ('5550169', '5550199', '')
    """
    figures = re.sub(r"\D", "", text)
    return figures[-LEAST_DIGITS:] if len(figures) >= LEAST_DIGITS else ""


@dataclass(frozen=True, slots=True)
class OurNumbers:
    """The lines and mailboxes that are ours, each with what it is. `given` is false when nobody listed them.

    `published` are those that senders are told to use.
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    published: frozenset[str] = frozenset()
    given: bool = False

    def ours(self, number_or_address: str | None) -> bool | None:
        """Whether it is ours; None where nobody can tell: no list was given, or no whole number."""
        if number_or_address is None:
            return None
        if number_or_address in self.lines:
            return True
        kind = "@" in number_or_address
        return False if self.given and any(("@" in line) == kind for line in self.lines) else None

    def tails(self) -> frozenset[str]:
        """The last figures of every line of ours."""
        return frozenset(tail(line) for line in self.lines if not line.count("@"))


def with_lines(numbers: OurNumbers, seen: Iterable[str | None]) -> OurNumbers:
    """The list together with lines that our own servers name, when nobody has listed them."""
    if numbers.given:
        return numbers
    lines = {line: "named by our fax server" for line in seen if line}
    return OurNumbers({**numbers.lines, **lines}, numbers.published, given=False)


def read_numbers(text: str, where: str) -> OurNumbers:
    """The list of our numbers from a file: JSON, or a line each. Raises `ProblemsError` with every line that is wrong."""
    problems: list[Problem] = []
    lines: dict[str, str] = {}
    for place, written, what in _written(text, where):
        line = address(written) if "@" in written else number(written)
        if line is None:
            problems.append(Problem(place, f"`{written[:40]}` is not a whole number or a mailbox", MEND))
        else:
            lines[line] = what
    if not lines and not problems:
        problems.append(Problem(where, "there are no numbers in it", MEND))
    if problems:
        raise ProblemsError(problems)
    told = {line for line, what in lines.items() if PUBLISHED.search(what) and not NOT_PUBLISHED.search(what)}
    return OurNumbers(lines, frozenset(told), given=True)


def _written(text: str, where: str) -> Iterator[tuple[str, str, str]]:
    try:
        whole: Any = json.loads(text)
    except (ValueError, RecursionError):
        yield from _rows(text, where)
        return
    yield from _json(whole, where)


def _json(whole: Any, where: str) -> Iterator[tuple[str, str, str]]:
    match whole:
        case {"our_numbers": inner} | {"numbers": inner}:
            yield from _json(inner, where)
        case dict():
            yield from ((where, str(key), value if isinstance(value, str) else "") for key, value in whole.items())
        case list():
            for one in whole:
                yield (where, *_named(one)) if isinstance(one, dict) else (where, str(one), "")
        case _:
            yield where, str(whole), ""


def _named(one: Mapping[str, Any]) -> tuple[str, str]:
    written = next((str(one[key]) for key in ("number", "line", "e164", "address", "mailbox") if one.get(key)), "")
    return written, next((str(one[key]) for key in ("what", "name", "is", "note") if one.get(key)), "")


def _rows(text: str, where: str) -> Iterator[tuple[str, str, str]]:
    for place, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].strip()
        if not bare or (place == 1 and not re.search(r"\d|@", bare)):
            continue
        first, *rest = next(csv.reader(io.StringIO(bare)), [""])
        yield f"{where}, line {place}", first.strip(), ", ".join(one.strip() for one in rest)
