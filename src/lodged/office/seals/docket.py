"""The one transaction in which a record, its entry and the tree are written, and the signing that follows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from lodged.office.seals import heads

# Any number: it only has to be the same in every process that writes to one log.
LOG_LOCK = 6962


@contextmanager
def docket(at: datetime) -> Iterator[None]:
    """Write records and their entries all or none, one writer at a time, then sign the new head.

    Inside: no OCR, no typesetting, no network. After the commit the head outside the database is
    compared and swapped, then signed; only then may a receipt be made.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        one_writer()
        yield
        if not outermost:
            transaction.on_commit(lambda: heads.sign(at))
            return
    heads.sign(at)


def one_writer() -> None:
    """Wait until no other process writes to the log. SQLite's transactions are immediate and need no more."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
