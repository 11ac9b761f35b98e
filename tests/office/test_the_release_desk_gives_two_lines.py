"""At the release desk one person is asked about, and two lines answer: what bars release, and who must be told."""

from datetime import datetime, timedelta

import pytest

from lodged.log.entry import parse_event
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import adopt, answer_fact
from lodged.office.decisions.finds import binding
from lodged.office.desk.rounds import Round
from lodged.office.matters.acts import close
from lodged.office.matters.models import Matter
from lodged.office.people.acts import choose, import_roster, nobody
from lodged.office.people.finds import newest as newest_match
from lodged.office.people.finds import person
from lodged.office.people.models import Person
from lodged.office.readings.finds import newest
from lodged.office.releases import acts
from lodged.office.releases.stand import moved, stand
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
    assert "if free from this minute" in found.person_line.words
    assert any("No release order is written down" in why for why in found.person_line.why)
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
    assert any("nobody confirmed it" in why for why in found.person_line.why)


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
    assert any("In 1 minute counsel" in why for why in early.person_line.why)
    assert late.person_line.kind == "default"
    assert late.person_line.words == "Standing default: no paper in lodged bars release"


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


def test_a_cancellation_reaches_the_papers_before_it(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one = settled(held, staff, at)
    assert stand(one, at).person_line.kind == "hold"
    arrival = taken_in("orphaned-served-warrant.tif", at + HOUR, TEXAS)
    later = confirm(arrival, one.booking_no, staff, at + HOUR)
    answer_fact(later, "paper.cancelled", True, "box on its face", staff["clerk"], at + HOUR)
    found = stand(one, at + HOUR)
    assert found.person_line.words == "A cancellation came: ask counsel, no ground to hold"
    assert any(f"{held[1].number} was taken back by {later.number}" in why for why in found.person_line.why)
    assert found.word_line.words == "Ask counsel: a cancellation came"


def test_a_paper_of_another_booking_with_the_same_number_may_be_about_the_person(
    held: tuple[Person, Matter], at: datetime
) -> None:
    again = Person.objects.get(pk=held[0].pk)
    again.pk, again.booking_no = None, "T26-99999"
    again.save()
    assert [matter.number for matter in stand(again, at).possible] == [held[1].number]


def test_somebody_booked_after_a_clerk_found_nobody_has_the_paper_named(
    law: None, staff: dict[str, User], at: datetime
) -> None:
    arrival = taken_in("detainer-with-warrant.tif", at)
    nobody(newest(arrival.papers.get()), staff["clerk"], at)
    import_roster(JAIL, read_roster((SAMPLES / "roster.csv").read_bytes()).people, at + HOUR)
    found = [stand(one, at + HOUR) for one in Person.objects.filter(custodian=JAIL)]
    assert sum(len(one.possible) for one in found) == 1


def test_tries_of_an_earlier_release_do_not_count(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one, matter = settled(held, staff, at), held[1]
    acts.sign_default(TEXAS, 30, "silent", 1, 20, staff["counsel"], at)
    acts.tried(matter, one, True, "512 555 0142, officer on call", staff["officer"], at)
    assert stand(one, at + DAY).word_line.words == "Notice was given"
    assert stand(one, at + DAY + timedelta(minutes=1)).word_line.words == "Notify first"
    acts.order_release(one, at + HOUR, "bail receipt", staff["officer"], at + 2 * HOUR)
    assert stand(one, at + 2 * HOUR).word_line.words == "Notify first"


def test_a_release_order_put_later_is_said(held: tuple[Person, Matter], staff: dict[str, User], at: datetime) -> None:
    one = settled(held, staff, at)
    acts.order_release(one, at - 40 * HOUR, "bail receipt 4411", staff["officer"], at)
    acts.order_release(one, at - HOUR, "typing error mended", staff["officer"], at)
    assert any("first written down" in why and "4411" in why for why in stand(one, at).person_line.why)


def test_a_subpoena_asks_for_no_hold_and_opens_no_question(
    law: None, roster: None, staff: dict[str, User], at: datetime
) -> None:
    arrival = taken_in("subpoena-with-schedule.tif", at)
    one = person(JAIL, newest_match(newest(arrival.papers.get())).candidates[0]["booking"])
    confirm_by_hand(arrival, one, staff, at)
    one.released_at = None
    one.save()
    found = stand(one, at)
    assert (found.person_line.kind, found.question, found.open) == ("clear", None, ())
    assert found.word_line.words == "No paper here asks for notice"


def confirm_by_hand(arrival: Arrival, one: Person, staff: dict[str, User], at: datetime) -> None:
    """Two clerks choose somebody, each having compared an identifier by hand."""
    for name in ("clerk", "clerk2"):
        choose(newest_match(newest(arrival.papers.get())), one, staff[name], at, compared="fbi")
    Round(at).advance(arrival)


def test_a_released_person_is_held_by_nothing(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one = settled(held, staff, at)
    one.released_at = at - HOUR
    one.save()
    assert stand(one, at).person_line.kind == "none"
    assert "nobody is held here" in stand(one, at).person_line.words
    assert acts.print_sheet(TEXAS, staff["officer"], at).lines == []


def test_nobody_without_a_booking_hour_is_missing_on_the_sheet(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one = settled(held, staff, at)
    one.booked_at = None
    one.save()
    assert len(acts.print_sheet(TEXAS, staff["officer"], at).lines) == 1


def test_an_old_roster_never_says_no_paper_by_default_either(
    unsettled: Person, staff: dict[str, User], at: datetime
) -> None:
    acts.sign_default(TEXAS, 30, "silent", 3, 20, staff["counsel"], at)
    acts.check(unsettled, staff["officer"], at + 3 * DAY)
    found = stand(unsettled, at + 3 * DAY + HOUR)
    assert found.person_line.words == "Standing default: no ground to hold"
    assert any("The roster was taken in" in why for why in found.person_line.why)


def test_a_question_that_stays_open_for_days_keeps_its_default(
    unsettled: Person, staff: dict[str, User], at: datetime
) -> None:
    acts.sign_default(TEXAS, 30, "silent", 3, 20, staff["counsel"], at)
    for hours in (0, 20, 40):
        acts.check(unsettled, staff["officer"], at + hours * HOUR)
    assert stand(unsettled, at + 50 * HOUR).person_line.kind == "default"


def test_a_try_for_a_paper_about_somebody_else_is_refused(
    held: tuple[Person, Matter], roster: None, staff: dict[str, User], at: datetime
) -> None:
    with pytest.raises(ProblemsError, match="not, or no longer, a paper about this person"):
        acts.tried(held[1], person(JAIL, "J26-25519"), True, "512 555 0142", staff["officer"], at)


def test_the_clock_that_has_not_begun_is_no_alarm_and_a_new_paper_is(
    held: tuple[Person, Matter], staff: dict[str, User], at: datetime
) -> None:
    one = settled(held, staff, at)
    shown = acts.check(one, staff["officer"], at).shown
    assert not moved(shown, stand(one, at + timedelta(minutes=5)))
    taken_in("orphaned-served-warrant.tif", at + HOUR, TEXAS)
    assert moved(shown, stand(one, at + HOUR))


def test_what_counsel_has_not_adopted_is_not_recorded_as_an_answer(
    roster: None, staff: dict[str, User], at: datetime
) -> None:
    arrival = taken_in("detainer-with-warrant.tif", at)
    booking = newest_match(newest(arrival.papers.get())).candidates[0]["booking"]
    confirm(arrival, booking, staff, at)
    (paper,) = acts.check(person(JAIL, booking), staff["officer"], at).shown["papers"]
    assert (paper["hold"], paper["notify"], paper["advisory"]) == ("not_known", "not_known", True)
