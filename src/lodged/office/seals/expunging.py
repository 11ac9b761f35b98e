"""Values are expunged by order: their salts are destroyed, and who ordered it is entered in the log."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Entry, Expungement
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError

LOG = logging.getLogger("lodged.seals")
KIND = "SaltsDestroyed"
FORGET = "PRAGMA wal_checkpoint(TRUNCATE)"


@dataclass(frozen=True, slots=True)
class Order:
    """Who ordered it: the court or official, the order's number, its day."""

    ordered_by: str
    reference: str
    day: date


def expunge(entries: Sequence[Entry], order: Order, by: User, at: datetime) -> Expungement:
    """Destroy the salts of every value that these entries seal; raises `ProblemsError` where nothing can be destroyed.

    The entries, their leaves and every proof stay as they are: a commitment whose salt is gone is 32 bytes that
    nobody can test a guess against. Nor do the pages of the database keep what was there before.
    """
    problems = _problems(entries, order)
    if problems:
        raise ProblemsError(problems)
    indexes = sorted(entry.index for entry in entries)
    values = sum(len(entry.openings) for entry in entries)
    with docket(at):
        Entry.objects.filter(index__in=indexes).update(openings={})
        entered = enter(
            Sealed(
                KIND,
                settings.LODGED_CUSTODIAN,
                facts={"entries": indexes, "values": values, "ordered_by": order.ordered_by},
                private={"reference": order.reference, "ordered_on": order.day.isoformat(), "done_by": by.username},
            ),
            at,
        )
        transaction.on_commit(forget_the_pages)
        return Expungement.objects.create(
            entry=entered,
            at=at,
            ordered_by=order.ordered_by,
            reference=order.reference,
            ordered_on=order.day,
            done_by=by,
            entries=indexes,
            values=values,
        )


def expunged() -> set[int]:
    """The indexes of the entries whose values were closed by order."""
    return {index for entries in Expungement.objects.values_list("entries", flat=True) for index in entries}


def forget_the_pages() -> None:
    """Write SQLite's log of changes back and cut it to nothing, since old pages lie in it (`secure_delete` wipes the rest).

    On PostgreSQL old row versions lie in the table until VACUUM and in archived WAL until that is dropped: its
    administrator has to see to both.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(FORGET)
            busy = cursor.fetchone()[0]
        if busy:
            LOG.warning("a reader still holds SQLite's log of changes: destroyed salts lie in it until it is cut")


def _problems(entries: Sequence[Entry], order: Order) -> list[Problem]:
    found = []
    if not any(entry.openings for entry in entries):
        found.append(Problem("entries", "none of these holds a value that is still open", "name the person's entries"))
    if not order.ordered_by.strip():
        found.append(Problem("order", "nobody ordered this", "name the court or official"))
    if not order.reference.strip():
        found.append(Problem("order", "the order has no number", "write the number that stands on the order"))
    return found
