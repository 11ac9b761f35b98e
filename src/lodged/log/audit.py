"""The whole of a log hashed again from its files, and the first entry that is not what was signed.

Nothing is believed: each entry is hashed, each hash is compared with its tile, each tile with the one above,
the root with the checkpoint, and the checkpoint with the key. Where events are opened, each must open its leaf, and
the heads that they remember must be heads that this log had.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lodged.log.canonical import Json
from lodged.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from lodged.log.entry import Event, open_leaf
from lodged.log.errors import LogError, SignatureError, StoreError
from lodged.log.export import Opened, opened_path, read_opened_rows
from lodged.log.gaps import Gap, find_gaps
from lodged.log.note import parse_note
from lodged.log.policy import Policy
from lodged.log.remembered import find_false
from lodged.log.store import CHECKPOINT
from lodged.log.tile import HEIGHT, WIDTH, Read, Tile, bundles_at, read_tile, root_of, tiles_at
from lodged.log.tree import HASH_LENGTH, LEAF, root_at
from lodged.log.verdict import NOBODY_VOUCHES, visible

_LENGTH = (HASH_LENGTH).to_bytes(2, "big")  # tlog-tiles, §Log Entries: what stands before each entry of 32 bytes
_ROW = len(_LENGTH) + HASH_LENGTH


@dataclass(frozen=True, slots=True)
class Audit:
    """What hashing everything again has shown.

    `first_bad` is the index of the first entry that fails, None if none does. `opened` counts the entries whose
    events were there to be read (`events`); without them nothing can be said of gaps. `why` is None only if the log is
    whole and signed by somebody whom the reader trusts.
    """

    ok: bool
    trusted: bool
    origin: str | None = None
    size: int | None = None
    root: str | None = None
    first_bad: int | None = None
    gaps: tuple[Gap, ...] = ()
    opened: int = 0
    why: str | None = None
    events: tuple[Event, ...] = ()

    def record(self) -> dict[str, Json]:
        """The audit as a JSON object, keys as `lodged log audit --json` shows them; `root` is base64."""
        return {
            "ok": self.ok,
            "trusted": self.trusted,
            "origin": self.origin,
            "size": self.size,
            "root": self.root,
            "first_bad": self.first_bad,
            "gaps": [gap.record() for gap in self.gaps],
            "opened": self.opened,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True, order=True)
class _Fault:
    """The first entry that a fault touches, how many it may be about, and the fault."""

    index: int
    span: int
    what: str

    def explains(self, other: "_Fault") -> bool:
        """Whether the other is only this one seen from a higher tile: one wrong leaf is wrong all the way up."""
        return self.span < other.span and other.index <= self.index < other.index + other.span


_Hashes = Sequence[bytes | None]  # None stands where something is missing or broken, and was reported


def audit(read: Read, trust: Policy | None) -> Audit:
    """Hash a whole log again; `read` gives the bytes at a tlog-tiles path or raises `FileNotFoundError`."""
    try:
        checkpoint = signed_checkpoint(read, trust)
    except LogError as error:
        return Audit(ok=False, trusted=False, why=visible(str(error)))
    faults: list[_Fault] = []
    entries = _entries(checkpoint.size, read, faults)
    rows = _rows([None if entry is None else sha256(LEAF + entry).digest() for entry in entries])
    _compare_tiles(checkpoint.size, rows, read, faults)
    events = _events(entries, read, faults)
    if not faults:  # only then is there a root at every size
        false = find_false(events, checkpoint.origin, lambda size: _root(size, rows))
        faults += [_Fault(index, 1, what) for index, what in false]
    fault = min((one for one in faults if not any(other.explains(one) for other in faults)), default=None)
    why = _wrong(checkpoint, rows, fault)
    return Audit(
        ok=why is None,
        trusted=why is None and trust is not None,
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=b64encode(checkpoint.root).decode(),
        first_bad=fault.index if fault else None,
        gaps=find_gaps(events) if any(events) else (),
        opened=sum(event is not None for event in events),
        why=visible(why) if why else (None if trust else NOBODY_VOUCHES),
        events=tuple(event for event in events if event),
    )


def signed_checkpoint(read: Read, trust: Policy | None) -> Checkpoint:
    """The checkpoint of a log, signed by those whom the reader trusts; without trust, only as it is written.

    Raises `StoreError` where no log is, `NoteError` and `SignatureError`.
    """
    try:
        content = read(CHECKPOINT)
    except FileNotFoundError as error:
        raise StoreError("there is no `checkpoint` here: this is not a log") from error
    written = parse_checkpoint(parse_note(content).text)
    if trust is None:
        return written
    log = next((log for log in trust.logs if log.name == written.origin), None)
    if log is None:
        raise SignatureError(f"the log `{written.origin}` is none of those you trust")
    signed = open_checkpoint(content, log, tuple(trust.witnesses.values()))
    if not trust.satisfied_by([one.witness for one in signed.cosignatures]):
        raise SignatureError("too few of the witnesses you trust have cosigned the checkpoint")
    return signed.checkpoint


def _wrong(checkpoint: Checkpoint, rows: Sequence[_Hashes], fault: _Fault | None) -> str | None:
    if fault:
        return f"entry {fault.index}: {fault.what}"
    if _root(checkpoint.size, rows) != checkpoint.root:
        return "entries and tiles agree, but the checkpoint was signed over others"
    return None


def _entries(size: int, read: Read, faults: list[_Fault]) -> list[bytes | None]:
    """Every entry in its order."""
    entries: list[bytes | None] = []
    for bundle in bundles_at(size):
        try:
            content = read_tile(bundle, read, _ROW)
        except StoreError as error:
            faults.append(_Fault(len(entries), bundle.width, str(error)))
            entries += [None] * bundle.width
            continue
        leaves = [content[at + len(_LENGTH) : at + _ROW] for at in range(0, len(content), _ROW)]
        # The lengths of all entries at once, by their first and their second byte: a million are looked through
        if all(content[byte::_ROW] == _LENGTH[byte : byte + 1] * bundle.width for byte in range(len(_LENGTH))):
            entries += leaves
        else:
            entries += _measured(bundle, content, leaves, len(entries), faults)
    return entries


def _measured(
    bundle: Tile, content: bytes, leaves: list[bytes], first: int, faults: list[_Fault]
) -> Iterator[bytes | None]:
    """The entries of a bundle in which one has another length than a leaf."""
    for place, entry in enumerate(leaves):
        if content.startswith(_LENGTH, place * _ROW):
            yield entry
        else:
            faults.append(_Fault(first + place, 1, f"in `{bundle.path}` its length is not that of a leaf"))
            yield None


def _rows(leaves: _Hashes) -> list[_Hashes]:
    """The hashes that the tiles should hold, level by level, made from the entries alone."""
    rows = [leaves]
    while len(rows[-1]) >= WIDTH:
        full = len(rows[-1]) // WIDTH
        rows.append([_over(rows[-1][number * WIDTH : (number + 1) * WIDTH]) for number in range(full)])
    return rows


def _over(hashes: _Hashes) -> bytes | None:
    known = _held(hashes)
    return root_of(b"".join(known)) if len(known) == len(hashes) else None


def _compare_tiles(size: int, rows: Sequence[_Hashes], read: Read, faults: list[_Fault]) -> None:
    """Report each tile that holds another hash than the entries below it make."""
    for tile in tiles_at(size):
        level, first = int(tile.level), tile.index * WIDTH
        try:
            kept = read_tile(tile, read)
        except StoreError as error:
            faults.append(_Fault(first << (HEIGHT * level), tile.width << (HEIGHT * level), str(error)))
            continue
        row = rows[level][first : first + tile.width]
        if b"".join(_held(row)) == kept:
            continue
        for place, made in enumerate(row):
            if made is not None and made != kept[place * HASH_LENGTH : (place + 1) * HASH_LENGTH]:
                what = f"`{tile.path}`, place {place}, is not the hash of what lies below it"
                faults.append(_Fault((first + place) << (HEIGHT * level), 1 << (HEIGHT * level), what))
                break


def _root(size: int, rows: Sequence[_Hashes]) -> bytes:
    """The root over the hashes that were made anew; called when none is missing."""

    def read_node(level: int, index: int) -> bytes:
        above, height = divmod(level, HEIGHT)
        return root_of(b"".join(_held(rows[above][index << height : (index + 1) << height])))

    return root_at(size, read_node)


def _held(row: _Hashes) -> list[bytes]:
    """The hashes that are there."""
    return [one for one in row if one is not None]


def _events(entries: Sequence[bytes | None], read: Read, faults: list[_Fault]) -> list[Event | None]:
    """The events that were opened to the auditor; each must open its leaf."""
    events: list[Event | None] = []
    for bundle in bundles_at(len(entries)):
        opened = _opened(bundle, read, faults)
        if opened is None:
            events += [None] * bundle.width
            continue
        for row in opened:
            entry = entries[len(events)]
            try:
                events.append(None if row is None or entry is None else open_leaf(row.event, row.salt, entry))
            except LogError as error:
                faults.append(_Fault(len(events), 1, f"`{opened_path(bundle)}`: {error}"))
                events.append(None)
    return events


def _opened(bundle: Tile, read: Read, faults: list[_Fault]) -> tuple[Opened | None, ...] | None:
    """What opens the entries of a bundle; None where nothing does, which is the usual case."""
    try:
        return read_opened_rows(read(opened_path(bundle)), bundle.width)
    except FileNotFoundError:
        return None
    except LogError as error:
        faults.append(_Fault(bundle.index * WIDTH, bundle.width, f"`{opened_path(bundle)}`: {error}"))
        return None
