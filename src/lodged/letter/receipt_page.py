"""The page a sender takes home: what was received, where it stands in the log, how to check that.

It carries no name, birth date, A-number or kind of form: a receipt is shown around, and must not tell
who it is about. The types have no place for them.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from lodged.letter.block import Block, Cell, Figures, Heading, Note, Paragraph, Steps, Table, block_data
from lodged.letter.letterhead import DEMONSTRATION_RECEIPT, Custodian, letterhead
from lodged.letter.pdf import Attachment, typeset
from lodged.letter.said import count_said, groups, hour_said
from lodged.log.receipt import MARKER

ATTACHMENT_NAME = "receipt.lodged"
CHANNELS = {
    "fax": "fax",
    "email": "e-mail",
    "portal": "the portal",
    "counter": "hand, at the counter",
    "phone": "telephone",
    "api": "the programming interface",
    "file": "a file handed in",
}


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What the receipt says: of the paper only how it came and its salted digest; of the log, where it stands.

    `digest`, `salt` and `root` are 32 bytes each; `digest` is the log's commitment to the document,
    SHA-256 of the salt followed by the SHA-256 of the document; both are None where no document came
    (a request by telephone). `size` is the number of entries under
    `root`. `witnesses` are the names of those outside who have signed this state of the log; none means
    unwitnessed. `issued_at` is the hour the page is made.
    """

    custodian: Custodian
    number: str
    received_at: datetime
    issued_at: datetime
    channel: str
    pages: int | None
    digest: bytes | None
    salt: bytes | None
    origin: str
    index: int
    size: int
    root: bytes
    witnesses: tuple[str, ...] = ()
    demo: bool = False

    def __post_init__(self) -> None:
        if self.received_at.tzinfo is None or self.issued_at.tzinfo is None:
            raise ValueError("the hours of a receipt need their zone")
        if (self.digest is None) != (self.salt is None):
            raise ValueError("a salted digest and its salt go together")
        if any(figure is not None and len(figure) != 32 for figure in (self.digest, self.salt, self.root)):
            raise ValueError("digest, salt and root are 32 bytes each")
        if not 0 <= self.index < self.size:
            raise ValueError(f"entry {self.index} does not stand in a log of {self.size}")


def receipt_pdf(page: ReceiptPage, attachment: bytes) -> bytes:
    """The receipt as a PDF of one page, with the log's own receipt standing in it plain.

    `attachment` are the bytes that begin `lodged-receipt/v1`; they stand exactly once and uncompressed in
    the file, so that the slot for the log's signature can be written over in place afterwards. Raises
    ValueError on other bytes, TypesettingError where the page cannot be set.
    """
    if not attachment.startswith(MARKER):
        raise ValueError(f"a receipt's attachment begins with the line `{MARKER.decode().strip()}`")
    marks = (DEMONSTRATION_RECEIPT,) if page.demo else ()
    foot = f"{page.custodian.name} · receipt {page.number}"
    data = {
        **letterhead(page.custodian, f"Receipt {page.number}", foot, marks),
        "blocks": [block_data(block) for block in blocks(page)],
        "proves": [block_data(block) for block in proves(page)],
        "proves_not": [block_data(block) for block in proves_not()],
    }
    plain = Attachment(
        ATTACHMENT_NAME, "text/plain", attachment, "The log's receipt: its proof and its signature", "data", plain=True
    )
    return typeset("receipt.typ", data, page.issued_at, [plain])


def blocks(page: ReceiptPage) -> tuple[Block, ...]:
    """The receipt from its number down to how it is checked."""
    return (
        Heading(f"Receipt {page.number}", level=1),
        Paragraph(sentence(page)),
        witness_note(page),
        arrival_table(page),
        Heading("How to check it, without us and without a network"),
        how_to_check(),
    )


def sentence(page: ReceiptPage) -> str:
    """The receipt in one sentence."""
    what = "a message without a document" if page.digest is None else "a document"
    pages = f" of {count_said(page.pages, 'page')}" if page.digest is not None and page.pages else ""
    return (
        f"{page.custodian.name} received {what}{pages} by {channel_said(page.channel)} on "
        f"{hour_said(page.received_at, place=False)}, and entered it in its log."
    )


def channel_said(channel: str) -> str:
    """How the document came, in words; a channel of the house's own is said as it is called."""
    return CHANNELS.get(channel, channel)


def witness_note(page: ReceiptPage) -> Note:
    """Whether anybody outside has seen this log."""
    if page.witnesses:
        return Note(
            "WITNESSED", f"This state of the log was also signed by {' and '.join(page.witnesses)}, outside the agency."
        )
    return Note(
        "UNWITNESSED",
        "Nobody outside the agency has signed this state of the log yet. Until somebody has, only the agency "
        "vouches for it.",
    )


def arrival_table(page: ReceiptPage) -> Table:
    """The figures: the arrival, the document, the log."""
    entry = f"index {page.index:,} (the first is 0), in a log of {count_said(page.size, 'entry', 'entries')}"
    rows: tuple[tuple[Cell, ...], ...] = (
        (("Number",), (page.number,)),
        (("Received",), (hour_said(page.received_at),)),
        (("Came by",), (channel_said(page.channel),)),
        *document_rows(page),
        (("Log",), (Figures(page.origin),)),
        (("Entry",), (entry,)),
        (("Root of the log",), (Figures(b64encode(page.root).decode()),)),
        (("This page made",), (hour_said(page.issued_at),)),
    )
    return Table(("What", "As recorded"), rows, (3, 8))


def document_rows(page: ReceiptPage) -> tuple[tuple[Cell, ...], ...]:
    """The document by its pages, its salt and its salted digest; or that there was none."""
    if page.digest is None or page.salt is None:
        return ((("Document",), ("none came with it",)),)
    salted: Cell = (
        *(Figures(line) for line in groups(page.digest)),
        "SHA-256 of the salt and the document's own SHA-256",
    )
    return (
        (("Pages",), (f"{page.pages:,}" if page.pages else "not counted",)),
        (("Salt",), tuple(Figures(line) for line in groups(page.salt))),
        (("Document, salted",), salted),
    )


def how_to_check() -> Steps:
    """Three ways, ours first and then two that nobody here wrote."""
    return Steps(
        (
            (
                "Everything at once, with this file and your document:",
                Figures("lodged verify RECEIPT.pdf DOCUMENT --trust KEY"),
                "Take KEY from where the agency publishes it, not from this file.",
            ),
            (
                "The log's signature, with a program not ours: golang.org/x/mod/sumdb/note opens the checkpoint in the "
                "attachment with the log's public key.",
            ),
            (
                "The entry's place in the log, with a program not ours: golang.org/x/mod/sumdb/tlog checks the proof "
                "in the attachment against the root above.",
            ),
        )
    )


def proves(page: ReceiptPage) -> tuple[Block, ...]:
    """What the receipt proves, to whom."""
    seen = "the agency and those named above have signed it" if page.witnesses else "the agency has signed it"
    held = "took in this message" if page.digest is None else "held exactly this document, to the last bit,"
    document = "" if page.digest is None else " or in the document"
    return (
        Heading("What this proves"),
        Paragraph(
            f"That the agency {held} when it wrote this entry, and that the entry has a fixed place in its log: "
            f"{seen}. One changed byte in this file{document} is found."
        ),
    )


def proves_not() -> tuple[Block, ...]:
    """What nobody should read into it."""
    return (
        Heading("What this does not prove"),
        Paragraph(
            "Who sent it, or that what it says is true or valid. That anybody has read it or agreed to it. "
            "The hour, beyond the agency's own clock. An answer to it comes separately."
        ),
    )
