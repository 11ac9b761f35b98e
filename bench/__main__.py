"""`./dev bench [NAME]`: run one measurement, or all; each prints its figures and adds them to RESULTS.md."""

import importlib
import sys

from bench.results import write

MEASUREMENTS = {
    "setup": "from nothing to the first page, with an empty package cache; and the next start",
    "chain": "from a three-page fax to a drafted answer; peak memory",
    "verify": "checking a receipt offline",
    "replay": "ten million recorded cases, from Parquet to Parquet; peak memory",
    "log": "the log: durable appends beside the bare disk, a tree of a million, proofs, audit, receipts in a burst",
    "law": "the law engine beside its peers, on one small policy; then the real packs",
}


def main(names: list[str]) -> int:
    """Run the named measurements and give an exit code."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        known = "\n".join(f"  {name:<8} {what}" for name, what in MEASUREMENTS.items())
        print(f"`{unknown[0]}` is not a measurement; there are:\n{known}", file=sys.stderr)
        return 2
    for name in names or MEASUREMENTS:
        print(f"measuring {name}: {MEASUREMENTS[name]}", file=sys.stderr)
        measured = importlib.import_module(f"bench.{name}").measure()
        figures, tables = measured if isinstance(measured, tuple) else (measured, [])
        write(name, MEASUREMENTS[name], figures, tables)
    return 0


raise SystemExit(main(sys.argv[1:]))
