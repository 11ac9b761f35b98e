"""The law's pages in a real browser: axe finds nothing at two widths, no page is pushed sideways, a question is asked by keys."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office

from lodged.office.decisions.acts import adopt_local
from lodged.office.decisions.local import Proposal
from lodged.office.decisions.put import Put

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AT = datetime(2026, 1, 17, 14, 5, tzinfo=ZoneInfo("America/New_York"))
ANSWERED = Put("us-ny-nyc/doc", "hold", AT, {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none"})
OPEN = Put("us-ny-nyc/doc", "answer", AT, {"paper.form": "i-138", "inquiry.item": "home_address"})
ADDRESSES = (
    "/law",
    "/law/us-ny-nyc/9-131?on=2015-01-01",
    "/law/ask",
    f"/law/ask?q={ANSWERED.link}",
    f"/law/ask?q={OPEN.link}",
    f"/law/ask?q={OPEN.link}&ask=person.convictions",
    "/law/everywhere?paper=bare",
    "/law/compare?left=us-ny-nyc/doc&left_on=2015-02-11&right=us-ny-nyc/doc&right_on=2015-02-12",
    "/law/local?custodian=us/custodian",
    "/law/upgrade",
)


def test_every_law_page(office: Office, live_server: LiveServer, page: Page, sign_in: Callable[[str], Page]) -> None:
    said = Proposal("us/custodian", "policy", "hold", "forbid", "Order 1", date(2026, 1, 1), date(2199, 1, 1))
    adopt_local(said, office.staff["counsel"], office.at)
    sign_in("counsel")
    for address in ADDRESSES:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            page.locator("details.unfold").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
            found = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]
            assert found == [], f"{address} at {width}"
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not page.evaluate(wide), f"{address} at {width}"


def test_the_matrix_scrolls_in_its_own_box_under_a_head_that_stays(
    office: Office, live_server: LiveServer, page: Page, sign_in: Callable[[str], Page]
) -> None:
    sign_in("clerk")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}/law/everywhere?paper=bare")
    box = page.locator(".matrixbox")
    box.evaluate("box => { box.scrollTop = 400; box.scrollLeft = 300; }")
    corner, frame = page.locator(".matrix thead th").first.bounding_box(), box.bounding_box()
    assert corner is not None
    assert frame is not None
    assert abs(corner["x"] - frame["x"]) <= 2
    assert abs(corner["y"] - frame["y"]) <= 2


def test_a_question_is_answered_by_keys_alone(
    office: Office, live_server: LiveServer, page: Page, sign_in: Callable[[str], Page]
) -> None:
    sign_in("clerk")
    page.goto(f"{live_server.url}/law/ask?q={ANSWERED.without('warrant.signed_by').link}&ask=warrant.signed_by")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".verdictline")).to_contain_text("must not hold the person past release")
    page.reload()
    expect(page.locator(".verdictline")).to_contain_text("must not hold the person past release")
