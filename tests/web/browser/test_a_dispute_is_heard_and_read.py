"""A dispute from the sender's scan to its page, by keyboard, on a screen, on a phone, and with nobody shut out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DATA = Path(__file__).parents[2] / "dispute" / "data"


def faults(page: Page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def test_a_scan_becomes_a_finding_that_everybody_can_read(
    office: Office, live_server: LiveServer, sign_in: Callable[[str], Page], tmp_path: Path, settings: Settings
) -> None:
    shutil.copytree(DATA / "spool", tmp_path / "hylafax")
    settings.LODGED_SPOOLS = (tmp_path / "hylafax",)
    settings.LODGED_NUMBERS = tmp_path / "numbers.json"
    settings.LODGED_NUMBERS.write_text(json.dumps(json.loads((DATA / "truth.json").read_text())["our_numbers"]))
    page = sign_in("counsel")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.get_by_role("link", name="Disputes").click()
    assert faults(page) == []
    page.get_by_label("Confirmation sheet, report or list").set_input_files(DATA / "sheets" / "X3.tif")
    page.get_by_role("button", name="Hear it").first.press("Enter")
    expect(page.locator(".verdict__sentence")).to_contain_text("our intake never noticed", timeout=60_000)
    expect(page.get_by_role("img", name="Hours of both sides on one axis")).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
    page.get_by_role("button", name="Draft certificate").press("Enter")
    expect(page.get_by_role("link", name="Certificate, version 1 (PDF)")).to_be_visible(timeout=30_000)
    page.get_by_label("How number +15125550198 was searched").fill("read every fax of that day")
    page.get_by_label("How number +15125550198 was searched").press("Enter")
    expect(page.get_by_text("read every fax of that day")).to_be_visible()
    page.goto(f"{live_server.url}/disputes")
    page.set_viewport_size({"width": 390, "height": 900})
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert said == []
