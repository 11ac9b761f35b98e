"""A week played through the real stations: two cities decline, a county accepts, a court orders; everybody is invented.

Each step is a real arrival, decision, review or count at the hour it is played; only the names of the days are the
story's. What a later version builds is named as not built, and nothing stands in for it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import lodged
from lodged.dispute.typed import read_typed
from lodged.office.answers.acts import send
from lodged.office.answers.finds import newest as newest_answer
from lodged.office.arrivals.channels.counter.receive import from_counter
from lodged.office.arrivals.channels.fax.receive import from_fax
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import answer_fact
from lodged.office.decisions.finds import last_version
from lodged.office.desk import clock
from lodged.office.desk.rounds import Round, Tell
from lodged.office.desk.told import told
from lodged.office.disputes.acts import hear
from lodged.office.disputes.finds import newest as newest_finding
from lodged.office.matters.finds import of_paper
from lodged.office.matters.models import Matter
from lodged.office.people.acts import choose, import_roster
from lodged.office.people.finds import newest as newest_match
from lodged.office.people.finds import person
from lodged.office.readings.acts import correct
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.reports.acts import count
from lodged.office.reports.figures import Period
from lodged.office.reviews.acts import agree
from lodged.office.staff.models import User
from lodged.person import read_roster

SAMPLES = Path(lodged.__file__).parent / "samples"
STORY = SAMPLES / "story"
DIALLED = "+1 212 555 0142"  # the number that the sender of Tuesday's paper says it dialled
JAIL, POLICE, DENVER, TEXAS = "us-ny-nyc/doc", "us-ny-nyc/nypd", "us-co-denver/sheriff", "us-tx/sheriff"
NOTHING_CAME = "us-ny-nyc/probation"
CUSTODIANS = (JAIL, POLICE, DENVER, TEXAS, NOTHING_CAME)
ROSTERS = {JAIL: "roster-nyc-jail", POLICE: "roster-nypd", DENVER: "roster-denver", TEXAS: "roster-texas"}
DAY_IS_PAST = "The picture bears a return date that has passed, so the desk calls it late."
TEXAS_ANSWERS: tuple[tuple[str, Any, str], ...] = (
    ("person.proved_citizen_or_lawful", False, "asked at booking; no proof was offered"),
    ("person.proved_citizen", False, "asked at booking; no proof was offered"),
    ("paper.served_on_person", True, "the certificate of service on the warrant, and our own log book"),
    ("order.enjoins_compliance", False, "asked the county attorney today"),
    ("hold.hours", 0, "the person would not yet have been released"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it came out: `told` is the arrival it is about, where there is one."""

    day: str
    title: str
    custodian: str
    said: tuple[str, ...] = ()
    told: dict[str, Any] | None = None
    not_built: tuple[str, ...] = ()
    report: dict[str, Any] | None = None

    def record(self) -> dict[str, Any]:
        """The step as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass
class Players:
    """Who acts in the story: a clerk and a colleague, a release officer, counsel."""

    clerk: User
    colleague: User
    officer: User
    counsel: User
    tell: Tell
    began: datetime = field(default_factory=clock.now)


def play(players: Players) -> Iterator[Step]:
    """Play the week, one step at a time."""
    for custodian, name in ROSTERS.items():
        _roster(custodian, name)
    for scene in (
        _four_subpoenas,
        _disputed_detainer,
        _texas_accepts,
        _new_york_declines,
        _rearrest,
        _court_orders,
        _counts,
    ):
        yield from scene(players)


def _four_subpoenas(players: Players) -> Iterator[Step]:
    for custodian, numbers in ((DENVER, (3, 4)), (JAIL, (1, 2))):
        for number in numbers:
            document = (STORY / f"subpoena-{number}.tif").read_bytes()
            arrival = from_counter(
                document, f"subpoena-{number}.tif", custodian, clock.now(), "a process server", players.clerk
            )
            said = (DAY_IS_PAST, *(_counsel_says_no_court(players, arrival) if number in (2, 4) else ()))
            not_built = ("items of a schedule, each answered on its own",)
            yield _arrived(players, "Monday", "A subpoena is served by hand", arrival, not_built, said)


def _counsel_says_no_court(players: Players, arrival: Arrival) -> tuple[str, ...]:
    """Counsel answers what counsel can know; what the city's law says then depends on a question no court has settled."""
    Round(clock.now(), players.tell).advance(arrival)
    matter = of_paper(arrival.papers.get())
    if matter is not None:
        for fact in ("order.enforces_subpoena", "order.enjoins_compliance"):
            answer_fact(matter, fact, False, "looked at the court's docket", players.counsel, clock.now())
    return ("Counsel looked at the court's docket: no order enforces it, none forbids an answer.",)


def _disputed_detainer(players: Players) -> Iterator[Step]:
    arrival = _fax("detainer-handwritten.tif", POLICE)
    at = clock.now()
    claim = {"started": f"{at - timedelta(days=60):%Y-%m-%dT%H:%M:%S}", "pages": 1, "result": "ok", "dialled": DIALLED}
    dispute = hear(read_typed(json.dumps(claim), "claim"), POLICE, players.clerk, at)
    said = (
        "The sender says it had sent this two months ago. The log holds no earlier arrival of these bytes.",
        f"Heard as {dispute.number}: {newest_finding(dispute).sentence}",
    )
    yield _arrived(players, "Tuesday", "A detainer comes that the sender calls its second", arrival, said=said)


def _texas_accepts(players: Players) -> Iterator[Step]:
    arrival = _fax("orphaned-served-warrant.tif", TEXAS)
    Round(clock.now(), players.tell).advance(arrival)
    matter = _confirm(players, arrival, "T26-03318")
    for fact, value, source in TEXAS_ANSWERS:
        answer_fact(matter, fact, value, source, players.officer, clock.now())
    said = _agree_and_send(players, matter)
    yield _arrived(players, "Wednesday", "A county in Texas accepts a detainer, with its duties", arrival, (), said)


def _new_york_declines(players: Players) -> Iterator[Step]:
    arrival = _fax("detainer-with-warrant.tif", JAIL)
    Round(clock.now(), players.tell).advance(arrival)
    said = _agree_and_send(players, _confirm(players, arrival, "J26-00214"))
    yield _arrived(players, "Wednesday", "New York City's jail declines a detainer", arrival, (), said)


def _rearrest(players: Players) -> Iterator[Step]:
    _roster(POLICE, "roster-nypd-rearrest")
    Round(clock.now(), players.tell).everything()
    said = ("The person of Tuesday's paper was booked again; the roster holds both bookings.",)
    yield Step(
        "Thursday", "A re-arrest", POLICE, said, not_built=("matching a new booking against papers that may wait",)
    )


def _court_orders(players: Players) -> Iterator[Step]:
    document = (STORY / "court-order.pdf").read_bytes()
    arrival = from_counter(
        document, "court-order.pdf", DENVER, clock.now(), "counsel for the petitioner", players.clerk
    )
    Round(clock.now(), players.tell).advance(arrival)
    paper = arrival.papers.get()
    correct(paper, {}, players.counsel, clock.now(), form="enforcement_order")
    Round(clock.now(), players.tell).advance(arrival)
    matter = of_paper(paper)
    if matter is not None:
        answer_fact(matter, "order.enjoins_compliance", False, "looked at the dockets", players.counsel, clock.now())
    said = ("No known form: counsel read it and said what it is, and that no other court forbids it.",)
    not_built = ("linking the order to the subpoena it enforces", "contempt as a stage of the matter")
    yield _arrived(players, "Friday", "A court orders compliance, on pain of contempt", arrival, not_built, said)


def _counts(players: Players) -> Iterator[Step]:
    for custodian in CUSTODIANS:
        until = clock.now() + timedelta(seconds=1)
        period = Period(custodian, players.began, until)
        report = count(period, until)
        title = "A nil report: nothing came" if report.nil else "What came in is counted"
        record = {"nil": report.nil, "figures": report.figures, "entry": report.seal.index}
        yield Step("Saturday", title, custodian, report=record)


def _roster(custodian: str, name: str) -> None:
    import_roster(custodian, read_roster((STORY / f"{name}.csv").read_bytes()).people, clock.now())


def _fax(name: str, custodian: str) -> Arrival:
    return from_fax((SAMPLES / "faxes" / name).read_bytes(), name, custodian, clock.now())


def _arrived(
    players: Players,
    day: str,
    title: str,
    arrival: Arrival,
    not_built: tuple[str, ...] = (),
    said: tuple[str, ...] = (),
) -> Step:
    Round(clock.now(), players.tell).advance(arrival)
    return Step(day, title, arrival.custodian, said, told(arrival, {}), not_built)


def _confirm(players: Players, arrival: Arrival, booking_no: str) -> Matter:
    """Two people choose the same person, each without having seen the other's choice."""
    paper = arrival.papers.first()
    matter = of_paper(paper) if paper else None
    if paper is None or matter is None:
        raise LookupError(f"{arrival.number} has no matter to confirm a person in")
    chosen = person(arrival.custodian, booking_no)
    for member in (players.clerk, players.colleague):
        choose(newest_match(newest_reading(paper)), chosen, member, clock.now())
    Round(clock.now(), players.tell).advance(arrival)
    return matter


def _agree_and_send(players: Players, matter: Matter) -> tuple[str, ...]:
    """The release officer agrees, the letter is made final, the clerk sends it by the directory's number."""
    Round(clock.now(), players.tell).advance(matter.paper.arrival)
    agree(matter, last_version(matter), players.officer, clock.now())
    Round(clock.now(), players.tell).advance(matter.paper.arrival)
    answer = newest_answer(matter)
    if answer is None:
        raise LookupError(f"{matter.number} has no letter to send")
    send(answer, "fax", "the agency directory's number", players.clerk, clock.now())
    confirmed = newest_match(newest_reading(matter.paper))
    return (
        f"Two people confirmed the person ({confirmed.get_state_display().lower()}).",
        f"A release officer agreed; letter {answer.version} went out by fax to the directory's number.",
    )
