"""Tiles: the nodes of a tree as files that anybody can serve (C2SP tlog-tiles 0.1.0, height 8).

`tile/<L>/<N>` holds the 256 hashes of level 8·L from 256·N on; a tile not yet full has the suffix `.p/<W>` and
W hashes. `tile/entries/<N>` holds the same 256 entries, each behind its length in two bytes. Tiles say nothing
that the nodes do not; they are derived from nodes when a log is shown to others, and read back as nodes.

>>> tile_path(0, 1_234_067, 256)
'tile/0/x001/x234/067'
>>> tile_path("entries", 273, 112)
'tile/entries/273.p/112'
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from lodged.log.errors import StoreError
from lodged.log.tree import HASH_LENGTH, NODE, NodeReader

HEIGHT = 8
WIDTH = 256
_PAIR = 2 * HASH_LENGTH

Level = int | Literal["entries"]
Read = Callable[[str], bytes]
"""A path to the bytes there; raises `FileNotFoundError` for a path that holds nothing."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of a tree: its level (of tiles, or `entries`), its number, and how many hashes it holds."""

    level: Level
    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it stands."""
        return tile_path(self.level, self.index, self.width)


def tile_path(level: Level, index: int, width: int) -> str:
    """The path of a tile (tlog-tiles, §Merkle Tree): the number in threes, all but the last with an `x`."""
    threes = [f"{index % 1000:03d}"]
    while index := index // 1000:
        threes.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/{'/'.join(threes)}" + ("" if width == WIDTH else f".p/{width}")


def tiles_at(size: int) -> Iterator[Tile]:
    """Every tile of a tree of `size` entries, level by level from the leaves up."""
    level = 0
    while count := size >> (HEIGHT * level):
        yield from _row(level, count)
        level += 1


def bundles_at(size: int) -> Iterator[Tile]:
    """Every bundle of entries of a tree of `size` entries."""
    yield from _row("entries", size)


def tile_content(tile: Tile, read_node: NodeReader) -> bytes:
    """The hashes of a tile, one after the other."""
    if tile.level == "entries":
        raise StoreError("a bundle of entries is not made of hashes")
    level, start = HEIGHT * tile.level, tile.index * WIDTH
    return b"".join(read_node(level, start + place) for place in range(tile.width))


def write_bundle(entries: list[bytes]) -> bytes:
    """Entries as a bundle: each behind its length, two bytes big endian (tlog-tiles, §Log Entries)."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def read_bundle(content: bytes, width: int) -> tuple[bytes, ...]:
    """The entries of a bundle; raises `StoreError` unless there are `width` of them and nothing after."""
    entries: list[bytes] = []
    rest = content
    for _ in range(width):
        length = int.from_bytes(rest[:2], "big")
        if len(rest) < 2 + length or len(rest) < 2:
            raise StoreError(f"the bundle ends after {len(entries)} of {width} entries")
        entries.append(rest[2 : 2 + length])
        rest = rest[2 + length :]
    if rest:
        raise StoreError(f"the bundle goes on after {width} entries")
    return tuple(entries)


def read_tile(tile: Tile, read: Read, each: int = HASH_LENGTH) -> bytes:
    """What is kept of a tile, `each` bytes for a place; raises `StoreError` if it is missing or of another length.

    A partial tile may have been dropped once the full one is there (tlog-tiles, §Partial Tiles): then the
    beginning of the full one is the same.
    """
    for width in (tile.width, WIDTH):
        path = tile_path(tile.level, tile.index, width)
        try:
            content = read(path)
        except FileNotFoundError:
            continue
        if len(content) != width * each:
            raise StoreError(f"`{path}` has {len(content)} bytes instead of {width * each}")
        return content[: tile.width * each]
    raise StoreError(f"`{tile.path}` is missing")


def node_reader(size: int, read: Read, keep: int = 64) -> NodeReader:
    """The nodes of a tree of `size` entries, read from its tiles; the last `keep` tiles are remembered.

    A node between two levels of tiles is hashed anew from the tile below it, so at most 255 hashes.
    """

    @lru_cache(maxsize=keep)
    def tile(level: int, index: int) -> bytes:
        width = min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH)
        if width <= 0:
            raise StoreError(f"`{tile_path(level, index, WIDTH)}` is no tile of a tree of {size} entries")
        return read_tile(Tile(level, index, width), read)

    def read_node(level: int, index: int) -> bytes:
        height = level % HEIGHT
        number, place = divmod(index << height, WIDTH)
        hashes = tile(level // HEIGHT, number)[place * HASH_LENGTH : (place + (1 << height)) * HASH_LENGTH]
        if len(hashes) != HASH_LENGTH << height:
            raise StoreError(f"node {index} of level {level} is not in a tree of {size} entries")
        return root_of(hashes)

    return read_node


def root_of(hashes: bytes) -> bytes:
    """The root over a power of two of hashes, pair by pair: each pair is what RFC 9162 §2.1.1 hashes after 0x01."""
    row = hashes
    while len(row) > HASH_LENGTH:
        row = b"".join([sha256(NODE + row[at : at + _PAIR]).digest() for at in range(0, len(row), _PAIR)])
    return row


def _row(level: Level, count: int) -> Iterator[Tile]:
    """The full tiles of one level, and the partial one at its end (`width` = count mod 256)."""
    full, rest = divmod(count, WIDTH)
    yield from (Tile(level, index, WIDTH) for index in range(full))
    if rest:
        yield Tile(level, full, rest)
