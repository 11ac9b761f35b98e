"""The receipt: each changed byte is refused, everything shown is proved, and trust is the reader's alone."""

import re
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.log.invented import (
    CUSTODIAN,
    DOCUMENT,
    KEY,
    ORIGIN,
    OTHER_KEY,
    RECEIVED,
    SECOND_WITNESS,
    WITNESS,
    arrival,
    contents,
    policy_of,
    receipt,
)

from lodged.log.canonical import Json, canonical, parse_canonical
from lodged.log.entry import Clocks
from lodged.log.errors import LogError, ReceiptError
from lodged.log.receipt import EMPTY_SLOT, MARKER, check, draft, sign
from lodged.log.sign import key_from_seed
from lodged.log.verdict import NOBODY_VOUCHES

RECEIPT = receipt()
PAGE = b"%PDF-1.7\n% a typeset page\nstream\n"


def resigned(change: Callable[[dict[str, Json]], object]) -> bytes:
    """A forger's receipt: its JSON changed, its length and signature made right again with the log's own key."""
    file = draft(contents())
    record = parse_canonical(file.split(b"\n")[2])
    assert isinstance(record, dict)
    change(record)
    return signed_raw(canonical(record))


def signed_raw(written: bytes) -> bytes:
    from_start = MARKER + f"{len(written)}\n".encode() + written + b"\nsignature "
    whole = from_start + EMPTY_SLOT + b"\n"
    return from_start + KEY.sign(MARKER + sha256_of(whole)).hex().encode() + b"\n"


def sha256_of(content: bytes) -> bytes:
    return sha256(content).digest()


def test_a_receipt_with_its_document_and_its_key_is_trusted() -> None:
    verdict = check(RECEIPT, DOCUMENT, policy_of())
    assert (verdict.ok, verdict.trusted, verdict.document_matches, verdict.why) == (True, True, True, None)
    assert (verdict.origin, verdict.index, verdict.size, verdict.witnesses) == (ORIGIN, 1, 3, ())
    assert verdict.proves.startswith(f"This receipt proves that {CUSTODIAN} held this document (SHA-256 ")
    assert f"no later than {RECEIVED}" in verdict.proves
    assert f"as entry 1 of its log `{ORIGIN}`" in verdict.proves
    assert "unwitnessed" in verdict.does_not_prove


def test_the_key_inside_vouches_for_nothing() -> None:
    verdict = check(RECEIPT, None, None)
    assert (verdict.ok, verdict.trusted, verdict.document_matches, verdict.why) == (True, False, None, NOBODY_VOUCHES)
    assert "nobody vouches for that key" in verdict.proves


def test_a_receipt_by_a_key_the_reader_does_not_trust_is_refused() -> None:
    verdict = check(receipt(key=OTHER_KEY), DOCUMENT, policy_of())
    assert not verdict.ok
    assert "another key than you trust" in str(verdict.why)
    assert verdict.document_matches is True


def test_another_document_is_refused() -> None:
    verdict = check(RECEIPT, DOCUMENT + b"\n", policy_of())
    assert (verdict.ok, verdict.document_matches) == (False, False)


def test_every_changed_byte_is_refused() -> None:
    for at in range(len(RECEIPT)):
        changed = bytearray(RECEIPT)
        changed[at] ^= 0x20 if chr(changed[at]).isalpha() else 0x01  # letters change their case
        assert not check(bytes(changed), None, None).ok, f"byte {at}"


@given(st.integers(0, len(RECEIPT) - 1), st.integers(1, 255))
@settings(max_examples=200)
def test_any_other_byte_in_any_place_is_refused(at: int, change: int) -> None:
    changed = bytearray(RECEIPT)
    changed[at] ^= change
    assert not check(bytes(changed), None, None).ok


@given(st.integers(0, len(RECEIPT)), st.binary(min_size=1, max_size=4))
@settings(max_examples=100)
def test_bytes_added_or_dropped_are_refused(at: int, more: bytes) -> None:
    assert not check(RECEIPT[:at] + more + RECEIPT[at:], None, None).ok
    shorter = RECEIPT[:at] + RECEIPT[at + len(more) :]
    assert shorter == RECEIPT or not check(shorter, None, None).ok


def test_a_page_around_it_is_signed_too() -> None:
    page = sign(PAGE + draft(contents()) + b"endstream\n%%EOF\n", KEY)
    assert check(page, DOCUMENT, policy_of()).trusted
    assert len(page) == len(PAGE) + len(RECEIPT) + 16
    for at in (0, 12, len(PAGE) - 1, len(page) - 1):
        changed = bytearray(page)
        changed[at] ^= 1
        assert not check(bytes(changed), None, None).ok
    assert not check(PAGE + RECEIPT, None, None).ok


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"a fax confirmation sheet",
        RECEIPT + RECEIPT,
        RECEIPT + MARKER,
        RECEIPT + b"signature " + b"0" * 128 + b"\n",
        MARKER,
        MARKER + b"3\n{}\nsignature " + b"0" * 128 + b"\n",
        MARKER + b"2\n{}\nsignature " + b"0" * 128 + b"\n",
        MARKER + b"999999\n{}\nsignature " + b"0" * 128 + b"\n",
        MARKER + b"-2\n{}\nsignature " + b"0" * 128 + b"\n",
        draft(contents()),
    ],
)
def test_what_is_not_one_signed_receipt_is_refused(file: bytes) -> None:
    verdict = check(file, None, None)
    assert not verdict.ok
    assert verdict.why
    assert verdict.proves == "Nothing."


def test_a_forger_with_the_logs_key_still_cannot_show_what_is_not_proved() -> None:
    assert check(resigned(lambda record: None), DOCUMENT, policy_of()).trusted
    changes: dict[str, Json] = {
        "number": "L-2026-00002",
        "channel": "counter",
        "received_at": "2026-11-24T16:52:09-05:00",
        "custodian": "Another County Jail",
        "origin": "elsewhere.example",
        "vkey": OTHER_KEY.vkey,
        "index": 2,
        "size": 4,
        "event": arrival(number="L-2026-00002").record(),
        "salt": "00" * 32,
        "document_salt": None,
        "document_commitment": "00" * 32,
        "proof": contents(neighbours=(2, 1)).proof.text.replace("index 2", "index 1"),
        "policy": policy_of(key=OTHER_KEY).text,
        "unwitnessed": False,
        "how_to_verify": "trust us",
        "another": "field",
    }
    for key, value in changes.items():

        def change(record: dict[str, Json], key: str = key, value: Json = value) -> None:
            record[key] = value

        assert not check(resigned(change), None, None).ok, key


def test_truth_and_numbers_are_not_mistaken_for_one_another() -> None:
    assert not check(resigned(lambda record: record.update(index=True)), None, None).ok
    assert not check(resigned(lambda record: record.update(unwitnessed=1)), None, None).ok


def test_a_document_salt_that_opens_nothing_shows_when_the_document_is_compared() -> None:
    verdict = check(resigned(lambda record: record.update(document_salt="00" * 32)), DOCUMENT, None)
    assert (verdict.ok, verdict.document_matches) == (False, False)


def test_json_in_another_spelling_is_refused_though_signed() -> None:
    spelled = draft(contents()).split(b"\n")[2].replace(b'"index":1', b'"index": 1')
    verdict = check(signed_raw(spelled), None, None)
    assert not verdict.ok
    assert "canonical" in str(verdict.why)


def test_what_would_write_over_our_sentences_is_refused() -> None:
    for custodian in ("Jail\x1b[2K\rtrusted", "Jail\u202e", "", "J" * 201):
        with pytest.raises(ReceiptError, match="cannot be shown"):
            draft(contents(event=arrival(custodian=custodian)))


@pytest.mark.parametrize("missing", ["number", "channel"])
def test_only_arrivals_get_a_receipt(missing: str) -> None:
    with pytest.raises(ReceiptError, match=missing):
        draft(contents(event=arrival(**{missing: None})))


def test_a_draft_whose_parts_do_not_prove_one_another_is_refused() -> None:
    made = contents()
    other = contents(event=arrival(number="L-2026-00002"))
    for changed in ({"salt": b"t" * 32}, {"proof": other.proof}, {"vkey": OTHER_KEY.vkey}, {"document_salt": None}):
        with pytest.raises(LogError):
            draft(type(made)(**{**{name: getattr(made, name) for name in made.__slots__}, **changed}))


def test_only_the_key_that_is_named_signs_and_only_once() -> None:
    with pytest.raises(ReceiptError, match="another key"):
        sign(draft(contents()), OTHER_KEY)
    with pytest.raises(ReceiptError, match="signed already"):
        sign(RECEIPT, KEY)
    with pytest.raises(ReceiptError, match="not a lodged receipt"):
        sign(draft(contents()) * 2, KEY)


def test_a_message_without_a_document_gets_a_receipt() -> None:
    made = receipt(event=arrival(document=None, channel="phone"))
    assert "a message without a document" in check(made, None, policy_of()).proves
    verdict = check(made, DOCUMENT, policy_of())
    assert (verdict.ok, verdict.document_matches) == (False, False)


def test_a_witnessed_receipt_names_who_saw_it_and_when() -> None:
    made = receipt(cosigned_by=[WITNESS], policy=policy_of(WITNESS))
    assert b'"unwitnessed":false' in made
    verdict = check(made, DOCUMENT, policy_of(WITNESS))
    assert (verdict.trusted, verdict.witnesses) == (True, (WITNESS.verify.name,))
    assert "saw the log with this entry at 2026-11-24T22:00:00Z" in verdict.proves
    assert "unwitnessed" not in verdict.does_not_prove


def test_a_receipt_stays_unwitnessed_until_the_quorum_is_there() -> None:
    made = receipt(cosigned_by=[WITNESS], policy=policy_of(WITNESS, SECOND_WITNESS, quorum=2))
    assert b'"unwitnessed":true' in made
    assert "unwitnessed" in check(made, None, None).does_not_prove


def test_witnesses_that_the_reader_asks_for_must_have_cosigned() -> None:
    made = receipt(cosigned_by=[WITNESS], policy=policy_of(WITNESS))
    verdict = check(made, DOCUMENT, policy_of(SECOND_WITNESS))
    assert (verdict.ok, verdict.trusted, verdict.witnesses) == (True, False, ())
    assert "too few of the witnesses you trust" in str(verdict.why)


def test_the_receipt_names_nobody() -> None:
    made = receipt(event=arrival(sealed={"name": "0" * 64}))
    keys = set(re.findall(rb'"([a-z_]+)":', made))
    assert not keys & {b"born", b"birth_date", b"a_number", b"form"}
    assert b'"name":"' + b"0" * 64 in made


@given(st.binary(max_size=300))
def test_junk_is_refused_without_a_surprise(junk: bytes) -> None:
    assert not check(junk, junk, policy_of()).ok
    assert not check(MARKER + junk, None, None).ok


@given(st.binary(max_size=200))
def test_junk_signed_by_a_key_is_refused_without_a_surprise(junk: bytes) -> None:
    assert not check(signed_raw(junk), None, None).ok


def test_a_clock_with_fractions_is_shown_as_it_was_written() -> None:
    moment = "2026-11-24T16:52:10.123456-05:00"
    assert moment in check(receipt(event=arrival(clocks=Clocks(moment))), None, None).proves


def test_a_key_of_another_origin_is_not_the_logs() -> None:
    with pytest.raises(LogError):
        receipt(key=key_from_seed("elsewhere.example", b"e" * 32), policy=policy_of())
