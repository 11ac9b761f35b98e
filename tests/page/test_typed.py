"""What may stand in a field, and how it is written out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.page import typed
from lodged.page.form import TYPES

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DATES)
def test_every_date_as_written_on_a_form_is_understood(day: date) -> None:
    assert typed.iso_date(f"{day:%m/%d/%Y}") == day.isoformat()
    assert typed.fits("date", f"{day:%m/%d/%Y}")
    assert any(_has(shape, f"{day:%m/%d/%Y}") for shape in typed.shapes("date"))


@pytest.mark.parametrize("text", ["02/30/1987", "13/01/1987", "00/10/1987", "1987", "", "11/11/0987", "11/11/19877"])
def test_an_impossible_date_is_none(text: str) -> None:
    assert typed.iso_date(text) is None
    assert not typed.fits("date", text)


@given(st.integers(10_000_000, 999_999_999))
def test_an_a_number_is_nine_digits_however_it_is_spaced(number: int) -> None:
    digits = f"{number:09d}"
    assert typed.a_number(digits) == digits
    assert typed.a_number(f"A{digits[:3]} {digits[3:6]} {digits[6:]}") == digits
    assert typed.a_number(f"A{digits[:3]}-{digits[3:6]}-{digits[6:]}") == digits


@pytest.mark.parametrize("text", ["", "A12", "A12345678901", "A12345678B"])
def test_what_is_no_a_number_is_none(text: str) -> None:
    assert typed.a_number(text) is None


@pytest.mark.parametrize(
    ("kind", "read", "written"),
    [
        ("anum", "A053740 075", "A053 740 075"),
        ("anum", "A232 917.530", "A232 917 530"),
        ("anum", "A232-917-530", "A232-917-530"),
        ("phone", "(512). 555-0151", "(512) 555-0151"),
        ("name", "ORTEGA ARRIAGA. AIDA", "ORTEGA ARRIAGA, AIDA"),
        ("name", "LEMUS -RODRIQUEZ,ANDRES", "LEMUS-RODRIQUEZ, ANDRES"),
        ("name", "McDonald, Ann", "McDonald, Ann"),
        ("name", "SOLiS, ADRIaN", "SOLIS, ADRIAN"),
        ("text", "HANNAH SHEPARD . DO", "HANNAH SHEPARD DO"),
        ("sex", "m", "M"),
        ("code", "x24 - 55467", "X24-55467"),
        ("date", "11 /24/ 2026", "11/24/2026"),
    ],
)
def test_spaces_capitals_and_dirt_are_put_right(kind: str, read: str, written: str) -> None:
    assert typed.tidy(kind, read) == written


@given(st.sampled_from(TYPES), st.text(max_size=30))
def test_tidying_twice_is_tidying_once_for_what_has_no_odd_marks(kind: str, text: str) -> None:
    plain = "".join(letter for letter in text if letter.isalnum() or letter == " ")
    once = typed.tidy(kind, plain)
    assert typed.tidy(kind, once) == once


def test_a_country_two_letters_off_is_found_and_a_stranger_is_not() -> None:
    assert typed.nearest_country("GUATEMAIA") == "GUATEMALA"
    assert typed.nearest_country("IRAM") is None  # Iran, Iraq, Oman: several as near
    assert typed.nearest_country("ATLANTIS") is None


def _has(shape: typed.Shape, text: str) -> bool:
    return len(shape) == len(text) and all(letter in allowed for letter, allowed in zip(text, shape, strict=True))
