"""axe finds nothing on any page, no page is wider than a phone, and the strict policy breaks nothing."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office
from tests.web.invented import JAIL, Told

from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.people.models import Match
from lodged.office.readings import quarantine
from lodged.office.readings.models import Reading
from lodged.page.found import Found

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ON_A_PHONE = 2  # pages of each role that axe looks at a second time, as a phone shows them
PAPER, MATTER = "/papers/L-{year}-{number:05d}/1", "/matters/M-{year}-{number:05d}"
ADDRESSES = {
    "": ("/sign-in", "/verify"),
    "clerk": ("/", "/?station=late", "/take-in", "/search", "/keys", "/arrivals/{last}", "/reports"),
    "clerk2": (
        PAPER.replace("{number:05d}", "00002"),
        MATTER.replace("{number:05d}", "00003"),
        "/arrivals/L-{year}-00001/original",
        "/arrivals/L-{year}-00006",
    ),
    "counsel": (
        PAPER.replace("{number:05d}", "00001"),
        MATTER.replace("{number:05d}", "00003"),
        *(PAPER.replace("{number:05d}", f"{number:05d}") for number in (3, 4, 5)),
        "/law",
        "/law/us-ny-nyc/9-131",
        "/log/entries",
        "/log/entries/0",
    ),
    "admin": ("/staff", "/safety", "/log/entries", "/nothing-here"),
}


def fill(office: Office) -> str:
    """Five papers at five stations, one of a file that carries more, and one held back; gives the fifth one's number."""
    office.paper(Told())
    office.paper(Told(state=Match.State.CHOSEN, doubts={"dob": 0.4, "b2": 0.5}))
    office.paper(Told(state=Match.State.SAME))
    office.paper(Told(form="", trouble="the fax breaks off in page 1", decided=False))
    last = office.paper(Told(form="", text="A letter", decided=False)).number
    first = Reading.objects.earliest("id")
    first.body |= {"notes": [Found("script").words()], "entries": [["Subject", "ODALIS"]], "scanned": "nothing found"}
    first.save()
    quarantine.put_in(receive(Delivery(b"known", JAIL, "counter"), office.at), "Test.Invented", office.at)
    return last


def faults(page: Page) -> list[str]:
    """What axe finds, as lines."""
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def too_wide(page: Page) -> bool:
    """Whether the page must be pushed sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", list(ADDRESSES))
def test_every_page_of_a_role(
    name: str, office: Office, live_server: LiveServer, page: Page, sign_in: Callable[[str], Page]
) -> None:
    last = fill(office)
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            said.append(f"{page.url}: {message.text}")

    page.on("console", listen)
    if name:
        sign_in(name)
    for number, address in enumerate(ADDRESSES[name]):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address.format(year=office.at.year, last=last))
        page.locator("details.unfold").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
        assert faults(page) == [], address
        page.set_viewport_size({"width": 390, "height": 800})
        assert not too_wide(page), address
        if number < ON_A_PHONE:
            assert faults(page) == [], f"{address} on a phone"
    assert said == []


def test_no_word_of_the_navigation_is_broken_on_a_phone(
    office: Office, live_server: LiveServer, page: Page, sign_in: Callable[[str], Page]
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in("counsel")
    page.goto(live_server.url)
    heights = page.locator(".places a").evaluate_all(
        "links => links.map((link) => link.getBoundingClientRect().height)"
    )
    assert len(heights) > 5
    assert max(heights) < 1.5 * min(heights)
