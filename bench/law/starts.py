"""Starting afresh: what a new process pays before it can decide."""

import os
import subprocess
import sys
import tempfile

from bench.results import Figure

RUNS = 12

_IMPORT = "import lodged.law\n"
_LOAD = "lodged.law.load()"
_DECIDED = """
from datetime import datetime
at = datetime.fromisoformat("2026-11-24T12:00:00-05:00")
lodged.law.decide(lodged.law.load(), lodged.law.Question("us-ny-nyc/doc", "hold", at, {"paper.form": "i-247a"}))
"""
_TIMED = """
import time
{first}
started = time.process_time()
{then}
print(time.process_time() - started)
"""


def measure() -> list[Figure]:
    """Each in fresh processes, in processor time; the byte code is there, as in a program that ran before."""
    with tempfile.TemporaryDirectory() as compiled:
        _fresh(compiled, "pass", _IMPORT + _DECIDED)
        imports = tuple(_fresh(compiled, "pass", _IMPORT) * 1e3 for _ in range(RUNS))
        loads = tuple(_fresh(compiled, _IMPORT, _LOAD) for _ in range(RUNS))
        decisions = tuple(_fresh(compiled, "pass", _IMPORT + _DECIDED) for _ in range(RUNS))
    return [
        Figure("`import lodged.law`", "ms of processor", imports, 60),
        Figure("all packs read, parsed and checked, from their text", "s of processor", loads, 0.2),
        Figure("a new process to its first decision: import, packs, one question", "s of processor", decisions),
    ]


def _fresh(compiled: str, first: str, then: str) -> float:
    command = [sys.executable, "-c", _TIMED.format(first=first, then=then)]
    byte_code = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | byte_code)
    return float(done.stdout)
