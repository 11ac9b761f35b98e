"""At the release desk one person is asked about, and two lines answer: what bars release, and who must be told."""

from datetime import datetime, timedelta

import pytest

from lodged.log.entry import parse_event
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import adopt, answer_fact
from lodged.office.decisions.finds import binding
from lodged.office.matters.acts import close
from lodged.office.matters.models import Matter
from lodged.office.people.acts import choose, import_roster
from lodged.office.people.finds import newest as newest_match
from lodged.office.people.finds import person
from lodged.office.people.models import Person
from lodged.office.readings.finds import newest
from lodged.office.releases import acts
from lodged.office.releases.stand import stand
from lodged.office.staff.models import User
from lodged.person import read_roster
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, SAMPLES, confirm, taken_in

TEXAS = "us-tx/sheriff"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def held(staff: dict[str, User], at: datetime) -> tuple[Person, Matter]:
    """Somebody in a Texas jail with a confirmed detainer, all facts known but the hour of release."""
    adopt(TEXAS, binding(TEXAS), staff["counsel"], at)
    import_roster(TEXAS, read_roster((SAMPLES / "story" / "roster-texas.csv").read_bytes()).people, at)
    arrival = taken_in("orphaned-served-warrant.tif", at, TEXAS)
    return person(TEXAS, "T26-03318"), confirm(arrival, "T26-03318", staff, at)


def settled(held: tuple[Person, Matter], staff: dict[str, User], at: datetime) -> Person:
    one, matter = held
    for fact, value in (
        ("person.proved_citizen_or_lawful", False),
        ("person.proved_citizen", False),
        ("paper.served_on_person", True),
        ("order.enjoins_compliance", False),
        ("hold.hours", 0),
    ):
        answer_fact(matter, fact, value, "asked at intake", staff["officer"], at)
    return one


def test_where_the_law_requires_a_hold_it_ends_by_itself_at_the_clocks_end(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one = settled(held, staff, at)
    acts.order_release(one, at - HOUR, "bail receipt 4411", staff["officer"], at)
    found = stand(one, at)
    assert found.papers[0].hold.effect == "required", found.papers[0].hold
    assert found.person_line.kind == "hold"
    ends = found.papers[0].ends
    assert ends is not None
    assert stand(one, ends.at).person_line.kind == "hold"
    after = stand(one, ends.at + timedelta(seconds=1))
    assert after.papers[0].hold.effect == "forbidden"
    assert after.person_line.kind in {"clear", "stale"}
    assert "CST, then it ends by itself" in found.person_line.words


def test_without_a_release_order_the_clock_is_shown_as_if_it_began_now(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    found = stand(settled(held, staff, at), at)
    assert any("no release order is written down" in why for why in found.person_line.why)
    ends = found.papers[0].ends
    assert ends is not None
    assert ends.at >= at + 48 * HOUR - timedelta(seconds=1)


def test_a_confirmed_detainer_that_may_not_be_honored_leaves_no_bar_and_says_do_not_notify(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    booking = newest_match(newest(detainer.papers.get())).candidates[0]["booking"]
    confirm(detainer, booking, staff, at)
    found = stand(person(JAIL, booking), at)
    assert found.person_line.words == "No paper in lodged bars release"
    assert found.word_line.words == "Do not notify"
    assert found.person_line.cites


def test_a_paper_that_nobody_confirmed_holds_nobody_and_is_named(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    booking = newest_match(newest(detainer.papers.get())).candidates[0]["booking"]
    found = stand(person(JAIL, booking), at)
    assert (found.person_line.kind, len(found.papers), len(found.possible)) == ("clear", 0, 1)
    assert any("nobody has confirmed" in why for why in found.person_line.why)


def test_one_persons_choice_is_not_enough(detainer: Arrival, staff: dict[str, User], at: datetime) -> None:
    match = newest_match(newest(detainer.papers.get()))
    booking = match.candidates[0]["booking"]
    choose(match, person(JAIL, booking), staff["clerk"], at)
    assert stand(person(JAIL, booking), at).papers == ()


def test_law_that_counsel_has_not_adopted_drives_nothing(roster: None, staff: dict[str, User], at: datetime) -> None:
    arrival = taken_in("detainer-with-warrant.tif", at)
    booking = newest_match(newest(arrival.papers.get())).candidates[0]["booking"]
    confirm(arrival, booking, staff, at)
    found = stand(person(JAIL, booking), at)
    assert found.person_line.kind == "open"
    assert any("not adopted" in why for why in found.person_line.why)
    assert found.word_line.kind == "ask"


@pytest.fixture
def unsettled(held: tuple[Person, Matter]) -> Person:
    """The same person with a question of fact still open."""
    return held[0]


def test_an_open_question_is_no_ground_to_hold_and_counsels_default_follows(
    unsettled: Person, staff: dict[str, User], at: datetime
) -> None:
    acts.sign_default(TEXAS, 30, "silent", 3, 20, staff["counsel"], at)
    acts.check(unsettled, staff["officer"], at)
    early, late = stand(unsettled, at + timedelta(minutes=29)), stand(unsettled, at + timedelta(minutes=30))
    assert early.person_line.words == "Not known: no ground to hold"
    assert any("In 1 minutes" in why for why in early.person_line.why)
    assert late.person_line.kind == "default"
    assert late.person_line.words.startswith("No paper in lodged bars release")


def test_without_a_signed_default_the_desk_says_so(unsettled: Person, at: datetime) -> None:
    found = stand(unsettled, at)
    assert any("signed no standing default" in why for why in found.person_line.why)
    assert found.question is not None


def test_notify_first_ends_after_the_tries_that_counsel_set(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one, matter = settled(held, staff, at), held[1]
    acts.sign_default(TEXAS, 30, "silent", 2, 20, staff["counsel"], at)
    assert stand(one, at).word_line.words == "Notify first"
    acts.tried(matter, one, False, "512 555 0142, no answer", staff["officer"], at)
    assert stand(one, at + timedelta(minutes=19)).word_line.words == "Notify first"
    assert stand(one, at + timedelta(minutes=20)).word_line.words == "Notice not delivered: go on without it"
    acts.tried(matter, one, False, "512 555 0142, no answer", staff["officer"], at + timedelta(minutes=2))
    assert stand(one, at + timedelta(minutes=2)).word_line.kind == "done"


def test_notice_that_reached_somebody_is_done(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one, matter = settled(held, staff, at), held[1]
    acts.tried(matter, one, True, "512 555 0142, officer on call", staff["officer"], at)
    assert stand(one, at).word_line.words == "Notice was given"


def test_an_old_roster_never_says_that_there_is_no_paper(roster: None, at: datetime) -> None:
    one = person(JAIL, "J26-25519")
    assert stand(one, at + DAY).person_line.kind == "clear"
    found = stand(one, at + DAY + timedelta(seconds=1))
    assert (found.person_line.kind, found.person_line.words) == ("stale", "lodged cannot say: its roster is too old")


def test_lodged_never_says_release_now(roster: None, at: datetime) -> None:
    found = stand(person(JAIL, "J26-25519"), at)
    assert found.person_line.words == "No paper in lodged bars release"


def test_a_closed_paper_stands_behind_no_answer(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    close(held[1], "a test fax of the sender", staff["clerk"], at)
    assert stand(held[0], at).papers == ()


def test_a_check_is_kept_as_it_was_shown_and_sealed_without_the_booking_in_the_clear(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    booking = newest_match(newest(detainer.papers.get())).candidates[0]["booking"]
    confirm(detainer, booking, staff, at)
    kept = acts.check(person(JAIL, booking), staff["officer"], at)
    assert kept.shown["person"]["words"] == "No paper in lodged bars release"
    event = bytes(kept.seal.event)
    assert parse_event(event).kind == "ReleaseChecked"
    assert booking.encode() not in event


@pytest.mark.parametrize(
    ("moment", "source", "what"),
    [
        (HOUR, "court order", "has not come yet"),
        (-90 * DAY, "court order", "before the booking"),
        (-HOUR, " ", "how this is known"),
        (None, "withdrawn", "no release order to take back"),
    ],
)
def test_a_release_order_that_cannot_be_is_refused_with_a_mend(
    roster: None, staff: dict[str, User], at: datetime, moment: timedelta | None, source: str, what: str
) -> None:
    one = person(JAIL, "J26-25519")
    with pytest.raises(ProblemsError, match=what):
        acts.order_release(one, None if moment is None else at + moment, source, staff["officer"], at)


@pytest.mark.parametrize(
    ("who", "minutes", "word"), [("officer", 30, "silent"), ("counsel", 0, "silent"), ("counsel", 30, "hold")]
)
def test_a_default_is_signed_by_counsel_alone_and_never_holds(
    staff: dict[str, User], at: datetime, who: str, minutes: int, word: str
) -> None:
    with pytest.raises(ProblemsError):
        acts.sign_default(JAIL, minutes, word, 3, 20, staff[who], at)


def test_the_outage_sheet_has_booking_numbers_initials_and_ends_and_each_copy_is_numbered(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one = settled(held, staff, at)
    first = acts.print_sheet(TEXAS, staff["officer"], at)
    second = acts.print_sheet(TEXAS, staff["officer"], at + HOUR)
    assert (first.number, second.number) == (1, 2)
    (line,) = first.lines
    assert line["booking"] == one.booking_no
    assert one.last not in str(first.lines)
    assert set(line) == {"booking", "initials", "person", "word", "until"}
    gone = acts.destroy_sheet(first, staff["clerk"], at + HOUR)
    assert gone.destroyed_by == staff["clerk"]
    with pytest.raises(ProblemsError, match="destroyed before"):
        acts.destroy_sheet(first, staff["clerk"], at + HOUR)
