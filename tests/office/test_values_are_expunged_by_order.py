"""An order of expungement destroys salts: nothing then confirms a guess, and every proof and every receipt still holds."""

import sqlite3
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

from lodged.cli import run
from lodged.log import check, trust
from lodged.log.audit import audit
from lodged.log.entry import document_commitment, parse_event, sealed_value
from lodged.log.store import FolderStore
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.expunging import expunge_arrival
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.database import SQLITE
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import heads
from lodged.office.seals.expunging import FORGET, Order, expunge
from lodged.office.seals.models import Entry, Expungement, Receipt
from lodged.office.seals.written_out import write_out
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.log.invented import KEY

ORDER = Order("Supreme Court, Ossian County", "2026-E-0417", date(2026, 11, 20))
NAME = "TESTPERSON, INVENTED"
LETTER = b"an invented detainer for TESTPERSON, INVENTED"


def deliver(at: datetime, document: bytes = LETTER) -> Arrival:
    arrival = receive(Delivery(document, "us-ny-nyc/doc", "fax", f"{NAME}.tif", {"about": NAME}), at)
    Round(at).receipt(arrival)
    return arrival


def files_of_the_database() -> bytes:
    """Every page that the database keeps, free ones included; on PostgreSQL the rows that can be read."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        pages: bytes = connection.connection.serialize()
        return pages
    with connection.cursor() as cursor:
        cursor.execute("SELECT event, salt, leaf, openings FROM seals_entry")
        return repr(cursor.fetchall()).encode()


def confirms(guess: object, commitment: str, kept: bytes) -> bool:
    """Whether any 32 bytes that are kept, raw or in hex, open the commitment with this guess."""
    windows = {kept[at : at + 32] for at in range(len(kept) - 31)}
    digits = kept.decode("latin-1")
    for at in range(len(digits) - 63):
        if all(one in "0123456789abcdef" for one in digits[at : at + 64]):
            windows.add(bytes.fromhex(digits[at : at + 64]))
    return any(sealed_value(str(guess), salt) == commitment for salt in windows)


def test_before_an_order_a_value_can_be_opened_and_after_it_no_guess_can_be_confirmed(
    home: Home, staff: dict[str, User], at: datetime
) -> None:
    arrival = deliver(at)
    commitment = parse_event(bytes(arrival.seal.event)).sealed["claim.about"]
    kept = repr([arrival.seal.openings, arrival.seal.salt]).encode()
    assert confirms(NAME, commitment, kept)
    expungement = expunge([arrival.seal], ORDER, staff["counsel"], at)
    after = repr(list(Entry.objects.values_list("event", "salt", "leaf", "openings"))).encode()
    assert not confirms(NAME, commitment, after)
    assert (expungement.values, expungement.entries) == (2, [arrival.seal.index])


def test_not_even_free_pages_of_the_database_hold_a_salt(home: Home, staff: dict[str, User], at: datetime) -> None:
    arrival = deliver(at)
    salts = list(arrival.seal.openings.values())
    assert all(salt.encode() in files_of_the_database() for salt in salts)
    expunge([arrival.seal], ORDER, staff["counsel"], at)
    kept = files_of_the_database()
    assert not any(salt.encode() in kept or bytes.fromhex(salt) in kept for salt in salts)


def test_nor_does_its_log_of_changes_on_disk(tmp_path: Path) -> None:
    """The office's own pragmas, on a file: what is wiped and cut away is gone from both files of a SQLite database."""
    path, salt = tmp_path / "office.sqlite3", "5a17" * 16
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(str(SQLITE["init_command"]))
    database.execute("CREATE TABLE entry (openings TEXT)")
    database.execute("INSERT INTO entry VALUES (?)", (salt * 50,))
    database.execute("UPDATE entry SET openings = ''")
    wal = Path(f"{path}-wal")
    assert salt.encode() in wal.read_bytes()
    database.execute(FORGET)
    assert salt.encode() not in wal.read_bytes() + path.read_bytes()
    database.close()


def test_who_ordered_it_is_entered_in_the_log(home: Home, staff: dict[str, User], at: datetime) -> None:
    arrival = deliver(at)
    expunge([arrival.seal], ORDER, staff["counsel"], at)
    expungement = Expungement.objects.get()
    event = parse_event(bytes(expungement.entry.event))
    assert event.kind == "SaltsDestroyed"
    assert (event.facts["ordered_by"], event.facts["entries"]) == (ORDER.ordered_by, [arrival.seal.index])
    reference = bytes.fromhex(expungement.entry.openings["reference"])
    assert sealed_value(ORDER.reference, reference) == event.sealed["reference"]
    assert ORDER.reference.encode() not in bytes(expungement.entry.event)


def test_every_proof_still_holds(home: Home, staff: dict[str, User], at: datetime, tmp_path: Path) -> None:
    arrival = deliver(at)
    receipt = bytes(Receipt.objects.get().body)
    expunge_arrival(arrival, ORDER, staff["counsel"], at)
    verdict = check(receipt, LETTER, trust(heads.key().vkey))
    assert (verdict.ok, verdict.trusted, verdict.document_matches) == (True, True, True)
    write_out(tmp_path / "log", opened=True)
    found = audit(FolderStore(tmp_path / "log").read, trust(heads.key().vkey))
    assert (found.ok, found.trusted, found.size, found.opened) == (True, True, 2, 2)


def test_verify_says_that_sealed_values_stay_sealed(
    home: Home, at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(at)
    path = tmp_path / "receipt.pdf"
    path.write_bytes(bytes(Receipt.objects.get().body))
    assert run(["verify", str(path), "--trust", heads.key().vkey]) == 0
    assert "It opens none of the 2 values sealed in its entry" in capsys.readouterr().out
    assert run(["verify", str(path), "--trust", KEY.vkey]) == 1


def test_an_arrival_that_was_expunged_confirms_no_letter_that_is_made_again(
    home: Home, staff: dict[str, User], at: datetime
) -> None:
    arrival = deliver(at)
    digest, salt = sha256(LETTER), bytes(arrival.salt)
    event = parse_event(bytes(arrival.seal.event))
    assert event.document == document_commitment(digest.digest(), salt)
    path = shelf.place(digest.hexdigest())
    expunge_arrival(arrival, ORDER, staff["counsel"], at)
    assert not path.exists()
    kept = Arrival.objects.get()
    assert (kept.sha256, bytes(kept.salt), kept.name, kept.claims) == ("", b"", "", {})
    rows = repr(list(Arrival.objects.values_list()) + list(Receipt.objects.values_list("number", "body"))).encode()
    for secret in (digest.hexdigest().encode(), salt.hex().encode(), NAME.encode(), LETTER):
        assert secret not in rows
    in_pages = files_of_the_database()
    assert salt not in in_pages
    assert NAME.encode() not in in_pages


def test_a_document_that_came_twice_stays_for_the_other_arrival(
    home: Home, staff: dict[str, User], at: datetime
) -> None:
    first, second = deliver(at), deliver(at)
    expunge_arrival(first, ORDER, staff["counsel"], at)
    assert shelf.take(second.sha256) == LETTER


def test_an_order_of_nobody_about_nothing_is_refused(home: Home, staff: dict[str, User], at: datetime) -> None:
    arrival = deliver(at)
    for entries, order in (
        ([], ORDER),
        ([arrival.seal], Order(" ", "2026-E-0417", ORDER.day)),
        ([arrival.seal], Order("Supreme Court", "", ORDER.day)),
    ):
        with pytest.raises(ProblemsError):
            expunge(entries, order, staff["counsel"], at)
    expunge([arrival.seal], ORDER, staff["counsel"], at)
    with pytest.raises(ProblemsError, match="still open"):
        expunge([Entry.objects.get(index=0)], ORDER, staff["counsel"], at)
    assert Expungement.objects.count() == 1
