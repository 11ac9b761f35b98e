"""The line that the sender's machine prints across the top of each page: its own clock, and its own count of pages.

It came over the line with the paper and lies in our file: it is the sender's word, kept by us.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lodged.dispute.moments import Printed, read_printed
from lodged.page import Limits, open_document
from lodged.page.pieces import Piece, pieces

FIRST_PAGE = Limits(pages=1)
TOP = 0.03  # of the page's length
LINE = 8  # dots of 102 an inch between the tops of pieces on one line
LEGIBLE = 0.5
COUNT = re.compile(
    r"\bp(?:age|\.|g)?[. ]*\s*0*(\d{1,3})\s*(?:of|/)\s*0*(\d{1,3})|\b0*(\d{1,3})\s*/\s*0*(\d{1,3})\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands on a page's first line: the sender's clock (without a zone), the page, and of how many."""

    at: Printed | None
    page: int | None
    of: int | None


def read_banner(document: bytes) -> Banner | None:
    """The banner of a received file's first page; None where there is none or it cannot be read."""
    opened = open_document(document, FIRST_PAGE)
    return in_pieces(pieces(opened.pages[0], TOP)) if opened.pages else None


def in_pieces(found: Iterable[Piece]) -> Banner | None:
    """The banner among the pieces of writing at the top of a page."""
    legible = sorted((piece for piece in found if piece.doubt < LEGIBLE), key=lambda piece: piece.box[1])
    first = [piece for piece in legible if piece.box[1] - legible[0].box[1] <= LINE]
    text = " ".join(piece.text for piece in sorted(first, key=lambda piece: piece.box[0]))
    at = read_printed(text)
    count = COUNT.search(text)
    if at is None and count is None:
        return None
    page, of = (count[1] or count[3], count[2] or count[4]) if count else (None, None)
    return Banner(at, int(page) if page else None, int(of) if of else None)
