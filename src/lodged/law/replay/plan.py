"""Which columns of a file are read, how the type of each is taken, where each word of a case stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from lodged.law.fact import DATE, MOMENT, NUMBER, YES_NO, Fact
from lodged.law.replay.case import CaseReader, Source, source_name
from lodged.law.replay.laws import Other, Pair
from lodged.law.replay.mapping import CaseMap, Entry
from lodged.problem import Problem, ProblemsError

ROW = "lodged_row"  # the name under which engines give the number of a row of the file
WORDS, BOOL, DAY, AMOUNT, WALL, INSTANT = "words", "bool", "day", "amount", "wall", "instant"
_NUMBERS = frozenset(
    (
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "HUGEINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
        "FLOAT",
        "DOUBLE",
    )
)
_BARE = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
_WITH_ZONE = "TIMESTAMP WITH TIME ZONE"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file that is read: its alias in SQL, its name, how its type is taken."""

    alias: str
    name: str
    kind: str
    sql_type: str = "VARCHAR"

    @property
    def sql(self) -> str:
        """The column as the `raw` stage gives it; instants in microseconds."""
        quoted = quoted_name(self.name)
        match self.kind:
            case "words":
                return self.shown
            case "amount":
                return self._a_number(f"{quoted}::DOUBLE")
            case "wall":
                return f"epoch_us({quoted}::TIMESTAMP)"
            case "instant":
                return f"epoch_us({quoted})"
        return quoted

    @property
    def shown(self) -> str:
        """The column as a word, for people and for reading a case again."""
        quoted = quoted_name(self.name)
        if self.kind == AMOUNT:
            return self._a_number(f"{quoted}::DOUBLE") + "::VARCHAR"
        if self.kind == WALL and self.sql_type != "DATE":
            return f"{quoted}::TIMESTAMP::VARCHAR"
        return (self._a_number(quoted) if self.sql_type in ("FLOAT", "DOUBLE") else quoted) + "::VARCHAR"

    def _a_number(self, sql: str) -> str:
        """What is no number at all (as some programs write a missing one) is not known."""
        return f"CASE WHEN isnan({sql}) THEN NULL ELSE {sql} END" if self.sql_type in ("FLOAT", "DOUBLE") else sql


def quoted_name(name: str) -> str:
    """A name of a column in SQL."""
    return '"' + name.replace('"', '""') + '"'


class Plan:
    """The columns of one file under one map. `types` are the file's columns with their SQL types."""

    def __init__(self, map_: CaseMap, types: Mapping[str, str], other: Other | None = None) -> None:
        self.map, self.types, self.other = map_, types, other
        self.columns: dict[str, Column] = {}
        self.sources: dict[str, Source] = {}
        self._problems: list[Problem] = []
        self._source("at", map_.at.columns, map_.at.value, map_.at.where, self._kind_of_at)
        for name, who in (("custodian", map_.custodian), ("act", map_.act)):
            self._source(name, () if who.value else who.columns, who.value or None, who.where or name, lambda _: WORDS)
        for place, entry in enumerate(map_.entries):
            self._source(source_name(place), entry.columns, entry.value, entry.where, self._kind_of(entry))
        if self._problems:
            raise ProblemsError(self._problems)
        self.pairs: tuple[Pair, ...] = ()
        self.slots = tuple({entry.slot.name: entry.slot for entry in map_.entries}.values())

    # ---- where words stand

    def _source(
        self, name: str, columns: Sequence[str], constant: str | None, where: str, kind: Callable[[str], str]
    ) -> None:
        if constant is not None:
            self.sources[name] = Source("", constant=constant)
            return
        found = next((column for column in columns if column in self.types), None)
        if found is None:
            self._problems.append(self._no_column(name, columns, where))
            return
        taken = kind(self.types[found])
        self.columns[name] = Column(f"c{len(self.columns)}", found, taken, self.types[found])
        self.sources[name] = Source(found, text=self.types[found] not in {*_BARE, _WITH_ZONE})

    def _no_column(self, name: str, columns: Sequence[str], where: str) -> Problem:
        shown = ", ".join(f"`{column}`" for column in columns)
        if not columns:
            mend = f"add it to the map, or give --{name}" if name != "at" else "add [at] with a column to the map"
            return Problem(where, f"nothing says what the `{name}` of a case is", mend)
        has = ", ".join(list(self.types)[:40])
        option = f"; or give --{name}" if name in ("custodian", "act") else "; or give --map" if self.map.plain else ""
        return Problem(where, f"the file has no column {shown}", f"it has: {has}{option}")

    def _kind_of_at(self, sql_type: str) -> str:
        return WALL if sql_type in _BARE else INSTANT if sql_type == _WITH_ZONE else WORDS

    def _kind_of(self, entry: Entry) -> Callable[[str], str]:
        def kind(sql_type: str) -> str:
            if entry.values or entry.otherwise is not None:
                return WORDS
            match entry.slot.fact.type, sql_type:
                case (fact, "BOOLEAN") if fact == YES_NO:
                    return BOOL
                case (fact, "DATE") if fact == DATE:
                    return DAY
                case (fact, _) if fact == NUMBER and (sql_type in _NUMBERS or sql_type.startswith("DECIMAL")):
                    return AMOUNT
                case (fact, _) if fact == MOMENT and sql_type == _WITH_ZONE:
                    return INSTANT
                case (fact, _) if fact == MOMENT and sql_type in _BARE - {"DATE"}:
                    return WALL
            return WORDS

        return kind

    def record(self, custodians: Sequence[str], acts: Sequence[str]) -> None:
        """The custodians and acts that the file was found to hold: every pair of them may occur."""
        self.pairs = tuple(product(sorted(custodians), sorted(acts)))

    # ---- reading

    def raw(self, table: str, keep: bool = False) -> str:
        """The words of the columns that are read; with `keep` the whole row of the file as `kept`."""
        read = [f"{column.sql} AS {column.alias}" for column in self.columns.values()]
        return f"SELECT {', '.join([f'{ROW} AS row', *(['file AS kept'] if keep else []), *read])} FROM {table} file"

    def words(self, table: str) -> str:
        """A case's words, by the names of their sources."""
        shown = [f"{column.shown} AS {name}" for name, column in self.columns.items()]
        return f"SELECT {', '.join([f'{ROW} AS row', *shown])} FROM {table}"

    def all_words(self, found: Mapping[str, object]) -> dict[str, str | None]:
        """A case's words with the constants of the map."""
        words = {name: source.constant for name, source in self.sources.items()}
        return words | {name: None if found[name] is None else str(found[name]) for name in self.columns}

    def reader(self, declared: Mapping[str, Fact]) -> CaseReader:
        """How one case of this file is read in Python; the SQL reads it the same way."""
        return CaseReader(self.map, declared, self.sources, self.other)
