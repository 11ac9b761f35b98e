"""A hundred faxes in a minute, at instants that nobody chose: how long each waits for its receipt.

Run as a module, with the folder of a new office; prints the waits as JSON. A receipt comes before reading, so no page
is read here; each fax is received, put on the shelf, sealed, its head signed, its receipt typeset, signed and kept.
"""

import importlib
import json
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.log import office
from bench.results import Figure

FAXES, SECONDS = 100, 60


def figures(told: dict[str, Any]) -> list[Figure]:
    """Half of the receipts, and 95 in 100."""
    waits = sorted(told["waits_s"])
    return [
        Figure("from a fax's arrival to its receipt, 100 in a minute: half within", "s", (waits[len(waits) // 2],)),
        Figure("the same: 95 in 100 within", "s", (waits[len(waits) * 95 // 100],), 1),
        Figure("the same: the longest", "s", (waits[-1],)),
    ]


def _waits(folder: Path) -> list[float]:
    office.fresh(folder)
    clock = importlib.import_module("lodged.office.desk.clock")
    round_at = importlib.import_module("lodged.office.desk.rounds").Round
    from_fax = importlib.import_module("lodged.office.arrivals.channels.fax.receive").from_fax
    importlib.import_module("lodged.office.seals.heads").start(clock.now())
    samples = Path(importlib.import_module("lodged").__file__ or "").parent / "samples" / "faxes"
    fax = (samples / "detainer-with-warrant.tif").read_bytes()
    due = sorted(SECONDS * int.from_bytes(sha256(b"%d" % n).digest()[:4], "big") / 2**32 for n in range(FAXES))
    started, waits = time.perf_counter(), []
    for number, instant in enumerate(due):
        time.sleep(max(0.0, started + instant - time.perf_counter()))
        at = clock.now()
        arrival = from_fax(fax + b"\n%d" % number, f"fax{number:09d}.tif", "us-ny-nyc/doc", at)
        round_at(at).receipt(arrival)
        waits.append(time.perf_counter() - started - instant)
    return waits


if __name__ == "__main__":
    print(json.dumps({"waits_s": _waits(Path(sys.argv[1]))}))
