"""The letter that tells a sender what our records say of a sending: the finding, both sides' evidence, what is open."""

from dataclasses import dataclass
from datetime import datetime

from lodged.letter.block import Block, Figures, Heading, Note, Paragraph, Signature, Table, block_data
from lodged.letter.letterhead import DEMONSTRATION, Custodian, Mark, letterhead
from lodged.letter.pdf import typeset
from lodged.letter.said import day_said, hour_said

DRAFT_FINDING = Mark("DRAFT", "Nobody has approved this paper yet. It may not be sent.")
SIDES = {"sender": "Yours", "ours": "Ours"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence: whose (`sender` or `ours`), what it is, what it proves, what it does not."""

    side: str
    what: str
    proves: str
    does_not: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record and its place in the log."""

    what: str
    index: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingLetter:
    """What the letter says; `approved` is who approved it, None for a draft. `corrects` is the sentence it takes back."""

    custodian: Custodian
    number: str
    at: datetime
    claimed: tuple[tuple[str, str], ...]
    sentence: str
    also: tuple[str, ...]
    shown: tuple[Shown, ...]
    does_not_fit: tuple[str, ...]
    gaps: tuple[str, ...]
    sealed: tuple[Sealed, ...]
    approved: str | None = None
    corrects: str | None = None
    demo: bool = False


def finding_letter(letter: FindingLetter) -> bytes:
    """The letter as a PDF. Raises TypesettingError where the page cannot be set."""
    title = f"{'Correction of our finding' if letter.corrects else 'Finding'} {letter.number}"
    data = {
        **letterhead(letter.custodian, title, f"{letter.custodian.name} · finding {letter.number}", marks(letter)),
        "date": day_said(letter.at),
        "recipient": ["The sender named below", "Address: from the agency directory, before it is sent"],
        "blocks": [block_data(block) for block in finding_blocks(letter)],
    }
    return typeset("letter.typ", data, letter.at)


def marks(letter: FindingLetter) -> tuple[Mark, ...]:
    """What every page must say of itself."""
    return (*([DRAFT_FINDING] if letter.approved is None else []), *([DEMONSTRATION] if letter.demo else []))


def finding_blocks(letter: FindingLetter) -> tuple[Block, ...]:
    """The body of the letter, top to bottom."""
    return (
        Heading(f"What our records say of your sending, our number {letter.number}", level=1),
        *([Note("Correction", f"We wrote before: “{letter.corrects}” We take that back.")] if letter.corrects else []),
        Table(("You say", ""), tuple(((name,), (value,)) for name, value in letter.claimed), (1, 3)),
        Heading("Our finding"),
        Paragraph(letter.sentence),
        *([Paragraph("It can also be defended to say: " + "; ".join(letter.also) + ".")] if letter.also else []),
        Heading("What it stands on"),
        _evidence(letter.shown),
        *_list("What does not fit together", letter.does_not_fit),
        *_list("What our records cannot tell", letter.gaps),
        *([_places(letter.sealed)] if letter.sealed else []),
        Paragraph(
            "Each entry above can be opened to you with its proof, and checked offline with programs that we did not write. "
            f"To write about it, please give our number {letter.number}."
        ),
        _signature(letter),
    )


def _evidence(shown: tuple[Shown, ...]) -> Block:
    if not shown:
        return Paragraph("Nothing on either side speaks of it.")
    rows = tuple(((SIDES[one.side],), (one.what,), (one.proves,), (one.does_not,)) for one in shown)
    return Table(("Whose", "What", "What it proves", "What it does not"), rows, (2, 7, 6, 6))


def _list(heading: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    if not lines:
        return ()
    return Heading(heading), *(Paragraph(f"– {line[:1].upper()}{line[1:]}.") for line in lines)


def _places(sealed: tuple[Sealed, ...]) -> Block:
    rows = tuple(((one.what,), (Figures(str(one.index)),), (hour_said(one.at),)) for one in sealed)
    return Table(("Record", "Entry of our log", "Written"), rows, (5, 3, 6))


def _signature(letter: FindingLetter) -> Signature:
    house = letter.custodian.office or letter.custodian.name
    if letter.approved is None:
        return Signature("", ("Not signed: nobody has approved this letter.", house))
    return Signature("Respectfully,", (letter.approved, house))
