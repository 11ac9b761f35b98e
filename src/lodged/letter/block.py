"""The few shapes a page is built from, as values that the templates know how to set.

A block says what a thing is (a heading, a table, a citation), never how it looks: that is the
templates' part. Text is plain text; nothing in it is ever read as markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the page's own title, 2 a part of it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader must not miss, set in a box: `word` says it, `text` explains it."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """A line in a cell that is read first."""

    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The place in the law, as a lawyer would write it: `N.Y.C. Admin. Code § 9-131(b)(1)`."""

    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an empty citation cites nothing")


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of figures or code, set so that each sign can be told from the next."""

    text: str


Line = str | Strong | Citation | Figures
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under one header row; `widths` are the columns' shares of the line."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("a table without rows says nothing")
        if {len(self.widths), *map(len, self.rows)} != {len(self.head)}:
            raise ValueError(f"every row needs {len(self.head)} cells, one for each word of its head")


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered things to do, in order; each step is a few lines."""

    steps: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands for the letter: a greeting, then the lines under the place for ink."""

    greeting: str
    lines: tuple[str, ...]


Block = Paragraph | Heading | Note | Table | Steps | Signature


def line_data(line: Line) -> dict[str, str]:
    """A line as the templates read it: its kind and its text.

    >>> line_data(Citation("8 C.F.R. § 287.7(a)"))
    {'kind': 'citation', 'text': '8 C.F.R. § 287.7(a)'}
    """
    if isinstance(line, str):
        return {"kind": "plain", "text": line}
    return {"kind": type(line).__name__.lower(), "text": line.text}


def cell_data(cell: Cell) -> list[dict[str, str]]:
    """A cell as the templates read it: its lines, top to bottom."""
    return [line_data(line) for line in cell]


def block_data(block: Block) -> Mapping[str, object]:
    """A block as the templates read it: its kind, then its own fields.

    >>> block_data(Heading("What this proves"))
    {'kind': 'heading', 'text': 'What this proves', 'level': 2}
    """
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Note(word, text):
            return {"kind": "note", "word": word, "text": text}
        case Table(head, rows, widths):
            cells = [[cell_data(cell) for cell in row] for row in rows]
            return {"kind": "table", "head": list(head), "rows": cells, "widths": list(widths)}
        case Steps(steps):
            return {"kind": "steps", "steps": [cell_data(step) for step in steps]}
        case Signature(greeting, lines):
            return {"kind": "signature", "greeting": greeting, "lines": list(lines)}
