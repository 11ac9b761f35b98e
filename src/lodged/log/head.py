"""The head: the last size and root that were, or are about to be, signed; two roots of one size are never both signed.

It lives in one small file outside the database, which no backup restores; a restored database that would fork
the log meets it at the start (the rule of Sunlight's lock backend). The order is: entry committed, `swap`, sign.
After a crash between the last two, the same head is signed again, to the same bytes.

The file holds the three lines of the checkpoint. `swap` is one compare-and-swap under a lock of the file system,
so two processes cannot both believe they moved it.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lodged.log.checkpoint import Checkpoint, parse_checkpoint
from lodged.log.durable import write_durably, write_new
from lodged.log.errors import HeadAheadError, HeadFileError, HeadForkError, HeadMovedError, NoteError, ProofError
from lodged.log.tree import EMPTY_ROOT, NodeReader, check_growth, root_at

LONGEST = 4_096  # bytes; an origin is a domain name with a path


def start_head(path: Path, origin: str) -> Checkpoint:
    """Write the head of a new, empty log; raises `HeadFileError` if there is one already."""
    head = Checkpoint(origin, 0, EMPTY_ROOT)
    try:
        write_new(path, head.text.encode())
    except FileExistsError as error:
        raise HeadFileError(f"`{path}` exists: this log has a head, and a second start would fork it") from error
    return head


def read_head(path: Path) -> Checkpoint:
    """The head in the file; raises `HeadFileError`. A missing head is never taken for an empty log."""
    try:
        content = path.read_bytes()
        if len(content) > LONGEST:
            raise NoteError(f"it is longer than {LONGEST} bytes")
        return parse_checkpoint(content.decode())
    except (OSError, UnicodeDecodeError, NoteError) as error:
        raise HeadFileError(f"the head file `{path}` cannot be read ({error}): nothing may be signed") from error


def swap(path: Path, old: Checkpoint, new: Checkpoint, growth: Sequence[bytes]) -> None:
    """Move the head from `old` to `new`, durably, if it is still `old` and if `new` is an extension of it.

    `growth` is the proof of `tree.prove_growth(old.size, new.size, …)`. Raises `HeadMovedError` if another moved
    it first, `HeadAheadError` for a smaller size, `HeadForkError` for another origin, another root of the same
    size, or a proof that fails. After an error the head is where it was.
    """
    with _locked(path):
        found = read_head(path)
        if found != old:
            raise HeadMovedError(f"the head is at {found.size} entries, not at {old.size} as was thought")
        _check_extension(old, new, growth)
        if new != old:
            write_durably(path, new.text.encode())


def check_start(head: Checkpoint, origin: str, size: int, read_node: NodeReader) -> None:
    """Raise unless the head is a prefix of the tree that the records hold: the first deed of every start.

    `HeadAheadError`: more was signed than the records hold (restored from an old backup). `HeadForkError`: the
    records begin otherwise than what was signed. Either way a new epoch, declared by a person, is the way on.
    """
    if head.origin != origin:
        raise HeadForkError(f"the head is of the log `{head.origin}`, and the records are of `{origin}`")
    if head.size > size:
        raise HeadAheadError(
            f"{head.size} entries were signed and the records hold {size}: they are older than the last receipt"
        )
    if root_at(head.size, read_node) != head.root:
        raise HeadForkError(f"the first {head.size} entries of the records are not the ones that were signed")


def _check_extension(old: Checkpoint, new: Checkpoint, growth: Sequence[bytes]) -> None:
    if new.origin != old.origin:
        raise HeadForkError(f"the head of `{old.origin}` cannot become one of `{new.origin}`")
    if new.size < old.size:
        raise HeadAheadError(f"the head is at {old.size} entries and cannot go back to {new.size}")
    try:
        check_growth(old.size, new.size, old.root, new.root, growth)
    except ProofError as error:
        raise HeadForkError(f"the new head is not an extension of the old: {error}") from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock beside the head; flock(2) ends with the process, so a crash leaves nothing to clean up."""
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
