"""The one Protocol by which a log reaches a disk, its folder of files, and a tree kept in such a store as tiles."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from lodged.log.durable import make_folder, write_durably
from lodged.log.errors import StoreError
from lodged.log.tile import WIDTH, Tile, node_reader, tile_content, write_bundle
from lodged.log.tree import Node, append, leaf_hash, prove_entry, prove_growth, root_at

CHECKPOINT = "checkpoint"  # tlog-tiles, §Checkpoints
OPENED = "opened"  # ours: events with their salts, one file for each bundle; never published
LARGEST = 64_000_000  # bytes; a bundle of 256 entries of 65,535 bytes, opened and written in JSON, is smaller
AT_ONCE = 1_000_000  # bytes; read(2) may give less of a larger file than was asked for
STAMPS = "stamps"  # ours: the stamped texts and the authority's answers, as `openssl ts -verify` reads them
_TILE = r"(tile/(entries|[0-9]{1,2})|opened)/(x[0-9]{3}/)*[0-9]{3}(\.p/[1-9][0-9]{0,2})?"
_PATH = re.compile(rf"checkpoint|{STAMPS}/[0-9]{{1,16}}\.(text|tsr)|{_TILE}")


class Store(Protocol):
    """Files by their tlog-tiles path."""

    def read(self, path: str) -> bytes:
        """The bytes at `path`; raises `FileNotFoundError` if there are none."""

    def write(self, path: str, content: bytes) -> None:
        """Replace the bytes at `path`, at once and durably."""


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A store that is a folder; only paths of a log are read or written in it."""

    folder: Path

    def read(self, path: str) -> bytes:
        """The bytes at `path`; raises `FileNotFoundError`, or `StoreError` for a file that is none of a log's."""
        place = self._place(path)
        handle = os.open(place, os.O_RDONLY | os.O_NONBLOCK)  # a pipe in a stranger's folder must not stop the reader
        try:
            about = os.fstat(handle)
            if not S_ISREG(about.st_mode) or about.st_size > LARGEST:
                raise StoreError(f"`{path}` is not a file of a log")
            return os.read(handle, about.st_size) if about.st_size < AT_ONCE else place.read_bytes()
        finally:
            os.close(handle)

    def write(self, path: str, content: bytes) -> None:
        """Replace the bytes at `path`; after a crash there are the old bytes or the new ones."""
        place = self._place(path)
        make_folder(place.parent)
        write_durably(place, content)

    def _place(self, path: str) -> Path:
        if not _PATH.fullmatch(path):
            raise StoreError(f"`{path}` is not a path in a log")
        return self.folder / path


@dataclass(frozen=True, slots=True)
class TileTree:
    """A tree of `size` entries whose nodes are tiles in a store; append makes the next one, in O(log size).

    For logs that live in files alone. The office keeps nodes as rows, and makes tiles when it shows its log.
    """

    store: Store
    size: int

    def append(self, entry: bytes) -> "TileTree":
        """The tree with one more entry, its tiles and its bundle written; the old partial tiles stay."""
        new = append(self.size, leaf_hash(entry), self.read_node)
        for tile in _touched(new):
            self.store.write(tile.path, self._grown(tile, new))
        bundle = Tile("entries", self.size // WIDTH, self.size % WIDTH + 1)
        self.store.write(bundle.path, self._before(bundle) + write_bundle([entry]))
        return TileTree(self.store, self.size + 1)

    def read_node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        return node_reader(self.size, self.store.read)(level, index)

    def root(self) -> bytes:
        """The root over all entries."""
        return root_at(self.size, node_reader(self.size, self.store.read))

    def prove_entry(self, index: int) -> tuple[bytes, ...]:
        """The inclusion proof of an entry."""
        return prove_entry(index, self.size, node_reader(self.size, self.store.read))

    def prove_growth(self, old: int) -> tuple[bytes, ...]:
        """The consistency proof from an earlier size."""
        return prove_growth(old, self.size, node_reader(self.size, self.store.read))

    def _grown(self, tile: Tile, new: tuple[Node, ...]) -> bytes:
        """The content of a tile that a new node joins: the nodes before it are there, the last is in `new`."""
        made = {(node.level, node.index): node.hash for node in new}

        def read_node(level: int, index: int) -> bytes:
            return made.get((level, index)) or old(level, index)

        old = node_reader(self.size, self.store.read)
        return tile_content(tile, read_node)

    def _before(self, bundle: Tile) -> bytes:
        if bundle.width == 1:
            return b""
        return self.store.read(Tile("entries", bundle.index, bundle.width - 1).path)


def _touched(new: tuple[Node, ...]) -> Iterator[Tile]:
    """The tiles in which new nodes stand: only nodes of every eighth level stand in tiles."""
    for node in new:
        if node.level % 8 == 0:
            yield Tile(node.level // 8, node.index // WIDTH, node.index % WIDTH + 1)
