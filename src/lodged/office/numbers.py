"""Docket numbers: a letter, the year, and a count that starts again each year; never reused."""

from datetime import datetime

from django.db import models


def next_number(letter: str, kind: type[models.Model], at: datetime) -> str:
    """The next number of a kind of record, such as `L-2026-00001`; call it inside the docket's transaction."""
    start = f"{letter}-{at.year}-"
    last = (
        kind._default_manager.filter(number__startswith=start)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:05d}"
