"""Arrivals, looked for; nothing here writes."""

from django.db.models import QuerySet

from lodged.office.arrivals.models import Arrival


def with_number(number: str) -> Arrival:
    """The arrival of a docket number; raises Arrival.DoesNotExist."""
    return Arrival.objects.select_related("seal", "taken_in_by").get(number=number)


def same_document(sha256: str) -> QuerySet[Arrival]:
    """Every arrival of these very bytes, oldest first: a fax sent twice is one document, received twice."""
    return Arrival.objects.filter(sha256=sha256)
