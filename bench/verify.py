"""Checking a receipt offline, as the sender's counsel would: one command, one file."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.results import Figure

RUNS = 11


def measure() -> list[Figure]:
    """`lodged verify` with the log's key, from a process start to its verdict."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "lodged.cli", "demo", "--once", "--json", "--out", str(out)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        receipt = next(out.glob("receipt-*.pdf"))
        command = [sys.executable, "-m", "lodged.cli", "verify", str(receipt), "--trust", str(out / "log-policy.txt")]
        return [Figure("`lodged verify RECEIPT --trust KEY`", "s", tuple(_seconds(command) for _ in range(RUNS)), 1)]


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
