"""The desk: what waits, oldest first, and nothing that does not."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import Office
from tests.web.invented import BOOKING, NAME, Told, seal

from lodged.office.answers.models import Answer, Dispatch
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.pages import queue
from lodged.office.desk.pages.lines import lines
from lodged.office.matters.models import Matter
from lodged.office.people import acts as people_acts
from lodged.office.people.models import Match
from lodged.office.readings.finds import newest
from lodged.office.reviews.models import Review
from lodged.office.seals.docket import docket

Visit = Callable[[str], Client]


def desk(client: Client, station: str = "") -> str:
    """The desk's page as text."""
    return client.get(reverse("desk"), {"station": station} if station else {}).content.decode()


def test_an_empty_desk_says_so(office: Office, visit: Visit) -> None:
    html = desk(visit("clerk"))
    assert "Nothing waits" in html
    assert "No paper has come yet" in html


def test_the_oldest_paper_stands_first_whatever_it_needs(office: Office, visit: Visit) -> None:
    newer = office.paper(Told(form="", trouble="the file is damaged", decided=False), minutes_ago=5)
    older = office.paper(minutes_ago=40)
    html = desk(visit("clerk"))
    assert html.index(older.number) < html.index(newer.number)
    assert "cannot be read: the file is damaged" in html
    assert "choose the person (2 candidates)" in html
    assert "40 min" in html
    assert NAME in html


def test_each_paper_waits_at_the_lowest_station_where_something_is_missing(office: Office) -> None:
    office.paper(Told(doubts={"name": 0.5}, state=Match.State.SAME), minutes_ago=9)
    office.paper(Told(state=Match.State.CANDIDATE), minutes_ago=8)
    office.paper(Told(state=Match.State.CHOSEN), minutes_ago=7)
    office.paper(Told(state=Match.State.SAME), minutes_ago=6)
    assert [line.need.station for line in lines()] == ["read", "match", "confirm", "review"]


def test_a_station_shows_only_what_waits_there(office: Office, visit: Visit) -> None:
    one, other = office.paper(Told(state=Match.State.SAME)), office.paper(Told(state=Match.State.CHOSEN))
    html = desk(visit("clerk"), "review")
    assert one.number.replace("L-", "M-") in html
    assert other.number not in html.partition("<tbody>")[2]


def test_what_the_law_requires_stays_on_the_desk_though_nobody_here_is_meant(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    people_acts.nobody(newest(arrival.papers.get()), office.staff["clerk"], office.at)
    assert "yet something is due: counsel answers" in desk(visit("clerk"))


def test_a_paper_in_which_nobody_here_is_meant_waits_no_more_and_can_be_found(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(decided=False))
    client = visit("clerk")
    client.post(reverse("choose", args=[arrival.number, 1]), {"booking": "nobody"})
    assert "Nothing waits" in desk(client)
    found = client.post(reverse("search"), {"q": "Martillo"}).content.decode()
    assert arrival.number in found
    assert "nobody in the roster is meant" in found


def test_the_log_is_called_unwitnessed_on_every_page(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    for name in ("desk", "reports", "take_in", "keys", "entries", "search"):
        assert "unwitnessed" in client.get(reverse(name)).content.decode()


def test_a_search_is_posted_and_a_whole_number_leads_straight_there(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    client = visit("clerk")
    assert 'method="post" action="/search"' in desk(client)
    straight = client.post(reverse("search"), {"q": arrival.number.lower()})
    assert straight.headers["Location"] == reverse("arrival", args=[arrival.number])
    assert arrival.number in client.post(reverse("search"), {"q": "A055501234"}).content.decode()
    nothing = client.post(reverse("search"), {"q": "zzzz"}).content.decode()
    assert "No paper was read with these words" in nothing


def test_a_paper_corrected_after_its_answer_went_out_comes_back(office: Office, visit: Visit) -> None:
    arrival = office.paper(Told(state=Match.State.SAME))
    send(office, arrival)
    assert lines() == []
    told = {"version": "1", "fields.name": "SOMEBODY ELSE"}
    visit("clerk").post(reverse("correct", args=[arrival.number, 1]), told)
    (line,) = lines()
    assert line.need.alarm
    assert "corrected after sending" in line.need.words
    matter = visit("clerk").get(reverse("matter", args=[arrival.number.replace("L-", "M-")])).content.decode()
    assert "Corrected after sending." in matter


def send(office: Office, arrival: Arrival) -> None:
    """Write that somebody agreed and that the letter went out."""
    matter = Matter.objects.get(paper__arrival=arrival)
    with docket(office.at):
        review = Review.objects.create(
            matter=matter,
            decision_version=1,
            verdict=Review.Verdict.AGREED,
            by=office.staff["officer"],
            at=office.at,
            seal=seal("DecisionReviewed", office.at),
        )
        answer = Answer.objects.create(
            matter=matter,
            version=2,
            decision_version=1,
            review=review,
            body=b"%PDF-1.7",
            sha256="0" * 64,
            at=office.at,
            seal=seal("AnswerAgreed", office.at),
        )
        Dispatch.objects.create(
            answer=answer,
            way=Dispatch.Way.FAX,
            to="the directory",
            by=office.staff["clerk"],
            at=office.at,
            seal=seal("AnswerSent", office.at),
        )


def test_fifty_lines_are_shown_at_once_and_the_counts_speak_of_all(
    office: Office, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "A_PAGE", 2)
    for minutes in range(5):
        office.paper(minutes_ago=minutes)
    client = visit("clerk")
    first = client.get(reverse("desk"), {"station": "match"}).content.decode()
    assert first.count('<th scope="row">') == 2
    assert "1 to 2 of 5" in first
    assert "<b>5</b> <span>To match</span>" in first
    assert "?station=match&amp;page=2" in first
    last = client.get(reverse("desk"), {"page": "3"}).content.decode()
    assert last.count('<th scope="row">') == 1
    assert "More</a>" not in last
    assert client.get(reverse("desk"), {"page": "no page"}).status_code == 200


def test_papers_that_nobody_has_matched_cost_the_desk_no_query_each(office: Office, visit: Visit) -> None:
    client = visit("clerk")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("desk"))
        return len(asked)

    for _ in range(2):
        office.paper()
    few = queries()
    for _ in range(12):
        office.paper()
    assert queries() == few


@pytest.mark.parametrize(
    "written", ["03/04/1991", "1991-03-04", "March 4, 1991", "4 mar 1991", "a055 501 234", "55501234"]
)
def test_a_birth_date_or_an_a_number_is_found_however_it_is_written(office: Office, visit: Visit, written: str) -> None:
    arrival = office.paper()
    html = visit("clerk").post(reverse("search"), {"q": written}).content.decode()
    assert arrival.number in html
    assert BOOKING in html


def test_a_docket_number_is_found_in_small_letters_and_without_its_zeros(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    client = visit("clerk")
    year = office.at.year
    for written in (arrival.number.lower(), "l-1", f"L {year} 1", f"l-{year}-1", "l1"):
        response = client.post(reverse("search"), {"q": written})
        assert response.headers.get("Location") == reverse("arrival", args=[arrival.number]), written
    assert client.post(reverse("search"), {"q": "m-1"}).headers["Location"].startswith("/matters/")
