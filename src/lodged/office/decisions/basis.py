"""What a decision stands on: when any of it moves, the law must be asked again."""

from dataclasses import dataclass
from hashlib import sha256

from lodged.office.custodians import custodian as with_id
from lodged.office.decisions.models import Adoption
from lodged.office.decisions.own import law
from lodged.office.matters.finds import standing
from lodged.office.matters.models import Matter
from lodged.office.people.finds import candidate
from lodged.office.people.models import Match
from lodged.office.readings.models import Reading

Record = dict[str, int | str | None]


@dataclass(frozen=True, slots=True)
class Basis:
    """The newest of everything below a decision; None where the paper was not matched yet."""

    reading: Reading
    match: Match
    answer: int | None
    custody: str | None
    law: str
    withdrawn: str | None = None

    def record(self) -> Record:
        """The same as JSON values, to be kept with a decision and compared."""
        stands: Record = {
            "reading": self.reading.pk,
            "match": self.match.pk,
            "answer": self.answer,
            "custody": self.custody,
            "law": self.law,
        }
        # Only where there is one, so that what was kept before papers could be withdrawn still compares equal.
        return stands | ({"withdrawn": self.withdrawn} if self.withdrawn else {})


def basis(matter: Matter) -> Basis | None:
    """What a decision about this matter would stand on now."""
    reading, match = standing(matter)
    if match is None:
        return None
    person, arrival = candidate(match), matter.paper.arrival
    return Basis(
        reading=reading,
        match=match,
        answer=matter.fact_answers.order_by("-id").values_list("id", flat=True).first(),
        custody=person.changed_at.isoformat() if person else None,
        law=law_of(arrival.custodian),
        withdrawn=arrival.withdrawal.notice.number if hasattr(arrival, "withdrawal") else None,
    )


def law_of(custodian: str) -> str:
    """The versions of every pack that binds a custodian, its own included, and what counsel adopted, in one short digest."""
    places = set(with_id(custodian).places)
    stands = law(custodian)
    bound = sorted(stands.named(pack.id) for pack in stands.packs if places & set(pack.binds))
    adopted = Adoption.objects.filter(custodian=custodian).order_by("-id").values_list("id", flat=True).first()
    return sha256("\n".join([*bound, f"adopted {adopted}"]).encode()).hexdigest()[:16]
