"""Dropping a receipt gives one sentence, and no byte of it leaves the browser."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office

from lodged.log.sign import SignKey, make_key
from lodged.office.arrivals import shelf
from lodged.office.seals import heads
from lodged.office.seals.models import Receipt

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def files(office: Office, tmp_path: Path) -> tuple[Path, Path]:
    """A receipt and the document it is for."""
    arrival = office.paper()
    receipt, document = tmp_path / "receipt.pdf", tmp_path / "document.bin"
    receipt.write_bytes(bytes(Receipt.objects.get(number=arrival.number).body))
    document.write_bytes(shelf.take(arrival.sha256))
    return receipt, document


def test_a_stranger_reads_what_it_proves_and_nothing_is_sent(
    files: tuple[Path, Path], live_server: LiveServer, page: Page
) -> None:
    receipt, document = files
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto(f"{live_server.url}/verify")
    page.get_by_label("The receipt").set_input_files(receipt)
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("nobody vouches for its key")
    expect(verdict).to_contain_text("What it does not prove")
    page.locator("#key").fill(heads.key().vkey)
    page.get_by_label("The document").set_input_files(document)
    expect(verdict).to_contain_text("The receipt holds")
    expect(verdict).to_contain_text("unwitnessed")
    page.get_by_label("The document").set_input_files(receipt)
    expect(verdict).to_contain_text("Not proved")
    assert sent == []


def test_without_script_the_server_says_the_same(
    files: tuple[Path, Path], live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/verify")
    page.get_by_label("The receipt").set_input_files(files[0])
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_contain_text("nobody vouches for its key")
    context.close()


def test_the_file_that_is_taken_home_checks_with_a_key_typed_in_and_no_network(
    files: tuple[Path, Path], live_server: LiveServer, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{live_server.url}/verify")
    with page.expect_download() as download:
        page.get_by_role("link", name="verify.html").click()
    kept = tmp_path / "verify.html"
    download.value.save_as(kept)
    expect(page.locator("body")).to_contain_text(sha256(kept.read_bytes()).hexdigest())
    page.context.set_offline(True)
    asked: list[str] = []
    page.goto(kept.as_uri())
    page.on("request", lambda request: asked.append(request.url))
    receipt, document = files
    page.get_by_label("The receipt").set_input_files(receipt)
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("nobody vouches for its key")
    page.get_by_label("The log’s key").fill(heads.key().vkey)
    page.get_by_label("The document").set_input_files(document)
    page.get_by_role("button", name="Check").click()
    expect(verdict).to_contain_text("The receipt holds")
    page.get_by_label("The log’s key").fill(make_other_key(tmp_path).vkey)
    page.get_by_role("button", name="Check").click()
    expect(verdict).to_contain_text("Not proved")
    assert asked == []
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []


def make_other_key(folder: Path) -> SignKey:
    """A key of the same name that signed nothing."""
    return make_key(heads.key().verify.name, folder / "other.pem")


def test_a_file_that_is_no_receipt_is_refused_in_words(
    office: Office, live_server: LiveServer, page: Page, tmp_path: Path, sign_in: Callable[[str], Page]
) -> None:
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"%PDF-1.7 nothing")
    page.goto(f"{live_server.url}/verify")
    page.get_by_label("The receipt").set_input_files(junk)
    expect(page.locator("#verdict")).to_contain_text("Not proved")
