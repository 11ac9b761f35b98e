"""A file of recorded cases, opened: Parquet as it is, text as Parquet beside it; every row keeps its number."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from lodged.law.replay.mapping import CaseMap
from lodged.law.replay.plan import ROW
from lodged.problem import Problem, ProblemsError

_BLOCK = 16 << 20  # bytes of text read at a time; a single row may not be longer
_PARQUET = (".parquet", ".pq")


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a set of cases: its path, the number of its first row, how many rows it has."""

    path: str
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row of a text file that has not as many fields as the header."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cases:
    """Recorded cases as Parquet. `numbered`: the row's number stands in a column, since rows were put aside."""

    name: str
    parts: tuple[Part, ...]
    broken: tuple[BrokenRow, ...] = ()
    numbered: bool = False

    @property
    def rows(self) -> int:
        """How many rows were given, the broken ones included."""
        return sum(part.rows for part in self.parts) + len(self.broken)


def opened(path: Path, map_: CaseMap, scratch: Path) -> Cases:
    """A file, or a folder of Parquet files, as cases; `scratch` takes what has to be written. Raises ProblemsError."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.suffix in _PARQUET and one.is_file())
        if not files:
            raise _wrong(path, "the folder holds no .parquet file", "name a file, or a folder of Parquet files")
        return Cases(str(path), tuple(_parts(files)))
    if not path.is_file():
        raise _wrong(path, "there is no such file", "name a .parquet or .csv file, or a folder of .parquet files")
    if path.suffix in _PARQUET:
        return Cases(str(path), tuple(_parts([path])))
    return _text(path, map_, scratch)


def _parts(files: Sequence[Path]) -> Iterator[Part]:
    first = 1
    for file in files:
        try:
            rows = pq.read_metadata(file).num_rows
        except (pa.ArrowException, OSError) as error:
            raise _wrong(file, f"this is no Parquet file: {_first_line(error)}", "a text file ends in .csv") from None
        yield Part(str(file), first, rows)
        first += rows


# ---- text


@dataclass(slots=True)
class _Aside:
    """Collects rows that have not as many fields as the header."""

    skipped: int
    found: list[BrokenRow] = field(default_factory=list)

    def __call__(self, row: pa_csv.InvalidRow) -> str:
        reason = f"the row has {row.actual_columns} fields, the header {row.expected_columns}"
        number = (row.number or 0) - self.skipped
        self.found.append(BrokenRow(number, row.text or "", reason))
        return "skip"


def _text(path: Path, map_: CaseMap, scratch: Path) -> Cases:
    names, lines = _header(path, map_)
    aside = _Aside(0)
    target = scratch / "cases.parquet"
    try:
        rows = _as_parquet(path, map_, names, lines, aside, target)
    except (pa.ArrowException, UnicodeError, OSError, LookupError) as error:
        mend = "give UTF-8 text, or name the encoding in the map's [file]"
        raise _wrong(path, f"cannot be read as a table of text: {_first_line(error)}", mend) from None
    if rows + len(aside.found) == 0:
        raise _wrong(path, "the file has a header and no row", "give a file with at least one case")
    return Cases(str(path), (Part(str(target), 1, rows),), tuple(aside.found), bool(aside.found))


def _header(path: Path, map_: CaseMap) -> tuple[list[str], int]:
    """The names of the columns, each once, and how many lines stand before the first row."""
    try:
        with path.open(encoding=map_.encoding.replace("utf-8", "utf-8-sig"), newline="") as file:
            for _ in range(map_.skip):
                file.readline()
            reader = csv.reader(file, delimiter=map_.delimiter)
            names = next(reader, [])
            lines = map_.skip + reader.line_num
    except (UnicodeError, LookupError, OSError, csv.Error) as error:
        raise _wrong(path, f"cannot be read as text: {_first_line(error)}", "give UTF-8 text or Parquet") from None
    if not any(name.strip() for name in names):
        raise _wrong(path, "the file is empty", "give a file with a header and at least one case")
    if any("\0" in name for name in names):
        raise _wrong(path, "this is no text", "a Parquet file ends in .parquet")
    return _each_once(names), lines


def _each_once(names: Sequence[str]) -> list[str]:
    """Names made distinct by their place: two columns of one release have the same head.

    >>> _each_once(["Final Order", "AOR", "Final Order"])
    ['Final Order', 'AOR', 'Final Order...3']
    """
    found: list[str] = []
    for place, name in enumerate(names, 1):
        plain = name.strip() or f"column {place}"
        found.append(f"{plain}...{place}" if plain in found else plain)
    return found


def _as_parquet(path: Path, map_: CaseMap, names: list[str], lines: int, aside: _Aside, target: Path) -> int:
    """Writes the rows as text columns; gives how many."""
    aside.skipped = lines
    reading = pa_csv.ReadOptions(
        use_threads=False, block_size=_BLOCK, skip_rows=lines, column_names=names, encoding=map_.encoding
    )
    parsing = pa_csv.ParseOptions(delimiter=map_.delimiter, newlines_in_values=True, invalid_row_handler=aside)
    types = pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    batches = pa_csv.open_csv(path, reading, parsing, types)
    rows = 0
    with pq.ParquetWriter(target, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    if aside.found:
        _number(target, sorted(one.row for one in aside.found))
    return rows


def _number(target: Path, broken: Sequence[int]) -> None:
    """Writes the numbers of the rows into the file, those put aside left out."""
    whole = pq.ParquetFile(target)
    numbered = target.with_name("numbered.parquet")
    schema = whole.schema_arrow.append(pa.field(ROW, pa.int64()))
    row, at = 1, 0
    with pq.ParquetWriter(numbered, schema, compression="zstd") as writer:
        for batch in whole.iter_batches():
            numbers = []
            for _ in range(batch.num_rows):
                while at < len(broken) and broken[at] == row:
                    row, at = row + 1, at + 1
                numbers.append(row)
                row += 1
            columns = [*batch.columns, pa.array(numbers, pa.int64())]
            writer.write_batch(pa.record_batch(columns, schema=schema))
    whole.close()
    numbered.replace(target)


def _wrong(path: Path, what: str, mend: str) -> ProblemsError:
    return ProblemsError([Problem(str(path), what, mend)])


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or ["it is empty"])[0]
