"""Where documents lie: one file each, under the SHA-256 of its bytes, written once and never changed."""

import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from lodged.log.durable import make_folder, sync_folder, write_durably

OURS_ALONE = 0o400  # nobody else reads it, and nobody at all writes it again


class ShelfError(Exception):
    """A document is not on the shelf, or no longer the one that was put there."""


def put(digest: str, document: bytes) -> None:
    """Put the bytes on the shelf and return only when a power failure can no longer take them.

    What lies there already is read back first: half a file left by a fault is written again.
    """
    path = place(digest)
    make_folder(path.parent)
    if path.exists() and sha256(path.read_bytes()).hexdigest() == digest:
        _sync(path)
        return
    write_durably(path, document, OURS_ALONE)


def take(digest: str) -> bytes:
    """The bytes of a document as they came; raises ShelfError where they are gone or altered."""
    try:
        document = place(digest).read_bytes()
    except OSError as error:
        raise ShelfError(f"the document {digest[:12]}… is not on the shelf: {error.strerror}") from error
    if sha256(document).hexdigest() != digest:
        raise ShelfError(f"the document {digest[:12]}… on the shelf is not the one that was received")
    return document


def destroy(digest: str) -> None:
    """Take a document off the shelf for ever: its bytes are written over, then its name goes.

    A disk that keeps old blocks (a copying file system, a solid-state disk, a backup) may hold them still.
    """
    path = place(digest)
    if not digest or not path.exists():
        return
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(path.parent)


def place(digest: str) -> Path:
    """The file of a document, whether or not it is there."""
    folder: Path = settings.HOME.documents
    return folder / digest[:2] / digest


def _sync(path: Path) -> None:
    """Sync a file that somebody else put there, and the folder that names it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)
