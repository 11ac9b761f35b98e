"""An office with a few invented papers at different stations, written as rows: what a page shows, without reading a fax."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lodged.office.answers.models import Answer
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.basis import basis
from lodged.office.decisions.models import Decision
from lodged.office.home import Home
from lodged.office.matters.models import Deadline, Matter, Reckoning
from lodged.office.people.models import Match, Person
from lodged.office.readings.body import empty_body
from lodged.office.readings.models import Paper, Reading
from lodged.office.seals import receipts
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.page import editions

JAIL = "us-ny-nyc/doc"
NAME, FILE_NO, BOOKING, OTHER_BOOKING = "MARTILLO QUESADA, ODALIS", "A055 501 234", "J26-00999", "J25-00111"
SECRET_CONVICTION = "PL 120.05"
FORM = {edition.form: edition for edition in editions()}


@dataclass(frozen=True, slots=True)
class Told:
    """One paper to be written: its form, how far the person is found, what the law said."""

    form: str = "i-247a"
    state: str = Match.State.CANDIDATE
    trouble: str = ""
    text: str | None = None
    decided: bool = True
    doubts: dict[str, float] = field(default_factory=dict)
    channel: str = "fax"


def people(at: datetime) -> None:
    """Two bookings: the one meant, and one with half the name and another birth date."""
    kept = {"custodian": JAIL, "imported_at": at, "changed_at": at}
    meant = {"last": "MARTILLO QUESADA", "first": "ODALIS", "dob": date(1991, 3, 4), "a_number": "055501234"}
    other = {"last": "MARTILLO", "first": "ODALIS", "dob": date(1990, 7, 9), "released_at": at - timedelta(days=30)}
    Person.objects.create(booking_no=BOOKING, booked_at=at - timedelta(days=3), **meant, **kept)
    Person.objects.create(booking_no=OTHER_BOOKING, booked_at=at - timedelta(days=90), **other, **kept)


def paper(home: Home, told: Told, staff: dict[str, User], at: datetime) -> Arrival:
    """Take in a paper and write what the machine would have found in it."""
    document = f"{told} {Arrival.objects.count()}".encode()
    arrival = receive(Delivery(document, JAIL, told.channel, "scan.tif", {"station": "512 555 0100"}), at)
    receipts.issue(receipts.Received(JAIL, arrival.seal, bytes(arrival.salt)), at)
    folder = home.pages / arrival.number
    folder.mkdir(parents=True)
    (folder / "1.png").write_bytes(FORM[told.form or "i-247a"].blank.read_bytes())
    with docket(at):
        reading = _reading(arrival, told, at)
        match = _match(reading, told, staff, at)
        matter = _matter(reading, at)
        if told.form and told.decided:
            _decisions(matter, reading, match, at)
            _letter(matter, at)
    return arrival


def body(told: Told) -> dict[str, Any]:
    """A reading's body with every place of the form."""
    made = empty_body()
    made["text"] = told.text
    if not told.form:
        return made
    values = {"name": NAME, "dob": "03/04/1991", "file_no": FILE_NO, "officer": "AN INVENTED OFFICER, SDDO"}
    for kind in ("fields", "boxes", "signatures"):
        for name, zone in getattr(FORM[told.form], kind).items():
            value: Any = values.get(name, "") if kind == "fields" else name in {"b1a", "officer_signature"}
            left, top, right, bottom = (round(side * 204 / 72) for side in zone.box)
            place = {"value": value, "doubt": told.doubts.get(name, 0.01), "page": 1}
            made[kind][name] = {**place, "box": [left, top, right - left, bottom - top]}
            if kind == "fields":
                made[kind][name]["second"] = "another reading" if name in told.doubts else None
    return made


def seal(kind: str, at: datetime) -> Entry:
    """An entry of the log."""
    return enter(Sealed(kind=kind, custodian=JAIL), at)


def _reading(arrival: Arrival, told: Told, at: datetime) -> Reading:
    made = Paper.objects.create(arrival=arrival, position=1, pages=[1])
    edition = FORM[told.form].edition if told.form else ""
    return Reading.objects.create(
        paper=made,
        version=1,
        form=told.form,
        edition=edition,
        body=body(told),
        trouble=told.trouble,
        at=at,
        seal=seal("PaperRead", at),
    )


CANDIDATES = [
    {
        "booking": BOOKING,
        "rank": 1,
        "reasons": ["the same A-number"],
        "alarms": [],
        "identifiers_agreeing": 2,
    },
    {
        "booking": OTHER_BOOKING,
        "rank": 2,
        "reasons": ["one surname of two"],
        "alarms": ["same surname, other birth date"],
        "identifiers_agreeing": 0,
    },
]


def _match(reading: Reading, told: Told, staff: dict[str, User], at: datetime) -> Match:
    found = CANDIDATES if told.form else []
    state = Match.State.CANDIDATE if found else Match.State.NOT_KNOWN
    steps: list[tuple[str, User | None]] = [(state, None)]
    if told.state in {Match.State.CHOSEN, Match.State.SAME}:
        steps.append((Match.State.CHOSEN, staff["clerk"]))
    if told.state == Match.State.SAME:
        steps.append((Match.State.SAME, staff["clerk2"]))
    for version, (step, by) in enumerate(steps, start=1):
        person = Person.objects.get(booking_no=BOOKING) if by else None
        made = Match.objects.create(
            reading=reading,
            version=version,
            state=step,
            person=person,
            candidates=found,
            by=by,
            at=at,
            seal=seal("PersonMatched", at),
        )
    return made


def _matter(reading: Reading, at: datetime) -> Matter:
    entry = seal("MatterOpened", at)
    number = reading.paper.arrival.number.replace("L-", "M-")
    matter = Matter.objects.create(number=number, paper=reading.paper, opened_at=at, seal=entry)
    reckoned = Reckoning.objects.create(matter=matter, reading=reading, at=at, seal=entry)
    Deadline.objects.create(
        reckoning=reckoned,
        what="end of a hold, as the form counts",
        due=at + timedelta(hours=48),
        conditional="runs only if the law allows a hold",
        rule="i-247a:48h",
        cite="Form I-247A (3/17), p. 1",
        working=["48 hours, every hour counted"],
    )
    return matter


FACTS = [
    {"fact": "warrant.signed_by", "value": "dhs_officer", "source": "who signs this form", "place": "page 1"},
    {"fact": "person.in_custody", "value": True, "source": "roster", "place": BOOKING},
    {"fact": "person.convictions", "value": [{"section": SECRET_CONVICTION}], "source": "counsel: record", "place": ""},
]
REASON = {
    "pack": "us-ny-nyc/9-131",
    "rule": "no-hold",
    "cite": "N.Y.C. Admin. Code § 9-131(b)(1)",
    "says": "forbid",
    "in_force": ["2014-12-14", None],
    "holds": "yes",
    "because": [{"fact": "warrant.signed_by", "value": "dhs_officer"}],
    "version": "0" * 12,
}
EMPTY = {
    "law_as_of": "2026-11-24",
    "draft_law_used": False,
    "adopted": True,
    "needs": [],
    "ask_first": None,
    "readings": [],
    "challenges": [{"id": "Q2", "cite": "8 U.S.C. § 1373"}],
    "draft_would_say": [],
    "would_change": [{"if": {"warrant.signed_by": "us_magistrate_judge"}, "effect": "permitted"}],
    "duties": [{"act": "record_request", "effect": "required", "cite": "N.Y.C. Admin. Code § 10-178(d)"}],
    "notes": [],
}
BODIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("hold", "", {"effect": "forbidden", "basis": "rule", "reasons": [REASON]}),
    ("notify", "", {"effect": "required", "basis": "rule", "reasons": [REASON]}),
    ("interview", "", {"effect": "permitted", "basis": "silence", "reasons": []}),
    (
        "disclose",
        "release_date",
        {
            "effect": "not_known",
            "basis": "rule",
            "reasons": [REASON],
            "needs": [{"fact": "person.convictions"}, {"fact": "inquiry.item_public"}],
            "ask_first": "person.convictions",
        },
    ),
    (
        "answer",
        "",
        {
            "effect": "contested",
            "basis": "rule",
            "reasons": [],
            "readings": [
                {"id": "Q6", "effects": {"A": "required", "B": "forbidden"}, "cites": {"A": "one", "B": "other"}}
            ],
        },
    ),
)


def _decisions(matter: Matter, reading: Reading, match: Match, at: datetime) -> None:
    entry, standing_on = seal("LawAsked", at), basis(matter)
    for act, item, told in BODIES:
        Decision.objects.create(
            matter=matter,
            reading=reading,
            match=match,
            version=1,
            act=act,
            item=item,
            effect=told["effect"],
            candidate=match.state != Match.State.SAME,
            adopted=True,
            facts=FACTS,
            body={**EMPTY, **told},
            basis=standing_on.record() if standing_on else {},
            at=at,
            seal=entry,
        )


def _letter(matter: Matter, at: datetime) -> None:
    entry = seal("AnswerDrafted", at)
    Answer.objects.create(
        matter=matter, version=1, decision_version=1, body=b"%PDF-1.7\n", sha256="0" * 64, at=at, seal=entry
    )
