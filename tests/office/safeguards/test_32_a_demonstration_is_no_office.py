"""Safeguard 32: demonstration papers are marked, and `lodged serve` refuses real work until it is fit for it."""

import json
from datetime import datetime
from io import BytesIO

import pypdf
import pytest

from lodged.cli import run
from lodged.office.answers.finds import newest
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter


def test_letter_and_receipt_say_demonstration_on_each_page(detainer: Arrival, at: datetime) -> None:
    answer = newest(Matter.objects.get(paper__arrival=detainer))
    assert answer is not None
    for body in (bytes(answer.body), bytes(Round(at).receipt(detainer).body)):
        pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages]
        assert pages
        assert all("DEMONSTRATION" in page for page in pages)


def test_serve_refuses_and_says_each_thing_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["ready"] is False
    assert {"storage", "sign-in", "audit"} <= {one["where"] for one in told["missing"]}
    assert all(one["what"] and one["mend"] for one in told["missing"])
