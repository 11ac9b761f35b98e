"""The page that checks a receipt as one file to take home: no server, no network, the key typed in by the reader."""

from functools import cache
from pathlib import Path

from django.template.loader import render_to_string

SCRIPTS = Path(__file__).parent / "static" / "room"


@cache
def offline_page() -> bytes:
    """The file; the same bytes for everybody, so that two copies can be compared. The scripts are those of `/verify`."""
    program = "\n".join((SCRIPTS / name).read_text(encoding="utf-8") for name in ("verify.js", "attend.js"))
    if "</script" in program:
        raise ValueError("a script that closes its own element cannot stand inside a page")
    return render_to_string("room/offline.html", {"program": program}).encode()
