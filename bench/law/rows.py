"""A million invented cases of the small policy, the same in every run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.law.policy import outcome

MILLION = 1_000_000
_PLACES = {"forbidden": 0, "permitted": 1, "required": 2}


def columns() -> dict[str, NDArray[Any]]:
    """Two in a hundred have a court's order, thirty a warrant, forty a conviction of up to ten years ago, five a match."""
    chance = np.random.default_rng(20261124)
    return {
        "order": chance.random(MILLION) < 0.02,
        "warrant": chance.random(MILLION) < 0.30,
        "crime": chance.random(MILLION) < 0.40,
        "days": chance.integers(0, 3653, MILLION, dtype=np.int32),
        "match": chance.random(MILLION) < 0.05,
    }


def save(given: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Writes the columns where every engine's process can take them."""
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **given)


def right(given: Mapping[str, NDArray[Any]]) -> NDArray[np.uint8]:
    """What the plain function says of a hold in every row, as a place in OUTCOMES."""
    names = list(given)
    plain = zip(*(column.tolist() for column in given.values()), strict=True)
    said = (_PLACES[outcome({"act": "hold", **dict(zip(names, row, strict=True))})] for row in plain)
    return np.fromiter(said, dtype=np.uint8, count=MILLION)
