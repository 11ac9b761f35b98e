"""A period is counted and the count is sealed; where nothing came, that is what is said."""

from datetime import datetime

from lodged.office.reports.figures import Period, figures
from lodged.office.reports.models import Report
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.problem import Problem, ProblemsError


def count(period: Period, at: datetime) -> Report:
    """Count a period that is over, or goes up to now; raises ProblemsError where it lies ahead or backwards."""
    if not period.since < period.until <= at:
        what = f"{_day(period.since)} to {_day(period.last)} cannot be counted"
        mend = "give a first day that is not after the last one, and a last day that has begun"
        raise ProblemsError([Problem("period", what, mend)])
    found = figures(period)
    rows = [{"what": figure.what, "count": figure.count, "entries": list(figure.entries)} for figure in found]
    nil = found[0].count == 0
    with docket(at):
        entry = enter(
            Sealed(
                kind="PeriodCounted",
                custodian=period.custodian,
                facts={
                    "since": period.since.isoformat(),
                    "until": period.until.isoformat(),
                    "nil": nil,
                    "figures": rows,
                },
            ),
            at,
        )
        return Report.objects.create(
            custodian=period.custodian,
            since=period.since,
            until=period.until,
            figures=rows,
            nil=nil,
            at=at,
            seal=entry,
        )


def _day(moment: datetime) -> str:
    """The day of a moment as people write it, on the clock that the moment carries."""
    return f"{moment.day} {moment:%b %Y}"
