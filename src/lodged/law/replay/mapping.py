"""A map from a file's columns to the facts of the law, as a small TOML file; or columns named as the facts are."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import ACTS, DUTIES, Fact, nearest
from lodged.law.replay.slots import Slot, slot_named
from lodged.problem import Problem, ProblemsError

NOT_KNOWN = "not known"
NOON = time(12)  # a case that names only a day means noon there, as in the packs' worked cases
MOST_ELEMENTS = 8  # elements of a list given as columns; a longer list is given as one JSON column
_KEYS = ("title", "source", "file", "custodian", "act", "at", "fact")
_FILE_KEYS = ("delimiter", "skip", "encoding", "blank")
_ENTRY_KEYS = ("name", "column", "value", "values", "otherwise", "formats", "from", "until", "separator")
_AT_KEYS = ("column", "value", "formats", "hour", "zone")
_WHO_KEYS = ("column", "value", "values", "otherwise")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one fact comes from: the first of `columns` that the file has, or a constant `value`.

    `values` translate what the file says (`I247A*`: whatever begins so); what they do not name is taken as it is, unless
    `otherwise` says what it is.
    The entry speaks of cases from `start` on and before `end`, by the day they are asked about.
    """

    slot: Slot
    columns: tuple[str, ...] = ()
    value: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    formats: tuple[str, ...] = ()
    separator: str = ","
    start: date | None = None
    end: date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class At:
    """Where the moment asked about comes from; a day alone means `hour`; a bare time is read in `zone`, or the custodian's."""

    columns: tuple[str, ...] = ("at",)
    value: str | None = None
    formats: tuple[str, ...] = ()
    hour: time = NOON
    zone: str = ""
    where: str = "at"


@dataclass(frozen=True, slots=True)
class Who:
    """Where the custodian, or the act, comes from: a constant, or a column and what its values mean."""

    value: str = ""
    columns: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class CaseMap:
    """How a file of recorded cases is read. `blank` are words that say nothing is known."""

    name: str = "no map"
    title: str = ""
    source: str = ""
    delimiter: str = ","
    skip: int = 0
    encoding: str = "utf-8"
    blank: frozenset[str] = frozenset({""})
    at: At = At()
    custodian: Who = Who()
    act: Who = Who()
    entries: tuple[Entry, ...] = ()
    plain: bool = False


def shipped_maps() -> list[str]:
    """The names of the maps that come with the program."""
    folder = resources.files("lodged.law.replay") / "maps"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def map_named(name: str, declared: Mapping[str, Fact]) -> CaseMap:
    """A map of one's own by its path, or one that comes with the program by its name. Raises ProblemsError.

    >>> from lodged.law.fact import FACTS
    >>> map_named("us-pa-2007-2015", FACTS).custodian.value
    'us/custodian'
    """
    if name in shipped_maps():
        text = (resources.files("lodged.law.replay") / "maps" / f"{name}.toml").read_text(encoding="utf-8")
        return read_map(text, name, declared)
    try:
        return read_map(Path(name).read_text(encoding="utf-8"), name, declared)
    except (OSError, UnicodeDecodeError) as error:
        mend = f"give a TOML file, or one of: {', '.join(shipped_maps())}"
        raise ProblemsError([Problem(name, f"the map cannot be read: {error}", mend)]) from None


def plain_map(columns: Iterable[str], declared: Mapping[str, Fact]) -> CaseMap:
    """The map of a file whose columns are named as the facts are; other columns are left alone."""
    entries = []
    for column in columns:
        try:
            slot = slot_named(column, declared, f"column `{column}`")
        except ProblemsError:
            if "[" in column and column.partition("[")[0] in declared:
                raise
            continue
        entries.append(Entry(slot, (column,), where=f"column `{column}`"))
    _few_elements([entry.slot for entry in entries])
    return CaseMap(
        entries=tuple(entries),
        custodian=Who(columns=("custodian",), where="custodian"),
        act=Who(columns=("act",), where="act"),
        plain=True,
    )


def read_map(text: str, name: str, declared: Mapping[str, Fact]) -> CaseMap:
    """A map from its TOML text. Raises ProblemsError with every problem, each with its line and a mend."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProblemsError([Problem(name, f"this is no TOML: {error}", "mend the line it names")]) from None
    return _Reader(text, name, declared).map(data)


def translated(word: str, values: Mapping[str, str], otherwise: str | None) -> str:
    """What a word of a file means: as it stands, by its beginning, or otherwise.

    >>> translated("I247A - Immigration Detainer", {"I247A*": "i-247a"}, None)
    'i-247a'
    """
    plain = word.strip()
    for form in (word, plain):
        if form in values:
            return values[form]
    for beginning, meant in values.items():
        if beginning.endswith("*") and plain.startswith(beginning[:-1]):
            return meant
    return plain if otherwise is None else otherwise


class _Reader:
    """Reads one map and collects its problems."""

    def __init__(self, text: str, name: str, declared: Mapping[str, Fact]) -> None:
        self.lines, self.name, self.declared = text.splitlines(), name, declared
        self.problems: list[Problem] = []

    def map(self, data: Mapping[str, object]) -> CaseMap:
        """The whole map, or every problem."""
        self._known(data, _KEYS, self.name)
        file = self._table(data, "file")
        self._known(file, _FILE_KEYS, self._line("[file]"))
        facts = data.get("fact", [])
        if not isinstance(facts, list):
            self._problem(self._line("fact"), "`fact` is no list", "write each as [[fact]]")
            facts = []
        entries = [entry for place, one in enumerate(facts) if (entry := self._entry(one, self._nth(place)))]
        self._whole_or_parts(entries)
        found = CaseMap(
            name=self.name,
            title=str(data.get("title", "")),
            source=str(data.get("source", "")),
            delimiter=self._delimiter(file),
            skip=self._count(file),
            encoding=str(file.get("encoding", "utf-8")),
            blank=frozenset(self._words(file, "blank", self._line("[file]"))) | {""},
            at=self._at(data),
            custodian=self._who(data, "custodian", tuple(CUSTODIANS)),
            act=self._who(data, "act", (*ACTS, *DUTIES)),
            entries=tuple(entries),
        )
        if not entries:
            self._problem(self.name, "the map names no fact", "add a [[fact]] with name and column")
        if self.problems:
            raise ProblemsError(self.problems)
        return found

    # ---- parts

    def _entry(self, one: object, where: str) -> Entry | None:
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
            self._problem(where, "this [[fact]] has no `name`", 'write name = "paper.form"')
            return None
        self._known(one, _ENTRY_KEYS, where)
        try:
            slot = slot_named(str(one["name"]), self.declared, where)
        except ProblemsError as error:
            self.problems += error.problems
            return None
        columns, value = self._words(one, "column", where), one.get("value")
        if bool(columns) == (value is not None):
            self._problem(where, f"`{slot.name}` needs a `column` or a `value`", "give one of the two")
        otherwise = one.get("otherwise")
        return Entry(
            slot,
            columns,
            None if value is None else _word(value),
            self._translations(one, where),
            None if otherwise is None else _word(otherwise),
            self._formats(one, where),
            str(one.get("separator", ",")),
            self._day(one, "from", where),
            self._day(one, "until", where),
            where,
        )

    def _at(self, data: Mapping[str, object]) -> At:
        where = self._line("[at]")
        at = self._table(data, "at")
        if "at" not in data:
            return At()
        self._known(at, _AT_KEYS, where)
        columns, value = self._words(at, "column", where), at.get("value")
        if bool(columns) == (value is not None):
            self._problem(where, "`at` needs a `column` or a `value`", "give one of the two")
        zone = str(at.get("zone", ""))
        if zone and not _is_zone(zone):
            self._problem(where, f"`{zone}` is not a time zone", "use its IANA name, as in America/New_York")
        shown = None if value is None else _word(value)
        return At(columns, shown, self._formats(at, where), self._hour(at, where), zone, where)

    def _who(self, data: Mapping[str, object], key: str, known: tuple[str, ...]) -> Who:
        given = data.get(key)
        where = self._line(f"[{key}]" if isinstance(given, Mapping) else key)
        if given is None:
            return Who(where=where)
        if not isinstance(given, Mapping):
            given = {"value": given}
        self._known(given, _WHO_KEYS, where)
        otherwise = given.get("otherwise")
        found = Who(
            str(given.get("value", "")),
            self._words(given, "column", where),
            self._translations(given, where),
            None if otherwise is None else str(otherwise),
            where,
        )
        if bool(found.columns) == bool(found.value):
            self._problem(where, f"`{key}` needs a `column` or a `value`", "give one of the two")
        for word in filter(None, (found.value, *found.values.values(), found.otherwise)):
            if word not in known:
                self._problem(where, f"`{word}` is not a known {key}", nearest(word, known))
        return found

    # ---- values

    def _table(self, data: Mapping[str, object], key: str) -> Mapping[str, object]:
        found = data.get(key, {})
        if isinstance(found, Mapping):
            return found
        self._problem(self._line(key), f"`{key}` is no table", f"write it as [{key}]")
        return {}

    def _words(self, data: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        found = data.get(key, [])
        words = [found] if isinstance(found, str) else found
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return tuple(words)
        self._problem(where, f"`{key}` is no word or list of words", f'write {key} = "…", or a list of them')
        return ()

    def _translations(self, data: Mapping[str, object], where: str) -> dict[str, str]:
        found = data.get("values", {})
        if isinstance(found, Mapping):
            return {str(key): _word(value) for key, value in found.items()}
        self._problem(where, "`values` is no table", 'write values = { "as in the file" = "as in the law" }')
        return {}

    def _formats(self, data: Mapping[str, object], where: str) -> tuple[str, ...]:
        found = self._words(data, "formats", where)
        for one in found:
            if one not in ("iso", "excel") and "%" not in one:
                self._problem(where, f"`{one}` is not a date format", "write it like %m/%d/%Y, or `iso`, or `excel`")
        return found

    def _day(self, data: Mapping[str, object], key: str, where: str) -> date | None:
        found = data.get(key)
        if found is None or (isinstance(found, date) and not hasattr(found, "hour")):
            return found
        self._problem(where, f"`{key}` is `{found}`, no day", f"write {key} = 2013-03-01, without quotation marks")
        return None

    def _hour(self, data: Mapping[str, object], where: str) -> time:
        found = data.get("hour", NOON)
        if isinstance(found, time):
            return found
        self._problem(where, f"`hour` is `{found}`, no time of day", "write hour = 12:00:00, without quotation marks")
        return NOON

    def _delimiter(self, file: Mapping[str, object]) -> str:
        found = file.get("delimiter", ",")
        if isinstance(found, str) and len(found) == 1:
            return found
        self._problem(self._line("delimiter"), f"`{found}` is no single character", r'write delimiter = "\t" for tabs')
        return ","

    def _count(self, file: Mapping[str, object]) -> int:
        found = file.get("skip", 0)
        if isinstance(found, int) and not isinstance(found, bool) and found >= 0:
            return found
        self._problem(self._line("skip"), f"`{found}` is no number of lines", "write skip = 6")
        return 0

    # ---- problems

    def _whole_or_parts(self, entries: Sequence[Entry]) -> None:
        whole = {entry.slot.name for entry in entries if entry.slot.fact.type == "list"}
        for entry in entries:
            if entry.slot.list_name in whole:
                what = f"`{entry.slot.name}` is given beside the whole of `{entry.slot.list_name}`"
                self._problem(entry.where, what, "give the list in one column, or field by field")
        try:
            _few_elements([entry.slot for entry in entries])
        except ProblemsError as error:
            self.problems += error.problems

    def _known(self, data: Mapping[str, object], keys: Sequence[str], where: str) -> None:
        for key in data:
            if key not in keys:
                self._problem(where, f"`{key}` is not a key of a map", nearest(key, keys))

    def _problem(self, where: str, what: str, mend: str) -> None:
        self.problems.append(Problem(where, what, mend))

    def _nth(self, place: int) -> str:
        lines = [at for at, line in enumerate(self.lines, 1) if re.match(r"\s*\[\[\s*fact\s*\]\]", line)]
        return f"{self.name}, line {lines[place]}" if place < len(lines) else f"{self.name}, fact {place + 1}"

    def _line(self, start: str) -> str:
        line = next((at for at, line in enumerate(self.lines, 1) if line.strip().startswith(start)), None)
        return f"{self.name}, line {line}" if line else self.name


def _few_elements(slots: Sequence[Slot]) -> None:
    for slot in slots:
        if slot.place >= MOST_ELEMENTS:
            what = f"`{slot.name}`: at most {MOST_ELEMENTS} elements of a list can be given as columns"
            raise ProblemsError([Problem(slot.name, what, f"give all of `{slot.list_name}` in one column, as JSON")])


def _word(value: object) -> str:
    """A TOML value as a file would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    return str(value)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
