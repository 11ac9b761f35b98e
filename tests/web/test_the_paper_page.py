"""The paper page: what was read beside the page, correcting it, and choosing the person without being led."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Office
from tests.web.invented import BOOKING, FORM, JAIL, NAME, OTHER_BOOKING, Told

from lodged.office.arrivals.models import Arrival
from lodged.office.desk.pages.paper import png_size
from lodged.office.people.models import Match, Person
from lodged.office.readings.finds import newest
from lodged.office.readings.models import Reading

Visit = Callable[[str], Client]


def page(client: Client, arrival: Arrival) -> str:
    """The paper's page as text."""
    return client.get(reverse("paper", args=[arrival.number, 1])).content.decode()


def reading_of(arrival: Arrival) -> Reading:
    """The newest reading."""
    return newest(arrival.papers.get())


def test_a_doubtful_place_is_open_with_its_crop_and_both_readings(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(doubts={"dob": 0.42}))
    html = page(visit("clerk"), arrival)
    assert html.count('class="crop"') == 1
    assert "another reading" in html
    assert "42%" in html
    assert "look at 1 doubtful place" in html


def test_the_name_stands_on_the_page_and_in_no_address_and_no_title(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    html = page(visit("clerk"), arrival)
    assert NAME in html
    assert NAME not in html.partition("</title>")[0]
    links = [part.partition('"')[0] for part in html.split('href="')[1:] + html.split('action="')[1:]]
    assert links
    assert not [link for link in links if "MARTILLO" in link.upper()]


def test_no_page_has_a_style_or_a_script_of_its_own(office: Office, visit: Visit) -> None:
    html = page(visit("clerk"), office.paper())
    assert "style=" not in html
    assert "<style" not in html
    assert all("src=" in part.partition(">")[0] for part in html.split("<script")[1:])


def test_a_changed_field_is_a_new_reading_and_the_old_one_stays(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    told = {"version": "1", "fields.name": "MARTILLO QUEZADA, ODALIS", "boxes.b2": "yes"}
    response = visit("clerk").post(reverse("correct", args=[arrival.number, 1]), told)
    assert response.status_code == 302
    reading = reading_of(arrival)
    assert reading.version == 2
    assert reading.body["fields"]["name"]["value"] == "MARTILLO QUEZADA, ODALIS"
    assert reading.body["fields"]["name"]["was"] == NAME
    assert reading.body["boxes"]["b2"]["value"] is True
    assert "person" not in reading.body["fields"]["dob"]


def test_accepting_a_doubtful_place_as_it_stands_takes_its_doubt_away(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(doubts={"dob": 0.42}))
    told = {"version": "1", "fields.dob": "03/04/1991", "seen.fields.dob": "on"}
    visit("clerk").post(reverse("correct", args=[arrival.number, 1]), told)
    assert reading_of(arrival).body["fields"]["dob"]["doubt"] == 0.0


def test_a_page_that_somebody_else_has_corrected_since_is_not_overwritten(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    where = reverse("correct", args=[arrival.number, 1])
    visit("clerk").post(where, {"version": "1", "fields.name": "FIRST"})
    late = visit("clerk2").post(where, {"version": "1", "fields.name": "SECOND"})
    assert "Somebody else" in str(next(iter(get_messages(late.wsgi_request))))
    assert reading_of(arrival).body["fields"]["name"]["value"] == "FIRST"


def test_nothing_changed_keeps_nothing(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    visit("clerk").post(reverse("correct", args=[arrival.number, 1]), {"version": "1", "fields.name": NAME})
    assert reading_of(arrival).version == 1


def test_a_paper_nobody_can_read_says_why_and_offers_the_file_as_it_came(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(form="", trouble="the fax breaks off in page 1", decided=False))
    client = visit("clerk")
    html = page(client, arrival)
    assert "The fax breaks off in page 1" in html
    response = client.get(reverse("original", args=[arrival.number]))
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_words_of_a_form_nobody_knows_are_shown_and_a_clerk_says_which_it_is(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(form="", text="A letter about a rule book", decided=False))
    client = visit("clerk")
    assert "A letter about a rule book" in page(client, arrival)
    where = reverse("correct", args=[arrival.number, 1])
    client.post(where, {"version": "1", "form": "not a form"})
    assert reading_of(arrival).form == ""
    client.post(where, {"version": "1", "form": "letter"})
    assert reading_of(arrival).form == "letter"


def test_the_first_person_sees_rank_order_reasons_and_alarms(office: Office, visit: Visit) -> None:
    html = page(visit("clerk"), office.paper())
    assert html.index(f'value="{BOOKING}"') < html.index(f'value="{OTHER_BOOKING}"')
    assert "the same A-number" in html
    assert "same surname, other birth date" in html


def test_the_second_person_sees_neither_the_first_choice_nor_what_the_machine_thought(
    office: Office, visit: Visit
) -> None:
    arrival = office.paper(Told(state=Match.State.CHOSEN))
    html = page(visit("clerk2"), arrival)
    assert "You are the second person" in html
    assert "checked" not in html.partition('id="who"')[2]
    for told in ("the same A-number", "other birth date", "identifiers agree", "has chosen {", "rank"):
        assert told not in html
    order = sorted((BOOKING, OTHER_BOOKING), key=lambda booking: html.index(f'value="{booking}"'))
    again = page(visit("officer"), arrival)
    assert order == sorted((BOOKING, OTHER_BOOKING), key=lambda booking: again.index(f'value="{booking}"'))


def test_the_law_page_does_not_tell_the_second_person_whom_the_first_chose(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(state=Match.State.CHOSEN))
    where = reverse("matter", args=[arrival.number.replace("L-", "M-")])
    assert BOOKING not in visit("clerk2").get(where).content.decode()
    assert BOOKING in visit("clerk").get(where).content.decode()


def test_one_person_cannot_be_both(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    where = reverse("choose", args=[arrival.number, 1])
    client = visit("clerk")
    client.post(where, as_shown())
    client.post(where, as_shown())
    assert Match.objects.filter(state=Match.State.SAME).count() == 0
    visit("clerk2").post(where, as_shown())
    assert Match.objects.filter(state=Match.State.SAME).count() == 1


def test_whoever_saw_the_page_before_the_first_choice_is_not_the_second_person(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    where = reverse("choose", args=[arrival.number, 1])
    seen_before = as_shown()
    visit("clerk").post(where, as_shown())
    visit("clerk2").post(where, seen_before)
    assert Match.objects.filter(state=Match.State.SAME).count() == 0
    assert Match.objects.latest("id").state == Match.State.CHOSEN


def as_shown() -> dict[str, str]:
    """What the form on the page posts for the person meant."""
    return {"booking": BOOKING, "match": str(Match.objects.latest("id").pk)}


def test_choosing_nobody_in_particular_is_not_a_choice(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    visit("clerk").post(reverse("choose", args=[arrival.number, 1]), {})
    assert Match.objects.latest("id").state == Match.State.CANDIDATE


def test_a_page_picture_is_a_png_that_only_this_reader_may_keep(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    response = visit("clerk").get(reverse("page_picture", args=[arrival.number, 1]))
    assert response.headers["Content-Type"] == "image/png"
    assert "private" in response.headers["Cache-Control"]
    assert png_size(response.content) == png_size(FORM["i-247a"].blank.read_bytes())


def told(response: HttpResponse) -> list[tuple[str, str]]:
    """What a page would tell next, each with its level."""
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def test_a_form_named_for_an_unreadable_file_has_fields_and_the_file_stays_in_reach(
    office: Office, visit: Visit
) -> None:
    arrival = office.paper(Told(form="", trouble="the fax breaks off in page 1", decided=False))
    arrival.papers.update(pages=[])
    client = visit("clerk")
    where = reverse("correct", args=[arrival.number, 1])
    client.post(where, {"version": "1", "form": "i-247a"})
    html = page(client, arrival)
    assert 'name="fields.name"' in html
    assert "The machine could not read this file: the fax breaks off in page 1" in html
    assert html.count(reverse("original", args=[arrival.number])) >= 2
    client.post(where, {"version": "2", "fields.name": NAME, "fields.dob": "", "boxes.b1a": "yes", "rest": "on"})
    reading = reading_of(arrival)
    assert reading.body["fields"]["name"]["value"] == NAME
    assert reading.body["boxes"]["b1a"]["value"] is True
    assert "unread" not in reading.body["fields"]["dob"]
    assert reading.body["boxes"]["b2"].get("unread"), "a place that was not on the page that was sent is not accepted"


def test_a_form_named_by_mistake_can_be_changed_and_taken_back(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    client = visit("clerk")
    assert "It is another form" in page(client, arrival)
    where = reverse("correct", args=[arrival.number, 1])
    client.post(where, {"version": "1", "form": "i-200"})
    assert reading_of(arrival).form == "i-200"
    client.post(where, {"version": "2", "form": "none"})
    assert reading_of(arrival).form == ""
    client.post(where, {"version": "3", "form": "i-247a"})
    assert reading_of(arrival).body["fields"]["name"]["value"] == NAME


@pytest.mark.parametrize(
    ("place", "written", "why"),
    [
        ("fields.dob", "13/45/1987", "There is no such day"),
        ("fields.dob", "sometime", "This is not a date"),
        ("fields.dob", "01/01/2199", "This day is later than the day the paper came"),
        ("fields.file_no", "A12", "This is not an A-number"),
        ("fields.date", "2/3/1492", "No paper bears such a year"),
    ],
)
def test_a_value_that_cannot_be_used_is_kept_and_said(
    office: Office, visit: Visit, place: str, written: str, why: str
) -> None:
    arrival = office.paper()
    client = visit("clerk")
    kept = client.post(reverse("correct", args=[arrival.number, 1]), {"version": "1", place: written})
    assert [level for level, _ in told(kept)] == ["warning"]
    assert f"“{written}” is kept as you wrote it, but cannot be used: {why}" in told(kept)[0][1]
    part, name = place.split(".")
    assert reading_of(arrival).body[part][name]["value"] == written
    assert f"Kept, not used: {why}" in page(client, arrival)


def test_a_problem_keeps_its_capitals_in_the_middle_of_a_sentence(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    chosen = as_shown() | {"booking": OTHER_BOOKING, "compared": "FBI-x"}
    sentences = [text for _, text in told(visit("clerk").post(reverse("choose", args=[arrival.number, 1]), chosen))]
    assert "“FBI-x” is not an identifier. Use one of fingerprints, fbi, state_id, photograph." in sentences


def test_somebody_the_matcher_missed_is_looked_for_on_the_paper_page_and_chosen(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    kept = {"custodian": JAIL, "imported_at": office.at, "changed_at": office.at}
    Person.objects.create(booking_no="J26-00555", last="MARTILLO", first="ODALIS", dob=date(1991, 3, 4), **kept)
    client = visit("clerk")
    html = client.post(reverse("look", args=[arrival.number, 1]), {"who": "j26-00555"}).content.decode()
    assert 'value="J26-00555"' in html
    assert "who=" not in html
    none = client.post(reverse("look", args=[arrival.number, 1]), {"who": "NOBODY AT ALL"}).content.decode()
    assert "Nobody else in the roster is found" in none


def test_the_second_person_is_not_led_by_what_a_look_shows(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(state=Match.State.CHOSEN))
    Match.objects.filter(state=Match.State.CHOSEN).update(candidates=[])
    html = visit("clerk2").post(reverse("look", args=[arrival.number, 1]), {"who": BOOKING}).content.decode()
    assert f'value="{BOOKING}"' in html
    assert "identifiers agree" not in html
    assert "checked" not in html.partition('id="who"')[2]


def test_what_our_own_fax_server_says_went_wrong_stands_on_the_page(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    assert "Our fax server says" not in page(visit("clerk"), arrival)
    arrival.evidence = {"error": "T.30 T2 timeout, expected signal not received"}
    arrival.save()
    assert "T.30 T2 timeout, expected signal not received" in page(visit("clerk"), arrival)
