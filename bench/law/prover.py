"""Proofs over the real packs: a property for every custodian, the first difference of two days, each least one.

In processor time, like the decisions. What is proved does not matter here: each figure says how many verdicts it had.
"""

import time
from collections import Counter
from datetime import date

from bench.results import Figure
from lodged.law import ACTS, CUSTODIANS, Packs, load
from lodged.law.prove.ask import read_property
from lodged.law.prove.differ import differences
from lodged.law.prove.proof import prove
from lodged.law.prove.side import Side

RUNS = 3
DAY = date(2026, 11, 24)
PROPERTIES = (
    "never hold permitted when person.proved_citizen and warrant.signed_by is none",
    "never hold allowed when person.proved_citizen unless criminal_warrant",
)
# The Second Department's judgment of 14 November 2018; the city's section before it stood as now, and now.
WELLS = ("us-ny/sheriff", date(2018, 11, 13), date(2018, 11, 14))
CITY = ("us-ny-nyc/doc", date(2014, 12, 13), DAY)


def measure() -> list[Figure]:
    """Each run encodes the law anew."""
    packs = load()
    return [*(_proved(packs, text) for text in PROPERTIES), _first(packs), _each(packs)]


def _proved(packs: Packs, text: str) -> Figure:
    runs, verdicts = [], Counter[str]()
    for _ in range(RUNS):
        started = time.process_time()
        proofs = prove(read_property(text, packs), [Side(packs, custodian, DAY) for custodian in CUSTODIANS])
        runs.append(time.process_time() - started)
        verdicts = Counter(proof.verdict for proof in proofs)
    said = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
    return Figure(f"`{text}`, every custodian ({said})", "s of processor", tuple(runs), 1)


def _first(packs: Packs) -> Figure:
    runs = tuple(_differences(packs, WELLS, ("hold",), 1)[0] for _ in range(RUNS))
    return Figure("first difference, a New York sheriff's hold, the day of *Wells*", "s of processor", runs, 1)


def _each(packs: Packs) -> Figure:
    runs, count = [], 0
    for _ in range(RUNS):
        took, count = _differences(packs, CITY, ACTS, 2)
        runs.append(took / count)
    what = f"each least difference, NYC DOC 2014 to 2026, six acts ({count} found)"
    return Figure(what, "s of processor", tuple(runs), 0.3)


def _differences(packs: Packs, days: tuple[str, date, date], acts: tuple[str, ...], most: int) -> tuple[float, int]:
    custodian, before, after = days
    started = time.process_time()
    found = differences(Side(packs, custodian, before), Side(packs, custodian, after), acts, most)
    return time.process_time() - started, len(found)
