"""`./dev pictures`: the README's pictures, taken of the running demonstration by a real browser."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
PORT = 8023
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DOOR = re.compile(r"^\s+(\w+)\s+([a-z0-9]{4}(?:-[a-z0-9]{4}){3})\s")


@contextmanager
def demonstration() -> Iterator[dict[str, str]]:
    """The demonstration, serving; gives each user's password."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "lodged.cli", "demo", "--port", str(PORT), "--out", home]
        office = os.environ | {"LODGED_HOME": f"{home}/office"}
        program = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=office)
        try:
            yield _passwords(program)
        finally:
            program.terminate()
            program.wait(timeout=30)


def _passwords(program: subprocess.Popen[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in program.stderr or ():
        if door := DOOR.match(line):
            found[door[1]] = door[2]
        if "The data" in line:
            return found
    raise RuntimeError("the demonstration ended before its doors were open")


def main() -> None:
    """Sign in as counsel and take the desk, the paper and the decision."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as passwords, sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"http://127.0.0.1:{PORT}/sign-in")
        page.fill("input[name=username]", "counsel")
        page.fill("input[name=password]", passwords["counsel"])
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/")
        _take(page, "/", "desk")
        _take(page, "/papers/L-2026-00001/1", "paper")
        _take(page, "/matters/M-2026-00001", "decision")
        browser.close()


def _take(page: Page, address: str, name: str) -> None:
    page.goto(f"http://127.0.0.1:{PORT}{address}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
