"""Claims typed in as JSON, whole, partial and wrong."""

import json

import pytest
from tests.dispute.invented import REAL

from lodged.dispute import Result
from lodged.dispute.typed import read_typed
from lodged.problem import ProblemsError


def test_the_values_of_a_sheet_and_its_print_are_the_same_claim() -> None:
    whole = json.loads((REAL / "sheets" / "X4.json").read_text())
    typed = read_typed(json.dumps(whole["typed"]), "x")
    printed = read_typed(json.dumps({"printed": whole["printed"]}), "x")
    for field in ("dialled", "pages", "pages_in_document", "result", "duration_s", "error"):
        assert getattr(typed, field) == getattr(printed, field)
    assert typed.started == printed.started


def test_a_claim_needs_no_more_than_a_number_and_a_minute() -> None:
    read = read_typed('{"dialled": "(512) 555-0199", "started": "2026-11-24T03:32"}', "x")
    assert (read.dialled, read.result, read.missing) == ("+15125550199", Result.NOT_SAID, ("pages", "result"))
    assert read.started is not None
    assert read.started.within_s == 60


def test_an_offset_is_kept() -> None:
    read = read_typed('{"dialled": "512 555 0199", "started": "2026-11-24T03:32:10-05:00"}', "x")
    assert read.started is not None
    assert read.started.at.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ("{}", "neither a number nor a time"),
        ('{"typed": 7}', "`typed` is not an object"),
        ('{"dialled": "512 555 0199", "started": "soon"}', "`soon` is not a time"),
        ('{"dialled": "512 555 0199", "pages": "many"}', "`pages` is `many`"),
        ('{"dialled": "512 555 0199", "pages": true}', "`pages` is `True`"),
        ('{"dialled": "512 555 0199", "duration_s": -5}', "`duration_s` is `-5`"),
    ],
)
def test_what_is_wrong_is_said_in_the_typist_s_words(text: str, what: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_typed(text, "claim.json")
    assert what in str(raised.value)
