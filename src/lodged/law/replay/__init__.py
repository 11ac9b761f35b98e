"""Replay: the law asked of millions of recorded cases, by tables that `decide` itself made, so that the two cannot drift.

A case is reduced to its state: all that the law at hand can tell apart of it. One case of each state is decided; the
others of that state share its answer. `duck` does it on one machine, `spark` on many; both run the same SQL.
"""

from lodged.law.replay.answers import Answer
from lodged.law.replay.laws import Laws, Other
from lodged.law.replay.looks import Looks, looks_of
from lodged.law.replay.mapping import CaseMap, map_named, read_map, shipped_maps
from lodged.law.replay.run import Asked, Count, Outcome, Progress, RowsLostError, replay

__all__ = [
    "Answer",
    "Asked",
    "CaseMap",
    "Count",
    "Laws",
    "Looks",
    "Other",
    "Outcome",
    "Progress",
    "RowsLostError",
    "looks_of",
    "map_named",
    "read_map",
    "replay",
    "shipped_maps",
]
