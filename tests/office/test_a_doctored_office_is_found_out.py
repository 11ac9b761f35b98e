"""One thing altered behind the office's back, in the database or on the disk, is found and named."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import lodged
from lodged.office.arrivals import recheck as arrivals
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.expunging import expunge_arrival
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.people.acts import import_roster
from lodged.office.seals import recheck as seals
from lodged.office.seals.expunging import Order
from lodged.office.seals.models import Checkpoint, Entry, Node, Receipt
from lodged.office.staff.models import User
from lodged.person import read_roster

ROSTER = Path(lodged.__file__).parent / "samples" / "roster.csv"
Doctor = Callable[[Home], None]


@pytest.fixture
def papers(home: Home, at: datetime) -> list[Arrival]:
    """Five papers, each with its receipt."""
    found = []
    for number in range(5):
        claims = {"station": "SENDER 512 555 0100"}
        delivery = Delivery(b"paper %d" % number, "us-ny-nyc/doc", "fax", "fax.tif", claims, evidence={"row": "q1"})
        found.append(receive(delivery, at))
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


def arrival_and_receipt_gone(_: Home) -> None:
    Arrival.objects.filter(number="L-2026-00003").delete()
    Receipt.objects.filter(number="L-2026-00003").delete()


def receipt_gone(_: Home) -> None:
    Receipt.objects.filter(number="L-2026-00003").delete()


def salts_gone_without_an_order(_: Home) -> None:
    Entry.objects.filter(index=2).update(openings={})
    Arrival.objects.filter(number="L-2026-00003").update(claims={"station": "SENDER 512 555 0199"})


def claim_added(_: Home) -> None:
    Arrival.objects.filter(number="L-2026-00003").update(claims={"station": "SENDER 512 555 0100", "pages": "9"})


def evidence_changed(_: Home) -> None:
    Arrival.objects.filter(number="L-2026-00003").update(evidence={"row": "q9"})


def junk_salts(_: Home) -> None:
    Entry.objects.filter(index=2).update(openings={"name": "junk", "claim.station": "", "evidence.row": "zz"})


def newest_head_gone(_: Home) -> None:
    Receipt.objects.filter(number="L-2026-00005").delete()
    Checkpoint.objects.filter(size=5).delete()


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
        (entry_hour, "entry 2"),
        (claim, "arrival L-2026-00003"),
        (arrival_and_receipt_gone, "entry 2"),
        (receipt_gone, "entry 2"),
        (salts_gone_without_an_order, "arrival L-2026-00003"),
        (claim_added, "arrival L-2026-00003"),
        (evidence_changed, "arrival L-2026-00003"),
        (junk_salts, "arrival L-2026-00003"),
        (newest_head_gone, "head"),
    ],
)
def test_what_was_altered_is_named(home: Home, papers: list[Arrival], doctor: Doctor, named: str) -> None:
    assert faults() == []
    doctor(home)
    assert named in {where for where, _ in faults()}


def test_a_key_that_is_gone_is_said_before_anything_else(home: Home, papers: list[Arrival]) -> None:
    home.log_key.unlink()
    assert [where for where, _ in map(tuple, faults())] == ["key"]


def test_what_was_expunged_by_order_is_no_fault(
    home: Home, papers: list[Arrival], staff: dict[str, User], at: datetime
) -> None:
    order = Order("Supreme Court, Ossian County", "2026-E-0417", at.date())
    expunge_arrival(papers[2], order, staff["counsel"], at)
    assert faults() == []


def test_an_entry_without_an_arrival_keeps_its_sealed_hour_too(
    home: Home, staff: dict[str, User], at: datetime
) -> None:
    import_roster("us-ny-nyc/doc", read_roster(ROSTER.read_bytes()).people, at)
    assert faults() == []
    Entry.objects.filter(kind="RosterImported").update(at=at - timedelta(days=300))
    assert [where for where, _ in faults()] == ["entry 0"]
