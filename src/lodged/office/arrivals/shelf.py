"""Where documents lie: one file each, under the SHA-256 of its bytes, written once and never changed."""

from pathlib import Path

from django.conf import settings

from lodged.log.durable import make_folder, write_durably

OURS_ALONE = 0o400  # nobody else reads it, and nobody at all writes it again


def put(digest: str, document: bytes) -> None:
    """Put the bytes on the shelf and return only when a power failure can no longer take them."""
    path = place(digest)
    if path.exists():
        return
    make_folder(path.parent)
    write_durably(path, document, OURS_ALONE)


def take(digest: str) -> bytes:
    """The bytes of a document as they came."""
    return place(digest).read_bytes()


def place(digest: str) -> Path:
    """The file of a document, whether or not it is there."""
    folder: Path = settings.HOME.documents
    return folder / digest[:2] / digest
