"""A tree held in memory as the content of its tiles: 32.1 bytes an entry, for whoever goes through a whole log.

Only the nodes of every eighth level are kept, one after the other; those between are hashed anew when they are asked
for, at most 255 hashes each (`tile.py`). Whoever needs one proof from a log on disk reads tiles instead.

>>> rows = TileRows()
>>> for entry in (b"first", b"second", b"third"):
...     rows.append(entry)
>>> rows.size, rows.root() == root_at(3, rows.read_node)
(3, True)
"""

from collections.abc import Iterable
from hashlib import sha256

from lodged.log.errors import TreeError
from lodged.log.tile import HEIGHT, WIDTH, root_of
from lodged.log.tree import HASH_LENGTH, LEAF, root_at

_FULL = WIDTH * HASH_LENGTH


class TileRows:
    """A tree that only grows; `rows[L]` are the hashes of tile level L, without anything between them."""

    def __init__(self) -> None:
        self.rows: list[bytearray] = [bytearray()]

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.rows[0]) // HASH_LENGTH

    def append(self, entry: bytes) -> None:
        """Add one entry: its hash, and the root of each tile that it fills."""
        self.extend((entry,))

    def extend(self, entries: Iterable[bytes]) -> None:
        """Add entries one after the other."""
        row = self.rows[0]
        for entry in entries:
            row += sha256(LEAF + entry).digest()  # as `tree.leaf_hash` does, without a call for each of a million
            if not len(row) % _FULL:
                self._fill(0)

    def read_node(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree; raises `TreeError` where the tree does not reach so far."""
        above, height = divmod(level, HEIGHT)
        row = self.rows[above] if above < len(self.rows) else b""
        hashes = bytes(row[index * HASH_LENGTH << height : (index + 1) * HASH_LENGTH << height])
        if len(hashes) != HASH_LENGTH << height:
            raise TreeError(f"node {index} of level {level} is not in a tree of {self.size} entries")
        return root_of(hashes)

    def root(self) -> bytes:
        """The root over all entries."""
        return root_at(self.size, self.read_node)

    def _fill(self, level: int) -> None:
        """The last tile of a level is full: its root is one more hash of the level above."""
        if level + 1 == len(self.rows):
            self.rows.append(bytearray())
        above = self.rows[level + 1]
        above += root_of(bytes(self.rows[level][-_FULL:]))
        if len(above) % _FULL == 0:
            self._fill(level + 1)
