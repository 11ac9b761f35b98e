"""The log written out as tile files that anybody can serve and check: hashes alone, no event and no salt."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from lodged.log.export import Opened, Source, export
from lodged.log.rows import TileRows
from lodged.log.store import STAMPS, FolderStore
from lodged.log.tile import WIDTH
from lodged.office.seals import heads, witnesses
from lodged.office.seals.models import Entry, Stamp
from lodged.office.seals.stamps import written


def write_out(folder: Path, opened: bool = False) -> int:
    """Write the log up to its newest signed head into a folder; gives how many entries it holds.

    `opened` also writes the events and their salts, which is for an audit under access control and for nobody else.
    The time stamps are written first, since a reader who meets the checkpoint may look for them.
    """
    checkpoint = heads.newest()
    if checkpoint is None:
        raise heads.LogStartError("nothing was signed yet, so there is nothing to write out")
    store = FolderStore(folder)
    for number, stamp in enumerate(Stamp.objects.order_by("id")):
        store.write(f"{STAMPS}/{number}.text", written(stamp))
        store.write(f"{STAMPS}/{number}.tsr", bytes(stamp.answer))
    leaves = _leaves(checkpoint.size)
    tree = TileRows()
    tree.extend(leaves)
    note = witnesses.cosigned_note(checkpoint).content
    source = Source(tree.read_node, leaves.__getitem__, note)
    return export(source, store.write, _opened_rows() if opened else None)


def _leaves(size: int) -> list[bytes]:
    """The leaves of a signed head in their order, in one pass; the tree is made anew from them, not taken from rows."""
    rows = Entry.objects.filter(index__lt=size).order_by("index").values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in rows.iterator()]


def _opened_rows() -> Callable[[int], Opened | None]:
    """How the events and salts are read: a bundle at a time, since they are asked for one after the other."""

    @lru_cache(maxsize=1)
    def bundle(number: int) -> list[Opened]:
        rows = Entry.objects.filter(index__gte=number * WIDTH, index__lt=(number + 1) * WIDTH).order_by("index")
        return [Opened(bytes(event), bytes(salt)) for event, salt in rows.values_list("event", "salt")]

    return lambda index: bundle(index // WIDTH)[index % WIDTH]
