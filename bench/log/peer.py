"""The tree beside pymerkle, the Merkle tree that Python people install; it is checked first to make the same root."""

from pathlib import Path
from typing import Any

from bench.law import peers
from bench.log import asked
from bench.results import Table

LINE = "pymerkle=="


def measured(folder: Path) -> dict[str, Any]:
    """Its figures, or why there are none."""
    problems = {line: why for line, why in peers.installed().items() if line.startswith(LINE)}
    line, why = next(iter(problems.items()))
    if why:
        return {"why": why}
    return {
        "version": line.removeprefix(LINE),
        **asked.of("bench.log.peer_worker", str(folder), python=str(peers.PYTHON)),
    }


def beside(ours: dict[str, Any], theirs: dict[str, Any]) -> Table:
    """A million entries in both."""
    says = (
        "The same million leaves of 32 bytes in both, one run; both roots were found equal first. A proof from disk is one made "
        "by a process that has just opened the log (pymerkle: `SqliteTree`, filled in bulk)."
    )
    head = (
        "tree",
        "appended, thousand/s of processor",
        "memory, MB",
        "a proof in memory, ms",
        "first proof from disk, ms",
    )
    own = sorted(ours["proofs_ms"])[len(ours["proofs_ms"]) // 2]
    rows = [("**lodged**", f"{max(ours['appends']):,.0f}", f"{ours['tree_mb']:.0f}", "", f"{own:.2f}")]
    if "why" in theirs:
        rows.append(("pymerkle", f"not measured: {theirs['why']}", "", "", ""))
        return Table(says, head, tuple(rows))
    if theirs["root"] != ours["root"]:
        raise ValueError("pymerkle makes another root of the same leaves")
    shown = (
        f"{theirs['appends']:,.0f}",
        f"{theirs['tree_mb']:.0f}",
        f"{theirs['proof_ms']:.2f}",
        f"{theirs['disk_ms']:,.0f}",
    )
    return Table(says, head, (*rows, (f"pymerkle {theirs['version']}", *shown)))
