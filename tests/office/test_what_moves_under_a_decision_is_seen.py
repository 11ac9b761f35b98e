"""Nothing is agreed to, typeset or sent on what is no longer the newest, whoever was faster."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from lodged.office.answers import acts as answers
from lodged.office.answers.finds import newest, to_send
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions import acts as decisions
from lodged.office.decisions.finds import last_version, stands, waits
from lodged.office.decisions.finds import newest as newest_decisions
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter
from lodged.office.people.acts import choose, import_roster
from lodged.office.people.finds import newest as newest_match
from lodged.office.people.finds import person
from lodged.office.people.models import Match, Person
from lodged.office.readings.acts import correct
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.reviews.acts import agree, send_back
from lodged.office.staff.models import User
from lodged.person import read_roster
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, confirm

BOOKING = "J26-25693"
Staff = dict[str, User]


def agreed(detainer: Arrival, staff: Staff, at: datetime) -> Matter:
    matter = confirm(detainer, BOOKING, staff, at)
    agree(matter, last_version(matter), staff["officer"], at)
    Round(at).advance(detainer)
    return matter


def test_a_letter_that_counsel_sent_back_after_it_was_agreed_cannot_go(
    detainer: Arrival, staff: Staff, at: datetime
) -> None:
    matter = agreed(detainer, staff, at)
    (letter,) = to_send()
    send_back(matter, last_version(matter), staff["counsel"], at, "do not send this")
    assert to_send() == []
    with pytest.raises(ProblemsError, match="sent back"):
        answers.send(letter, "fax", "the directory's number", staff["clerk"], at)


def test_nobody_agrees_a_second_time(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = agreed(detainer, staff, at)
    with pytest.raises(ProblemsError, match="somebody has agreed to it already"):
        agree(matter, last_version(matter), staff["counsel"], at)
    assert matter.answers.filter(review__isnull=False).count() == 1


def test_nobody_agrees_to_a_decision_they_did_not_see(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    seen = last_version(matter)
    decisions.answer_fact(matter, "person.proved_citizen", False, "asked", staff["counsel"], at)
    Round(at).advance(detainer)
    with pytest.raises(ProblemsError, match="has changed since"):
        agree(matter, seen, staff["officer"], at)


def test_a_letter_typeset_while_the_paper_was_corrected_is_not_kept(
    detainer: Arrival, staff: Staff, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    agree(matter, last_version(matter), staff["officer"], at)
    typeset = answers.answer_letter

    def meanwhile(letter: Any) -> bytes:
        correct(detainer.papers.get(), {"fields.name": "SOMEBODY, ELSE"}, staff["clerk"], at)
        return typeset(letter)

    monkeypatch.setattr(answers, "answer_letter", meanwhile)
    assert answers.write(matter, at) is None
    assert matter.answers.filter(review__isnull=False).count() == 0


def test_an_answer_given_while_the_law_is_being_asked_is_not_lost(
    detainer: Arrival, staff: Staff, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    ask, given = decisions.consult, []

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        if not given:
            given.append(True)
            monkeypatch.setattr(decisions, "consult", ask)
            decisions.answer_fact(matter, "person.proved_citizen", True, "a passport", staff["counsel"], at)
        return ask(*args, **kwargs)

    monkeypatch.setattr(decisions, "consult", meanwhile)
    assert decisions.ask_the_law(matter, at) == []
    assert waits(matter)
    Round(at).advance(detainer)
    assert stands(matter)
    facts = {row["fact"]: row["value"] for row in newest_decisions(matter).get(act="hold").facts}
    assert facts["person.proved_citizen"] is True


def test_facts_that_contradict_one_another_leave_it_not_known_and_stop_nothing(
    detainer: Arrival, staff: Staff, at: datetime
) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    decisions.answer_fact(matter, "paper.attached", ["judicial_warrant"], "seen", staff["counsel"], at)
    correct(detainer.papers.get(), {"attachments.0.signatures.officer_signature": False}, staff["clerk"], at)
    Round(at).advance(detainer)
    hold = newest_decisions(matter).get(act="hold")
    assert hold.effect == "not_known"
    assert "warrant.signed_by" in " ".join(hold.body["notes"])


def test_a_custody_record_that_changed_is_asked_about_again(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = agreed(detainer, staff, at)
    Person.objects.filter(booking_no=BOOKING).update(released_at=at, changed_at=at + timedelta(minutes=5))
    assert not stands(matter)
    assert to_send() == []


def test_identifiers_are_counted_on_todays_roster(detainer: Arrival, staff: Staff, at: datetime) -> None:
    rows = f"booking_no,last,first,dob,a_number\n{BOOKING},OTHER,PERSON,1990-01-01,A000000001\n"
    import_roster(JAIL, read_roster(rows.encode()).people, at)
    shown = newest_match(newest_reading(detainer.papers.get()))
    with pytest.raises(ProblemsError, match="two independent identifiers"):
        choose(shown, person(JAIL, BOOKING), staff["clerk"], at)


def test_a_choice_made_on_an_older_page_is_refused(detainer: Arrival, staff: Staff, at: datetime) -> None:
    shown = newest_match(newest_reading(detainer.papers.get()))
    choose(shown, person(JAIL, BOOKING), staff["clerk"], at)
    with pytest.raises(ProblemsError, match="since this page was shown"):
        choose(shown, person(JAIL, BOOKING), staff["clerk2"], at)
    assert newest_match(shown.reading).state == Match.State.CHOSEN


def test_a_letter_agreed_to_long_ago_is_looked_at_again(detainer: Arrival, staff: Staff, at: datetime) -> None:
    agreed(detainer, staff, at)
    (letter,) = to_send()
    with pytest.raises(ProblemsError, match="more than a day ago"):
        answers.send(letter, "fax", "the directory's number", staff["clerk"], at + timedelta(days=2))


def test_the_desk_stands_between_a_correction_and_its_match(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    correct(detainer.papers.get(), {"fields.name": "SOMEBODY, ELSE"}, staff["clerk"], at)
    assert not stands(matter)
    assert newest(matter) is not None


def test_an_answer_never_goes_to_the_number_printed_on_the_paper(detainer: Arrival, staff: Staff, at: datetime) -> None:
    agreed(detainer, staff, at)
    (letter,) = to_send()
    with pytest.raises(ProblemsError, match="printed on the paper"):
        answers.send(letter, "fax", "+1 512 555 0151", staff["clerk"], at)


def test_an_empty_answer_is_no_answer(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    with pytest.raises(ProblemsError, match="nothing is written here"):
        decisions.answer_fact(matter, "person.convictions", None, "looked", staff["counsel"], at)


def test_a_reviewer_who_sent_it_back_may_change_their_mind(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    send_back(matter, last_version(matter), staff["officer"], at, "is box 2 marked?")
    assert agree(matter, last_version(matter), staff["officer"], at).verdict == "agreed"
