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
        mend = "give a first day before the last one, and a last day that has begun"
        raise ProblemsError([Problem("period", f"`{period.since}` to `{period.until}` cannot be counted", mend)])
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
