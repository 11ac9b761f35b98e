"""Durable entries a second, beside 4 KiB written and synced on the same disk in the same second; rounds are interleaved.

Run as a module, with the folder of a new office; prints the rounds as JSON.
"""

import importlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.log import office
from bench.results import Figure

ROUNDS = 9
GROUP = 64
BLOCK = b"x" * 4096
Rates = dict[str, list[float]]


def figures(rates: Rates) -> list[Figure]:
    """Each as a share of the bare disk in the same round."""

    def shares(name: str) -> tuple[float, ...]:
        return tuple(rate / raw for rate, raw in zip(rates[name], rates["raw"], strict=True))

    return [
        Figure("4 KiB written and synced, one at a time", "a second", tuple(rates["raw"])),
        Figure("a bare row in SQLite (WAL, FULL) each committed: share of the bare disk", "×", shares("row")),
        Figure("entry and tree, each committed: share of the bare disk", "×", shares("entry"), 0.9, at_least=True),
        Figure("entry and tree, 64 in a commit: share of the bare disk", "×", shares("entries"), 40, at_least=True),
        Figure("entry and tree, 64 in a commit", "entries a second", tuple(rates["entries"])),
        Figure("the whole docket for one entry (and head swapped, signed, kept): share", "×", shares("docket")),
        Figure("the whole docket for 64 entries: share of the bare disk", "×", shares("dockets")),
    ]


def _rates(folder: Path) -> Rates:
    office.fresh(folder)
    acts = importlib.import_module("lodged.office.seals.acts")
    docket = importlib.import_module("lodged.office.seals.docket").docket
    heads = importlib.import_module("lodged.office.seals.heads")
    at = importlib.import_module("lodged.office.desk.clock").now()
    atomic = importlib.import_module("django.db.transaction").atomic
    heads.start(at)
    sealed = acts.Sealed("Heartbeat", "us-ny-nyc/doc", facts={"queue": 0, "lines": {"fax0": "up"}})
    disk, rows = _Disk(folder / "raw"), _Rows(folder / "rows.sqlite3")

    def entry() -> None:
        with atomic():
            acts.enter(sealed, at)

    def entries() -> None:
        with atomic():
            acts.enter_many([sealed] * GROUP, at)

    def one_docket() -> None:
        with docket(at):
            acts.enter(sealed, at)

    def dockets() -> None:
        with docket(at):
            acts.enter_many([sealed] * GROUP, at)

    deeds: dict[str, tuple[Callable[[], None], int, int]] = {
        "raw": (disk.write, 200, 1),
        "row": (rows.write, 200, 1),
        "entry": (entry, 150, 1),
        "entries": (entries, 20, GROUP),
        "docket": (one_docket, 50, 1),
        "dockets": (dockets, 10, GROUP),
    }
    rates: Rates = {name: [] for name in deeds}
    for deed, _, _ in deeds.values():
        deed()  # the first of each pays for what is loaded once
    for _ in range(ROUNDS):
        for name, (deed, times, each) in deeds.items():
            rates[name].append(_rate(deed, times) * each)
    return rates


def _rate(deed: Callable[[], None], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        deed()
    return times / (time.perf_counter() - started)


class _Disk:
    """4 KiB after 4 KiB, each synced: the floor of anything that is durable."""

    def __init__(self, path: Path) -> None:
        self.file, self.at = os.open(path, os.O_RDWR | os.O_CREAT), 0

    def write(self) -> None:
        os.pwrite(self.file, BLOCK, self.at)
        os.fdatasync(self.file)
        self.at += len(BLOCK)


class _Rows:
    """A row of the size of an entry, by the library that Django uses and with the office's own pragmas."""

    def __init__(self, path: Path) -> None:
        pragmas: Any = importlib.import_module("lodged.office.desk.database").SQLITE["init_command"]
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.executescript(pragmas)
        self.database.execute("CREATE TABLE entry (event BLOB)")

    def write(self) -> None:
        self.database.execute("INSERT INTO entry VALUES (?)", (BLOCK[:500],))


if __name__ == "__main__":
    print(json.dumps(_rates(Path(sys.argv[1]))))
