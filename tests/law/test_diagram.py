"""Diagrams: equal functions are one node, whatever was done to make them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.law.diagram import Diagrams

RANKS = [(0,), (1,), (2,)]


@st.composite
def functions(draw: st.DrawFn) -> dict:
    return {cells: draw(st.booleans()) for cells in product(range(2), range(3), range(2))}


def build(diagrams: Diagrams, table: dict, prefix: tuple = ()) -> int:
    if len(prefix) == 3:
        return diagrams.leaf(table[prefix])
    width = (2, 3, 2)[len(prefix)]
    return diagrams.choose(RANKS[len(prefix)], [build(diagrams, table, (*prefix, cell)) for cell in range(width)])


@given(functions(), functions())
def test_joining_is_what_joining_the_tables_is(a: dict, b: dict) -> None:
    diagrams = Diagrams()
    left, right = build(diagrams, a), build(diagrams, b)
    assert diagrams.every((left, right)) == build(diagrams, {cells: a[cells] and b[cells] for cells in a})
    assert diagrams.either((left, right)) == build(diagrams, {cells: a[cells] or b[cells] for cells in a})
    assert diagrams.negation(left) == build(diagrams, {cells: not a[cells] for cells in a})
    mixed = {cells: b[cells] if a[cells] else not b[cells] for cells in a}
    assert diagrams.if_(left, right, diagrams.negation(right)) == build(diagrams, mixed)


@given(functions())
def test_restricting_and_folding(table: dict) -> None:
    diagrams = Diagrams()
    node = build(diagrams, table)
    narrowed = {cells: table[cells[0], 2, cells[2]] for cells in table}
    assert diagrams.restrict(node, {(1,): 2}) == build(diagrams, narrowed)
    any_of = {cells: any(table[cells[0], cell, cells[2]] for cell in range(3)) for cells in table}
    assert diagrams.fold(node, lambda rank: rank == (1,), diagrams.either) == build(diagrams, any_of)
    assert diagrams.values(node) == set(table.values())


def test_yes_and_one_are_two_leaves() -> None:
    diagrams = Diagrams()
    assert diagrams.leaf(True) != diagrams.leaf(1)


def test_a_value_is_asked_only_of_a_leaf() -> None:
    diagrams = Diagrams()
    with pytest.raises(ValueError, match="no leaf"):
        diagrams.value(diagrams.choose((0,), [diagrams.no, diagrams.yes]))
