"""Which database the office stands on: SQLite in its own folder, or the one that `DATABASE_URL` names."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from lodged.office.home import Home

# WAL with synchronous=FULL: with NORMAL a commit can vanish when power fails, and a receipt must not outlive
# its entry (measured: FULL costs one fsync a commit, which a fax line never notices).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;",  # a salt that was destroyed by order must not lie about in a free page
}


def database(environment: Mapping[str, str], home: Home) -> dict[str, Any]:
    """Django's description of the database, from `postgres://user:password@host:port/name` or the home folder."""
    url = environment.get("DATABASE_URL", "")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home.database), "OPTIONS": dict(SQLITE)}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"`DATABASE_URL` begins with `{parts.scheme}`; only `postgres://` is known")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
