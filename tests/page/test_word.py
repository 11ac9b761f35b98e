"""From likelihoods to words."""

import numpy as np
import pytest

from lodged.page.ocr import BLANK, COLUMNS_A_STEP, LETTERS, Strip
from lodged.page.word import comma_after, fit, spell

KNOWN = (BLANK, *LETTERS)
DIGITS = "0123456789"


def strip_of(*steps: dict[str, float], bare: bool = True) -> Strip:
    """A strip whose steps hold these likelihoods; what is left of each is blank."""
    likelihood = np.zeros((len(steps), len(KNOWN)), np.float32)
    for row, step in zip(likelihood, steps, strict=True):
        row[0] = 1 - sum(step.values())
        for letter, value in step.items():
            row[KNOWN.index(letter)] = value
    return Strip(KNOWN, likelihood, np.full(len(steps) * COLUMNS_A_STEP, bare))


def test_repeats_are_one_letter_unless_a_blank_parts_them() -> None:
    assert spell(strip_of({"A": 0.9}, {"A": 0.9}, {}, {"A": 0.9}, {"B": 0.8})).text == "AAB"


def test_each_letter_keeps_its_certainty_and_the_weakest_has_a_rival() -> None:
    word = spell(strip_of({"O": 0.99}, {}, {"8": 0.6, "B": 0.3}))
    assert word.certain == pytest.approx((0.99, 0.6))
    assert word.weakest == pytest.approx(0.6)
    assert word.second == "OB"


def test_a_faint_space_counts_where_the_paper_is_bare_and_not_where_it_is_inked() -> None:
    steps = ({"A": 0.9}, {" ": 0.2}, {"B": 0.9})
    assert spell(strip_of(*steps)).text == "A B"
    assert spell(strip_of(*steps, bare=False)).text == "AB"


def test_an_uncertain_accent_is_dirt_and_a_certain_one_is_not() -> None:
    assert spell(strip_of({"È": 0.5, "E": 0.4})).text == "E"
    assert spell(strip_of({"Ñ": 0.97})).text == "Ñ"


def test_only_letters_of_the_alphabet_are_read() -> None:
    assert spell(strip_of({"O": 0.7, "0": 0.2}), DIGITS).text == "0"


def test_a_trace_of_a_comma_is_found_after_its_word() -> None:
    assert comma_after(strip_of({"A": 0.9}, {" ": 0.6, ",": 0.1}, {"B": 0.9}, {" ": 0.9}, {"C": 0.9})) == 1
    assert comma_after(strip_of({"A": 0.9}, {" ": 0.9}, {"B": 0.9})) is None


def test_a_shape_turns_likely_letters_into_what_its_places_allow() -> None:
    fitted = fit(strip_of({"L": 0.9}, {}, {"0": 0.7, "O": 0.2}, {}, {"1": 0.9}), ("ABCLO", "ABCLO", DIGITS))
    assert fitted is not None
    assert fitted.word.text == "LO1"
    assert fitted.raw == pytest.approx((0.9, 0.2, 0.9))


def test_two_same_letters_need_a_blank_between() -> None:
    assert fit(strip_of({"1": 0.9}, {"1": 0.9}), (DIGITS, "1")) is None
    doubled = fit(strip_of({"1": 0.9}, {}, {"1": 0.9}), (DIGITS, DIGITS))
    assert doubled is not None
    assert doubled.word.text == "11"


def test_a_line_too_short_for_its_shape_does_not_fit() -> None:
    assert fit(strip_of({"1": 0.9}), (DIGITS, DIGITS)) is None


def test_an_empty_line_is_an_empty_word() -> None:
    assert spell(strip_of({}, {})).text == ""
    assert spell(strip_of({}, {})).weakest == 0
