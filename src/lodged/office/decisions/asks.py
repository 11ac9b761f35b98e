"""Which acts a paper asks for, so that the law is asked about each and about no other."""

from dataclasses import dataclass
from typing import Any

from lodged.office.readings.body import Body, value
from lodged.office.readings.models import Reading

BOX_ONE, BOX_TWO = ("b1a", "b1b", "b1c", "b1d"), "b2"
TOO_DOUBTFUL = 0.3

# What a subpoena's schedule calls a record, and the law's word for it; the first that fits a line is taken.
RECORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("home_address", ("home address", "residence", "last known address", "address")),
    ("work_address", ("work address", "employer", "employment", "place of work")),
    ("personal_contact", ("emergency contact", "telephone", "phone", "next of kin", "contact", "visitor")),
    ("release_date", ("release date", "date of release", "projected release")),
    ("court_date", ("court date", "court appearance", "hearing")),
    ("immigration_status", ("immigration status", "citizenship", "place of birth", "country of birth", "alien")),
    ("criminal_history", ("criminal history", "rap sheet", "conviction", "arrest record", "arrest report")),
    ("booking_records", ("booking", "photo", "fingerprint", "identification document", "bond", "bail", "inmate file")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One act the law is asked about; `item` says what is asked for, where the act is about records."""

    act: str
    item: str = ""


def asked(reading: Reading) -> tuple[Asked, ...]:
    """The acts a paper asks for, in the order a desk needs them; none for a paper that nobody knows."""
    match reading.form:
        case "i-247a" | "i-247" | "i-247d" | "i-247x":
            return _detainer(reading.body)
        case "i-247n" | "i-247g":
            return (Asked("notify"),)
        case "i-138" | "enforcement_order" | "grand_jury_subpoena" | "civil_subpoena":
            return tuple(Asked("answer", item) for item in items(reading.body)) or (Asked("answer"),)
        case "i-200" | "i-205" | "i-203" | "arrest_warrant":
            return (Asked("hold"), Asked("transfer"))
    return ()


def box(body: Body) -> str | None:
    """The law's fact `paper.box`: which of the two blocks of an I-247A is completed; None where a box is in doubt."""
    found = [body["boxes"].get(name) for name in (*BOX_ONE, BOX_TWO)]
    if not all(one is not None and sure(one) for one in found):
        return None
    *first, second = [bool(one["value"]) for one in found if one is not None]
    match (any(first), second):
        case (True, True):
            return "both"
        case (True, False):
            return "1"
        case (False, True):
            return "2"
    return "neither"


def sure(found: dict[str, Any]) -> bool:
    """Whether a box or a signature was read so surely that it may be a fact without a person having looked."""
    return found["value"] is not None and found["doubt"] < TOO_DOUBTFUL


def items(body: Body) -> tuple[str, ...]:
    """What a subpoena demands, as the law's items, in the order of its schedule, each once."""
    texts = [
        str(value(body, "fields.records") or ""),
        body["text"] or "",
        *(one["text"] or "" for one in body["attachments"]),
    ]
    words = "\n".join(texts)
    found = []
    for line in words.lower().splitlines():
        for item, names in RECORDS:
            if any(name in line for name in names) and item not in found:
                found.append(item)
    return tuple(found)


def _detainer(body: Body) -> tuple[Asked, ...]:
    # Block 2 asks for notice only; block 1, both, or a box that is in doubt asks for notice and a hold.
    return (Asked("notify"),) if box(body) == "2" else (Asked("hold"), Asked("notify"))
