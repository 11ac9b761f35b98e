"""What the measurement asks of every engine, whatever it is made of."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.law.policy import Row

Columns = Mapping[str, NDArray[Any]]
OUTCOMES = ("forbidden", "permitted", "required")


class Engine:
    """One engine that holds the small policy.

    `ready` turns a case into whatever the engine takes fastest; that is done before the clock starts. What it returns is
    handed to `decide` and `explain`, which are timed. `columns_ready` and its pair do the same for a million rows;
    an engine without them is asked row by row.
    """

    explains = ""
    explains_by_itself = False
    by_columns = False
    rows = 15_000  # of the million, where it is asked row by row: enough to be steady, few enough to wait for

    def version(self) -> str:
        """The version that answers."""
        return ""

    def ready(self, row: Row) -> Any:
        """A case in the form the engine takes fastest."""
        return row

    def decide(self, ready: Any) -> Any:
        """One decision, as the engine gives it."""
        raise NotImplementedError

    def explain(self, ready: Any) -> Any:
        """One decision with its explanation."""
        raise NotImplementedError

    def outcome(self, answer: Any) -> str:
        """The outcome's word in an answer."""
        return str(answer)

    def decide_rows(self, ready: Sequence[Any]) -> list[Any]:
        """Many decisions by the fastest call for many; one by one where there is none."""
        decide = self.decide
        return [decide(one) for one in ready]

    def explain_rows(self, ready: Sequence[Any]) -> list[Any]:
        """The same with explanations."""
        explain = self.explain
        return [explain(one) for one in ready]

    def columns_ready(self, columns: Columns) -> Any:
        """Columns in the form the engine takes fastest."""
        return columns

    def decide_columns(self, ready: Any) -> Any:
        """All outcomes of the columns."""
        raise NotImplementedError

    def explain_columns(self, ready: Any) -> Any:
        """All outcomes with the explanation."""
        raise NotImplementedError

    def outcomes(self, answer: Any) -> NDArray[np.uint8]:
        """The outcomes of a columns' answer as places in OUTCOMES."""
        raise NotImplementedError

    def not_known(self) -> list[tuple[str, str]]:
        """How the missing conviction was put, and what was answered."""
        return []


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes, with the collector of garbage out of the way."""
    gc.collect()
    gc.disable()
    try:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started
    finally:
        gc.enable()
