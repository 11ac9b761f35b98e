"""The head: it only moves on, only to an extension, only from where the caller saw it, and survives every restart."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.log.invented import ORIGIN, Tree, numbered_tree, tree_of

from lodged.log.checkpoint import Checkpoint
from lodged.log.errors import HeadAheadError, HeadFileError, HeadForkError, HeadMovedError
from lodged.log.head import check_start, read_head, start_head, swap
from lodged.log.tree import prove_growth

TREE = numbered_tree(9)
FORK = tree_of([*TREE.entries[:3], b"another past" * 3, *TREE.entries[4:]])


def head_at(size: int, tree: Tree = TREE) -> Checkpoint:
    return Checkpoint(ORIGIN, size, tree.root(size))


def grown(old: int, new: int, tree: Tree = TREE) -> tuple[bytes, ...]:
    return prove_growth(old, new, tree.read_node)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    start_head(tmp_path / "head", ORIGIN)
    return tmp_path / "head"


def test_a_head_moves_to_an_extension_and_is_read_back(path: Path) -> None:
    swap(path, head_at(0), head_at(3), grown(0, 3))
    swap(path, head_at(3), head_at(8), grown(3, 8))
    assert read_head(path) == head_at(8)
    assert path.read_text() == head_at(8).text


def test_a_log_is_started_once(path: Path) -> None:
    with pytest.raises(HeadFileError, match="fork"):
        start_head(path, ORIGIN)


def test_a_missing_head_is_never_taken_for_an_empty_log(tmp_path: Path) -> None:
    with pytest.raises(HeadFileError, match="nothing may be signed"):
        read_head(tmp_path / "head")
    with pytest.raises(HeadFileError):
        swap(tmp_path / "head", head_at(0), head_at(3), grown(0, 3))


@pytest.mark.parametrize("content", [b"", b"\xff", b"junk\n", head_at(3).text.encode()[:-1], b"x" * 5000])
def test_a_broken_head_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(HeadFileError):
        read_head(path)


def test_a_head_that_another_moved_is_not_moved_again(path: Path) -> None:
    swap(path, head_at(0), head_at(3), grown(0, 3))
    with pytest.raises(HeadMovedError):
        swap(path, head_at(0), head_at(5), grown(0, 5))
    assert read_head(path) == head_at(3)


def test_a_smaller_size_is_refused(path: Path) -> None:
    swap(path, head_at(0), head_at(5), grown(0, 5))
    with pytest.raises(HeadAheadError, match="cannot go back"):
        swap(path, head_at(5), head_at(4), ())
    assert read_head(path) == head_at(5)


def test_two_roots_at_one_size_are_refused(path: Path) -> None:
    swap(path, head_at(0), head_at(5), grown(0, 5))
    with pytest.raises(HeadForkError):
        swap(path, head_at(5), head_at(5, FORK), ())
    swap(path, head_at(5), head_at(5), ())  # the same again, as after a crash before signing
    assert read_head(path) == head_at(5)


def test_a_fork_is_refused_whatever_its_size(path: Path) -> None:
    swap(path, head_at(0), head_at(5), grown(0, 5))
    for proof in (grown(5, 8), grown(5, 8, FORK), ()):
        with pytest.raises(HeadForkError):
            swap(path, head_at(5), head_at(8, FORK), proof)
    assert read_head(path) == head_at(5)


def test_a_head_of_another_log_is_refused(path: Path) -> None:
    other = Checkpoint("elsewhere.example", 3, TREE.root(3))
    with pytest.raises(HeadForkError, match="elsewhere"):
        swap(path, head_at(0), other, grown(0, 3))


def test_a_start_with_a_prefix_passes() -> None:
    for size in range(10):
        check_start(head_at(size), ORIGIN, 9, TREE.read_node)


def test_records_older_than_the_last_receipt_stop_the_start() -> None:
    with pytest.raises(HeadAheadError, match="older than the last receipt"):
        check_start(head_at(9), ORIGIN, 8, numbered_tree(8).read_node)


def test_records_with_another_past_stop_the_start() -> None:
    check_start(head_at(3), ORIGIN, 9, FORK.read_node)
    with pytest.raises(HeadForkError, match="not the ones that were signed"):
        check_start(head_at(4), ORIGIN, 9, FORK.read_node)
    with pytest.raises(HeadForkError, match="elsewhere"):
        check_start(head_at(3), "elsewhere.example", 9, TREE.read_node)


def test_of_many_who_move_it_at_once_one_succeeds(path: Path) -> None:
    def move(size: int) -> bool:
        try:
            swap(path, head_at(0), head_at(size), grown(0, size))
        except HeadMovedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        moved = list(pool.map(move, range(1, 9)))
    assert sum(moved) == 1
    assert read_head(path) == head_at(moved.index(True) + 1)


@pytest.mark.parametrize("call", ["fsync", "replace", "write"])
def test_a_disk_that_fails_leaves_the_old_head(path: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    swap(path, head_at(0), head_at(3), grown(0, 3))
    with monkeypatch.context() as broken:
        if call == "write":
            broken.setattr(os, "fdopen", fail)
        else:
            broken.setattr(os, call, fail)
        with pytest.raises(OSError, match="No space"):
            swap(path, head_at(3), head_at(5), grown(3, 5))
    assert read_head(path) == head_at(3)
    assert sorted(one.name for one in path.parent.iterdir()) == ["head", "head.lock"]


class ALogThatCrashes(RuleBasedStateMachine):
    """Entries are committed, heads swapped and signed, in any order of crashes, restarts and restored backups."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "head"
        self.tree = Tree()
        self.backup: list[bytes] = []
        self.signed: dict[int, bytes] = {0: start_head(self.path, ORIGIN).root}
        self.refused = False

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(entry=st.binary(min_size=1, max_size=3))
    def commit(self, entry: bytes) -> None:
        """An entry is durable; what follows may never happen."""
        self.tree.add(entry)

    @precondition(lambda self: not self.refused)
    @rule()
    def sign(self) -> None:
        """Compare-and-swap, then sign; two roots of one size would show here."""
        size = len(self.tree.entries)
        old, new = read_head(self.path), Checkpoint(ORIGIN, size, self.tree.root())
        swap(self.path, old, new, prove_growth(old.size, size, self.tree.read_node))
        assert self.signed.setdefault(size, new.root) == new.root

    @rule()
    def back_up(self) -> None:
        self.backup = list(self.tree.entries)

    @rule()
    def restore(self) -> None:
        """The records go back, the head does not; the start must tell, and from then on nothing is signed."""
        self.tree = tree_of(self.backup)
        head = read_head(self.path)
        try:
            check_start(head, ORIGIN, len(self.tree.entries), self.tree.read_node)
            self.refused = False
            assert head.size <= len(self.tree.entries)
        except (HeadAheadError, HeadForkError):
            self.refused = True

    @rule()
    def restart(self) -> None:
        if not self.refused:
            check_start(read_head(self.path), ORIGIN, len(self.tree.entries), self.tree.read_node)

    @invariant()
    def the_head_is_the_last_that_was_signed(self) -> None:
        head = read_head(self.path)
        assert head.size == max(self.signed)
        assert self.signed[head.size] == head.root


ALogThatCrashes.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestALogThatCrashes = ALogThatCrashes.TestCase
