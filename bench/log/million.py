"""A million entries: grown in memory, written out, one proved from the files, all of them audited.

Run as a module, with the folder to write the log to; prints the figures as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.results import Figure
from lodged.log.checkpoint import Checkpoint, cosign, sign_checkpoint
from lodged.log.export import Source, export
from lodged.log.policy import trust
from lodged.log.proof import Proof, check_proof
from lodged.log.rows import TileRows
from lodged.log.sign import COSIGNATURE, key_from_seed
from lodged.log.store import FolderStore
from lodged.log.tile import node_reader
from lodged.log.tree import leaf_hash, prove_entry

SIZE = 1_000_000
APPENDS, PROOFS, AUDITS = 5, 300, 5
ORIGIN = "docket.example.gov/1"
KEY = key_from_seed(ORIGIN, b"k" * 32)
WITNESSES = [key_from_seed(f"witness{n}.example.org/w", bytes([n]) * 32, COSIGNATURE) for n in range(2)]


def figures(told: dict[str, Any]) -> list[Figure]:
    """What a million entries cost."""
    proofs = sorted(told["proofs_ms"])
    return [
        Figure(
            "10⁶ entries appended to a tree in memory",
            "thousand a second of processor",
            tuple(told["appends"]),
            250,
            at_least=True,
        ),
        Figure("memory that the tree of 10⁶ entries takes", "MB", (told["tree_mb"],), 60),
        Figure(
            "an inclusion proof from the files at 10⁶, nothing remembered: half within",
            "ms",
            (proofs[len(proofs) // 2],),
            1,
        ),
        Figure("the same: 99 in 100 within", "ms", (proofs[len(proofs) * 99 // 100],)),
        Figure("tiles that such a proof reads, at most", "", (told["tiles"],)),
        Figure("`lodged log audit` of 10⁶ entries", "s", tuple(one[0] for one in told["audits"]), 5),
        Figure("the same", "s of processor", tuple(one[1] for one in told["audits"])),
        Figure("a proof at 10⁶ with two cosignatures, as a receipt carries it", "bytes", (told["proof_bytes"],), 1500),
    ]


def entries() -> list[bytes]:
    """A million leaves of 32 bytes, no two alike."""
    return [sha256(number.to_bytes(8, "big")).digest() for number in range(SIZE)]


def _memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _grown(leaves: list[bytes]) -> tuple[TileRows, float, float]:
    before, started = _memory_mb(), time.process_time()
    tree = TileRows()
    tree.extend(leaves)
    return tree, len(leaves) / (time.process_time() - started) / 1000, _memory_mb() - before


def _measured(folder: Path) -> dict[str, Any]:
    leaves = entries()
    tree, rate, memory = _grown(leaves)
    rates = [rate, *(_grown(leaves)[1] for _ in range(APPENDS - 1))]
    note = sign_checkpoint(Checkpoint(ORIGIN, SIZE, tree.root()), KEY)
    for witness in WITNESSES:
        note = cosign(note, witness, 1_795_557_600)
    export(Source(tree.read_node, leaves.__getitem__, note.content), _quick(folder))
    proofs, tiles, longest = _proved(folder, leaves, note.content)
    return {
        "appends": rates,
        "tree_mb": memory,
        "proofs_ms": proofs,
        "tiles": tiles,
        "proof_bytes": longest,
        "audits": [_audited(folder) for _ in range(AUDITS)],
        "root": tree.root().hex(),
    }


def _quick(folder: Path) -> Any:
    """Written without a sync for each of 8,000 files: how durably is not what is measured here."""

    def write(path: str, content: bytes) -> None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    return write


def _proved(folder: Path, leaves: list[bytes], note: bytes) -> tuple[list[float], int, int]:
    """Proofs of entries all over the log, each by a reader that remembers nothing, and each checked."""
    times, most, longest = [], 0, 0
    for number in range(PROOFS):
        index = int.from_bytes(sha256(b"%d" % number).digest()[:8], "big") % SIZE
        read = _Counted(FolderStore(folder))
        started = time.perf_counter()
        hashes = prove_entry(index, SIZE, node_reader(SIZE, read.read))
        times.append((time.perf_counter() - started) * 1000)
        proof = Proof(index, hashes, note)
        check_proof(proof, leaves[index], KEY.verify, [one.verify for one in WITNESSES])
        most, longest = max(most, read.count), max(longest, len(proof.text.encode()))
    if leaf_hash(leaves[0]) == leaf_hash(leaves[1]):
        raise ValueError("the leaves are alike")
    return times, most, longest


class _Counted:
    """A store that counts the tiles it is asked for."""

    def __init__(self, store: FolderStore) -> None:
        self.store, self.count = store, 0

    def read(self, path: str) -> bytes:
        self.count += 1
        return self.store.read(path)


def _audited(folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "lodged.cli", "log", "audit", str(folder), "--trust", KEY.vkey, "--json"]
    started, spent = time.perf_counter(), _spent()
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    passed = time.perf_counter() - started, _spent() - spent
    found = json.loads(done.stdout)
    if not (found["ok"] and found["trusted"] and found["size"] == SIZE):
        raise ValueError(f"the audit says {found}")
    return passed


def _spent() -> float:
    """Processor seconds of the processes that were run and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(_measured(Path(sys.argv[1])) | {"vkey": trust(KEY.vkey).logs[0].vkey}))
