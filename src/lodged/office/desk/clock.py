"""The only clock: everything below is handed the hour and reads none itself."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC, to the second: no record pretends to more than its clock can show."""
    return datetime.now(UTC).replace(microsecond=0)
