"""Writing a file so that it is whole or absent, whatever happens to the machine meanwhile."""

import os
import secrets
from pathlib import Path

READABLE = 0o644
SECRET = 0o600


def write_durably(path: Path, content: bytes, mode: int = READABLE) -> None:
    """Replace `path` by `content` at once: a file beside it, fsync, rename, fsync of the folder.

    A crash leaves the old file or the new one, never half of either (rename(2); ext4, xfs and APFS order the
    rename after the fsync). Raises `OSError`; the old file is then still there.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_synced(beside, content, mode)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(path: Path, content: bytes, mode: int = READABLE) -> None:
    """The same for a file that must not exist yet; raises `FileExistsError`, and then nothing was touched."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_synced(beside, content, mode)
        os.link(beside, path)  # unlike rename, link(2) refuses a name that is taken
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each of them synced into its own parent."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; a renamed file is not on disk before this."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_synced(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
