"""An arrival is expunged by order: its document, its salts, what was said of it, and our copies of its receipts."""

from datetime import datetime

from django.db.models import Q

from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.seals.docket import docket
from lodged.office.seals.expunging import Order, expunge
from lodged.office.seals.models import Expungement, Receipt, WitnessedReceipt
from lodged.office.staff.models import User


def expunge_arrival(arrival: Arrival, order: Order, by: User, at: datetime) -> Expungement:
    """Destroy what could confirm a guess at this arrival; its number, its hour, its entry and every proof stay.

    The receipts that were handed out still hold, since each carries the document's salt with it; our own copies go,
    because of that salt. Records of other stations (readings, matches, letters) are expunged by their own acts.
    """
    digests = {arrival.sha256, *(found for key, found in arrival.evidence.items() if key.endswith("sha256"))}
    with docket(at):
        expungement = expunge([arrival.seal], order, by, at)
        Arrival.objects.filter(pk=arrival.pk).update(name="", claims={}, evidence={}, salt=b"", sha256="")
        for kind in (Receipt, WitnessedReceipt):
            kind.objects.filter(entry=arrival.seal).update(body=b"")
    for digest in digests:
        if not Arrival.objects.filter(Q(sha256=digest) | Q(evidence__trace_sha256=digest)).exists():
            shelf.destroy(digest)
    return expungement
