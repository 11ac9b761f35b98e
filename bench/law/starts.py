"""Starting afresh: what a new process pays before it can decide."""

import subprocess
import sys

from bench.results import Figure

RUNS = 12

_IMPORT = "import lodged.law"
_LOAD = "packs = lodged.law.load()"
_TIMED = """
import time
{first}
started = time.perf_counter()
{then}
print(time.perf_counter() - started)
"""


def measure() -> list[Figure]:
    """Each in fresh processes, by the process's own clock."""
    _fresh("pass", _IMPORT)  # so that the byte code is there, as it is in an installed program
    return [
        Figure("`import lodged.law`", "ms", tuple(_fresh("pass", _IMPORT) * 1e3 for _ in range(RUNS)), 60),
        Figure("all packs read, parsed and checked", "s", tuple(_fresh(_IMPORT, _LOAD) for _ in range(5)), 1.5),
    ]


def _fresh(first: str, then: str) -> float:
    command = [sys.executable, "-c", _TIMED.format(first=first, then=then)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
