"""The log written out as tile files that anybody can serve and check: hashes alone, no event and no salt."""

from pathlib import Path

from lodged.log.export import Source, export
from lodged.log.store import FolderStore
from lodged.office.seals import heads, tree, witnesses
from lodged.office.seals.models import Entry


def write_out(folder: Path) -> int:
    """Write the log up to its newest signed head into a folder; gives how many entries it holds."""
    checkpoint = heads.newest()
    if checkpoint is None:
        raise heads.LogStartError("nothing was signed yet, so there is nothing to write out")
    store = FolderStore(folder)
    return export(Source(tree.read_node, _leaf, witnesses.cosigned_note(checkpoint).content), store.write)


def _leaf(index: int) -> bytes:
    return bytes(Entry.objects.values_list("leaf", flat=True).get(index=index))
