"""The law engine beside its peers: one small policy in every engine, then the real packs.

The workers import this package with the peers' own Python, which has no lodged: so the measurement is looked up when asked.
"""

import importlib

from bench.results import Figure, Table


def measure() -> tuple[list[Figure], list[Table]]:
    """Every figure with its goal, and the tables of the engines side by side."""
    figures, tables = importlib.import_module("bench.law.run").measure()
    return list(figures), list(tables)
