"""Spark gives exactly the rows that one machine gives."""

import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lodged.cli import run

pytestmark = pytest.mark.spark

PENNSYLVANIA = Path(__file__).parent.parent / "cases" / "pa-detainers-2007-2015.csv.gz"


def replayed(cases: Path, out: Path, engine: str, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    assert run(["law", "replay", str(cases), "--out", str(out), "--engine", engine, "--json", "--quiet", *more]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def rows(path: Path) -> list[dict[str, object]]:
    return sorted(pq.read_table(path).to_pylist(), key=lambda row: row["row"])


def compared(cases: Path, folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    """Both engines over the same cases: counts, decided rows and bad rows must be the same."""
    one, many = folder / "one.parquet", folder / "many.parquet"
    alone = replayed(cases, one, "duckdb", capsys, *more)
    spread = replayed(cases, many, "spark", capsys, *more)
    for key in ("rows", "decided", "bad", "states", "effects", "turned", "counts"):
        assert alone[key] == spread[key], key
    assert many.is_dir()
    assert rows(one) == rows(many)
    if alone["bad"]:
        assert rows(folder / "one.bad.parquet") == rows(folder / "many.bad.parquet")
    return alone


def test_the_pennsylvania_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_bytes(gzip.decompress(PENNSYLVANIA.read_bytes()))
    found = compared(cases, tmp_path, capsys, "--map", "us-pa-2007-2015", "--by", "detainer_type")
    assert found["decided"] == 32_757


def test_a_folder_with_typed_columns_bad_rows_and_another_law(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in ("a", "b", "c"):
        days = [date(2018, 11, 10 + at % 9) for at in range(3000)]
        table = {
            "at": days,
            "custodian": ["us-ny/sheriff"] * 3000,
            "act": ["hold"] * 3000,
            "paper.form": [("i-247d", "i-247a", "i-247q")[at % 50 % 3 if at % 50 < 6 else 0] for at in range(3000)],
            "warrant.signed_by": [("none", None)[at % 2] for at in range(3000)],
            "person.proved_citizen": pa.array([(True, False, None)[at % 3] for at in range(3000)]),
        }
        pq.write_table(pa.table(table), folder / f"{name}.parquet", row_group_size=700)
    found = compared(folder, tmp_path, capsys, "--as-of", "2020-01-01", "--keep", "--by", "paper.form")
    assert found["rows"] == 9000
    assert int(str(found["bad"])) > 0
