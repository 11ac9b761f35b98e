"""Three truths joined: the ternary tables that DMN's conformance cases 0106 and 0107 also ask for."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.law.truth import Truth, either, every, negation

Y, N, U = Truth.YES, Truth.NO, Truth.NOT_KNOWN
truths = st.lists(st.sampled_from(Truth), max_size=6)


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


@pytest.mark.parametrize("truth", Truth)
def test_one_alone_is_itself(truth: Truth) -> None:
    assert every([truth]) is truth
    assert either([truth]) is truth


@pytest.mark.parametrize("truth", Truth)
def test_no_truth_has_a_truth_value_in_python(truth: Truth) -> None:
    with pytest.raises(TypeError, match=r"^a truth may be not known: ask `is Truth\.YES`$"):
        bool(truth)


@pytest.mark.parametrize(("value", "truth"), [(True, Y), (False, N), (None, U)])
def test_a_yes_no_value_has_its_truth(value: bool | None, truth: Truth) -> None:
    assert Truth.of(value) is truth


def test_truths_are_written_as_in_a_decision() -> None:
    assert [truth.value for truth in Truth] == ["yes", "no", "not_known"]


@given(truths)
def test_it_does_not_matter_in_which_order_or_how_often(found: list[Truth]) -> None:
    for join in (every, either):
        assert join(found) is join(reversed(found)) is join(found + found) is join(iter(set(found)))


@given(truths)
def test_what_holds_of_every_completion_is_known(found: list[Truth]) -> None:
    """Kleene's tables never say yes or no where a completion of the gaps says otherwise."""
    worlds = list(product(*([truth] if truth is not U else [Y, N] for truth in found)))
    for join, python in ((every, all), (either, any)):
        outcomes = {Truth.of(python(truth is Y for truth in world)) for world in worlds}
        assert join(found) is (outcomes.pop() if len(outcomes) == 1 else U)
