"""What is claimed of the small policy: our time as a share of a peer's in the same round, against the goal."""

import statistics
from collections.abc import Iterator, Mapping

from bench.law.entrants import BY_HAND, EXPLAINING, NAMES, OPENFISCA, OURS, REGORUS
from bench.law.race import EXPLAINED, PLAIN, Ran, Runs
from bench.results import Figure


def claims(ran: Mapping[str, Ran]) -> Iterator[Figure]:
    """The figures that stand on top; a peer that did not run is left out here and named in the table of engines."""
    one, many = ran[OURS].one[EXPLAINED], ran[OURS].many[EXPLAINED]
    explaining = [name for name in EXPLAINING if name in ran]
    yield Figure("one explained decision", "µs", tuple(one.values()))
    yield Figure("a million explained decisions", "ms", tuple(many.values()))
    if explaining:
        fastest = min(explaining, key=lambda name: statistics.median(ran[name].one[EXPLAINED].values()))
        what = f"one explained decision: share of the fastest that explains, {NAMES[fastest]}"
        yield _share(what, one, ran[fastest].one[EXPLAINED], 5)
    if REGORUS in ran:
        what = f"one explained decision: share of {NAMES[REGORUS]} with its report of lines"
        yield _share(what, one, ran[REGORUS].one[EXPLAINED])
    if explaining:
        fastest = min(explaining, key=lambda name: statistics.median(ran[name].many[EXPLAINED].values()))
        what = f"a million explained: share of the fastest that explains row by row, {NAMES[fastest]}"
        yield _share(what, many, ran[fastest].many[EXPLAINED], 1)
    if OPENFISCA in ran:
        what = "a million explained: share of OpenFisca's vectors without its trace"
        yield _share(what, many, ran[OPENFISCA].many[PLAIN], 20)
    yield _share("a million explained: share of NumPy by hand with its mask", many, ran[BY_HAND].many[EXPLAINED], 200)


def _share(what: str, ours: Runs, theirs: Runs, goal: float | None = None) -> Figure:
    shares = tuple(100 * ours[number] / theirs[number] for number in ours if number in theirs)
    return Figure(what, "%", shares, goal)
