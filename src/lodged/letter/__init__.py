"""The answer letter and the receipt, as accessible PDFs made from values.

Nothing here reads a clock, a database or the network: an `AnswerLetter` or a `ReceiptPage` goes in,
the bytes of a PDF come out, and the same values always give the same bytes.

>>> from datetime import datetime, timezone
>>> hour = datetime(2026, 11, 24, 16, 45, tzinfo=timezone.utc)
>>> jail = Custodian("Ossian County Jail", "Records Office", ("1 Court Square", "Ossian, NY 00000"))
>>> letter = AnswerLetter(
...     jail,
...     Recipient("Field Office", ("2 Federal Plaza",)),
...     SendersPaper("I-247A", edition="3/17"),
...     Received("L-2026-00001", hour, 0),
...     (ActAnswer("hold", "forbidden", (Citation("N.Y.C. Admin. Code § 9-131(b)(1)"),)),),
...     hour,
...     candidate=True,
... )
>>> answer_letter(letter)[:8]
b'%PDF-1.7'
"""

from lodged.letter.answer import ActAnswer, AnswerLetter, Received, Recipient, Reviewer, SendersPaper
from lodged.letter.block import Citation
from lodged.letter.certificate import Certificate, certificate_pdf
from lodged.letter.compose import answer_letter
from lodged.letter.errors import LetterError, TypesettingError
from lodged.letter.finding import FindingLetter, finding_letter
from lodged.letter.letterhead import Custodian
from lodged.letter.pdf import Attachment, typeset
from lodged.letter.receipt_page import ReceiptPage, receipt_pdf

__all__ = [
    "ActAnswer",
    "AnswerLetter",
    "Attachment",
    "Certificate",
    "Citation",
    "Custodian",
    "FindingLetter",
    "LetterError",
    "Received",
    "ReceiptPage",
    "Recipient",
    "Reviewer",
    "SendersPaper",
    "TypesettingError",
    "answer_letter",
    "certificate_pdf",
    "finding_letter",
    "receipt_pdf",
    "typeset",
]
