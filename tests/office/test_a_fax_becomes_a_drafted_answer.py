"""The main job: a faxed detainer is read, matched, decided and drafted, and waits for a person."""

from datetime import datetime, timedelta

import pytest

from lodged.office.answers.acts import send
from lodged.office.answers.finds import corrected_after_sending, newest, to_send
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import answer_fact
from lodged.office.decisions.finds import last_version
from lodged.office.decisions.finds import newest as newest_decisions
from lodged.office.desk.rounds import Round
from lodged.office.matters.finds import deadlines
from lodged.office.matters.models import Matter
from lodged.office.people.acts import choose, nobody
from lodged.office.people.finds import newest as newest_match
from lodged.office.people.finds import person
from lodged.office.people.models import Match
from lodged.office.readings.acts import correct
from lodged.office.readings.body import value
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.reviews.acts import agree, send_back
from lodged.office.reviews.finds import obstacles
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, confirm, taken_in

BOOKING = "J26-25693"
Staff = dict[str, User]


def effects(matter: Matter) -> dict[str, str]:
    return {decision.act: decision.effect for decision in newest_decisions(matter)}


def test_the_form_its_boxes_and_its_warrant_are_read(detainer: Arrival) -> None:
    reading = newest_reading(detainer.papers.get())
    assert (reading.form, reading.edition) == ("i-247a", "3/17")
    assert value(reading.body, "fields.name") == "MERINO-PEREZ, MARCO ANTONIO"
    assert [name for name, box in reading.body["boxes"].items() if box["value"]] == ["b1b", "b1d"]
    assert [one["form"] for one in reading.body["attachments"]] == ["i-200"]
    assert all(0 <= field["doubt"] <= 1 and len(field["box"]) == 4 for field in reading.body["fields"].values())


def test_the_person_is_found_but_only_as_a_candidate(detainer: Arrival) -> None:
    match = newest_match(newest_reading(detainer.papers.get()))
    assert (match.state, match.person, match.candidates[0]["booking"]) == (Match.State.CANDIDATE, None, BOOKING)
    assert "A-number 053740075 is the same" in match.candidates[0]["reasons"]


def test_a_matter_is_open_with_both_clocks_of_a_hold_and_their_working(detainer: Arrival) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    found = list(deadlines(matter))
    assert [one.rule for one in found] == ["i-247a:48h", "8cfr287.7:48h"]
    assert all(one.working and one.conditional for one in found)


def test_every_act_asked_for_is_decided_with_a_citation(detainer: Arrival) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    assert effects(matter) == {"hold": "forbidden", "notify": "forbidden"}
    assert all("9-131(b)(1)" in decision.cites[0] for decision in newest_decisions(matter))
    assert all(decision.candidate and decision.adopted for decision in newest_decisions(matter))


def test_every_fact_says_where_it_comes_from(detainer: Arrival) -> None:
    facts = newest_decisions(Matter.objects.get(paper__arrival=detainer)).get(act="hold").facts
    found = {row["fact"]: (row["value"], row["source"]) for row in facts}
    assert found["paper.box"] == ("1", "boxes 1 and 2")
    assert found["warrant.signed_by"][0] == "dhs_officer"
    assert found["person.arrested_on"][1] == "roster"


def test_a_letter_is_drafted_and_nobody_may_agree_before_the_person_is_confirmed(
    detainer: Arrival, staff: Staff, at: datetime
) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    assert newest(matter) is not None
    with pytest.raises(ProblemsError, match="nobody has confirmed"):
        agree(matter, last_version(matter), staff["officer"], at)


def test_two_people_confirm_one_agrees_and_the_letter_goes(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    assert newest_decisions(matter).filter(candidate=True).count() == 0
    agree(matter, last_version(matter), staff["officer"], at)
    Round(at).advance(detainer)
    (answer,) = to_send()
    send(answer, "fax", "+15125550140", staff["clerk"], at)
    assert to_send() == []
    with pytest.raises(ProblemsError, match="sent already"):
        send(answer, "fax", "+15125550140", staff["clerk"], at)


def test_a_draft_cannot_be_sent(detainer: Arrival, staff: Staff, at: datetime) -> None:
    draft = newest(Matter.objects.get(paper__arrival=detainer))
    assert draft is not None
    with pytest.raises(ProblemsError, match="this is a draft"):
        send(draft, "mail", "the directory's address", staff["clerk"], at)


def test_a_clerk_may_not_agree(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    assert any("your role may not review" in problem.what for problem in obstacles(matter, staff["clerk"], at))


def test_sending_back_needs_a_reason_and_waits_again(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    with pytest.raises(ProblemsError, match="nothing is written here"):
        send_back(matter, last_version(matter), staff["counsel"], at, "  ")
    assert send_back(matter, last_version(matter), staff["counsel"], at, "look at box 2 again").verdict == "sent_back"


def test_an_old_decision_is_asked_again_before_anybody_agrees(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    with pytest.raises(ProblemsError, match="more than an hour old"):
        agree(matter, last_version(matter), staff["officer"], at + timedelta(hours=2))


def test_a_correction_is_a_new_reading_and_everything_above_follows(
    detainer: Arrival, staff: Staff, at: datetime
) -> None:
    paper = detainer.papers.get()
    matter = confirm(detainer, BOOKING, staff, at)
    correct(paper, {"boxes.b1b": False, "boxes.b1d": False, "boxes.b2": True}, staff["clerk"], at)
    Round(at).advance(detainer)
    assert newest_reading(paper).version == 2
    assert newest_match(newest_reading(paper)).state == Match.State.CANDIDATE
    assert effects(matter) == {"notify": "forbidden"}
    assert paper.readings.get(version=1).body["boxes"]["b2"]["value"] is False


def test_a_correction_after_sending_shows_up(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = confirm(detainer, BOOKING, staff, at)
    agree(matter, last_version(matter), staff["officer"], at)
    Round(at).advance(detainer)
    send(to_send()[0], "hand", "the directory's address", staff["clerk"], at)
    correct(detainer.papers.get(), {"fields.name": "MERINO PEREZ, MARCO"}, staff["clerk"], at)
    Round(at).advance(detainer)
    assert [answer.matter for answer in corrected_after_sending()] == [matter]


def test_a_place_that_is_not_on_the_paper_cannot_be_corrected(detainer: Arrival, staff: Staff, at: datetime) -> None:
    with pytest.raises(KeyError, match="fields.shoe_size"):
        correct(detainer.papers.get(), {"fields.shoe_size": "9"}, staff["clerk"], at)
    assert newest_reading(detainer.papers.get()).version == 1


def test_an_answer_of_another_kind_is_refused_and_nothing_is_kept(
    detainer: Arrival, staff: Staff, at: datetime
) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    entries = Entry.objects.count()
    with pytest.raises(ProblemsError, match="person.arrested_on"):
        answer_fact(matter, "person.arrested_on", "yesterday", "asked", staff["counsel"], at)
    assert Entry.objects.count() == entries


def test_an_answer_that_contradicts_the_paper_is_refused(detainer: Arrival, staff: Staff, at: datetime) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    answer_fact(matter, "paper.attached", ["judicial_warrant"], "seen", staff["counsel"], at)
    with pytest.raises(ProblemsError, match="warrant.signed_by"):
        answer_fact(matter, "warrant.signed_by", "none", "seen", staff["counsel"], at)


def test_the_machine_is_told_when_nobody_is_meant(detainer: Arrival, staff: Staff, at: datetime) -> None:
    reading = newest_reading(detainer.papers.get())
    nobody(reading, staff["clerk"], at)
    Round(at).advance(detainer)
    matter = Matter.objects.get(paper__arrival=detainer)
    assert "person.arrested_on" not in {row["fact"] for row in newest_decisions(matter).get(act="hold").facts}


def test_two_people_in_one_call_are_two_papers_and_two_matters(
    staff: Staff, roster: None, law: None, at: datetime
) -> None:
    arrival = taken_in("two-people.tif", at)
    assert [paper.position for paper in arrival.papers.all()] == [1, 2]
    assert Matter.objects.filter(paper__arrival=arrival).count() == 2


def test_a_letter_that_is_no_form_waits_for_a_clerk(staff: Staff, roster: None, law: None, at: datetime) -> None:
    arrival = taken_in("letter.tif", at)
    reading = newest_reading(arrival.papers.get())
    assert (reading.form, reading.trouble) == ("", "")
    assert "Larkspur Legal Aid" in reading.body["text"]
    assert not newest_decisions(Matter.objects.get(paper__arrival=arrival)).exists()


def test_a_subpoena_names_its_day_and_its_records(staff: Staff, roster: None, law: None, at: datetime) -> None:
    matter = Matter.objects.get(paper__arrival=taken_in("subpoena-with-schedule.tif", at))
    (due,) = deadlines(matter)
    assert (due.rule, due.day_only) == ("face", True)
    items = {decision.item for decision in newest_decisions(matter)}
    assert {"home_address", "work_address"} <= items


def test_nobody_chooses_a_person_of_another_custodian(detainer: Arrival, staff: Staff, at: datetime) -> None:
    reading = newest_reading(detainer.papers.get())
    stranger = person(JAIL, BOOKING)
    stranger.pk, stranger.custodian = None, "us-tx/sheriff"
    stranger.save()
    with pytest.raises(ProblemsError, match="another custodian's"):
        choose(newest_match(reading), stranger, staff["clerk"], at)
