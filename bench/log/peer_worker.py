"""pymerkle in its own process and environment: run as a module, with a folder for its file; prints the figures as JSON."""

import json
import resource
import sys
import time
from hashlib import sha256
from pathlib import Path

from pymerkle import InmemoryTree, SqliteTree

SIZE = 1_000_000


def main(folder: Path) -> None:
    """Append a million leaves in memory, prove one, then the first proof from a file."""
    leaves = [sha256(number.to_bytes(8, "big")).digest() for number in range(SIZE)]
    before, started = _memory_mb(), time.process_time()
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    rate, memory = SIZE / (time.process_time() - started) / 1000, _memory_mb() - before
    root = tree.get_state()
    started = time.perf_counter()
    tree.prove_inclusion(SIZE // 3)
    proof = (time.perf_counter() - started) * 1000
    file = str(folder / "pymerkle.sqlite3")
    SqliteTree(file, algorithm="sha256").append_entries(leaves)
    opened = SqliteTree(file, algorithm="sha256")
    started = time.perf_counter()
    opened.prove_inclusion(SIZE // 3)
    disk = (time.perf_counter() - started) * 1000
    told = {"appends": rate, "tree_mb": memory, "proof_ms": proof, "disk_ms": disk, "root": root.hex()}
    print(json.dumps(told))


def _memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]))
