"""The tree of RFC 6962: its roots are the known ones, its proofs hold, and every tampering is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.log.invented import numbered_tree, read_nothing, tree_of

from lodged.log.errors import ProofError, TreeError
from lodged.log.tree import (
    EMPTY_ROOT,
    append,
    check_entry,
    check_growth,
    leaf_hash,
    node_hash,
    prove_entry,
    prove_growth,
    root_at,
)

KNOWN = json.loads((Path(__file__).parent / "data" / "rfc6962_known_roots.json").read_text())
LEAVES = [bytes.fromhex(leaf) for leaf in KNOWN["leaves_hex"]]
ROOTS = [bytes.fromhex(root) for root in KNOWN["roots_hex"]]
FULL = numbered_tree(600)
SIZES = st.integers(min_value=1, max_value=600)


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_the_known_ones(size: int) -> None:
    assert tree_of(LEAVES[:size]).root() == ROOTS[size]
    assert tree_of(LEAVES).root(size) == ROOTS[size]


def naive_root(hashes: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 word for word, over all leaves."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY_ROOT
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(naive_root(hashes[:k]), naive_root(hashes[k:]))


@given(SIZES)
@settings(max_examples=40)
def test_a_root_from_nodes_is_the_root_over_all_leaves(size: int) -> None:
    assert root_at(size, FULL.read_node) == naive_root([leaf_hash(entry) for entry in FULL.entries[:size]])


def test_append_gives_the_leaf_and_the_subtrees_it_completes() -> None:
    made = append(7, leaf_hash(LEAVES[7]), tree_of(LEAVES[:7]).read_node)
    assert [(node.level, node.index) for node in made] == [(0, 7), (1, 3), (2, 1), (3, 0)]
    assert made[-1].hash == ROOTS[8]


def test_append_to_an_even_tree_reads_nothing() -> None:
    assert [node.level for node in append(6, leaf_hash(b""), read_nothing)] == [0]


@given(SIZES, st.data())
@settings(max_examples=150)
def test_every_entry_can_be_proved_and_no_other_in_its_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = prove_entry(index, size, FULL.read_node), root_at(size, FULL.read_node)
    leaf = FULL.read_node(0, index)
    check_entry(index, size, leaf, proof, root)
    with pytest.raises(ProofError):
        check_entry(index, size, leaf_hash(b"another"), proof, root)
    other = data.draw(st.integers(0, size).filter(lambda other: other != index))
    with pytest.raises(ProofError):
        check_entry(other, size, leaf, proof, root)


def tampered(data: st.DataObject, proof: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The proof with a bit turned, or a hash dropped, doubled, added, or of another length."""
    kinds = ["longer"] if not proof else ["bit", "drop", "double", "longer", "cut"]
    kind = data.draw(st.sampled_from(kinds))
    if kind == "longer":
        return (*proof, data.draw(st.binary(min_size=32, max_size=32)))
    at = data.draw(st.integers(0, len(proof) - 1))
    if kind == "bit":
        bit = data.draw(st.integers(0, 255))
        turned = bytearray(proof[at])
        turned[bit // 8] ^= 1 << (bit % 8)
        return (*proof[:at], bytes(turned), *proof[at + 1 :])
    changed = {"drop": (), "double": (proof[at], proof[at]), "cut": (proof[at][:31],)}[kind]
    return (*proof[:at], *changed, *proof[at + 1 :])


@given(SIZES, st.data())
@settings(max_examples=150)
def test_a_tampered_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = tampered(data, prove_entry(index, size, FULL.read_node))
    with pytest.raises(ProofError):
        check_entry(index, size, FULL.read_node(0, index), proof, root_at(size, FULL.read_node))


@given(st.integers(0, 600), st.integers(0, 600), st.data())
@settings(max_examples=200)
def test_growth_can_be_proved_and_a_tampered_proof_is_refused(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    old_root, new_root = root_at(old, FULL.read_node), root_at(new, FULL.read_node)
    proof = prove_growth(old, new, FULL.read_node)
    check_growth(old, new, old_root, new_root, proof)
    with pytest.raises(ProofError):
        check_growth(old, new, old_root, new_root, tampered(data, proof))
    with pytest.raises(ProofError):
        check_growth(old, new, leaf_hash(b"forked"), new_root, proof)
    if old:
        with pytest.raises(ProofError):
            check_growth(old, new, old_root, leaf_hash(b"forked"), proof)


def test_every_tree_has_grown_from_the_empty_one_by_an_empty_proof() -> None:
    assert prove_growth(0, 5, read_nothing) == ()
    check_growth(0, 5, EMPTY_ROOT, ROOTS[5], ())
    with pytest.raises(ProofError, match="empty tree"):
        check_growth(0, 5, ROOTS[1], ROOTS[5], ())
    with pytest.raises(ProofError, match="empty proof"):
        check_growth(0, 5, EMPTY_ROOT, ROOTS[5], (ROOTS[1],))


def test_one_size_has_one_root() -> None:
    check_growth(5, 5, ROOTS[5], ROOTS[5], ())
    with pytest.raises(ProofError, match="two roots for one size"):
        check_growth(5, 5, ROOTS[5], ROOTS[4], ())


def test_a_tree_does_not_shrink() -> None:
    with pytest.raises(TreeError):
        prove_growth(5, 4, read_nothing)
    with pytest.raises(ProofError):
        check_growth(5, 4, ROOTS[5], ROOTS[4], ())


@pytest.mark.parametrize("hashes", [(b"", b""), (b"x" * 31, b"x" * 31), (b"x" * 33, b"x" * 33)])
def test_hash_lengths_are_looked_at_first(hashes: tuple[bytes, bytes]) -> None:
    with pytest.raises(ProofError, match="32 bytes"):
        check_entry(0, 1, hashes[0], (), hashes[1])
    with pytest.raises(ProofError, match="32 bytes"):
        check_growth(1, 1, hashes[0], hashes[1], ())


def test_what_is_no_size_no_entry_and_no_hash_is_refused() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(TreeError):
            prove_entry(index, size, read_nothing)
    with pytest.raises(TreeError):
        root_at(-1, read_nothing)
    with pytest.raises(TreeError, match="31 bytes"):
        append(0, b"x" * 31, read_nothing)
    with pytest.raises(TreeError, match="node 0 of level 0"):
        root_at(1, lambda level, index: b"short")
