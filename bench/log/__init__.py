"""The log measured: what a durable entry costs beside the bare disk, what a million entries cost, how soon a receipt is there.

Each measurement runs in a process of its own that imports this package, one with the peer's Python, which has no lodged:
so the run is looked up when it is asked for.
"""

import importlib

from bench.results import Figure, Table


def measure() -> tuple[list[Figure], list[Table]]:
    """Every figure with its goal, and the tree beside its peer."""
    figures, tables = importlib.import_module("bench.log.run").measure()
    return list(figures), list(tables)
