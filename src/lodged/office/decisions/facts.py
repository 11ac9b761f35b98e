"""What is known, as the law's facts: one row each, with where it comes from; what is not here is not known.

Three sources, the later prevailing: the paper as read, the roster (for the person a match points to), and what a
member of staff has answered. A box or signature that was read with doubt is no fact until somebody looked at it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodged.office.decisions.asks import Asked, box, sure
from lodged.office.decisions.models import FactAnswer
from lodged.office.people.models import Person
from lodged.office.readings.body import Body
from lodged.office.readings.models import Reading
from lodged.page.typed import iso_date
from lodged.person.written import a_number

WARRANTS = ("i-200", "i-205")
DETAINERS = ("i-247", "i-247a", "i-247d", "i-247g", "i-247n", "i-247x")

# Watch lists, criminal history, records that may be sealed: shown only to roles that may see them (safeguard 20).
SENSITIVE = frozenset(
    (
        "person.convictions",
        "person.terrorist_screening_match",
        "person.reentered_after_removal",
        "person.aggravated_felony",
        "person.registrant",
        "person.charge_serious",
        "person.days_incarcerated",
        "person.probable_cause_found",
    )
)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact of the law: its value, and where a reader can go and look."""

    fact: str
    value: Any
    source: str
    place: str = ""


def facts(
    reading: Reading, person: Person | None, asked: Asked, answers: Iterable[FactAnswer], at: datetime
) -> list[FactRow]:
    """Every fact known for one act at an hour, one row a fact."""
    rows = {row.fact: row for row in (*of_paper(reading), *of_roster(person, at), *of_act(asked, reading))}
    for answer in answers:
        if answer.value is None:
            rows.pop(answer.fact, None)
        else:
            source = f"{answer.by.get_role_display().lower()}: {answer.source}"
            rows[answer.fact] = FactRow(answer.fact, answer.value, source)
    return sorted(rows.values(), key=lambda row: row.fact)


def of_act(asked: Asked, reading: Reading) -> Iterator[FactRow]:
    """What the question itself carries."""
    if asked.item:
        yield FactRow("inquiry.item", asked.item, "schedule of the paper")
    if reading.form.startswith("i-"):
        yield FactRow("inquiry.purpose", "civil_immigration", "the form is one of civil immigration enforcement")
        yield FactRow("requester.enforces_immigration", True, "the form is issued by immigration officers only")


def of_paper(reading: Reading) -> Iterator[FactRow]:
    """What the paper says on its face."""
    body, arrival = reading.body, reading.paper.arrival
    yield FactRow("paper.received_at", arrival.received_at.isoformat(), "log", f"entry {arrival.seal.index}")
    taken_back = hasattr(arrival, "withdrawal")
    if taken_back:
        yield FactRow("paper.cancelled", True, "its sender withdrew it", arrival.withdrawal.notice.number)
    if not reading.form:
        return
    yield FactRow("paper.form", reading.form, "form number", _page(reading.paper.pages))
    if reading.edition:
        yield FactRow("paper.edition", reading.edition, "edition line", _page(reading.paper.pages))
    if reading.form == "i-247a":
        yield from _detainer(body, taken_back)
    if reading.form == "i-138":
        yield from _subpoena(body)
    yield from _signed(body)
    yield from _warrant(reading)


def of_roster(person: Person | None, at: datetime) -> Iterator[FactRow]:
    """What the custodian's own roster says of the person at an hour; an empty cell says nothing."""
    if person is None:
        return
    if person.released_at is not None and person.released_at <= at:
        yield FactRow("person.in_custody", False, "roster", person.booking_no)
    elif person.booked_at is not None and person.booked_at <= at:
        yield FactRow("person.in_custody", True, "roster", person.booking_no)
    if person.arrested_on is not None:
        yield FactRow("person.arrested_on", person.arrested_on.isoformat(), "roster", person.booking_no)


def _detainer(body: Body, taken_back: bool) -> Iterator[FactRow]:
    boxes = {name: found for name, found in body["boxes"].items() if sure(found)}
    if completed := box(body):
        yield FactRow("paper.box", completed, "boxes 1 and 2", _at(boxes["b2"]))
    if "cancel" in boxes and not taken_back:
        yield FactRow("paper.cancelled", bool(boxes["cancel"]["value"]), "box `please cancel`", _at(boxes["cancel"]))
    served = [boxes[name] for name in ("sv_person", "sv_mail", "sv_other") if name in boxes and boxes[name]["value"]]
    if served:
        yield FactRow("paper.served_on_person", True, "box `served upon the alien`", _at(served[0]))
    yield from _text(body, "from", "paper.office")
    yield from _text(body, "officer", "paper.issuer_title")


def _subpoena(body: Body) -> Iterator[FactRow]:
    due = body["fields"].get("due_date")
    if due and sure(due) and (named := iso_date(due["value"])):
        yield FactRow("paper.return_on", named, "date on the face", _at(due))
    yield from _text(body, "signer", "paper.issuer_title")


def _signed(body: Body) -> Iterator[FactRow]:
    for name in ("officer_signature", "signature"):
        found = body["signatures"].get(name)
        if found and sure(found):
            yield FactRow("paper.signed", bool(found["value"]), "ink in the issuer's signature line", _at(found))


def _warrant(reading: Reading) -> Iterator[FactRow]:
    """The warrant that came: attached to a detainer, or the paper itself; nothing is said where pages were not read."""
    body = reading.body
    if reading.trouble or body.get("recognised") != reading.form:
        return
    if reading.form in WARRANTS:
        yield from _of_warrant(reading, {"pages": reading.paper.pages, **body})
    elif reading.form in DETAINERS:
        yield from _attached(reading)


def _attached(reading: Reading) -> Iterator[FactRow]:
    """What came with a detainer; with a page that nobody knows, a judge's warrant may be among them, so nothing is said."""
    found = reading.body["attachments"]
    if any(one["form"] not in WARRANTS for one in found):
        return
    yield FactRow("paper.attached", sorted({one["form"] for one in found}), "pages of the same arrival")
    if not found:
        yield FactRow("warrant.signed_by", "none", "nothing but the form itself came")
        return
    signatures = [one["signatures"].get("officer_signature") for one in found]
    if not all(one is not None and sure(one) for one in signatures):
        return
    signed = [warrant for warrant, one in zip(found, signatures, strict=True) if one["value"]]
    yield FactRow(
        "paper.attached_signed", bool(signed), "ink in the warrant's signature line", _page(found[0]["pages"])
    )
    if signed:
        yield FactRow("warrant.came_with_detainer", True, "pages of the same arrival", _page(signed[0]["pages"]))
        yield from _names_person(reading.body, signed[0])
    # Of several warrants the strongest counts (law.md, section 3): a signed one before one that nobody signed.
    yield from _of_warrant(reading, signed[0] if signed else found[0])


def _of_warrant(reading: Reading, warrant: dict[str, Any]) -> Iterator[FactRow]:
    signature = warrant["signatures"].get("officer_signature")
    if signature is None or not sure(signature):
        return
    signer = "dhs_officer" if signature["value"] else "none"
    yield FactRow("warrant.signed_by", signer, "ink in its signature line; this form has no judge's", _at(signature))
    if signature["value"]:
        yield FactRow("warrant.authorizes", "civil_custody", "printed on the form", _page(warrant["pages"]))
        yield FactRow("warrant.presented_at", reading.paper.arrival.received_at.isoformat(), "log")


def _names_person(body: Body, warrant: dict[str, Any]) -> Iterator[FactRow]:
    """Whether the warrant names the detainer's person; two file numbers that differ leave it open."""
    numbers = [a_number(part["fields"].get("file_no", {}).get("value", "")) for part in (body, warrant)]
    names = [part["fields"].get("name", {}).get("value", "").strip().upper() for part in (body, warrant)]
    same = numbers[0] == numbers[1] if all(numbers) else bool(names[0]) and names[0] == names[1]
    if same:
        yield FactRow("warrant.names_person", True, "the same file number or name on both", _page(warrant["pages"]))


def _text(body: Body, field: str, fact: str) -> Iterator[FactRow]:
    found = body["fields"].get(field)
    if found and found["value"]:
        yield FactRow(fact, found["value"], "as on the page", _at(found))


def _at(found: dict[str, Any]) -> str:
    return f"page {found['page']}"


def _page(pages: list[int]) -> str:
    return f"page {pages[0]}" if pages else ""
