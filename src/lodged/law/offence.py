"""Offence tables: versioned data that says which convictions a statute counts as violent or serious.

A spelling that is not understood settles nothing: a reviewer then decides, and the conviction is never silently off the list.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from lodged.problem import Problem, ProblemsError

Answer = bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section as a conviction names it: `265.02(4)` is the base `265.02` with the mark `4`."""

    base: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """What a table says of one code.

    `whole` sections count entire, `parts` only in some subdivisions. `follow`: attempt and its like, which count where the
    section they are written with counts. `lift`: sections that make any felony written with them count.
    """

    whole: frozenset[str] = frozenset()
    parts: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    follow: frozenset[str] = frozenset()
    lift: frozenset[str] = frozenset()

    def lists(self, text: str) -> bool | None:
        """Does a felony of this code, by the section as written, count? None where only a reviewer can say.

        >>> Code(whole=frozenset({"160.15"}), follow=frozenset({"110"})).lists("110/160.15")
        True
        """
        sections = read_sections(text)
        if not sections:
            return None
        if any(section.base in self.lift for section in sections):
            return True
        alone = [section for section in sections if section.base not in self.follow]
        return self._lists(alone[0]) if len(alone) == 1 else None

    def _lists(self, section: Section) -> bool | None:
        if self._doubtful(section):
            return None
        if section.base in self.whole:
            return True
        parts = self.parts.get(section.base)
        return _subdivision(section.marks, parts) if parts else False

    def _doubtful(self, section: Section) -> bool:
        """A lettered section beside a listed plain one, or the reverse (`120.04 a`), and a section cut short (`160`)."""
        known = {*self.whole, *self.parts}
        stem = re.sub(r"-[a-z]+$", "", section.base)
        short = "." not in section.base and any("." in base for base in known)
        lettered = section.marks and f"{section.base}-{section.marks[0]}" in known
        return bool(short or lettered or (section.base not in known and stem in known))


def _subdivision(marks: tuple[str, ...], listed: Iterable[tuple[str, ...]]) -> bool | None:
    """Is a subdivision one of those listed? None where it is not told finely enough."""
    if any(marks[: len(part)] == part for part in listed):
        return True
    return None if any(part[: len(marks)] == marks for part in listed) else False


# ---- how a section is written

_CODE_WORDS = re.compile(
    r"\b(n\.?y\.?s?\.?|penal\s+law|p\.?l\.?|v\.?t\.?l\.?|sec(?:tion|\.)?|art(?:icle|\.)?)(?=[\s§\d])|§"
)
_NEXT_SECTION = re.compile(r"\s*/\s*|[\s,;&+-]+(?=\d{3}\.\d{2}(?!\d))")
_BASE = re.compile(r"(\d{3}\.\d{2}|\d{3,4})(-[a-z]{1,2}(?![a-z]))?(?![\d])")
_SUBDIVISION_WORDS = re.compile(r"\b(?:sub(?:d|div|division|sec|section)?|par(?:a|agraph)?|cl(?:ause)?)\b\.?")
_MARK = re.compile(r"\d{1,2}|[a-z]|i{2,3}|iv|vi{1,3}|ix")


def read_sections(text: str) -> tuple[Section, ...]:
    """The sections a conviction names, as clerks write them; empty where one is not understood.

    >>> read_sections("PL 110.00-160.15 (04)")
    (Section(base='110.00', marks=()), Section(base='160.15', marks=('4',)))
    >>> read_sections("160.15 sub. 4") == read_sections("160.15-4") == read_sections("§ 160.15(4)")
    True
    >>> read_sections("robbery in the first degree")
    ()
    """
    plain = _CODE_WORDS.sub(" ", text.lower()).strip()
    found = [_read_section(piece.strip()) for piece in _NEXT_SECTION.split(plain)]
    return tuple(section for section in found if section) if all(found) else ()


def _read_section(piece: str) -> Section | None:
    base = _BASE.match(piece)
    if not base:
        return None
    rest = _SUBDIVISION_WORDS.sub(" ", piece[base.end() :])
    marks = re.findall(r"\w+", rest)
    if re.search(r"[^\w\s().,-]", rest) or not all(_MARK.fullmatch(mark) for mark in marks):
        return None
    return Section(base.group(), tuple(mark.lstrip("0") or mark for mark in marks))


# ---- the table


@dataclass(frozen=True, slots=True)
class OffenceTable:
    """The listed sections by code, as `source` has them; `called` gives the code for each of its names."""

    id: str
    source: str
    state: str
    codes: Mapping[str, Code]
    called: Mapping[str, str]
    off: frozenset[str]
    text: str

    def lists(self, conviction: Mapping[str, object]) -> Answer:
        """True or False where the table settles it, None where only a reviewer can, else the fields that are missing.

        A conviction of another state, a misdemeanor there too, is never settled here: equivalence is for a reviewer.
        """
        if not self.codes:  # a table without sections knows only what is no felony
            return False if conviction.get("class") in _NO_FELONIES else None
        state = conviction.get("state")
        if state is not None and _letters(str(state)) != self.state:
            return None
        if conviction.get("class") in _NO_FELONIES:
            return False if state is not None or self._code(conviction) else None
        missing = tuple(name for name in ("code", "section", "class") if name not in conviction)
        if "code" in missing or "section" in missing:
            return missing
        if self._code(conviction) in self.off:
            return False
        code = self.codes.get(self._code(conviction))
        listed = code.lists(str(conviction["section"])) if code else None
        return missing if listed is True and missing else listed

    def _code(self, conviction: Mapping[str, object]) -> str:
        letters = _letters(str(conviction.get("code", "")))
        return self.called.get(letters, self.called.get(letters.removeprefix(self.state), ""))


_NO_FELONIES = ("misdemeanor", "wobbler")


def _letters(text: str) -> str:
    """`P.L.` as `PL`, `Penal Law` as `PENALLAW`."""
    return re.sub(r"[^A-Z]", "", text.upper())


def read_table(text: str, where: str) -> OffenceTable:
    """A table from its TOML text. Raises ProblemsError where the text is not one."""
    data = _Table(_toml(text, where), where)
    read = {name: _read_code(data.table("code").table(name), where) for name in data.table("code").entries}
    off = frozenset(_letters(code) for code in data.texts("other_codes"))
    called = {_letters(name): code for code in read for name in (code, *data.table("code").table(code).texts("called"))}
    called |= {code: code for code in off}
    return OffenceTable(data.text("id"), data.text("source"), data.text("state"), read, called, off, text)


def _toml(text: str, where: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        what = "this line is no TOML" if line else "this text is no TOML, or ends too early"
        place = f"{where}, line {line[1]}" if line else where
        mend = 'write NAME = "text", NAME = ["text", …] or [code.NAME], a line each'
        raise ProblemsError([Problem(place, f"this is no offence table: {what}", mend)]) from None


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the text by its name, so that what is missing in it, or is something else, can be told."""

    entries: Mapping[str, object]
    where: str
    name: str = ""

    def table(self, name: str) -> "_Table":
        """The table within; it must be there."""
        entry = self._given(name)
        if not isinstance(entry, Mapping):
            self._refuse(name, "is no table")
        return _Table(entry, self.where, self._full(name))

    def text(self, name: str) -> str:
        """A text; it must be there."""
        entry = self._given(name)
        if not isinstance(entry, str):
            self._refuse(name, "is no text in quotation marks")
        return entry

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out."""
        entry = self.entries.get(name, [])
        if not isinstance(entry, list) or not all(isinstance(one, str) for one in entry):
            self._refuse(name, "is no list of texts")
        return tuple(entry)

    def _given(self, name: str) -> object:
        if name not in self.entries:
            self._refuse(name, "is missing")
        return self.entries[name]

    def _full(self, name: str) -> str:
        return f"{self.name}.{name}" if self.name else name

    def _refuse(self, name: str, wrong: str) -> NoReturn:
        mend = "an offence table has id, source, state and [code.NAME] with whole, parts, follow, lift"
        what = f"this is no offence table: `{self._full(name)}` {wrong}"
        raise ProblemsError([Problem(self.where, what, mend)])


def _read_code(entry: _Table, where: str) -> Code:
    whole, follow, lift = (
        frozenset(_one(text, where).base for text in entry.texts(name)) for name in ("whole", "follow", "lift")
    )
    parts = entry.table("parts") if "parts" in entry.entries else _Table({}, where)
    marks = {
        base: frozenset(_one(f"{base}({mark}", where).marks for mark in parts.texts(base)) for base in parts.entries
    }
    return Code(whole, marks, follow, lift)


def _one(text: str, where: str) -> Section:
    sections = read_sections(text)
    if len(sections) != 1:
        problem = Problem(where, f"`{text}` is no section", "write the section alone, like 160.15 or 265.02")
        raise ProblemsError([problem])
    return sections[0]
