"""What a field says, once its type's rule has been heard."""

import pytest
from tests.page.test_word import strip_of

from lodged.page.form import Zone
from lodged.page.value import Value, interpret, weigh

BOX = (0.0, 0.0, 10.0, 10.0)


def typed_out(text: str, certain: float = 0.99, **astray: tuple[str, float]) -> list[dict[str, float]]:
    """Steps for a text, a blank after each letter; `astray` names a place (`_3`) and what is seen there as well."""
    steps: list[dict[str, float]] = []
    for place, letter in enumerate(text):
        seen = {letter: certain}
        if f"_{place}" in astray:
            other, likely = astray[f"_{place}"]
            seen = {letter: certain - likely, other: likely}
        steps += [seen, {}]
    return steps


def test_a_plain_value_stands_as_on_the_page() -> None:
    value = interpret(Zone("Date", BOX, "date"), [strip_of(*typed_out("11/24/1962"))])
    assert (value.text, value.second) == ("11/24/1962", None)
    assert value.doubt < 0.05


def test_an_impossible_month_gives_way_to_a_likely_one_and_is_shown_beside_it() -> None:
    value = interpret(Zone("Date", BOX, "date"), [strip_of(*typed_out("00/11/2025", _1=("6", 0.3)))])
    assert (value.text, value.second) == ("06/11/2025", "00/11/2025")
    assert value.doubt >= 0.1


def test_what_is_no_date_at_all_is_not_made_into_one() -> None:
    value = interpret(Zone("Date", BOX, "date"), [strip_of(*typed_out("UNKNOWN"))])
    assert value.text == "UNKNOWN"
    assert value.doubt >= 0.5


def test_a_zero_among_letters_of_a_code_is_a_letter() -> None:
    zone = Zone("Event", BOX, "code", "AAA0000000000")
    value = interpret(zone, [strip_of(*typed_out("L0S2353073248", _1=("O", 0.2)))])
    assert (value.text, value.second) == ("LOS2353073248", "L0S2353073248")


def test_a_country_almost_read_is_the_country() -> None:
    value = interpret(Zone("Citizenship", BOX, "country"), [strip_of(*typed_out("VENEZVELA"))])
    assert (value.text, value.second) == ("VENEZUELA", "VENEZVELA")


def test_lines_of_a_field_are_one_value() -> None:
    lines = [strip_of(*typed_out("ALDER")), strip_of(*typed_out("JAIL"))]
    assert interpret(Zone("To", BOX), lines).text == "ALDER JAIL"


@pytest.mark.parametrize("swapped", [False, True])
def test_two_looks_that_differ_leave_doubt_and_show_both(swapped: bool) -> None:
    looks = [Value("JOHN", 0.1, None), Value("JOHU", 0.4, "x")]
    one, other = reversed(looks) if swapped else looks
    assert weigh(one, other) == Value("JOHN", 0.5, "JOHU")


def test_two_looks_that_agree_keep_the_lesser_doubt() -> None:
    assert weigh(Value("JOHN", 0.4, "JOHU"), Value("JOHN", 0.2, None)) == Value("JOHN", 0.2, None)
