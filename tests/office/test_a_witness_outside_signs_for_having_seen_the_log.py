"""A witness is shown every head; its filers get a second receipt, and each of its refusals is kept in its own words."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lodged.log import check, parse_policy, trust
from lodged.log.audit import audit
from lodged.log.checkpoint import Checkpoint as Head
from lodged.log.entry import parse_event
from lodged.log.errors import NoteError
from lodged.log.sign import SignKey
from lodged.log.store import FolderStore
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import heads, outside, witnesses
from lodged.office.seals.models import Entry, Outcome, Receipt, WitnessAnswer, WitnessedReceipt
from lodged.office.seals.standing import standing
from lodged.office.seals.written_out import write_out
from tests.log.invented import OTHER_KEY, SAW_AT, SECOND_WITNESS, WITNESS, numbered_tree
from tests.log.little_witness import LittleWitness, served

JAIL = "us-ny-nyc/doc"


def deliver(document: bytes, at: datetime) -> Arrival:
    arrival = receive(Delivery(document, JAIL, "fax", "fax000000001.tif"), at)
    Round(at).receipt(arrival)
    return arrival


@pytest.fixture
def witness(home: Home) -> LittleWitness:
    return LittleWitness(heads.key().verify, WITNESS, SAW_AT)


@pytest.fixture
def asked(home: Home, witness: LittleWitness) -> Iterator[str]:
    """The witness is named in the office's policy, and is a quorum by itself."""
    with served(witness) as address:
        home.witnesses.write_text(f"witness archive {WITNESS.vkey} {address}\nquorum archive\n")
        yield address


def kept() -> list[tuple[str, int | None]]:
    return list(WitnessAnswer.objects.order_by("id").values_list("outcome", "status"))


def test_at_first_unwitnessed_then_witnessed_under_the_same_number(asked: str, at: datetime) -> None:
    arrival = deliver(b"a paper", at)
    Round(at + timedelta(minutes=1)).witness()
    first, second = Receipt.objects.get(), WitnessedReceipt.objects.get()
    for receipt, witnessed in ((first, False), (second, True)):
        verdict = check(bytes(receipt.body), b"a paper", trust(heads.key().vkey))
        assert (verdict.ok, verdict.number, verdict.document_matches) == (True, arrival.number, True)
        assert ("unwitnessed" in verdict.does_not_prove) is not witnessed
        assert verdict.witnesses == ((WITNESS.verify.name,) if witnessed else ())


def test_a_reader_who_trusts_the_witness_is_satisfied_by_the_second_receipt_alone(asked: str, at: datetime) -> None:
    deliver(b"a paper", at)
    Round(at).witness()
    strict = parse_policy(f"log {heads.key().vkey}\nwitness w {WITNESS.vkey}\nquorum w\n")
    assert not check(bytes(Receipt.objects.get().body), None, strict).trusted
    assert check(bytes(WitnessedReceipt.objects.get().body), None, strict).trusted


def test_a_receipt_does_not_tell_where_its_witness_lives(asked: str, at: datetime) -> None:
    deliver(b"a paper", at)
    Round(at).witness()
    assert asked.encode() not in bytes(WitnessedReceipt.objects.get().body)


def test_the_log_grows_and_each_head_is_cosigned_once(asked: str, witness: LittleWitness, at: datetime) -> None:
    for number in range(3):
        deliver(b"paper %d" % number, at)
        Round(at).witness()
        Round(at).witness()
    assert kept() == [("cosigned", 200)] * 3
    assert (witness.asked, witness.seen.size) == (3, 3)
    assert standing().seen == 3


def test_an_entry_says_which_cosigned_head_it_is_not_older_than(asked: str, at: datetime) -> None:
    deliver(b"first", at)
    Round(at).witness()
    seen = witnesses.newest_witnessed()
    assert seen is not None
    second = parse_event(bytes(deliver(b"second", at).seal.event))
    assert second.cosigned == Head(heads.key().verify.name, 1, bytes(seen.root)).text
    assert parse_event(bytes(Entry.objects.get(index=0).event)).cosigned is None


def test_what_is_written_out_carries_the_cosignature(asked: str, at: datetime, tmp_path: Path) -> None:
    deliver(b"a paper", at)
    Round(at).witness()
    write_out(tmp_path / "log")
    strict = parse_policy(f"log {heads.key().vkey}\nwitness w {WITNESS.vkey}\nquorum w\n")
    assert audit(FolderStore(tmp_path / "log").read, strict).trusted


def test_the_heads_that_entries_remember_are_audited(asked: str, at: datetime, tmp_path: Path) -> None:
    for number in range(4):
        deliver(b"paper %d" % number, at)
        Round(at).witness()
    write_out(tmp_path / "log", opened=True)
    found = audit(FolderStore(tmp_path / "log").read, trust(heads.key().vkey))
    assert (found.ok, found.opened) == (True, 4)


def test_a_quorum_of_two_is_not_made_by_one(asked: str, home: Home, at: datetime) -> None:
    second = LittleWitness(heads.key().verify, SECOND_WITNESS, SAW_AT)
    lines = [home.witnesses.read_text().splitlines()[0], "group both all archive paper", "quorum both", ""]
    with served(second) as address:
        lines.insert(1, f"witness paper {SECOND_WITNESS.vkey} {address}x")
        home.witnesses.write_text("\n".join(lines))
        deliver(b"a paper", at)
        Round(at).witness()
        assert (WitnessedReceipt.objects.count(), standing().witnessed) == (0, False)
        assert kept() == [("cosigned", 200), ("refused", 404)]
        home.witnesses.write_text("\n".join(lines).replace(f"{address}x", address))
        Round(at).witness()
    assert check(bytes(WitnessedReceipt.objects.get().body), None, None).witnesses == (
        WITNESS.verify.name,
        SECOND_WITNESS.verify.name,
    )


def test_a_witness_that_saw_more_than_was_known_is_asked_again_from_there(
    asked: str, witness: LittleWitness, at: datetime
) -> None:
    for number in range(3):
        deliver(b"paper %d" % number, at)
    Round(at).witness()
    WitnessAnswer.objects.all().delete()
    deliver(b"one more", at)
    Round(at).witness()
    assert kept() == [("stale", 409), ("cosigned", 200)]


def test_a_witness_that_saw_more_than_there_is_raises_the_alarm(
    asked: str, witness: LittleWitness, at: datetime
) -> None:
    witness.seen = Head(heads.key().verify.name, 9, numbered_tree(9).root())
    deliver(b"a paper", at)
    Round(at).witness()
    answer = WitnessAnswer.objects.get()
    assert (answer.outcome, answer.status, answer.saw, answer.words) == (Outcome.REFUSED, 409, 9, "9")
    assert "restored, or forked" in answer.why


def test_a_fork_is_refused_and_the_refusal_entered_in_the_log_once(
    asked: str, witness: LittleWitness, at: datetime
) -> None:
    witness.seen = Head(heads.key().verify.name, 1, numbered_tree(1).root())
    deliver(b"a paper", at)
    deliver(b"another", at)
    for _ in range(3):
        Round(at).witness()
    assert set(kept()) == {("stale", 409), ("refused", 422)}
    refusals = Entry.objects.filter(kind="WitnessRefusal")
    facts = parse_event(bytes(refusals.get().event)).facts
    assert (facts["witness"], facts["status"], facts["size"]) == ("archive", 422, 2)
    assert "is not the beginning" in str(facts["words"])
    assert (WitnessedReceipt.objects.count(), standing().witnessed) == (0, False)


@pytest.mark.parametrize(("known", "status"), [(OTHER_KEY, 404), (None, 403)])
def test_a_witness_that_holds_another_key_refuses(
    known: SignKey | None, status: int, home: Home, witness: LittleWitness, asked: str, at: datetime
) -> None:
    own = heads.key().verify
    witness.log = known.verify if known else type(own)(own.name, own.type, OTHER_KEY.verify.public)
    deliver(b"a paper", at)
    Round(at).witness()
    assert kept() == [("refused", status)]


def test_a_witness_that_nobody_finds_is_kept_and_asked_again(home: Home, at: datetime) -> None:
    home.witnesses.write_text(f"witness archive {WITNESS.vkey} http://127.0.0.1:1\nquorum archive\n")
    deliver(b"a paper", at)
    for _ in range(2):
        Round(at).witness()
    assert kept() == [("unreachable", None)] * 2
    assert all("nobody answers" in why for why in WitnessAnswer.objects.values_list("why", flat=True))
    assert Entry.objects.count() == 1


def test_a_policy_that_cannot_be_read_stops_no_receipt(home: Home, at: datetime) -> None:
    for text in ("quorum", f"log {OTHER_KEY.vkey}\nquorum none\n"):
        home.witnesses.write_text(text)
        with pytest.raises(NoteError, match=r"witnesses\.policy"):
            witnesses.policy()
        arrival = deliver(text.encode(), at)
        Round(at).witness()
        assert check(bytes(Receipt.objects.get(entry=arrival.seal).body), None, trust(heads.key().vkey)).trusted
    assert not WitnessAnswer.objects.exists()


def test_a_witness_that_drips_does_not_hold_the_porter_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time; the whole answer never does."""
    monkeypatch.setattr(outside, "LONGEST_S", 0.3)
    ended = threading.Event()

    class Dripping(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not ended.wait(0.02):
                    self.wfile.write(b"x")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Dripping)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        answer = outside.post(f"http://127.0.0.1:{server.server_port}/", b"")
        assert len(answer.body) < outside.LONGEST_ANSWER
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


def test_a_witness_with_a_new_key_is_asked_about_the_same_head(asked: str, home: Home, at: datetime) -> None:
    deliver(b"a paper", at)
    Round(at).witness()
    other = LittleWitness(heads.key().verify, SECOND_WITNESS, SAW_AT)
    with served(other) as address:
        home.witnesses.write_text(f"witness archive {SECOND_WITNESS.vkey} {address}\nquorum archive\n")
        Round(at).witness()
    assert kept() == [("cosigned", 200)] * 2
    assert other.seen.size == 1
