"""The folder where an office keeps what is not in its database: documents, keys, the signed head, pages."""

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Self


class HomeInUseError(Exception):
    """Another process holds this folder."""


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
    def head(self) -> Path:
        return self.folder / "head"

    def secret(self, name: str) -> str:
        """A random secret that is made at the first use and kept for this folder alone."""
        path = self.folder / "keys" / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            made = secrets.token_urlsafe(50)
            file.write(made)
        return made

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
