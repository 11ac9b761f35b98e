"""The receipt: one page that says where a document stands, and never whom it is about."""

import re
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256

import pytest
from tests.letter.invented import LOG_RECEIPT, SLOT, a_receipt, attached, every_text_in, pages_of, text_of

from lodged.letter import Custodian, ReceiptPage, receipt_pdf
from lodged.letter.receipt_page import ATTACHMENT_NAME


def test_a_receipt_is_one_page_that_says_what_was_received_and_where_it_stands() -> None:
    pages = pages_of(receipt_pdf(a_receipt(), LOG_RECEIPT))
    assert len(pages) == 1
    for said in (
        "Receipt L-2026-00417",
        "Ossian County Jail received a document of 2 pages by fax on "
        "November 24, 2026, 16:45:10 EST, and entered it in its log.",
        "Received November 24, 2026, 16:45:10 EST (America/New_York)",
        "00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f",
        "64656667 68696a6b 6c6d6e6f 70717273 74757677 78797a7b 7c7d7e7f 80818283",
        "docket.example.gov/1",
        "index 1,204 (the first is 0), in a log of 1,205 entries",
        "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY=",
        "lodged verify RECEIPT.pdf DOCUMENT",
        "What this proves",
        "What this does not prove",
    ):
        assert said in pages[0]


def test_a_receipt_without_an_outside_witness_says_so_in_plain_words() -> None:
    read = text_of(receipt_pdf(a_receipt(), LOG_RECEIPT))
    assert "UNWITNESSED. Nobody outside the agency has signed this state of the log yet." in read
    assert "WITNESSED. This state" not in read


def test_a_receipt_with_a_witness_names_it() -> None:
    read = text_of(receipt_pdf(a_receipt(witnesses=("witness.example.org/w1",)), LOG_RECEIPT))
    assert "WITNESSED. This state of the log was also signed by witness.example.org/w1, outside the agency." in read
    assert "UNWITNESSED" not in read


def test_only_the_receipt_of_a_demonstration_is_marked() -> None:
    assert "DEMONSTRATION — invented people" in text_of(receipt_pdf(a_receipt(demo=True), LOG_RECEIPT))
    assert "DEMONSTRATION" not in every_text_in(receipt_pdf(a_receipt(), LOG_RECEIPT))


def test_a_receipt_has_no_place_for_a_person_or_a_kind_of_form() -> None:
    assert {field.name for field in fields(ReceiptPage)} == {
        "custodian", "number", "received_at", "issued_at", "channel", "pages", "digest", "salt", "origin", "index",
        "size", "root", "witnesses", "demo",
    }  # fmt: skip


def test_a_receipt_that_counts_no_pages_says_so() -> None:
    read = text_of(receipt_pdf(a_receipt(pages=None, channel="portal"), LOG_RECEIPT))
    assert "received a document by the portal on" in read
    assert "Pages not counted" in read


def test_a_message_without_a_document_has_a_receipt_as_well() -> None:
    read = text_of(receipt_pdf(a_receipt(channel="phone", pages=None, digest=None, salt=None), LOG_RECEIPT))
    assert "received a message without a document by telephone on" in read
    assert "Document none came with it" in read
    assert "to the last bit" not in read


def test_a_digest_without_its_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="go together"):
        a_receipt(salt=None)


def test_the_same_receipt_gives_the_same_bytes() -> None:
    one, other = receipt_pdf(a_receipt(), LOG_RECEIPT), receipt_pdf(a_receipt(), LOG_RECEIPT)
    assert sha256(one).hexdigest() == sha256(other).hexdigest()


def test_the_logs_receipt_stands_in_the_file_in_one_piece_and_once() -> None:
    pdf = receipt_pdf(a_receipt(), LOG_RECEIPT)
    assert pdf.count(LOG_RECEIPT) == 1
    assert pdf.count(SLOT) == 1
    assert attached(pdf) == {ATTACHMENT_NAME: LOG_RECEIPT}


def test_the_signature_slot_can_be_written_over_in_place() -> None:
    pdf = receipt_pdf(a_receipt(), LOG_RECEIPT)
    signature = sha256(pdf).hexdigest().encode() * 2
    at = pdf.index(SLOT)
    signed = pdf[:at] + signature + pdf[at + len(SLOT) :]
    assert attached(signed) == {ATTACHMENT_NAME: LOG_RECEIPT.replace(SLOT, signature)}
    assert text_of(signed) == text_of(pdf)
    assert signature not in pdf


def test_the_file_does_not_hang_on_what_the_slot_holds() -> None:
    """Receipts that differ only in the slot differ nowhere else, save in the file's second identifier."""
    other = LOG_RECEIPT.replace(SLOT, b"f" * 128)
    one, two = receipt_pdf(a_receipt(), LOG_RECEIPT), receipt_pdf(a_receipt(), other)
    second_id = re.compile(rb"<[0-9a-f]{32}>\s*\]")  # a digest of the file, which no reader checks
    assert len(second_id.findall(one)) == 1
    assert second_id.sub(b"", one.replace(LOG_RECEIPT, b"")) == second_id.sub(b"", two.replace(other, b""))


def test_very_long_names_still_leave_one_page() -> None:
    """Names as long as the log lets a receipt show: 200 characters."""
    custodian = Custodian(
        "Consolidated Department of Corrections " * 5, "Office of Records " * 4, ("1 Long Road " * 5,) * 5
    )
    page = a_receipt(
        custodian=custodian,
        origin="docket." + "a" * 150 + ".gov/1",
        witnesses=tuple(f"witness{n}.example.org/w" for n in range(6)),
        demo=True,
    )
    assert len(pages_of(receipt_pdf(page, LOG_RECEIPT))) == 1


def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    page = a_receipt(channel="#x *y* ]", origin='docket.example.gov/\\#"*_')
    read = text_of(receipt_pdf(page, LOG_RECEIPT))
    assert "#x *y* ]" in read
    assert 'docket.example.gov/\\#"*_' in read


def test_other_bytes_than_the_logs_receipt_are_refused() -> None:
    with pytest.raises(ValueError, match="lodged-receipt/v1"):
        receipt_pdf(a_receipt(), b"something else")


@pytest.mark.parametrize("short", ["digest", "salt", "root"])
def test_figures_of_another_length_are_refused(short: str) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        a_receipt(**{short: bytes(31)})


@pytest.mark.parametrize(("index", "size"), [(0, 0), (9, 9), (-1, 9)])
def test_an_entry_outside_its_log_is_refused(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="does not stand"):
        a_receipt(index=index, size=size)


def test_an_hour_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(a_receipt(), received_at=datetime(2026, 11, 24, 16, 45))
