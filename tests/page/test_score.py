"""Scoring counts what is right and forgets nothing that is wrong."""

import pytest

from lodged.page import Box, Field, ReadPage
from lodged.page.score import Score, TruePage, TruthError, hold_against, true_pages

TRUTH = TruePage("a.tif", 1, "L1 typed", "i-200", {"name": "CAMUS, HENRI", "date": "05/25/2026"}, {"c1": True}, {})


def read(form: str | None, name: str) -> ReadPage:
    fields = {
        "name": Field(name, 0.02, None, (0, 0, 1, 1), 1),
        "date": Field("05/25/2026", 0.5, None, (0, 0, 1, 1), 1),
        "language": Field("", 0.0, None, (0, 0, 1, 1), 1),
    }
    return ReadPage(
        1, form, "09/16", fields if form else {}, {"c1": Box(True, 0.0, (0, 0, 1, 1), 1)} if form else {}, {}, None, 0
    )


def test_a_page_read_rightly_is_all_right() -> None:
    score = Score()
    hold_against(TRUTH, read("i-200", "CAMUS, HENRI"), score)
    assert score.mistakes == []
    assert score.as_dict()["fields"] == {"right": 2, "of": 2, "percent": 100.0}
    assert score.of["fields of little doubt"] == 1
    assert score.right["empty fields"] == 1


def test_a_letter_wrong_is_a_field_wrong_and_is_named() -> None:
    score = Score()
    hold_against(TRUTH, read("i-200", "CAMUS, HENRY"), score)
    assert (score.right["fields"], score.of["fields"]) == (1, 2)
    assert "a.tif, page 1, name: `CAMUS, HENRY`, in truth `CAMUS, HENRI`" in score.mistakes


@pytest.mark.parametrize("page", [None, read(None, ""), read("i-138", "CAMUS, HENRI")])
def test_a_page_missed_or_taken_for_another_has_every_field_wrong(page: ReadPage | None) -> None:
    score = Score()
    hold_against(TRUTH, page, score)
    assert (score.right["form"], score.right["fields"], score.of["fields"]) == (0, 0, 2)


@pytest.mark.parametrize("told", [{}, {"packets": [{}]}, [1], 5, None])
def test_a_truth_of_no_known_shape_is_refused(told: object) -> None:
    with pytest.raises(TruthError):
        true_pages(told)
