"""What docs/api.md tells programmers to write really works."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lodged.office.desk import clock
from lodged.office.portal import hooks
from lodged.office.portal.hookkey import jwk, public_bytes
from lodged.office.portal.signing import sign_message

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
URL, BODY = "https://sheriff.example.gov/told?by=docket", b'{"stage": "received"}'


@pytest.fixture
def check() -> Callable[..., None]:
    """The check of a signature as the page has it."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(next(block for block in blocks if "def check(" in block), names)
    found: Callable[..., None] = names["check"]
    return found


def test_the_check_of_a_message_accepts_ours_and_no_other(check: Callable[..., None]) -> None:
    key, now = Ed25519PrivateKey.generate(), int(clock.now().timestamp())
    headers = {name.lower(): value for name, value in sign_message(URL, BODY, now, "key-1", key).items()}
    x = jwk(key)["x"]
    assert x == urlsafe_b64encode(public_bytes(key)).rstrip(b"=").decode()
    check(URL, headers, BODY, x)
    with pytest.raises(InvalidSignature):
        check("https://sheriff.example.gov/other", headers, BODY, x)
    with pytest.raises(AssertionError):
        check(URL, headers, b"{}", x)


def test_the_waits_it_tells_of_are_the_waits() -> None:
    from_page = PAGE.read_text(encoding="utf-8")
    assert "after 1, 5, 30 minutes, 2, 6, 12 and 24 hours" in from_page
    assert [wait.total_seconds() / 60 for wait in hooks.WAITS] == [1, 5, 30, 120, 360, 720, 1440]
