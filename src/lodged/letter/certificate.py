"""A draft certificate of records, for counsel: what FRE 902(11), 902(13), 902(14) and, for absence, 803(7) and 803(10) ask.

It states what the records are, how they arise, what was searched, and every gap that is known; a person who can
swear to it fills in the rest. Authenticity only: hearsay stays open, and a conclusory certificate fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lodged.letter.block import (
    Block,
    Cell,
    Citation,
    Figures,
    Heading,
    Note,
    Paragraph,
    Signature,
    Steps,
    Table,
    block_data,
)
from lodged.letter.finding import DRAFT_FINDING
from lodged.letter.letterhead import DEMONSTRATION, Custodian, letterhead
from lodged.letter.pdf import typeset
from lodged.letter.said import day_said, hour_said

TO_FILL = "________________________"
SWORN = (
    "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and "
    "correct. Executed on ____________________ (28 U.S.C. § 1746)."
)


@dataclass(frozen=True, slots=True)
class Record:
    """A record by its identifier, with its SHA-256 when it was received and now (hex; empty where there is none)."""

    what: str
    at_receipt: str
    now: str


@dataclass(frozen=True, slots=True)
class Searched:
    """A place, by whom it was searched and when; `by` is empty where nobody did."""

    place: str
    by: str
    at: datetime | None
    how: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class LogHead:
    """The log's signed head: origin, size, root (base64), when it was signed, and who outside has cosigned it."""

    origin: str
    size: int
    root: str
    at: datetime
    cosigners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything the certificate states. `absence` asks for the parts on what is not there."""

    custodian: Custodian
    number: str
    at: datetime
    sentence: str
    system: tuple[tuple[str, str, str], ...]
    records: tuple[Record, ...]
    entries: tuple[tuple[str, int, datetime], ...]
    head: LogHead | None
    absence: bool
    window: str
    sequence: tuple[str, ...]
    outages: tuple[str, ...]
    searched: tuple[Searched, ...]
    gaps: tuple[str, ...]
    approved: str | None = None
    demo: bool = False


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as a PDF. Raises TypesettingError where the page cannot be set."""
    title = f"Certificate of records {certificate.number}"
    marks = (*([DRAFT_FINDING] if certificate.approved is None else []), *([DEMONSTRATION] if certificate.demo else []))
    data = {
        **letterhead(
            certificate.custodian, title, f"{certificate.custodian.name} · certificate {certificate.number}", marks
        ),
        "date": day_said(certificate.at),
        "recipient": ["For filing, with notice to the adverse party"],
        "blocks": [block_data(block) for block in certificate_blocks(certificate)],
    }
    return typeset("letter.typ", data, certificate.at)


def certificate_blocks(certificate: Certificate) -> tuple[Block, ...]:
    """The certificate, part by part, in the order in which the rules ask for them."""
    return (
        Heading(f"Certificate of records, our number {certificate.number}", level=1),
        Note(
            "For counsel",
            "A draft made from the records by a program. It is not legal advice. Blank lines are for the person who can "
            "swear to them; whoever signs must know what is stated.",
        ),
        Table(("Rule", "What it is drafted for"), tuple(_rules(certificate)), (2, 5)),
        Heading("1. Who certifies"),
        Paragraph(
            f"My name is {TO_FILL}. I am {TO_FILL} of {certificate.custodian.name}. I am qualified to certify because "
            f"{TO_FILL}"
        ),
        Heading("2. The system, and what each record means"),
        _system(certificate),
        Heading("3. Why the result is accurate"),
        *_accuracy(certificate),
        Heading("4. Regular course"),
        Paragraph(
            "Each record was made at or near the time, by the process itself, from what passed on the line; it was kept in the "
            f"course of a regularly conducted activity, and making it was a regular practice. Confirmed by: {TO_FILL}"
        ),
        Heading("5. The records"),
        *_records(certificate),
        Heading("6. Copies"),
        *_copies(certificate),
        *(_absence(certificate) if certificate.absence else ()),
        Heading("8. Known gaps"),
        *_lines(certificate.gaps, "None is known to the program that drafted this. That is not a statement that there is none."),
        Heading("9. Declaration"),
        Paragraph(certificate.sentence),
        Paragraph(SWORN),
        Signature("", (certificate.approved or "Not approved: a draft.", "Signature: " + TO_FILL)),
        Heading("10. Notice"),
        Paragraph(
            f"Notice to the adverse party given on {TO_FILL}. The records and this certificate may be inspected at "
            f"{', '.join(certificate.custodian.address) or TO_FILL}."
        ),
        Heading("11. How to verify"),
        Steps(
            (
                ("Take the receipt or the exported log and the document; no network is needed.",),
                ("lodged verify RECEIPT DOCUMENT --trust KEY", "lodged log audit DIR --trust KEY"),
                (
                    "Two programs that we did not write accept the same files:",
                    "Go golang.org/x/mod/sumdb (note, tlog); npm @sigstore/verify",
                ),
                ("The key is published by the custodian; compare it over another channel.",),
            )
        ),
    )  # fmt: skip


def _rules(certificate: Certificate) -> Iterator[tuple[tuple[Citation], tuple[str]]]:
    yield (
        (Citation("Fed. R. Evid. 902(11), 803(6)"),),
        ("records of a regularly conducted activity, by a custodian's certificate",),
    )
    yield (Citation("Fed. R. Evid. 902(13)"),), ("records made by an electronic process that gives an accurate result",)
    yield (Citation("Fed. R. Evid. 902(14)"),), ("copies authenticated by a digital identification: SHA-256",)
    if certificate.absence:
        yield (
            (Citation("Fed. R. Evid. 803(7), 803(10)"),),
            ("absence of a record, after a diligent search, of what is regularly recorded",),
        )


def _accuracy(certificate: Certificate) -> Iterator[Block]:
    yield Paragraph(
        "The log is a hash tree (RFC 6962, SHA-256): each entry is read again and verified before the head is signed, and any "
        "changed byte is found and named by an audit that anybody can run. " + _witnessed(certificate.head)
    )
    yield Paragraph(f"Source of the server's clock, and its offset at the time: {TO_FILL}")


def _witnessed(head: LogHead | None) -> str:
    if head and head.cosigners:
        return f"Its head was cosigned by: {', '.join(head.cosigners)}."
    return "Its head is unwitnessed: nobody outside has cosigned it, and this certificate does not claim more."


def _system(certificate: Certificate) -> Table:
    rows = tuple(((record,), (means,), (arises,)) for record, means, arises in certificate.system)
    return Table(("Record", "What its fields mean", "How it arises"), rows, (3, 5, 5))


def _records(certificate: Certificate) -> Iterator[Block]:
    rows = [((what,), (Figures(str(index)),), (hour_said(at),)) for what, index, at in certificate.entries]
    if rows:
        yield Table(("Record", "Entry", "Written"), tuple(rows), (5, 2, 6))
    if certificate.head:
        head = certificate.head
        yield Paragraph(f"Log {head.origin}, {head.size:,} entries, signed {hour_said(head.at)}; root:")
        yield Table(("Root (base64)",), (((Figures(head.root),),),), (1,))
    if not rows and not certificate.head:
        yield Paragraph("No entry of the log is cited.")


def _copies(certificate: Certificate) -> Iterator[Block]:
    if not certificate.records:
        yield Paragraph("No copy is offered with this certificate.")
        return
    for record in certificate.records:
        same = "equal" if record.at_receipt and record.at_receipt == record.now else "NOT shown to be equal"
        rows = (
            (("At receipt",), (Figures(record.at_receipt or "not kept"),)),
            (("Now",), (Figures(record.now or "the file is not there"),)),
            (("Result",), (same,)),
        )
        yield Table((record.what, "SHA-256 (FIPS 180-4)"), rows, (2, 7))


def _absence(certificate: Certificate) -> Iterator[Block]:
    yield Heading("7. Absence: what was searched")
    yield Paragraph(f"Period, with its zone: {certificate.window}.")
    rows = tuple(_search_row(one) for one in certificate.searched)
    if rows:
        yield Table(("Place", "By whom", "When", "How"), rows, (5, 3, 5, 5))
    else:
        yield Paragraph("No place to be searched is listed: this certificate cannot speak of absence.")
    yield Paragraph("Numbers of the fax server's sequence in that period:")
    yield from _lines(certificate.sequence, "Not known.")
    yield Paragraph("Outages in that period, and times without a record:")
    yield from _lines(certificate.outages, "None is recorded.")


def _search_row(one: Searched) -> tuple[Cell, ...]:
    how = ("FOUND: " if one.found else "") + one.how
    return (one.place,), (one.by or "NOT SEARCHED",), (hour_said(one.at) if one.at else "",), (how,)


def _lines(lines: tuple[str, ...], nothing: str) -> Iterator[Block]:
    if not lines:
        yield Paragraph(nothing)
    yield from (Paragraph(f"– {line[:1].upper()}{line[1:]}.") for line in lines)
