"""The log as it lies in the office, hashed again from its events: every entry, node, signed head and receipt at fault, named.

Cosignatures of witnesses and time stamps are not judged here: `lodged log audit` does that from what is written out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from lodged.log import LogError, check, open_checkpoint, trust
from lodged.log.entry import Event, open_leaf, parse_event, parse_moment
from lodged.log.head import check_start, read_head
from lodged.log.sign import VerifyKey
from lodged.log.tree import append, leaf_hash
from lodged.office.seals import heads, tree
from lodged.office.seals.expunging import expunged
from lodged.office.seals.models import Checkpoint, Entry, Node, Receipt, WitnessedReceipt


@dataclass(frozen=True, slots=True)
class Fault:
    """What is at fault, and how. `where` names a record: `entry 7`, `node 2/1`, `receipt L-2026-00003`."""

    where: str
    what: str


def recheck() -> Iterator[Fault]:
    """Every fault of the log; none where all of it is as it was signed. Reads everything, changes nothing."""
    try:
        key = heads.key().verify
    except (LogError, OSError) as error:
        yield Fault("key", str(error))
        return
    yield from _entries()
    yield from _heads(key)
    yield from _receipts(key)


def _entries() -> Iterator[Fault]:
    """Entries in their order; the tree is grown again from them alone and held against the nodes that are kept."""
    kept = {(node.level, node.index): bytes(node.hash) for node in Node.objects.iterator()}
    waiting: dict[tuple[int, int], bytes] = {}  # left halves that were made and not yet joined
    for expected, entry in enumerate(Entry.objects.order_by("index").iterator()):
        if entry.index != expected:
            yield Fault(f"entry {expected}", "it is missing")
            return
        yield from _opens(entry)
        made = append(expected, leaf_hash(bytes(entry.leaf)), lambda level, index: waiting.pop((level, index)))
        waiting[made[-1].level, made[-1].index] = made[-1].hash
        for node in made:
            found = kept.pop((node.level, node.index), None)
            if found != node.hash:
                what = "it is missing" if found is None else "it is not the hash of what lies below it"
                yield Fault(f"node {node.level}/{node.index}", what)
    for level, index in sorted(kept):
        yield Fault(f"node {level}/{index}", "no entry has made it")


def _opens(entry: Entry) -> Iterator[Fault]:
    try:
        event = open_leaf(bytes(entry.event), bytes(entry.salt), bytes(entry.leaf))
    except LogError as error:
        yield Fault(f"entry {entry.index}", str(error))
        return
    if event.kind != entry.kind:
        yield Fault(f"entry {entry.index}", f"it is kept as `{entry.kind}`, and its event is `{event.kind}`")
    if parse_moment(event.clocks.host) != entry.at.replace(microsecond=0):
        yield Fault(f"entry {entry.index}", f"it is kept as of {entry.at}, and {event.clocks.host} was sealed")


def _heads(key: VerifyKey) -> Iterator[Fault]:
    size = tree.size()
    for checkpoint in Checkpoint.objects.order_by("size").iterator():
        where = f"signed head of {checkpoint.size}"
        try:
            head = open_checkpoint(checkpoint.note.encode(), key).checkpoint
        except LogError as error:
            yield Fault(where, str(error))
            continue
        if (head.size, head.root) != (checkpoint.size, bytes(checkpoint.root)):
            yield Fault(where, "what was signed is another size or root than what is kept beside it")
        elif head.size > size:
            yield Fault(where, f"it was signed over {head.size} entries, and there are {size}")
        elif _root(head.size) != head.root:
            yield Fault(where, "it was signed over other entries than these")
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    try:
        signed = read_head(settings.HOME.head)
        if newest != signed.size:
            yield Fault("head", f"{signed.size} entries were signed, and the newest signed head kept is of {newest}")
        check_start(read_head(settings.HOME.head), settings.LODGED_ORIGIN, size, tree.read_node)
    except LogError as error:
        yield Fault("head", str(error))


def _root(size: int) -> bytes | None:
    try:
        return tree.root(size)
    except LogError:
        return None  # the missing node is told by itself


def _receipts(key: VerifyKey) -> Iterator[Fault]:
    """Receipts and their witnessed second ones; of one that was expunged our own copy is gone."""
    closed = expunged()
    for kind, name in ((Receipt, "receipt"), (WitnessedReceipt, "witnessed receipt")):
        for receipt in kind._default_manager.select_related("entry").order_by("entry").iterator():
            if receipt.entry.index not in closed:
                yield from _receipt(receipt, name, key)


def _receipt(receipt: Receipt | WitnessedReceipt, name: str, key: VerifyKey) -> Iterator[Fault]:
    body, event = bytes(receipt.body), _event(receipt.entry)
    number = event.number if event else None
    where = f"{name} {number}"
    verdict = check(body, None, trust(key.vkey))
    if sha256(body).hexdigest() != receipt.sha256:
        yield Fault(where, "its bytes are not the ones that were handed out")
    elif not verdict.trusted:
        yield Fault(where, verdict.why or "it is not signed by this log")
    elif (verdict.index, verdict.number) != (receipt.entry.index, number):
        yield Fault(where, f"it speaks of entry {verdict.index}, and belongs to entry {receipt.entry.index}")


def _event(entry: Entry) -> Event | None:
    try:
        return parse_event(bytes(entry.event))
    except LogError:
        return None  # the entry's own fault
