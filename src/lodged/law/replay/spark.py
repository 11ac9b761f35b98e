"""Replay on many machines: Spark hands out parts of the files, each is worked with the same SQL, the driver decides.

Every worker needs lodged with its `spark` extra, and the files under the same path. What a part gives back is merged on the
driver: states are few. Decided rows are written by Spark into a folder; bad rows by the driver into one file.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from lodged.law.replay.cases import Cases, opened
from lodged.law.replay.duck import arrow, connected, put, write_bad
from lodged.law.replay.mapping import CaseMap
from lodged.law.replay.plan import ROW
from lodged.law.replay.run import Rows
from lodged.problem import Problem, ProblemsError

PART = 1_000_000  # rows that one task takes at a time, in whole row groups
_TASK = "path string, first long, groups array<int>"

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Small:
    """A small table that every worker needs: its columns, its rows as an Arrow stream."""

    name: str
    fields: Fields
    stream: bytes


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does with each part of a file: makes the small tables, then runs `sql`.

    `packed`: the rows of a part go back as one value, an Arrow stream, whatever their columns are.
    """

    sql: str
    tables: tuple[Small, ...]
    numbered: bool
    packed: bool

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of `sql` over the parts that the rows of `batches` name."""
        with tempfile.TemporaryDirectory(prefix="lodged-replay-") as folder:
            connection = connected(Path(folder))
            for table in self.tables:
                rows = pa.ipc.open_stream(table.stream).read_all()
                put(connection, table.name, table.fields, zip(*_columns(rows), strict=True), labels=False)
            for batch in batches:
                for task in batch.to_pylist():
                    yield from self._part(connection, task)
            connection.close()

    def _part(self, connection: duckdb.DuckDBPyConnection, task: dict[str, Any]) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(task["path"]) as file:
            connection.register("cases", _numbered(file.read_row_groups(task["groups"]), task["first"], self.numbered))
        found = connection.sql(self.sql).to_arrow_table()
        connection.unregister("cases")
        if self.packed:
            yield pa.record_batch([pa.array([_stream(found)], pa.binary())], names=["part"])
        else:
            yield from found.to_batches()


def _columns(table: pa.Table) -> list[list[Any]]:
    return [column.to_pylist() for column in table.columns]


def _numbered(table: pa.Table, first: int, already: bool) -> pa.Table:
    """The rows with their numbers in the file."""
    if already:
        return table
    return table.append_column(ROW, pa.array(range(first, first + table.num_rows), pa.int64()))


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


class Sparked:
    """The engine of many machines. `out` is the folder that Spark writes, `bad` a file."""

    def __init__(self, cases: Cases, scratch: Path, out: Path, bad: Path, session: SparkSession) -> None:
        self.cases, self.out, self.bad, self.session = cases, out, bad, session
        self.local = connected(scratch)
        self.tables: dict[str, Small] = {}
        self.schema = pq.read_schema(cases.parts[0].path)
        tasks = list(_tasks(cases))
        self.parts = session.createDataFrame(tasks, _TASK).repartition(len(tasks))

    def types(self) -> dict[str, str]:
        """The file's columns with their SQL types."""
        self.local.register("cases", _numbered(self.schema.empty_table(), 1, self.cases.numbered))
        found = self.local.execute("DESCRIBE SELECT * FROM cases").fetchall()
        return {row[0]: row[1] for row in found if row[0] != ROW}

    def rows(self) -> int:
        """How many rows the files have."""
        return self.cases.rows

    def put(self, name: str, fields: Fields, rows: Iterable[tuple[Any, ...]]) -> None:
        """A small table, here and for every worker."""
        tables = list(arrow(fields, rows))
        whole = pa.concat_tables(tables) if tables else next(arrow(fields, [tuple([None] * len(fields))])).slice(0, 0)
        self.tables[name] = Small(name, tuple(fields), _stream(whole))
        put(self.local, name, fields, zip(*_columns(whole), strict=True), labels=False)

    def query(self, sql: Callable[[str], str], merge: str) -> Rows:
        """The rows of `sql` over every part, merged here."""
        return [row for rows in self.stream(sql, merge) for row in rows]

    def stream(self, sql: Callable[[str], str], merge: str) -> Iterator[Rows]:
        """The same, some thousands of rows at a time."""
        parts = self._each(sql("cases"), packed=True, schema="part binary").collect()
        tables = [pa.ipc.open_stream(bytes(row["part"])).read_all() for row in parts]
        self.local.register("parts", pa.concat_tables(tables))
        cursor = self.local.execute(merge)
        while rows := cursor.fetchmany(50_000):
            yield rows

    def _each(self, sql: str, *, packed: bool, schema: Any) -> DataFrame:
        work = Work(sql, tuple(self.tables.values()), self.cases.numbered, packed)
        return self.parts.mapInArrow(work, schema)

    def kept(self, name: str, sql: Callable[[str], str]) -> Callable[[str], str]:
        """The same rows: a worker keeps nothing between two questions."""
        return sql

    def write(self, sql: Callable[[str], str]) -> int:
        """Writes the decided rows into a folder."""
        self.local.register("cases", _numbered(self.schema.empty_table(), 1, self.cases.numbered))
        shape = self.local.sql(sql("cases")).to_arrow_table().schema
        self._each(sql("cases"), packed=False, schema=from_arrow_schema(shape)).write.parquet(str(self.out))
        return int(self.session.read.parquet(str(self.out)).count())

    def write_bad(self, sql: Callable[[str], str], explain: Callable[[Rows], Rows], some: bool) -> int:
        """Writes what is wrong with the other rows, where there are any."""
        undecided = self.stream(sql, "SELECT * FROM parts ORDER BY row") if some else iter(())
        return write_bad(self.bad, undecided, explain, self.cases.broken)


def _tasks(cases: Cases) -> Iterator[tuple[str, int, list[int]]]:
    """Parts of the files: the path, the number of the first row, the row groups."""
    for part in cases.parts:
        about = pq.read_metadata(part.path)
        first, groups, rows = part.first, list[int](), 0
        for group in range(about.num_row_groups):
            groups.append(group)
            rows += about.row_group(group).num_rows
            if rows >= PART or group == about.num_row_groups - 1:
                yield part.path, first, groups
                first, groups, rows = first + rows, [], 0


def session() -> SparkSession:
    """The session that `spark-submit` set up, or one on this machine that listens to nobody outside it."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers take the system's Python, without lodged
    builder: SparkSession.Builder = SparkSession.builder.appName("lodged law replay")
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # not started by spark-submit
        builder = builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    return builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()


@contextmanager
def opened_engine(path: Path, map_: CaseMap, out: Path, bad: Path) -> Iterator[Sparked]:
    """The engine over a file of cases, or a folder of them. Raises ProblemsError."""
    if out.exists():
        mend = "name a new folder: Spark writes many files"
        raise ProblemsError([Problem("--out", f"`{out}` is there already", mend)])
    with tempfile.TemporaryDirectory(prefix="lodged-replay-") as folder:
        cases = opened(path, map_, Path(folder))
        running = SparkSession.getActiveSession()
        engine = Sparked(cases, Path(folder), out, bad, running or session())
        try:
            yield engine
        finally:
            engine.local.close()
            if running is None:
                engine.session.stop()
