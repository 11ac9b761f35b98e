"""Whatever comes is kept, has its place in the log, and its filer takes home a receipt that can be checked offline."""

from datetime import datetime, timedelta

import pytest

from lodged.log import check, trust
from lodged.log.entry import parse_event
from lodged.log.errors import EntryError, HeadAheadError
from lodged.log.rows import TileRows
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import heads, tree
from lodged.office.seals.acts import Sealed, enter_many
from lodged.office.seals.docket import docket
from lodged.office.seals.heads import LogStartError
from lodged.office.seals.models import Checkpoint, Entry, Node

JAIL = "us-ny-nyc/doc"
PAPER = b"bytes of a paper that nobody has read yet"


def deliver(document: bytes, at: datetime) -> Arrival:
    return receive(Delivery(document, JAIL, "fax", "fax000000001.tif", {"station": "SENDER 512 555 0100"}), at)


def test_the_bytes_are_kept_under_their_own_hash(home: Home, at: datetime) -> None:
    arrival = deliver(PAPER, at)
    assert shelf.take(arrival.sha256) == PAPER
    assert arrival.number == "L-2026-00001"


def test_the_receipt_is_trusted_with_the_logs_key_and_matches_the_document(home: Home, at: datetime) -> None:
    arrival = deliver(PAPER, at)
    receipt = Round(at).receipt(arrival)
    verdict = check(bytes(receipt.body), PAPER, trust(heads.key().vkey))
    assert (verdict.ok, verdict.trusted, verdict.document_matches, verdict.number) == (True, True, True, "L-2026-00001")
    assert not check(bytes(receipt.body), PAPER + b"!", trust(heads.key().vkey)).ok


def test_a_receipt_is_made_once_and_handed_out_again_to_the_byte(home: Home, at: datetime) -> None:
    arrival = deliver(PAPER, at)
    first = Round(at).receipt(arrival)
    deliver(b"another", at)
    again = Round(at + timedelta(hours=3)).receipt(arrival)
    assert bytes(again.body) == bytes(first.body)


def test_a_document_that_comes_twice_is_two_arrivals_with_two_salts(home: Home, at: datetime) -> None:
    first, second = deliver(PAPER, at), deliver(PAPER, at)
    assert (first.number, second.number) == ("L-2026-00001", "L-2026-00002")
    assert bytes(first.salt) != bytes(second.salt)
    events = [parse_event(bytes(arrival.seal.event)) for arrival in (first, second)]
    assert events[0].document != events[1].document


def test_the_event_holds_neither_the_plain_hash_nor_what_the_sender_said(home: Home, at: datetime) -> None:
    arrival = deliver(PAPER, at)
    event = bytes(arrival.seal.event)
    assert arrival.sha256.encode() not in event
    assert b"SENDER" not in event
    assert b"fax000000001" not in event


def test_indexes_run_from_nought_without_a_gap_and_every_head_is_signed(home: Home, at: datetime) -> None:
    for number in range(5):
        deliver(PAPER + bytes([number]), at)
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == [0, 1, 2, 3, 4]
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [0, 1, 2, 3, 4, 5]


def test_a_sweep_enters_many_at_once_into_the_very_same_tree(home: Home, at: datetime) -> None:
    deliver(PAPER, at)
    sweep = [Sealed("Heartbeat", JAIL, facts={"n": number}, private={"who": "somebody"}) for number in range(300)]
    with docket(at):
        entered = enter_many(sweep, at)
    deliver(PAPER, at)
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)]
    rows = TileRows()
    rows.extend(leaves)
    assert [entry.index for entry in entered] == list(range(1, 301))
    assert (tree.size(), tree.root(302)) == (302, rows.root())
    assert bytes(Checkpoint.objects.get(size=301).root) == tree.root(301)
    assert len({bytes(entry.salt) for entry in entered}) == 300
    kept = Entry.objects.get(index=300)
    assert (bytes(kept.event), kept.openings, kept.at) == (entered[-1].event, entered[-1].openings, at)


def test_nothing_of_a_sweep_that_fails_is_kept(home: Home, at: datetime) -> None:
    with pytest.raises(EntryError), docket(at):
        enter_many([Sealed("Heartbeat", JAIL), Sealed("not a kind", JAIL)], at)
    assert (tree.size(), Node.objects.count()) == (0, 0)


def test_a_crash_between_commit_and_signature_is_mended_at_the_next_start(home: Home, at: datetime) -> None:
    deliver(PAPER, at)
    before = home.head.read_bytes()
    second = deliver(b"second", at)
    Checkpoint.objects.filter(size=2).delete()
    home.head.write_bytes(before)
    heads.start(at)
    assert bytes(Checkpoint.objects.get(size=2).root) == tree.root(2)
    assert Round(at).receipt(second).number == second.number


def test_records_older_than_the_last_signed_head_are_refused(home: Home, at: datetime) -> None:
    deliver(PAPER, at)
    restored = deliver(b"lost by the restore", at)
    Checkpoint.objects.filter(size=2).delete()
    Arrival.objects.filter(pk=restored.pk).delete()
    Node.objects.exclude(level=0, index=0).delete()
    Entry.objects.filter(index=1).delete()
    with pytest.raises(HeadAheadError):
        heads.start(at)


def test_a_log_is_never_started_over_on_top_of_records(home: Home, at: datetime) -> None:
    deliver(PAPER, at)
    home.head.unlink()
    with pytest.raises(LogStartError, match="1 entries"):
        heads.start(at)
