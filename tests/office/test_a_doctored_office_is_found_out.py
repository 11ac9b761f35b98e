"""One thing altered behind the office's back, in the database or on the disk, is found and named."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from lodged.office.arrivals import recheck as arrivals
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import recheck as seals
from lodged.office.seals.models import Checkpoint, Entry, Node, Receipt

Doctor = Callable[[Home], None]


@pytest.fixture
def papers(home: Home, at: datetime) -> list[Arrival]:
    """Five papers, each with its receipt."""
    found = []
    for number in range(5):
        claims = {"station": "SENDER 512 555 0100"}
        found.append(receive(Delivery(b"paper %d" % number, "us-ny-nyc/doc", "fax", "fax.tif", claims), at))
        Round(at).receipt(found[-1])
    return found


def faults() -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in (*seals.recheck(), *arrivals.recheck())]


def flipped(content: bytes | memoryview) -> bytes:
    """One bit of the middle byte turned."""
    whole = bytearray(content)
    whole[len(whole) // 2] ^= 1
    return bytes(whole)


def entry(field: str) -> Doctor:
    def doctor(_: Home) -> None:
        row = Entry.objects.get(index=2)
        Entry.objects.filter(index=2).update(**{field: flipped(getattr(row, field))})

    return doctor


def node(_: Home) -> None:
    row = Node.objects.get(level=1, index=1)
    Node.objects.filter(pk=row.pk).update(hash=flipped(row.hash))


def extra_node(_: Home) -> None:
    Node.objects.create(level=0, index=9, hash=bytes(32))


def last_entry_gone(_: Home) -> None:
    Arrival.objects.filter(number="L-2026-00005").delete()
    Receipt.objects.filter(number="L-2026-00005").delete()
    Entry.objects.filter(index=4).delete()
    Node.objects.filter(level=0, index=4).delete()


def note(_: Home) -> None:
    row = Checkpoint.objects.get(size=3)
    Checkpoint.objects.filter(size=3).update(note=row.note.replace("\n3\n", "\n4\n"))


def receipt(_: Home) -> None:
    row = Receipt.objects.get(number="L-2026-00002")
    Receipt.objects.filter(pk=row.pk).update(body=flipped(row.body))


def exchanged_receipts(_: Home) -> None:
    one, other = Receipt.objects.get(number="L-2026-00002"), Receipt.objects.get(number="L-2026-00003")
    Receipt.objects.filter(pk=one.pk).update(body=bytes(other.body), sha256=other.sha256)


def document(_: Home) -> None:
    path = shelf.place(Arrival.objects.get(number="L-2026-00004").sha256)
    path.chmod(0o600)
    path.write_bytes(flipped(path.read_bytes()))


def lost_document(_: Home) -> None:
    shelf.place(Arrival.objects.get(number="L-2026-00004").sha256).unlink()


def head(home: Home) -> None:
    lines = home.head.read_text().splitlines()
    other = Checkpoint.objects.get(size=4)
    first = Checkpoint.objects.get(size=5).note.splitlines()[2]
    assert lines[2] == first
    home.head.write_text("\n".join([lines[0], lines[1], other.note.splitlines()[2]]) + "\n")


def hour(_: Home) -> None:
    row = Arrival.objects.get(number="L-2026-00003")
    Arrival.objects.filter(pk=row.pk).update(received_at=row.received_at - timedelta(hours=2))


def entry_hour(_: Home) -> None:
    row = Arrival.objects.get(number="L-2026-00003")
    earlier = row.received_at - timedelta(hours=2)
    Arrival.objects.filter(pk=row.pk).update(received_at=earlier)
    Entry.objects.filter(pk=row.seal_id).update(at=earlier)


def claim(_: Home) -> None:
    Arrival.objects.filter(number="L-2026-00003").update(claims={"station": "SENDER 512 555 0199"})


@pytest.mark.parametrize(
    ("doctor", "named"),
    [
        (entry("event"), "entry 2"),
        (entry("salt"), "entry 2"),
        (entry("leaf"), "entry 2"),
        (node, "node 1/1"),
        (extra_node, "node 0/9"),
        (last_entry_gone, "signed head of 5"),
        (note, "signed head of 3"),
        (receipt, "receipt L-2026-00002"),
        (exchanged_receipts, "receipt L-2026-00002"),
        (document, "arrival L-2026-00004"),
        (lost_document, "arrival L-2026-00004"),
        (head, "head"),
        (hour, "arrival L-2026-00003"),
        (entry_hour, "arrival L-2026-00003"),
        (claim, "arrival L-2026-00003"),
    ],
)
def test_what_was_altered_is_named(home: Home, papers: list[Arrival], doctor: Doctor, named: str) -> None:
    assert faults() == []
    doctor(home)
    assert named in {where for where, _ in faults()}


def test_a_key_that_is_gone_is_said_before_anything_else(home: Home, papers: list[Arrival]) -> None:
    home.log_key.unlink()
    assert [where for where, _ in map(tuple, faults())] == ["key"]
