"""The fax servers' spools swept at this hour, and every dispute looked at again where something new was taken in."""

from pathlib import Path

from django.conf import settings

from lodged.office.arrivals.channels.fax.sweep import Swept, sweep
from lodged.office.desk import clock
from lodged.office.disputes.acts import look_again_at_all
from lodged.office.disputes.finds import open_disputes
from lodged.office.disputes.models import Finding
from lodged.office.seals import heads


def sweep_now(folder: Path, with_rows: bool) -> tuple[Swept, list[Finding]]:
    """One spool, for the house this office is of; raises `ProblemsError` where there is no spool."""
    at = clock.now()
    heads.start(at)
    swept = sweep(folder, settings.LODGED_CUSTODIAN, at, with_rows)
    return swept, look_again_at_all(list(open_disputes()), at) if swept.taken else []
