"""The Merkle tree of RFC 6962, grown and proved from the hashes of its complete subtrees.

The tree is never held in memory. Whoever keeps it keeps nodes: `(level, index)` names the complete subtree
over the leaves `index * 2**level` up to `(index + 1) * 2**level`, and its hash never changes once it exists.
Every function here asks for the few nodes it needs through a `NodeReader`, so that the same lines run over
database rows, tile files and a dictionary. Section numbers: RFC 9162, with RFC 6962 where the text is older.

Left out on purpose: disk, keys, signatures, and any memory of earlier calls.

>>> nodes: dict[tuple[int, int], bytes] = {}
>>> for size, entry in enumerate([b"first", b"second", b"third"]):
...     for new in append(size, leaf_hash(entry), lambda level, index: nodes[level, index]):
...         nodes[new.level, new.index] = new.hash
>>> def read_node(level: int, index: int) -> bytes:
...     return nodes[level, index]
>>> check_entry(0, 3, leaf_hash(b"first"), prove_entry(0, 3, read_node), root_at(3, read_node))
>>> check_growth(1, 3, root_at(1, read_node), root_at(3, read_node), prove_growth(1, 3, read_node))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lodged.log.errors import ProofError, TreeError

HASH_LENGTH = 32
EMPTY_ROOT = sha256(b"").digest()  # RFC 9162 §2.1.1: MTH({}) = HASH()
LEAF, NODE = b"\x00", b"\x01"  # RFC 9162 §2.1.1: what stands before an entry, and before two hashes
MOST_ENTRIES = 2**53 - 1  # what JSON, and so a receipt, can count without loss (RFC 8785 §3.2.2.3)

NodeReader = Callable[[int, int], bytes]
"""`(level, index)` to the 32-byte hash of that complete subtree; raises a `LookupError` of its own if absent."""


@dataclass(frozen=True, slots=True)
class Node:
    """The hash of one complete subtree: over the leaves `index * 2**level` up to `(index + 1) * 2**level`."""

    level: int
    index: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry. RFC 9162 §2.1.1: MTH({d[0]}) = HASH(0x00 || d[0])."""
    return sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees. RFC 9162 §2.1.1: HASH(0x01 || left || right)."""
    return sha256(NODE + left + right).digest()


def append(size: int, leaf: bytes, read_node: NodeReader) -> tuple[Node, ...]:
    """The nodes that come into being when a leaf hash joins a tree of `size` entries, lowest level first.

    The first is the leaf itself; each further one is a subtree that the leaf completes. At most log2(size) + 1
    nodes, and as many reads. Keep all of them, or the next append has nothing to stand on.
    """
    _check_size(size)
    _check_hash(leaf, "the leaf")
    made = [Node(0, size, leaf)]
    while (last := made[-1]).index % 2 == 1:
        left = _node(read_node, last.level, last.index - 1)
        made.append(Node(last.level + 1, last.index // 2, node_hash(left, last.hash)))
    return tuple(made)


def root_at(size: int, read_node: NodeReader) -> bytes:
    """The root over the first `size` entries (RFC 9162 §2.1.1), today's or any earlier one."""
    _check_size(size)
    return _root_over(0, size, read_node) if size else EMPTY_ROOT


def prove_entry(index: int, size: int, read_node: NodeReader) -> tuple[bytes, ...]:
    """The hashes that lead from entry `index` to the root at `size`, leaf first (RFC 9162 §2.1.3.1)."""
    _check_size(size)
    if not 0 <= index < size:
        raise TreeError(f"entry `{index}` is not in a tree of {size} entries")
    return tuple(_path(index, 0, size, read_node))


def check_entry(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise `ProofError` unless `proof` leads from the leaf hash at `index` to the root (RFC 9162 §2.1.3.2)."""
    _check_hashes(leaf, root, *proof)
    _check_size(size)
    if not 0 <= index < size:
        raise ProofError(f"entry `{index}` is not in a tree of {size} entries")
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            raise ProofError("the proof is longer than the tree is high")
        if fn % 2 == 1 or fn == sn:
            r = node_hash(p, r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ProofError("the proof is shorter than the tree is high")
    if r != root:
        raise ProofError(f"the proof of entry {index} does not lead to the root")


def prove_growth(old: int, new: int, read_node: NodeReader) -> tuple[bytes, ...]:
    """The hashes that show the tree of `old` entries inside the tree of `new` ones (RFC 9162 §2.1.4.1).

    No hashes are needed from nothing (`old` = 0) nor from a tree to itself.
    """
    _check_size(old)
    _check_size(new)
    if old > new:
        raise TreeError(f"a tree of {new} entries has not grown from one of {old}")
    return () if old in {0, new} else tuple(_growth(old, 0, new, whole=True, read_node=read_node))


def check_growth(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise `ProofError` unless the old tree is a prefix of the new one (RFC 9162 §2.1.4.2).

    RFC 9162 asks 0 < old < new and says nothing of the rest. Decided here: every tree has grown from the empty
    one, and from itself, and the proof of it is no hashes at all (so says C2SP tlog-witness of `old 0`); but the
    roots are still compared, so that a wrong root for the empty tree is refused.
    """
    _check_hashes(old_root, new_root, *proof)
    _check_size(old)
    _check_size(new)
    if old > new:
        raise ProofError(f"a tree of {new} entries has not grown from one of {old}")
    if old in {0, new}:
        _check_trivial_growth(old, new, old_root, new_root, proof)
        return
    _walk_growth(old, new, old_root, new_root, proof)


def _check_trivial_growth(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise ProofError("growth from nothing, or from a tree to itself, takes an empty proof")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofError("the root of the empty tree is another")
    if new == old and old_root != new_root:
        raise ProofError(f"two roots for one size of {old} entries")


def _walk_growth(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """RFC 9162 §2.1.4.2, its letters kept: fn and sn walk up the old and the new tree, fr and sr are their roots."""
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)  # step 1: an old tree that is complete is its own first node
    if not path:
        raise ProofError("the proof is empty")
    fn, sn = old - 1, new - 1
    while fn % 2 == 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise ProofError("the proof is longer than the tree is high")
        if fn % 2 == 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ProofError("the proof is shorter than the tree is high")
    if fr != old_root or sr != new_root:
        raise ProofError(f"the tree of {old} entries is not the beginning of the tree of {new}")


def _root_over(start: int, end: int, read_node: NodeReader) -> bytes:
    """The root over the leaves `start` up to `end`, where `start` is a multiple of the power of two that holds them."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return _node(read_node, level, start >> level)
    middle = start + _split(count)
    return node_hash(_root_over(start, middle, read_node), _root_over(middle, end, read_node))


def _path(index: int, start: int, end: int, read_node: NodeReader) -> list[bytes]:
    """RFC 9162 §2.1.3.1, PATH(m, D_n)."""
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, read_node), _root_over(middle, end, read_node)]
    return [*_path(index, middle, end, read_node), _root_over(start, middle, read_node)]


def _growth(old: int, start: int, end: int, whole: bool, read_node: NodeReader) -> list[bytes]:
    """RFC 9162 §2.1.4.1, SUBPROOF(m, D_n, b); `whole` is its b: the old tree is still the one asked about."""
    if old == end:
        return [] if whole else [_root_over(start, end, read_node)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_growth(old, start, middle, whole, read_node), _root_over(middle, end, read_node)]
    return [*_growth(old, middle, end, False, read_node), _root_over(start, middle, read_node)]


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (RFC 9162 §2.1.1)."""
    return 1 << ((count - 1).bit_length() - 1)


def _node(read_node: NodeReader, level: int, index: int) -> bytes:
    found = read_node(level, index)
    _check_hash(found, f"node {index} of level {level}")
    return found


def _check_size(size: int) -> None:
    if not 0 <= size <= MOST_ENTRIES:
        raise TreeError(f"`{size}` is not a number of entries")


def _check_hash(value: bytes, name: str) -> None:
    if len(value) != HASH_LENGTH:
        raise TreeError(f"{name} is {len(value)} bytes long, and a SHA-256 hash is {HASH_LENGTH}")


def _check_hashes(*values: bytes) -> None:
    """Lengths first: with hashes of other lengths the formulas below could be made to meet (reference vectors)."""
    if any(len(value) != HASH_LENGTH for value in values):
        raise ProofError(f"a hash in the proof is not {HASH_LENGTH} bytes long")
