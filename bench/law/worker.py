"""One engine in a process of its own, which does what each line of its input asks and answers with a line of JSON."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bench.law.engines.engine import Columns, Engine, seconds
from bench.law.policy import complete_cases, outcome

PASS_SECONDS = 0.03  # long enough that a decision of a tenth of a microsecond is timed over many passes


class Worker:
    """Holds an engine with its cases made ready, so that only deciding is timed."""

    def __init__(self, name: str) -> None:
        self.engine: Engine = importlib.import_module(f"bench.law.engines.{name}").Answering()
        self.cases: list[Any] = []
        self.passes: dict[bool, int] = {}
        self.rows: list[Any] = []
        self.columns: Any = None

    def about(self) -> dict[str, Any]:
        """What the engine is and what it can do."""
        engine = self.engine
        by_row = type(engine).decide is not Engine.decide
        return {
            "version": engine.version(),
            "explains": engine.explains,
            "by_itself": engine.explains_by_itself,
            "by_row": by_row,
            "by_columns": engine.by_columns,
        }

    def check(self) -> dict[str, Any]:
        """How many complete cases were asked, and which were answered wrongly."""
        engine, wrong, asked = self.engine, [], 0
        for row in complete_cases():
            ready = engine.ready(row)
            said = {engine.outcome(engine.decide(ready)), engine.outcome(engine.explain(ready))}
            asked += 1
            if said != {outcome(row)}:
                wrong.append([dict(row), sorted(said)])
        return {"asked": asked, "wrong": wrong[:3], "count": len(wrong)}

    def one(self, explained: bool) -> float:
        """Microseconds of one decision, over passes through all complete cases of a hold."""
        engine = self.engine
        if not self.cases:
            self.cases = [engine.ready(row) for row in complete_cases(("hold",))]
        call = engine.explain if explained else engine.decide
        if explained not in self.passes:
            _pass(call, self.cases)
            self.passes[explained] = 1 + int(PASS_SECONDS / seconds(lambda: _pass(call, self.cases)))
        passes = self.passes[explained]
        taken = seconds(lambda: _passes(call, self.cases, passes))
        return taken / passes / len(self.cases) * 1e6

    def load(self, path: str) -> int:
        """Takes the million rows; an engine that is asked row by row takes the first of them."""
        with np.load(path) as given:
            columns: Columns = {name: given[name] for name in given.files}
        if self.engine.by_columns:
            self.columns = self.engine.columns_ready(columns)
            return len(columns["order"])
        plain = {name: column[: self.engine.rows].tolist() for name, column in columns.items()}
        self.rows = [
            self.engine.ready({"act": "hold", **dict(zip(plain, values, strict=True))})
            for values in zip(*plain.values(), strict=True)
        ]
        return len(self.rows)

    def many(self, explained: bool) -> float:
        """Milliseconds of a million rows; scaled up where only some were loaded."""
        engine = self.engine
        if self.columns is not None:
            by_columns = engine.explain_columns if explained else engine.decide_columns
            return seconds(lambda: by_columns(self.columns)) * 1e3
        by_row = engine.explain_rows if explained else engine.decide_rows
        return seconds(lambda: by_row(self.rows)) * 1e3 * (1_000_000 / len(self.rows))

    def answers(self, path: str, explained: bool) -> int:
        """Writes what is answered to each loaded row as a place in OUTCOMES, one byte a row."""
        engine = self.engine
        if self.columns is not None:
            answer = engine.explain_columns(self.columns) if explained else engine.decide_columns(self.columns)
            said = engine.outcomes(answer)
        else:
            places = {"forbidden": 0, "permitted": 1, "required": 2}
            given = engine.explain_rows(self.rows) if explained else engine.decide_rows(self.rows)
            said = np.array([places[engine.outcome(one)] for one in given], dtype=np.uint8)
        Path(path).write_bytes(said.astype(np.uint8).tobytes())
        return len(said)

    def not_known(self) -> list[tuple[str, str]]:
        """What is answered when the conviction is not known."""
        return self.engine.not_known()


def _pass(call: Callable[[Any], object], cases: list[Any]) -> None:
    for case in cases:
        call(case)


def _passes(call: Callable[[Any], object], cases: list[Any], count: int) -> None:
    for _ in range(count):
        _pass(call, cases)


def main(name: str) -> None:
    """Serves until its input ends. What an engine prints goes to stderr, so that every line of stdout is an answer."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = Worker(name)
    verbs: Mapping[str, Callable[..., Any]] = {
        "about": worker.about,
        "check": worker.check,
        "one": worker.one,
        "load": worker.load,
        "many": worker.many,
        "answers": worker.answers,
        "not_known": worker.not_known,
    }
    for line in sys.stdin:
        verb, *given = json.loads(line)
        print(json.dumps(verbs[verb](*given)), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
