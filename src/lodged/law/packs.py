"""Loads the law: every literate pack in a folder, checked as one whole, with each pack's version."""

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lodged.law.check import problems_in
from lodged.law.offence import OffenceTable, read_table
from lodged.law.parse import HalfReadError, parse_file
from lodged.law.tree import Case, Define, FactLine, Pack, Question, Span, Table, Unencoded
from lodged.law.written import written_pack
from lodged.problem import Problem, ProblemsError


@dataclass(frozen=True, slots=True)
class Source:
    """One file of law: what it is called, its Markdown, and the data files beside it by name."""

    name: str
    markdown: str
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Packs:
    """The law that was loaded. Two loads are two libraries, also of the same text; `kept` holds what was worked out."""

    packs: tuple[Pack, ...]
    cases: tuple[tuple[str, str, Case], ...]
    tables: Mapping[tuple[str, str], OffenceTable]
    files: Mapping[str, str]
    kept: dict[object, Any] = field(default_factory=dict, repr=False)

    @functools.cached_property
    def by_id(self) -> Mapping[str, Pack]:
        """Each pack by its id."""
        return {pack.id: pack for pack in self.packs}

    @functools.cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every unsettled question of law by its id."""
        return {s.name: s for pack in self.packs for s in pack.statements if isinstance(s, Question)}

    @functools.cached_property
    def declared(self) -> tuple[FactLine, ...]:
        """The facts that packs declare beyond the fixed ones."""
        return tuple(s for pack in self.packs for s in pack.statements if isinstance(s, FactLine))

    @functools.cached_property
    def versions(self) -> Mapping[str, str]:
        """Each pack's version: the first 12 hex digits of the SHA-256 of its canonical text with its tables."""
        return {pack.id: self._version(pack) for pack in self.packs}

    def _version(self, pack: Pack) -> str:
        digest = hashlib.sha256(written_pack(pack).encode())
        for statement in pack.statements:
            if isinstance(statement, Table):
                digest.update(self.tables[pack.id, statement.name].text.encode())
        return digest.hexdigest()[:12]

    @functools.cached_property
    def turning_days(self) -> tuple[date, ...]:
        """Every day on which some law begins or ends: between two of them the law stands still."""
        found: set[date] = set()
        for pack in self.packs:
            spans = [pack.span, *(span for s in pack.statements if isinstance(span := getattr(s, "span", None), Span))]
            found |= {day for span in spans for day in (span.start, span.end) if day}
            found |= {statement.day for statement in pack.statements if isinstance(statement, Unencoded)}
        return tuple(sorted(found))

    def named(self, pack_id: str) -> str:
        """`pack@version`, the form in which counsel adopts it."""
        return f"{pack_id}@{self.versions[pack_id]}"

    def reach(self, pack: Pack) -> tuple[Pack, ...]:
        """The pack, then those whose definitions it uses, each once."""
        found: dict[str, Pack] = {}
        waiting = [pack.id]
        while waiting:
            name = waiting.pop(0)
            if name not in found and name in self.by_id:
                found[name] = self.by_id[name]
                waiting += found[name].uses
        return tuple(found.values())

    def definitions(self, pack: Pack, name: str) -> Iterator[tuple[Define, Pack]]:
        """Every definition of `name` that `pack` sees, nearest first, whatever its dates."""
        for seen in self.reach(pack):
            for statement in seen.statements:
                if isinstance(statement, Define) and statement.name == name:
                    yield statement, seen

    def table(self, pack: Pack) -> OffenceTable | None:
        """The offence table that answers for a conviction under this pack."""
        for seen in self.reach(pack):
            for statement in seen.statements:
                if isinstance(statement, Table):
                    return self.tables[seen.id, statement.name]
        return None


def load(folder: Path | None = None) -> Packs:
    """The packs of a folder (`None`: those that come with the program). Raises ProblemsError with every problem.

    >>> load().by_id["us-ny-nyc/9-131"].level
    'local'
    """
    if folder is None:
        return _packaged()
    return read(sources_in(folder))


@functools.cache
def _packaged() -> Packs:
    return read(packaged())


def packaged() -> list[Source]:
    """The files of law that come with the program."""
    return _walk(Path(__file__).parents[1] / "laws", "")


def sources_in(folder: Path) -> list[Source]:
    """Every `.md` file at or below a path. Raises ProblemsError where there is none, or where it is no text."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.md")) if folder.is_dir() else []
    if not files:
        raise ProblemsError([Problem(str(folder), "holds no law pack", "name a folder with `.md` files, or one file")])
    return [Source(str(file), _text(file), _beside(file)) for file in files]


def _beside(file: Path) -> dict[str, str]:
    return {data.name: _text(data) for data in sorted(file.parent.glob("*.toml")) if data.is_file()}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemsError([Problem(str(file), f"cannot be read as text: {error}", "give a UTF-8 file")]) from None


def _walk(folder: Path, prefix: str) -> list[Source]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    tables = {e.name: e.read_text(encoding="utf-8") for e in entries if e.name.endswith(".toml")}
    found: list[Source] = []
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith("_"):
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".md"):
            found.append(Source(prefix + entry.name, entry.read_text(encoding="utf-8"), tables))
    return found


def read(sources: Iterable[Source]) -> Packs:
    """The packs of some files as one library. Raises ProblemsError with every problem of every file, and where none is a pack."""
    library = _Library()
    for source in sources:
        library.add(source)
    problems = [*library.problems, *problems_in(library.packs, library.files, library.lost)]
    if not problems and not library.packs:
        where = library.names[0] if len(library.names) == 1 else "law"
        problems.append(Problem(where, "holds no pack, and without one nothing would be decided", _BEGIN))
    if problems:
        raise ProblemsError(problems)
    return Packs(tuple(library.packs), tuple(library.cases), library.tables, library.files)


_BEGIN = 'write a block that begins with ```law and: pack ID level LEVEL binds CUSTODIAN status confirmed cite "…"'
# What the files with mistakes may have meant to name: that these are not found elsewhere is no second problem.
_NAMED = re.compile(r"^[ \t]*(?:pack|define|table|fact|rule|question|clock)[ \t]+([^\s,]+)", re.MULTILINE)


class _Library:
    """What was read so far: packs, cases, tables, each pack's file, the problems; what was lost to a mistake."""

    def __init__(self) -> None:
        self.packs: list[Pack] = []
        self.cases: list[tuple[str, str, Case]] = []
        self.tables: dict[tuple[str, str], OffenceTable] = {}
        self.files: dict[str, str] = {}
        self.names: list[str] = []
        self.problems: list[Problem] = []
        self.lost: set[str] = set()

    def add(self, source: Source) -> None:
        """One more file; of one with mistakes, what could be read of it."""
        self.names.append(source.name)
        try:
            packs, cases = parse_file(source.markdown, source.name)
        except HalfReadError as error:
            packs, cases = error.packs, ()
            self.problems += error.problems
            self.lost |= {*error.lost, *_NAMED.findall(source.markdown)}
        for pack in packs:
            self._add(pack, source)
        home = packs[0].binds[0] if packs else ""
        self.cases += [(source.name, home, case) for case in cases]

    def _add(self, pack: Pack, source: Source) -> None:
        if pack.id in self.files:
            where = f"{source.name}, line {pack.line}"
            self.problems.append(Problem(where, f"pack `{pack.id}` is given twice", "give one of them another id"))
            return
        self.files[pack.id] = source.name
        self.packs.append(pack)
        try:
            self.tables |= _tables(pack, source)
        except ProblemsError as error:
            self.problems += error.problems


def _tables(pack: Pack, source: Source) -> dict[tuple[str, str], OffenceTable]:
    found = {}
    for statement in pack.statements:
        if isinstance(statement, Table):
            if statement.file not in source.beside:
                where = f"{source.name}, line {statement.line}"
                mend = "put the table beside the pack, ending in .toml"
                raise ProblemsError([Problem(where, f"`{statement.file}` is not beside the pack", mend)])
            found[pack.id, statement.name] = read_table(source.beside[statement.file], statement.file)
    return found
