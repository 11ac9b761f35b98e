"""Ten million recorded cases decided on one machine: seconds, and the most memory the process ever held."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.results import Figure

ROWS = 10_000_000
RUNS = 3
SECONDS, MEMORY = 10, 1024  # goals: seconds on two cores, MiB of memory


def measure() -> list[Figure]:
    """`lodged law replay` over synthetic cases in Parquet, from a process start to the last row checked."""
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder) / "cases.parquet"
        synthetic(cases, ROWS)
        found = [_replayed(cases, Path(folder) / "out.parquet") for _ in range(RUNS)]
    seconds, memory, states = zip(*found, strict=True)
    return [
        Figure(f"{ROWS:,} cases from Parquet to Parquet", "s", tuple(seconds), SECONDS),
        Figure("most memory held", "MiB", tuple(memory), MEMORY),
        Figure("states told apart", "states", tuple(states)),
    ]


def synthetic(path: Path, rows: int) -> None:
    """Detainers on a sheriff in New York, 2014 to 2022: what a jail's records hold, with gaps; the same on every run."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        connection.execute(
            f"""COPY (SELECT
                DATE '2014-01-01' + (hash(i, 1) % 3200)::INTEGER AS "at",
                list_value('i-247a', 'i-247d', 'i-247n')[1 + (hash(i, 2) % 3)::INTEGER] AS "paper.form",
                CASE WHEN hash(i, 3) % 10 > 0 THEN '1' END AS "paper.box",
                hash(i, 4) % 20 > 0 AS "paper.signed",
                list_value('none', 'dhs_officer')[1 + (hash(i, 5) % 2)::INTEGER] AS "warrant.signed_by",
                CASE WHEN hash(i, 6) % 4 > 0
                     THEN DATE '2013-06-01' + (hash(i, 7) % 200)::INTEGER END AS "person.arrested_on",
                (hash(i, 8) % 60)::INTEGER AS "hold.hours",
                'A-' || (hash(i, 9) % 100000) AS "booking"
            FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)"""
        )


def _replayed(cases: Path, out: Path) -> tuple[float, float, float]:
    """One run in a process of its own: seconds, MiB, states."""
    command = [sys.executable, "-m", "lodged.cli", "law", "replay", str(cases), "--out", str(out), "--json", "--quiet"]
    command += ["--custodian", "us-ny/sheriff", "--act", "hold"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    shown = json.loads(process.stdout.read())
    _, _, usage = os.wait4(process.pid, 0)
    assert shown["rows"] == ROWS
    return time.perf_counter() - started, usage.ru_maxrss / 1024, float(shown["states"])
