"""What is known, as the law's facts: one row each, with where it comes from; what is not here is not known.

Three sources, the later prevailing: the paper as read, the roster (for the person a match points to), and what a
member of staff has answered. A box or signature that was read with doubt is no fact until somebody looked at it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lodged.office.decisions.asks import Asked, asks, box
from lodged.office.decisions.models import FactAnswer
from lodged.office.people.models import Person
from lodged.office.readings.body import Body
from lodged.office.readings.models import Reading
from lodged.page.typed import iso_date
from lodged.person.written import a_number

TOO_DOUBTFUL = 0.3
WARRANTS = ("i-200", "i-205")

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


def facts(reading: Reading, person: Person | None, asked: Asked, answers: Iterable[FactAnswer]) -> list[FactRow]:
    """Every fact known for one act, one row a fact."""
    rows = {row.fact: row for row in (*of_paper(reading), *of_roster(person, reading), *of_act(asked, reading))}
    for answer in answers:
        if answer.value is None:
            rows.pop(answer.fact, None)
        else:
            rows[answer.fact] = FactRow(
                answer.fact, answer.value, f"{answer.by.get_role_display().lower()}: {answer.source}"
            )
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
    if not reading.form:
        return
    yield FactRow("paper.form", reading.form, "form number", _page(reading.paper.pages))
    if reading.edition:
        yield FactRow("paper.edition", reading.edition, "edition line", _page(reading.paper.pages))
    wanted = asks(reading)
    if wanted:
        yield FactRow("paper.asks", wanted, "printed on the form", _page(reading.paper.pages))
    if reading.form == "i-247a":
        yield from _detainer(body)
    if reading.form == "i-138":
        yield from _subpoena(body)
    yield from _signed(body)
    yield from _attached(reading)


def of_roster(person: Person | None, reading: Reading) -> Iterator[FactRow]:
    """What the custodian's own roster says of the person; an empty cell says nothing."""
    if person is None:
        return
    at = reading.paper.arrival.received_at
    if person.booked_at is not None or person.released_at is not None:
        inside = person.released_at is None or person.released_at > at
        yield FactRow("person.in_custody", inside, "roster", person.booking_no)
    if person.arrested_on is not None:
        yield FactRow("person.arrested_on", person.arrested_on.isoformat(), "roster", person.booking_no)


def _detainer(body: Body) -> Iterator[FactRow]:
    boxes = {name: found for name, found in body["boxes"].items() if _sure(found)}
    if {"b1a", "b1b", "b1c", "b1d", "b2"} <= set(boxes) and (completed := box(body)):
        yield FactRow("paper.box", completed, "boxes 1 and 2", _at(boxes["b2"]))
    if "cancel" in boxes:
        yield FactRow("paper.cancelled", bool(boxes["cancel"]["value"]), "box `please cancel`", _at(boxes["cancel"]))
    served = [boxes[name] for name in ("sv_person", "sv_mail", "sv_other") if name in boxes and boxes[name]["value"]]
    if served:
        yield FactRow("paper.served_on_person", True, "box `served upon the alien`", _at(served[0]))
    yield from _text(body, "from", "paper.office")
    yield from _text(body, "officer", "paper.issuer_title")


def _subpoena(body: Body) -> Iterator[FactRow]:
    due = body["fields"].get("due_date")
    if due and _sure(due) and (named := iso_date(due["value"])):
        yield FactRow("paper.return_on", named, "date on the face", _at(due))
    yield from _text(body, "signer", "paper.issuer_title")


def _signed(body: Body) -> Iterator[FactRow]:
    for name in ("officer_signature", "signature"):
        found = body["signatures"].get(name)
        if found and _sure(found):
            yield FactRow("paper.signed", bool(found["value"]), "ink in the issuer's signature line", _at(found))


def _attached(reading: Reading) -> Iterator[FactRow]:
    """What came with it; with pages that nobody knows, a judge's warrant may be among them, so nothing is said."""
    body = reading.body
    if any(found["form"] not in WARRANTS for found in body["attachments"]):
        return
    yield FactRow("paper.attached", [found["form"] for found in body["attachments"]], "pages of the same arrival")
    if not body["attachments"]:
        yield FactRow("warrant.signed_by", "none", "nothing but the form itself came")
        return
    warrant = body["attachments"][0]
    signature = warrant["signatures"].get("officer_signature")
    if signature is None or not _sure(signature):
        return
    signed = bool(signature["value"])
    yield FactRow("paper.attached_signed", signed, "ink in the warrant's signature line", _at(signature))
    yield FactRow("warrant.signed_by", "dhs_officer" if signed else "none", "who signs this form", _at(signature))
    if signed:
        yield FactRow("warrant.authorizes", "civil_custody", "printed on the form", _page(warrant["pages"]))
        yield FactRow("warrant.came_with_detainer", True, "pages of the same arrival", _page(warrant["pages"]))
        yield FactRow("warrant.presented_at", reading.paper.arrival.received_at.isoformat(), "log")
        yield from _names_person(body, warrant)


def _names_person(body: Body, warrant: dict[str, Any]) -> Iterator[FactRow]:
    numbers = [a_number(part["fields"].get("file_no", {}).get("value", "")) for part in (body, warrant)]
    names = [part["fields"].get("name", {}).get("value", "").strip().upper() for part in (body, warrant)]
    if (numbers[0] and numbers[0] == numbers[1]) or (names[0] and names[0] == names[1]):
        yield FactRow("warrant.names_person", True, "the same name or file number on both", _page(warrant["pages"]))


def _text(body: Body, field: str, fact: str) -> Iterator[FactRow]:
    found = body["fields"].get(field)
    if found and found["value"]:
        yield FactRow(fact, found["value"], "as on the page", _at(found))


def _sure(found: dict[str, Any]) -> bool:
    return found["value"] is not None and found["doubt"] < TOO_DOUBTFUL


def _at(found: dict[str, Any]) -> str:
    return f"page {found['page']}"


def _page(pages: list[int]) -> str:
    return f"page {pages[0]}" if pages else ""
