"""A clerk's day without a mouse: the queue, the list of keys, the search, a doubtful place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office
from tests.web.invented import Told

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_up_and_down_the_queue_and_into_a_paper(office: Office, sign_in: Callable[[str], Page]) -> None:
    first, second = office.paper(minutes_ago=9), office.paper(minutes_ago=5)
    page = sign_in("clerk")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=first.number)).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=second.number)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/papers/{first.number}/1")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()


def test_the_keys_are_listed_and_the_search_is_one_stroke_away(office: Office, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("clerk")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jk?/")
    expect(page.get_by_role("searchbox")).to_have_value("jk?/")


def test_the_first_stop_of_the_tab_key_leads_to_the_main_part(office: Office, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("clerk")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_enter_accepts_a_doubtful_place_and_goes_to_the_next(
    office: Office, live_server: LiveServer, sign_in: Callable[[str], Page]
) -> None:
    arrival = office.paper(Told(doubts={"name": 0.4, "dob": 0.4}))
    page = sign_in("clerk")
    page.goto(f"{live_server.url}/papers/{arrival.number}/1")
    name, born = page.get_by_label("Name of the person"), page.get_by_label("Date of birth")
    name.focus()
    expect(page.locator("[data-zone='fields.name']")).to_have_class("zone zone--doubtful zone--here")
    page.keyboard.press("Enter")
    expect(born).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep this reading")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Kept")
    assert [place["doubt"] for place in _fields(office, "name", "dob")] == [0.0, 0.0]


def test_a_choice_of_three_is_made_with_the_arrow_keys(
    office: Office, live_server: LiveServer, sign_in: Callable[[str], Page]
) -> None:
    arrival = office.paper()
    page = sign_in("clerk")
    page.goto(f"{live_server.url}/papers/{arrival.number}/1")
    page.locator("[name='boxes.b2'][value=no]").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[name='boxes.b2'][value=yes]")).to_be_checked()


def _fields(office: Office, *names: str) -> list[dict[str, object]]:
    from_newest = office.newest_reading().body["fields"]
    return [from_newest[name] for name in names]
