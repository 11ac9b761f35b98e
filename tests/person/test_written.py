"""Numbers and birth dates as papers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.person.written import a_number, birth_date, birth_date_read, letters, look, plain_number

DIGITS = st.text("0123456789", min_size=7, max_size=9).filter(lambda digits: digits.strip("0"))


@given(DIGITS, st.sampled_from(["{}", "A{}", "a{}", "A# {}", " A-{} ", "A{}."]))
def test_an_a_number_has_one_normal_form_however_it_is_written(digits, pattern):
    assert a_number(pattern.format(digits)).normal == digits.zfill(9)


def test_an_a_number_in_groups_is_read_together():
    assert a_number("A053 740 075").normal == a_number("053-740-075").normal == "053740075"


def test_letters_in_an_a_number_are_read_as_the_digits_they_look_like_and_that_is_said():
    number = a_number("AO5374OO7S")
    assert number.normal == "053740075"
    assert number.read_as == (("O", "0"), ("S", "5"))


@pytest.mark.parametrize(
    "text",
    ["", "A", "none", "N/A", "12345", "0123456789", "A05E740075", "OOOOOOOOO", "000000000", "٠٥٣٧٤٠٠٧٥", "SOLDIQB"],
)
def test_what_is_no_a_number_is_not_taken_for_one(text):
    assert a_number(text) is None


@given(st.text())
def test_no_text_breaks_the_readers(text):
    number = a_number(text)
    assert number is None or (len(number.normal) == 9 and number.normal.isdigit())
    assert birth_date(text) is None or isinstance(birth_date(text), date)
    birth_date_read(text)
    assert isinstance(look(text), str)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_birth_date_is_read_in_both_orders_of_writing(day):
    assert birth_date(day.isoformat()) == day
    assert birth_date(f" {day.month}/{day.day}/{day.year} ") == day
    assert birth_date(f"{day:%m-%d-%Y}") == day


@pytest.mark.parametrize(
    "text", ["", "31/31/1999", "02/30/1999", "11/24/62", "24 Nov 1962", "1962", "0000-00-00", "1962-13-01"]
)
def test_what_is_no_birth_date_is_not_guessed(text):
    assert birth_date(text) is None


def test_letters_in_a_birth_date_are_read_as_digits():
    assert birth_date_read("I1/24/196Z") == (date(1962, 11, 24), (("I", "1"), ("Z", "2")))


def test_other_numbers_lose_their_punctuation_only():
    assert plain_number("j26-25598").normal == "J2625598"
    assert plain_number("j26-25598").spoken == "j26-25598"
    assert plain_number(" - ") is None


@pytest.mark.parametrize(("one", "other"), [("0", "O"), ("1", "I"), ("5", "S"), ("8", "B"), ("2", "Z")])
def test_characters_of_one_shape_look_the_same(one, other):
    assert look(f"X{one}7") == look(f"X{other}7")
    assert letters(f"A{one}A") == (f"A{other}A", ((one, other),))
