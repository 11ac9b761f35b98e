"""Replay on one machine: DuckDB runs the SQL over Parquet, in two threads and bounded memory, and writes Parquet."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lodged.law.replay.cases import BrokenRow, Cases, opened
from lodged.law.replay.mapping import CaseMap
from lodged.law.replay.plan import ROW
from lodged.law.replay.run import BAD, LABEL, Rows
from lodged.law.replay.stages import PRELUDE
from lodged.problem import Problem, ProblemsError

THREADS, MEMORY = 2, "700MB"
_AT_ONCE = 50_000
# What a file or a disk can do to a query; any other error of the database is a fault of ours.
_WORLD = (duckdb.IOException, duckdb.InvalidInputException, duckdb.OutOfMemoryException, duckdb.ConversionException)
ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    LABEL: pa.string(),
    f"{LABEL}[]": pa.list_(pa.string()),
}


def quoted(path: Path | str) -> str:
    """A path between quotation marks of SQL."""
    return str(path).replace("'", "''")


def connected(scratch: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills to `scratch`, keeps the order of rows, and reaches for nothing outside."""
    connection = duckdb.connect()
    for setting in (
        f"SET threads = {THREADS}",
        f"SET memory_limit = '{MEMORY}'",
        f"SET temp_directory = '{quoted(scratch)}'",
        "SET preserve_insertion_order = true",
        # The small tables stand on the right of every join: were the sides changed, rows would lose their order.
        "SET disabled_optimizers = 'join_order,build_side_probe_side'",
        "SET enable_progress_bar = false",
        "SET autoinstall_known_extensions = false",
        "SET TimeZone = 'UTC'",
        *PRELUDE,
    ):
        connection.execute(setting)
    return connection


def table_of(cases: Cases) -> str:
    """The cases as a table in SQL, each row with its number."""
    parts = []
    for part in cases.parts:
        path = quoted(part.path)
        numbered = "" if cases.numbered else f"file_row_number + {part.first} AS {ROW}, "
        option = "" if cases.numbered else ", file_row_number = true"
        exclude = "*" if cases.numbered else "* EXCLUDE (file_row_number)"
        parts.append(f"SELECT {numbered}{exclude} FROM read_parquet('{path}'{option})")
    return f"({' UNION ALL BY NAME '.join(parts)})"


class Duck:
    """The engine of one machine. `out` and `bad` are the Parquet files that are written."""

    def __init__(self, cases: Cases, scratch: Path, out: Path, bad: Path) -> None:
        self.cases, self.scratch, self.out, self.bad = cases, scratch, out, bad
        self.connection = connected(scratch)
        self.connection.execute(f"CREATE VIEW cases AS SELECT * FROM {table_of(cases)}")

    def types(self) -> dict[str, str]:
        """The file's columns with their SQL types."""
        found = self.connection.execute("DESCRIBE cases").fetchall()
        return {row[0]: row[1] for row in found if row[0] != ROW}

    def rows(self) -> int:
        """How many rows the file has."""
        return self.cases.rows

    def put(self, name: str, fields: Sequence[tuple[str, str]], rows: Iterable[tuple[Any, ...]]) -> None:
        """Makes a small table."""
        put(self.connection, name, fields, rows)

    def query(self, sql: Callable[[str], str], merge: str) -> Rows:
        """The rows of `sql` over the cases; one part needs no joining."""
        return self.connection.execute(f"WITH parts AS ({sql('cases')}) {merge}").fetchall()

    def stream(self, sql: Callable[[str], str], merge: str) -> Iterator[Rows]:
        """The same, some thousands of rows at a time."""
        cursor = self.connection.cursor()
        cursor.execute(f"WITH parts AS ({sql('cases')}) {merge}")
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows

    def kept(self, name: str, sql: Callable[[str], str]) -> Callable[[str], str]:
        """The rows of `sql`, written to the scratch folder so that they are worked out once."""
        target = f"{quoted(self.scratch)}/{name}.parquet"
        self.connection.execute(f"COPY ({sql('cases')}) TO '{target}' (FORMAT parquet, COMPRESSION snappy)")
        return lambda table: f"SELECT * FROM read_parquet('{target}')"

    def write(self, sql: Callable[[str], str]) -> int:
        """Writes the decided rows."""
        command = f"COPY ({sql('cases')}) TO '{quoted(self.out)}' (FORMAT parquet, COMPRESSION zstd)"
        (rows,) = self.connection.execute(command).fetchall()[0]
        return int(rows)

    def write_bad(self, sql: Callable[[str], str], explain: Callable[[Rows], Rows], some: bool) -> int:
        """Writes what is wrong with the other rows, where there are any."""
        undecided = self._undecided(sql) if some else iter(())
        return write_bad(self.bad, undecided, explain, self.cases.broken)

    def _undecided(self, sql: Callable[[str], str]) -> Iterator[Rows]:
        cursor = self.connection.cursor()
        cursor.execute(sql("cases"))
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows


def put(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    fields: Sequence[tuple[str, str]],
    rows: Iterable[tuple[Any, ...]],
    *,
    labels: bool = True,
) -> None:
    """Makes a table of some rows; labels become numbers with names, which are joined and written without their text."""
    shown = ", ".join(f"{field} {kind.replace(LABEL, 'VARCHAR')}" for field, kind in fields)
    connection.execute(f"CREATE OR REPLACE TABLE {name} ({shown})")
    for batch in arrow(fields, rows):
        connection.register("batch", batch)
        connection.execute(f"INSERT INTO {name} SELECT * FROM batch")
        connection.unregister("batch")
    few = [(field, kind) for field, kind in fields if LABEL in kind and labels]
    if few:
        types = [f"{field}::{_enum(connection, name, field, kind)} AS {field}" for field, kind in few]
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * REPLACE ({', '.join(types)}) FROM {name}")


def _enum(connection: duckdb.DuckDBPyConnection, table: str, field: str, kind: str) -> str:
    """The type of a column of labels: one of its words."""
    word = f"unnest({field})" if kind.endswith("[]") else field
    found = connection.execute(
        f"SELECT DISTINCT w FROM (SELECT {word} AS w FROM {table}) WHERE w IS NOT NULL ORDER BY w"
    )
    words = ", ".join(f"'{quoted(row[0])}'" for row in found.fetchall())
    return f"ENUM ({words}){kind.removeprefix(LABEL)}" if words else kind.replace(LABEL, "VARCHAR")


def arrow(fields: Sequence[tuple[str, str]], rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.Table]:
    """Rows as Arrow tables, some thousands at a time."""
    schema = pa.schema([(name, ARROW[kind]) for name, kind in fields])
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        columns = [pa.array(column, kind.type) for column, kind in zip(zip(*some, strict=True), schema, strict=True)]
        yield pa.table(columns, schema=schema)


def write_bad(
    target: Path, undecided: Iterator[Rows], explain: Callable[[Rows], Rows], broken: Sequence[BrokenRow]
) -> int:
    """Writes the file of bad rows, unless there is none; gives how many rows are in it."""
    target.unlink(missing_ok=True)
    first = next(undecided, [])
    if not first and not broken:
        return 0
    rows = len(broken)
    with pq.ParquetWriter(target, pa.schema([(name, ARROW[kind]) for name, kind in BAD]), compression="zstd") as writer:
        for batch in arrow(BAD, ((one.row, "", one.text, one.reason) for one in broken)):
            writer.write_table(batch)
        while first:
            rows += len({row[0] for row in first})
            for batch in arrow(BAD, explain(first)):
                writer.write_table(batch)
            first = next(undecided, [])
    return rows


@contextmanager
def opened_engine(path: Path, map_: CaseMap, out: Path, bad: Path) -> Iterator[Duck]:
    """The engine over a file of cases; what it needs on disk is gone afterwards. Raises ProblemsError."""
    with tempfile.TemporaryDirectory(prefix="lodged-replay-") as folder:
        scratch = Path(folder)
        engine = Duck(opened(path, map_, scratch), scratch, out, bad)
        try:
            yield engine
        except _WORLD as error:
            what = str(error).splitlines()[0]
            mend = "look whether the file is whole, whether OUT can be written, whether the disk has room"
            raise ProblemsError([Problem(str(path), f"the replay stopped: {what}", mend)]) from None
        finally:
            engine.connection.close()
