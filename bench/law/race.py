"""All engines in one run: each is checked first, then every round asks each of them once, each round from another start."""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.law import rows
from bench.law.peers import Worker

ROUNDS = 9
ROUNDS_BY_ROW = (1, 4, 7)  # an engine that is asked row by row takes seconds: it runs in these rounds only

PLAIN, EXPLAINED = False, True
Runs = dict[int, float]  # by round


@dataclass(slots=True)
class Ran:
    """One engine's figures: microseconds of one decision, milliseconds of a million rows; each plain and explained."""

    about: dict[str, Any]
    checked: int = 0
    rows: int = 0
    one: dict[bool, Runs] = field(default_factory=lambda: {PLAIN: {}, EXPLAINED: {}})
    many: dict[bool, Runs] = field(default_factory=lambda: {PLAIN: {}, EXPLAINED: {}})
    not_known: list[tuple[str, str]] = field(default_factory=list)


def run(started: Mapping[str, Worker]) -> dict[str, Ran]:
    """Checks, then measures. Raises ValueError where an engine decides a complete case wrongly: then nothing is measured."""
    ran = {name: Ran(worker.ask("about")) for name, worker in started.items()}
    with tempfile.TemporaryDirectory() as folder:
        given = rows.columns()
        path = Path(folder) / "rows.npz"
        rows.save(given, path)
        right = rows.right(given)
        for name, worker in started.items():
            _check(worker, ran[name], path, right)
    for number in range(ROUNDS):
        print(f"  round {number + 1} of {ROUNDS}", file=sys.stderr)
        for name in _turned(list(started), number):
            _round(started[name], ran[name], number)
    for name, worker in started.items():
        ran[name].not_known = [(way, said) for way, said in worker.ask("not_known")]
    return ran


def _check(worker: Worker, ran: Ran, path: Path, right: NDArray[np.uint8]) -> None:
    if ran.about["by_row"]:
        found = worker.ask("check")
        if found["count"]:
            raise ValueError(f"{worker.engine} decides {found['count']} complete cases wrongly, as {found['wrong']}")
        ran.checked = found["asked"]
    ran.rows = worker.ask("load", str(path))
    for explained in (PLAIN, EXPLAINED):
        answers = path.with_name(worker.engine)
        count = worker.ask("answers", str(answers), explained)
        said = np.frombuffer(answers.read_bytes(), dtype=np.uint8)
        wrong = int((said != right[:count]).sum())
        if wrong or count != ran.rows:
            raise ValueError(f"{worker.engine} decides {wrong} of {count} rows wrongly")


def _turned(names: list[str], by: int) -> list[str]:
    by %= len(names)
    return names[by:] + names[:by]


def _round(worker: Worker, ran: Ran, number: int) -> None:
    for explained in (PLAIN, EXPLAINED):
        if ran.about["by_row"]:
            ran.one[explained][number] = worker.ask("one", explained)
        if ran.about["by_columns"] or number in ROUNDS_BY_ROW:
            ran.many[explained][number] = worker.ask("many", explained)
