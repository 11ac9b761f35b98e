"""Invented offices, papers and people, for the letters of these tests."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
from pypdf import PdfReader

from lodged.letter import (
    ActAnswer,
    AnswerLetter,
    Citation,
    Custodian,
    ReceiptPage,
    Received,
    Recipient,
    Reviewer,
    SendersPaper,
)

NEW_YORK = ZoneInfo("America/New_York")
RECEIVED_AT = datetime(2026, 11, 24, 16, 45, 10, tzinfo=NEW_YORK)
MADE_AT = datetime(2026, 11, 25, 9, 12, tzinfo=NEW_YORK)
JAIL = Custodian("Ossian County Jail", "Legal Process Unit", ("1 Court Square", "Ossian, NY 00000", "555-0142"))
FIELD_OFFICE = Recipient("Lakeside Field Office", ("2 Federal Plaza", "Lakeside, NY 00000"))
PAPER = SendersPaper("I-247A", "3/17", "LKS2001-0042", date(2026, 11, 20), "ORTEGA ARRIAGA, AIDA")
NO_HOLD = ActAnswer("hold", "forbidden", (Citation("N.Y.C. Admin. Code § 9-131(b)(1)"),))
MUST_TELL = ActAnswer("notify", "required", (Citation("Tex. Code Crim. Proc. art. 2A.060"),))
OPEN_INTERVIEW = ActAnswer("interview", "not_known")
SLOT = b"0" * 128
LOG_RECEIPT = b"lodged-receipt/v1\nsignature " + SLOT + b"\norigin docket.example.gov/1\n" + bytes(range(256)) * 8


def a_letter(**changes: Any) -> AnswerLetter:
    """A letter that a person has agreed to, with some of its values changed."""
    values: dict[str, Any] = {
        "custodian": JAIL,
        "recipient": FIELD_OFFICE,
        "paper": PAPER,
        "received": Received("L-2026-00417", RECEIVED_AT, 1204),
        "acts": (NO_HOLD, MUST_TELL, OPEN_INTERVIEW),
        "at": MADE_AT,
        "reviewer": Reviewer("Captain, Legal Process Unit", "R. Okafor"),
    }
    return AnswerLetter(**{**values, **changes})


def a_receipt(**changes: Any) -> ReceiptPage:
    """The page of a receipt for two faxed pages, with some of its values changed."""
    values: dict[str, Any] = {
        "custodian": JAIL,
        "number": "L-2026-00417",
        "received_at": RECEIVED_AT,
        "issued_at": RECEIVED_AT.replace(second=12),
        "channel": "fax",
        "pages": 2,
        "digest": bytes(range(32)),
        "salt": bytes(range(100, 132)),
        "origin": "docket.example.gov/1",
        "index": 1204,
        "size": 1205,
        "root": bytes(range(7, 39)),
    }
    return ReceiptPage(**{**values, **changes})


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, as a program that extracts text finds it, its white space folded."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages_of(pdf))


def attached(pdf: bytes) -> dict[str, bytes]:
    """The attachments by name, as pikepdf gives them; pypdf must give the same."""
    with pikepdf.open(BytesIO(pdf)) as file:
        by_pikepdf = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
    by_pypdf = {name: b"".join(parts) for name, parts in PdfReader(BytesIO(pdf)).attachments.items()}
    assert by_pypdf == by_pikepdf
    return by_pikepdf


def every_text_in(pdf: bytes) -> str:
    """All that can be read out of the file: raw bytes, every stream decoded, every string, the pages' text."""
    parts = [pdf.decode("latin-1"), text_of(pdf)]
    with pikepdf.open(BytesIO(pdf)) as file:
        for found in file.objects:
            if isinstance(found, pikepdf.Stream):
                parts.append(found.read_bytes().decode("latin-1"))
            parts.append(repr(found))
    return "\n".join(parts)
