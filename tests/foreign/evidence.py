"""A log of an invented jail as it is written out for strangers, with the evidence that a foreign program is given beside it."""

import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.log.invented import KEY, ORIGIN, OTHER_KEY, SAW_AT, SECOND_WITNESS, WITNESS, Tree, numbered_tree

from lodged.log.checkpoint import Checkpoint, cosign, sign_checkpoint
from lodged.log.export import Source, export
from lodged.log.proof import Proof
from lodged.log.sign import SignKey
from lodged.log.tree import prove_entry, prove_growth, root_at

SIZE, OLD, INDEX = 66_000, 20_014, 12_345  # 66,000 leaves reach the third level of tiles


@dataclass(frozen=True, slots=True)
class Shown:
    """The two folders that a program is shown: the log, and the evidence for one entry and for the log's growth."""

    log: Path
    evidence: Path

    def change(self, path: str, changed: Callable[[bytes], bytes]) -> None:
        """Change one file; the copies share their files with the original, so it is never written in place."""
        place = self.log / path if (self.log / path).exists() else self.evidence / path
        content = changed(place.read_bytes())
        place.unlink()
        place.write_bytes(content)

    def copied(self, folder: Path) -> "Shown":
        """The same, to be tampered with."""
        for name, source in (("log", self.log), ("evidence", self.evidence)):
            shutil.copytree(source, folder / name, copy_function=os.link)
        return Shown(folder / "log", folder / "evidence")


def signed(checkpoint: Checkpoint, key: SignKey = KEY, witness: SignKey = WITNESS) -> bytes:
    """A checkpoint signed by a log and cosigned by a witness."""
    return cosign(sign_checkpoint(checkpoint, key), witness, SAW_AT).content


def write_shown(folder: Path, tree: Tree) -> Shown:
    """Write log and evidence as lodged makes them."""
    read_node = tree.read_node
    note = signed(Checkpoint(ORIGIN, SIZE, tree.root()))
    export(Source(read_node, tree.entries.__getitem__, note), _writer(folder / "log"))
    write = _writer(folder / "evidence")
    write("log.vkey", KEY.vkey.encode() + b"\n")
    write("witness.vkey", WITNESS.vkey.encode() + b"\n")
    write("entry", tree.entries[INDEX])
    write("entry.tlog-proof", Proof(INDEX, prove_entry(INDEX, SIZE, read_node), note).text.encode())
    write("old-checkpoint", signed(Checkpoint(ORIGIN, OLD, root_at(OLD, read_node))))
    write("growth", b"".join(b64encode(one) + b"\n" for one in prove_growth(OLD, SIZE, read_node)))
    return Shown(folder / "log", folder / "evidence")


def whole_tree() -> Tree:
    """The tree of the log that is shown."""
    return numbered_tree(SIZE)


def _writer(folder: Path) -> Callable[[str, bytes], None]:
    def write(path: str, content: bytes) -> None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    return write


def flipped(at: int) -> Callable[[bytes], bytes]:
    """One bit of the byte at a place, turned over."""

    def flip(content: bytes) -> bytes:
        changed = bytearray(content)
        changed[at] ^= 1
        return bytes(changed)

    return flip


def swapped(each: int, first: int) -> Callable[[bytes], bytes]:
    """Two neighbours of so many bytes each, exchanged."""

    def swap(content: bytes) -> bytes:
        a, b, c = first * each, (first + 1) * each, (first + 2) * each
        return content[:a] + content[b:c] + content[a:b] + content[c:]

    return swap


def flipped_hash(content: bytes) -> bytes:
    """The last line that is nothing but a base64 hash, one bit of it turned over."""
    lines = content.split(b"\n\n")[0].rstrip(b"\n").split(b"\n")
    changed = b64encode(flipped(7)(b64decode(lines[-1])))
    return content.replace(lines[-1], changed, 1)


def _signature_of(name: str) -> Callable[[bytes], bytes]:
    def flip(note: bytes) -> bytes:
        line = next(one for one in note.split(b"\n") if one.startswith(f"\u2014 {name} ".encode()))
        start, _, blob = line.rpartition(b" ")
        return note.replace(line, start + b" " + b64encode(flipped(40)(b64decode(blob))))

    return flip


def _other(checkpoint: Checkpoint, key: SignKey = KEY, witness: SignKey = WITNESS) -> Callable[[bytes], bytes]:
    return lambda _: signed(checkpoint, key, witness)


WRONG_ROOT = bytes(range(32))
FORK = numbered_tree(OLD - 1)
FORK.add(b"another entry than was shown    ")

# What a hostile custodian, or a bad disk, might do: each is a name, the file that is changed, and how
Tamper = tuple[str, Callable[[bytes], bytes]]
TAMPERS: dict[str, tuple[Tamper, ...]] = {
    "a bit flipped in a tile of leaf hashes": (("tile/0/007", flipped(100)),),
    "a bit flipped in a tile above": (("tile/1/000", flipped(700)),),
    "a bit flipped in a bundle of entries": (("tile/entries/007", flipped(100)),),
    "a bit flipped in the newest bundle": (("tile/entries/257.p/208", flipped(-1)),),
    "two entries swapped": (("tile/entries/007", swapped(34, 3)),),
    "two leaves swapped with their hashes": (("tile/entries/007", swapped(34, 3)), ("tile/0/007", swapped(32, 3))),
    "a tile cut short": (("tile/0/007", lambda content: content[:-32]),),
    "a bundle cut short": (("tile/entries/007", lambda content: content[:-34]),),
    "a bundle with something after its end": (("tile/entries/007", lambda content: content + bytes(34)),),
    "another root, not signed": (
        ("checkpoint", lambda note: note.replace(note.split(b"\n")[2], b64encode(WRONG_ROOT))),
    ),
    "another root, signed by log and witness": (("checkpoint", _other(Checkpoint(ORIGIN, SIZE, WRONG_ROOT))),),
    "another size, not signed": (("checkpoint", lambda note: note.replace(b"\n66000\n", b"\n65999\n")),),
    "another size, signed by log and witness": (
        ("checkpoint", lambda note: signed(Checkpoint(ORIGIN, SIZE - 1, b64decode(note.split(b"\n")[2])))),
    ),
    "the log's signature changed": (("checkpoint", _signature_of(ORIGIN)),),
    "the cosignature changed": (("checkpoint", _signature_of(WITNESS.verify.name)),),
    "signed by another key of the same name": (
        ("checkpoint", lambda note: signed(Checkpoint(ORIGIN, SIZE, b64decode(note.split(b"\n")[2])), OTHER_KEY)),
    ),
    "cosigned by another witness": (
        (
            "checkpoint",
            lambda note: signed(Checkpoint(ORIGIN, SIZE, b64decode(note.split(b"\n")[2])), KEY, SECOND_WITNESS),
        ),
    ),
    "a proof with a bit flipped": (("entry.tlog-proof", flipped_hash),),
    "a proof of another place": (
        ("entry.tlog-proof", lambda text: text.replace(b"\nindex 12345\n", b"\nindex 12344\n")),
    ),
    "a proof of another entry": (("entry", flipped(0)),),
    "a proof of growth with a bit flipped": (("growth", flipped_hash),),
    "a fork: what was shown earlier is no beginning of this log": (
        ("old-checkpoint", _other(Checkpoint(ORIGIN, OLD, FORK.root()))),
    ),
}
