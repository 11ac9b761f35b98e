"""The law that one custodian stands on: the packs, what counsel added by a form, and what counsel has adopted."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from lodged.law import Packs
from lodged.office.decisions.library import OWN, with_own
from lodged.office.decisions.local import READING, law_text, local_day, of_record
from lodged.office.decisions.models import Adoption, LocalLaw


def local_laws(custodian: str) -> QuerySet[LocalLaw]:
    """Every reading and policy that counsel ever adopted for a custodian, oldest first."""
    return LocalLaw.objects.filter(custodian=custodian).select_related("by", "withdrawal", "withdrawal__by", "seal")


def law(custodian: str) -> Packs:
    """The packs with the custodian's own readings and policies; each speaks between its own days."""
    return with_own(own_texts(custodian))


def own_texts(custodian: str) -> tuple[tuple[str, str], ...]:
    """What the custodian added, each by name with its law text."""
    return tuple(_texts(local_laws(custodian)))


def law_without_readings(custodian: str) -> Packs:
    """The same with every question left open that counsel settled by a form."""
    return with_own(tuple(_texts(local_laws(custodian).exclude(kind=READING))))


def adopted(custodian: str) -> frozenset[str]:
    """What counsel has adopted for a custodian, as `pack@version`; a reading or policy by the form itself."""
    found = Adoption.objects.filter(custodian=custodian).values_list("pack", "version")
    own = law(custodian)
    local = (own.named(pack.id) for pack in own.packs if pack.id.startswith(OWN))
    return frozenset((*(f"{pack}@{version}" for pack, version in found), *local))


def readings(custodian: str, day: date) -> list[LocalLaw]:
    """The readings that counsel adopted and that are in force on a day."""
    return [one for one in local_laws(custodian).filter(kind=READING) if in_force(one, day)]


def in_force(one: LocalLaw, day: date) -> bool:
    """Whether a reading or policy stands on a day: begun, not expired, not withdrawn."""
    said = of_record(one)
    return said.since <= day < said.until


def _texts(laws: QuerySet[LocalLaw]) -> Iterator[tuple[str, str]]:
    for one in laws:
        said = of_record(one)
        if said.since < said.until:
            yield one.pack, law_text(said, one.pack, local_day(one.custodian, one.at))
