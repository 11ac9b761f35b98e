"""The log written out as tile files that anybody can serve and check: hashes alone, no event and no salt."""

from pathlib import Path

from lodged.log.export import Opened, Source, export
from lodged.log.store import STAMPS, FolderStore
from lodged.office.seals import heads, tree, witnesses
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
    note = witnesses.cosigned_note(checkpoint).content
    return export(Source(tree.read_node, _leaf, note), store.write, _opened if opened else None)


def _leaf(index: int) -> bytes:
    return bytes(Entry.objects.values_list("leaf", flat=True).get(index=index))


def _opened(index: int) -> Opened | None:
    event, salt = Entry.objects.values_list("event", "salt").get(index=index)
    return Opened(bytes(event), bytes(salt))
