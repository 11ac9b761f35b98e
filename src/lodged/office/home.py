"""The folder where an office keeps what is not in its database: documents, keys, the signed head, pages."""

import fcntl
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lodged.log.durable import SECRET, write_new

DEMONSTRATION = "a-demonstration-made-this-folder"


class HomeInUseError(Exception):
    """Another process holds this folder."""


class ForeignFolderError(Exception):
    """A demonstration would have to live among somebody else's files."""


@dataclass(frozen=True, slots=True)
class Home:
    """The places inside one office folder.

    The key and the head stand outside the database on purpose: a restored backup must not bring back an
    old head, and whoever can read the tables must not be able to sign.
    """

    folder: Path

    @classmethod
    def from_environment(cls) -> Self:
        """The folder named by `LODGED_HOME`, else `~/.local/share/lodged`."""
        return cls(Path(os.environ.get("LODGED_HOME") or Path.home() / ".local/share/lodged"))

    @property
    def database(self) -> Path:
        return self.folder / "lodged.sqlite3"

    @property
    def documents(self) -> Path:
        return self.folder / "documents"

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def log_key(self) -> Path:
        return self.folder / "keys" / "log.pem"

    @property
    def hook_key(self) -> Path:
        """The key (Ed25519, PEM) that signs what is told to the addresses of agencies; never the log's."""
        return self.folder / "keys" / "hooks.pem"

    @property
    def head(self) -> Path:
        return self.folder / "head"

    @property
    def witnesses(self) -> Path:
        """The policy (C2SP tlog-policy) that names the outside witnesses; without this file nobody is asked."""
        return self.folder / "witnesses.policy"

    @property
    def stamp_roots(self) -> Path:
        """The certificates (PEM) of the time-stamping authorities that are trusted; without them nothing is stamped."""
        return self.folder / "stamp-roots.pem"

    def secret(self, name: str) -> str:
        """A random secret that is made at the first use and kept for this folder alone."""
        path = self.folder / "keys" / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            write_new(path, secrets.token_urlsafe(50).encode(), SECRET)
        return path.read_text(encoding="ascii")

    def claim_for_demonstration(self) -> None:
        """Make a new folder, or take one up that a demonstration made, and mark it; only such a folder is ever removed.

        Raises ForeignFolderError for a folder that holds anything else.
        """
        marker = self.folder / DEMONSTRATION
        if self.folder.exists() and any(self.folder.iterdir()) and not marker.exists():
            raise ForeignFolderError(f"`{self.folder}` holds other files, and a demonstration's data goes when it ends")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker.touch()

    def remove_demonstration(self) -> None:
        """Remove the folder of a demonstration, and no other."""
        if (self.folder / DEMONSTRATION).exists():
            shutil.rmtree(self.folder, ignore_errors=True)

    def hold(self) -> int:
        """Hold this folder for one process until it ends; a second process is refused, not queued."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise HomeInUseError(f"`{self.folder}` is in use by another lodged") from None
        return descriptor
