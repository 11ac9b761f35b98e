"""A log written out as files that anybody can serve and check: bundles, tiles, and last of all the checkpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from lodged.log.canonical import Json, canonical, parse_canonical
from lodged.log.checkpoint import parse_checkpoint
from lodged.log.entry import parse_event
from lodged.log.errors import EntryError, ProofError
from lodged.log.note import parse_note
from lodged.log.store import CHECKPOINT, OPENED
from lodged.log.tile import WIDTH, Tile, bundles_at, tile_content, tile_path, tiles_at, write_bundle
from lodged.log.tree import NodeReader, root_at

Write = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """What opens one leaf: the canonical text of its event, and its salt."""

    event: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A log as whoever keeps it can show it: nodes, leaves of 32 bytes by index, and the signed checkpoint."""

    read_node: NodeReader
    read_leaf: Callable[[int], bytes]
    checkpoint: bytes


def export(source: Source, write: Write, read_opened: Callable[[int], Opened | None] | None = None) -> int:
    """Write the log out and return its size; raises `ProofError` if the checkpoint is of another tree.

    What is written holds leaves and hashes alone. Only a full audit, under access control, also gets
    `read_opened`, which gives event and salt of an entry, or None where the salt was destroyed. The checkpoint
    is written last, so that a reader never meets one whose tiles are missing.
    """
    checkpoint = parse_checkpoint(parse_note(source.checkpoint).text)
    if root_at(checkpoint.size, source.read_node) != checkpoint.root:
        raise ProofError("the checkpoint to be written out has another root than the tree")
    for bundle in bundles_at(checkpoint.size):
        entries = [source.read_leaf(index) for index in _indices(bundle)]
        write(bundle.path, write_bundle(entries))
        if read_opened:
            write(opened_path(bundle), write_opened([read_opened(index) for index in _indices(bundle)]))
    for tile in tiles_at(checkpoint.size):
        write(tile.path, tile_content(tile, source.read_node))
    write(CHECKPOINT, source.checkpoint)
    return checkpoint.size


def opened_path(bundle: Tile) -> str:
    """Where the events of a bundle stand, for those who may see them."""
    return tile_path("entries", bundle.index, bundle.width).replace("tile/entries", OPENED)


def write_opened(rows: list[Opened | None]) -> bytes:
    """Events and salts of a bundle as canonical JSON; null for an entry that is closed for ever."""
    return b"[" + b",\n".join(b"null" if row is None else _opened_row(row) for row in rows) + b"]\n"


def read_opened_rows(content: bytes, width: int) -> tuple[Opened | None, ...]:
    """The rows that `write_opened` wrote; raises `EntryError`."""
    if not content.startswith(b"[") or not content.endswith(b"]\n"):
        raise EntryError("this is not a list of opened entries")
    rows = content[1:-2].split(b",\n")  # canonical JSON holds no newline, so these are between rows
    if len(rows) != width:
        raise EntryError(f"{len(rows)} entries are opened where {width} stand in the log")
    return tuple(_parse_row(row) for row in rows)


def _opened_row(row: Opened) -> bytes:
    return canonical({"event": parse_event(row.event).record(), "salt": row.salt.hex()})


def _parse_row(row: bytes) -> Opened | None:
    match parse_canonical(row):
        case None:
            return None
        case {"event": event, "salt": str(salt)}:
            return Opened(canonical(event), _from_hex(salt))
        case _:
            raise EntryError("an opened entry has `event` and `salt`")


def _from_hex(text: Json) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError as error:
        raise EntryError("a salt is written in hex") from error


def _indices(bundle: Tile) -> range:
    return range(bundle.index * WIDTH, bundle.index * WIDTH + bundle.width)
