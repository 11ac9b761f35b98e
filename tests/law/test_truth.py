"""Three truths joined: the ternary tables that DMN's conformance cases 0106 and 0107 also ask for."""

import pytest

from lodged.law.truth import Truth, either, every, negation

Y, N, U = Truth.YES, Truth.NO, Truth.NOT_KNOWN


@pytest.mark.parametrize(
    ("a", "b", "both", "one"),
    [
        (Y, Y, Y, Y),
        (Y, N, N, Y),
        (Y, U, U, Y),
        (N, Y, N, Y),
        (N, N, N, N),
        (N, U, N, U),
        (U, Y, U, Y),
        (U, N, N, U),
        (U, U, U, U),
    ],
)
def test_and_or(a: Truth, b: Truth, both: Truth, one: Truth) -> None:
    assert every([a, b]) is both
    assert either([a, b]) is one


def test_not() -> None:
    assert [negation(truth) for truth in (Y, N, U)] == [N, Y, U]


def test_nothing_is_every_and_no_either() -> None:
    assert every([]) is Y
    assert either([]) is N


def test_a_gap_is_never_taken_for_a_no() -> None:
    with pytest.raises(TypeError):
        bool(U)
    assert Truth.of(None) is U
