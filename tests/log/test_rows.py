"""A tree in memory as its tiles is the same tree: every node, every root and every proof."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.log.invented import numbered_tree

from lodged.log.errors import TreeError
from lodged.log.rows import TileRows
from lodged.log.tree import EMPTY_ROOT, check_entry, leaf_hash, prove_entry, prove_growth

TREE = numbered_tree(66_000)
WHOLE = TileRows()
WHOLE.extend(TREE.entries)


@given(st.integers(0, 1_000))
@settings(max_examples=25, deadline=None)
def test_the_root_is_that_of_the_tree_of_nodes(size: int) -> None:
    rows = TileRows()
    rows.extend(TREE.entries[:size])
    assert (rows.size, rows.root()) == (size, TREE.root(size))


def test_an_empty_one_has_the_empty_root() -> None:
    assert TileRows().root() == EMPTY_ROOT


def test_three_levels_of_tiles_are_filled() -> None:
    assert [len(row) // 32 for row in WHOLE.rows] == [66_000, 257, 1]
    assert WHOLE.root() == TREE.root()


@given(st.integers(0, 65_999))
@settings(max_examples=50, deadline=None)
def test_proofs_from_it_hold(index: int) -> None:
    proof = prove_entry(index, 66_000, WHOLE.read_node)
    assert proof == prove_entry(index, 66_000, TREE.read_node)
    check_entry(index, 66_000, leaf_hash(TREE.entries[index]), proof, TREE.root())
    assert prove_growth(index, 66_000, WHOLE.read_node) == prove_growth(index, 66_000, TREE.read_node)


@pytest.mark.parametrize(("level", "index"), [(0, 66_000), (7, 515), (8, 257), (16, 1), (24, 0)])
def test_a_node_that_is_not_there_is_refused(level: int, index: int) -> None:
    with pytest.raises(TreeError):
        WHOLE.read_node(level, index)
