"""Files of a log: the paths of the specification, whole after every write, and the same tree as the nodes."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.log.invented import numbered_tree

from lodged.log.durable import write_durably
from lodged.log.errors import StoreError
from lodged.log.store import FolderStore, TileTree
from lodged.log.tile import (
    Tile,
    bundles_at,
    node_reader,
    read_bundle,
    tile_content,
    tile_path,
    tiles_at,
    write_bundle,
)
from lodged.log.tree import root_at

FULL = numbered_tree(700)


class Memory(dict[str, bytes]):
    """A store in memory."""

    def read(self, path: str) -> bytes:
        try:
            return self[path]
        except KeyError as error:
            raise FileNotFoundError(path) from error

    def write(self, path: str, content: bytes) -> None:
        self[path] = content


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 256), "tile/0/000"),
        (Tile(0, 0, 1), "tile/0/000.p/1"),
        (Tile(2, 999, 256), "tile/2/999"),
        (Tile(0, 1_000, 256), "tile/0/x001/000"),
        (Tile(0, 1_234_067, 8), "tile/0/x001/x234/067.p/8"),
        (Tile("entries", 5, 255), "tile/entries/005.p/255"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path


def test_the_example_of_the_specification() -> None:
    # C2SP tlog-tiles, §Partial Tiles: a tree of 70,000 entries
    assert [tile.path for tile in tiles_at(70_000)][272:] == [
        "tile/0/272",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert [tile.path for tile in bundles_at(70_000)][-1] == "tile/entries/273.p/112"


def test_an_empty_tree_has_no_tiles() -> None:
    assert list(tiles_at(0)) == list(bundles_at(0)) == []


@given(st.integers(1, 700))
@settings(max_examples=40)
def test_nodes_become_tiles_and_tiles_become_nodes(size: int) -> None:
    tiles = {tile.path: tile_content(tile, FULL.read_node) for tile in tiles_at(size)}
    reader = node_reader(size, Memory(tiles).read)
    assert root_at(size, reader) == FULL.root(size)
    with pytest.raises(StoreError):
        reader(0, size)


def test_a_partial_tile_may_be_dropped_for_the_full_one() -> None:
    tiles = Memory({tile.path: tile_content(tile, FULL.read_node) for tile in tiles_at(600)})
    del tiles["tile/0/002.p/88"]
    with pytest.raises(StoreError, match="missing"):
        root_at(600, node_reader(600, tiles.read))
    tiles["tile/0/002"] = tiles["tile/0/001"]
    assert root_at(600, node_reader(600, tiles.read)) != FULL.root(600)


@pytest.mark.parametrize("cut", [-1, 1])
def test_a_tile_of_another_length_is_refused(cut: int) -> None:
    tiles = Memory({tile.path: tile_content(tile, FULL.read_node) for tile in tiles_at(3)})
    tiles["tile/0/000.p/3"] = tiles["tile/0/000.p/3"][:-1] if cut < 0 else tiles["tile/0/000.p/3"] + b"x"
    with pytest.raises(StoreError, match="bytes instead of 96"):
        root_at(3, node_reader(3, tiles.read))


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_bundles_are_read_back(entries: list[bytes]) -> None:
    assert list(read_bundle(write_bundle(entries), len(entries))) == entries
    with pytest.raises(StoreError):
        read_bundle(write_bundle(entries), len(entries) + 1)
    with pytest.raises(StoreError, match="goes on"):
        read_bundle(write_bundle([*entries, b"more"]), len(entries))


def test_a_tree_in_tiles_is_the_tree_in_nodes() -> None:
    tree = TileTree(Memory(), 0)
    for entry in FULL.entries[:520]:
        tree = tree.append(entry)
    assert tree.root() == FULL.root(520)
    assert tree.prove_entry(300) == numbered_tree_proof(300, 520)
    assert tree.read_node(9, 0) == FULL.read_node(9, 0)
    assert len(tree.prove_growth(256)) > 0


def numbered_tree_proof(index: int, size: int) -> tuple[bytes, ...]:
    return TileTree(
        Memory({tile.path: tile_content(tile, FULL.read_node) for tile in tiles_at(size)}), size
    ).prove_entry(index)


def test_an_append_touches_few_tiles() -> None:
    store = Memory()
    tree = TileTree(store, 0)
    for entry in FULL.entries[:300]:
        tree = tree.append(entry)
    before = set(store)
    tree.append(FULL.entries[300])
    assert set(store) - before == {"tile/0/001.p/45", "tile/entries/001.p/45"}


def test_a_folder_keeps_a_tree_over_a_restart(tmp_path: Path) -> None:
    tree = TileTree(FolderStore(tmp_path), 0)
    for entry in FULL.entries[:5]:
        tree = tree.append(entry)
    assert TileTree(FolderStore(tmp_path), 5).root() == FULL.root(5)
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../key", "tile/0/../../key", "tile/0/0", "tile/0/000.p/0", "checkpoint\n", "tile/0/x001"],
)
def test_only_paths_of_a_log_are_reached(tmp_path: Path, path: str) -> None:
    for use in (lambda: FolderStore(tmp_path).read(path), lambda: FolderStore(tmp_path).write(path, b"")):
        with pytest.raises(StoreError, match="not a path"):
            use()


def test_a_folder_where_a_file_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").mkdir()
    with pytest.raises(StoreError, match="not a file of a log"):
        FolderStore(tmp_path).read("checkpoint")
    with pytest.raises(FileNotFoundError):
        FolderStore(tmp_path).read(tile_path(0, 0, 256))


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    write_durably(tmp_path / "file", b"old")
    write_durably(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"new")]


def test_hashes_are_not_the_content_of_a_bundle() -> None:
    with pytest.raises(StoreError):
        tile_content(Tile("entries", 0, 3), FULL.read_node)


def test_a_pipe_or_a_folder_where_a_file_should_be_stops_no_reader(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    os.mkfifo(tmp_path / "checkpoint")
    (tmp_path / "tile/0/000").mkdir(parents=True)
    for path in ("checkpoint", "tile/0/000"):
        with pytest.raises(StoreError, match="not a file of a log"):
            store.read(path)


def test_a_large_file_is_read_whole(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.write("opened/000", b"x" * 1_500_000)
    assert store.read("opened/000") == b"x" * 1_500_000
