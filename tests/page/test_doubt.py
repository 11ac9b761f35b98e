"""Doubt grows where it must."""

from hypothesis import given
from hypothesis import strategies as st

from lodged.page import doubt

SHARES = st.floats(0, 1)


@given(SHARES, SHARES)
def test_a_weaker_letter_never_lowers_the_doubt(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert doubt.of_word(low, lawful=True, mended=False) >= doubt.of_word(high, lawful=True, mended=False)


@given(SHARES)
def test_a_broken_or_mended_rule_never_lowers_the_doubt(weakest: float) -> None:
    plain = doubt.of_word(weakest, lawful=True, mended=False)
    assert plain <= doubt.of_word(weakest, lawful=True, mended=True)
    assert plain <= doubt.of_word(weakest, lawful=False, mended=False)


@given(SHARES)
def test_nothing_that_holds_ink_is_beyond_doubt(weakest: float) -> None:
    assert doubt.LEAST <= doubt.of_word(weakest, lawful=True, mended=False) <= 1


def test_the_line_between_marked_and_not_is_where_doubt_is_greatest() -> None:
    at_line = doubt.of_mark(doubt.MARKED)
    assert all(doubt.of_mark(share / 1000) <= at_line for share in range(1001))
    assert doubt.of_mark(0) == 0
