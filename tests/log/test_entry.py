"""An entry: the leaf commits to the event, opens with its salt alone, and keeps personal values sealed."""

from hashlib import sha256

import pytest
from tests.log.invented import DOCUMENT, DOCUMENT_SALT, RECEIVED, SALT, arrival

from lodged.log.canonical import canonical, parse_canonical
from lodged.log.entry import (
    LONGEST_EVENT,
    Clocks,
    Event,
    document_commitment,
    leaf,
    open_document,
    open_leaf,
    open_value,
    parse_event,
    parse_moment,
    sealed_value,
)
from lodged.log.errors import EntryError


def test_the_leaf_is_the_hash_of_salt_and_event() -> None:
    text = arrival().text()
    assert leaf(text, SALT) == sha256(SALT + text).digest()
    assert open_leaf(text, SALT, leaf(text, SALT)) == arrival()


def test_another_salt_or_event_does_not_open_a_leaf() -> None:
    text = arrival().text()
    with pytest.raises(EntryError, match="do not open"):
        open_leaf(text, b"t" * 32, leaf(text, SALT))
    with pytest.raises(EntryError, match="do not open"):
        open_leaf(arrival(number="L-2026-00002").text(), SALT, leaf(text, SALT))


def test_a_document_commitment_is_salted_and_opens_with_the_document_alone() -> None:
    commitment = document_commitment(sha256(DOCUMENT).digest(), DOCUMENT_SALT)
    assert commitment == sha256(DOCUMENT_SALT + sha256(DOCUMENT).digest()).hexdigest()
    open_document(DOCUMENT, DOCUMENT_SALT, commitment)
    with pytest.raises(EntryError, match="not the document"):
        open_document(DOCUMENT + b" ", DOCUMENT_SALT, commitment)
    assert sha256(DOCUMENT).hexdigest().encode() not in arrival().text()


def test_personal_values_are_sealed_one_by_one() -> None:
    sealed = {"name": sealed_value("Vasquez Oduya, Inés", SALT), "born": sealed_value("1990-02-30", b"t" * 32)}
    text = arrival(sealed=sealed).text()
    assert b"Vasquez" not in text
    open_value("Vasquez Oduya, Inés", SALT, sealed["name"])
    with pytest.raises(EntryError):
        open_value("Vasquez Oduya, Ines", SALT, sealed["name"])


def test_a_sealed_value_tells_text_from_number() -> None:
    assert sealed_value("1", SALT) != sealed_value(1, SALT)
    assert sealed_value("1", SALT) == sha256(SALT + b'"1"').hexdigest()


def test_three_clocks_stay_apart_and_no_outside_checkpoint_is_null() -> None:
    record = parse_canonical(arrival().text())
    assert isinstance(record, dict)
    assert record["clocks"] == {"host": RECEIVED, "sender": "11/24/26 16:51", "channel": "2026-11-24T16:51:58-05:00"}
    assert record["cosigned"] is None


@pytest.mark.parametrize(
    "moment", ["2026-11-24T16:52:10", "2026-11-24T16:52:10Z", "2026-11-24 16:52:10-05:00", "", "now"]
)
def test_a_moment_without_its_offset_is_refused(moment: str) -> None:
    with pytest.raises(EntryError, match="not a moment"):
        Clocks(moment)


def test_a_moment_keeps_its_offset() -> None:
    assert parse_moment(RECEIVED).isoformat() == RECEIVED


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "received"},
        {"kind": ""},
        {"document": "ABCD"},
        {"document": ""},
        {"document": "A" * 64},
        {"sealed": {"name": "Vasquez Oduya"}},
        {"facts": {"weight": 1.5}},
        {"facts": {"long": "x" * LONGEST_EVENT}},
    ],
)
def test_what_cannot_be_an_event_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(EntryError):
        arrival(**changes)


@pytest.mark.parametrize("size", [0, LONGEST_EVENT + 1])
def test_an_event_of_no_length_or_too_long_is_no_entry(size: int) -> None:
    with pytest.raises(EntryError):
        leaf(b"x" * size, SALT)


@pytest.mark.parametrize("salt", [b"", b"s" * 31, b"s" * 33])
def test_a_salt_has_32_bytes(salt: bytes) -> None:
    for use in (
        lambda: leaf(b"{}", salt),
        lambda: sealed_value("x", salt),
        lambda: document_commitment(b"h" * 32, salt),
    ):
        with pytest.raises(EntryError, match="salt"):
            use()


def test_a_hash_of_another_length_is_no_document() -> None:
    with pytest.raises(EntryError, match="32 bytes"):
        document_commitment(b"h" * 20, SALT)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "lodged-entry/v2"),
        ("custodian", None),
        ("number", 7),
        ("clocks", {"host": RECEIVED}),
        ("clocks", {"host": RECEIVED, "sender": 3, "channel": None}),
        ("clocks", []),
        ("sealed", []),
        ("sealed", {"name": 4}),
        ("facts", None),
        ("name", "a field more"),
    ],
)
def test_an_event_of_another_shape_is_refused(key: str, value: object) -> None:
    record = dict(arrival().record())
    record[key] = value  # type: ignore[assignment]  # the wrong type is what is tested
    with pytest.raises(EntryError):
        parse_event(canonical(record))


def test_a_list_is_no_event() -> None:
    with pytest.raises(EntryError, match="format"):
        parse_event(b"[]")


def test_a_heartbeat_needs_no_arrival() -> None:
    beat = Event("Heartbeat", "Ossian County Jail", Clocks(RECEIVED), facts={"queue": 0, "line": "up"})
    assert parse_event(beat.text()) == beat
