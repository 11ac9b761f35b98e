"""The lines of a printed sheet, and the value that stands beside or below each label."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lodged.dispute.labels import Line, Word, label_at, split_at
from lodged.dispute.moments import read_printed
from lodged.page.pieces import Piece

TITLE = re.compile(
    r"(transmi\w*|fax|call|tx|send\w*|sent|memory|communic\w*|activity|deliver\w*).*(report|confirm\w*|verif\w*|result|journal|log)"
    r"|(confirm\w*|verif\w*).*(report|sheet|page)",
    re.I,
)
LEGEND = re.compile(r"\b(OK|NG|BUSY|S|E)\s*[:=]\s*\w+.*\b(OK|NG|BUSY|NO ANSWER|#|E)\b.*[:=]", re.I)
LEAST_COLUMNS = 3
WIDE_GAP = 50  # dots of 102 an inch


@dataclass(frozen=True, slots=True)
class Value:
    """What stands beside or below a label, and the worst doubt of its pieces."""

    text: str
    doubt: float


def lines_of(found: Sequence[Piece]) -> list[Line]:
    """Pieces beside one another, also on a paper that lay a little askew, left to right; lines top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda one: one.box[1] + one.box[3] / 2):
        row = next((row for row in reversed(rows[-4:]) if _beside(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows.sort(key=lambda row: min(one.box[1] + one.box[3] / 2 for one in row))
    return [[word for piece in sorted(row, key=lambda one: one.box[0]) for word in words_of(piece)] for row in rows]


def _beside(row: list[Piece], piece: Piece) -> bool:
    nearest = min(row, key=lambda one: _apart(one, piece))
    middle = piece.box[1] + piece.box[3] / 2
    lowest = min(one.box[3] for one in (nearest, piece))
    overlap = _apart(nearest, piece) < 0
    return not overlap and abs(nearest.box[1] + nearest.box[3] / 2 - middle) <= max(6.0, 0.6 * lowest)


def _apart(one: Piece, other: Piece) -> float:
    first, second = sorted((one.box, other.box), key=lambda box: box[0])
    return second[0] - (first[0] + first[2])


def words_of(piece: Piece) -> Iterator[Word]:
    """The words of a piece, each with its share of the piece's width."""
    left, width = piece.box[0], piece.box[2]
    letter = width / max(1, len(piece.text))
    for place, (at, text) in enumerate(split_at(piece.text)):
        begins = left + at * letter
        yield Word(text, begins, begins + len(text) * letter, piece.doubt, place == 0)


def text_of(line: Line) -> str:
    """A line as text."""
    return " ".join(word.text for word in line)


def values_of(lines: Sequence[Line]) -> tuple[dict[str, Value], set[int]]:
    """Every field that a label names (the first, from the top, that has a value), and which lines are rows of a table."""
    values: dict[str, Value] = {}
    rows: set[int] = set()
    for place, line in enumerate(lines):
        columns = _columns(line)
        if len({name for name, _ in columns}) >= LEAST_COLUMNS:
            row, cells = _below(columns, lines[place + 1 : place + 3])
            rows |= {place, place + 1 + row} if cells else {place}
            found: Iterable[tuple[str, Value]] = cells.items()
        else:
            found = () if place in rows or _is_no_field(text_of(line)) else _beside_labels(line)
        for name, value in found:
            values.setdefault(name, value)
    return values, rows


def _is_no_field(text: str) -> bool:
    """A title, or a machine's key to its own words."""
    return bool(LEGEND.search(text) or (TITLE.search(text) and ":" not in text))


def _columns(line: Line) -> list[tuple[str, float]]:
    """The headings of a table's columns and where each begins; empty when the line holds much else."""
    columns, at, other = [], 0, 0
    while at < len(line):
        label = label_at(line, at)
        if label is None:
            at, other = at + 1, other + 1
        else:
            columns.append((label[0], line[at].left))
            at += label[1]
    return columns if other <= len(columns) // 2 else []


def _below(columns: Sequence[tuple[str, float]], lines: Sequence[Line]) -> tuple[int, dict[str, Value]]:
    """The first full line below the headings and which it is, each word under the heading that begins last before it."""
    for place, line in enumerate(lines):
        cells: dict[str, list[Word]] = {}
        for word in line:
            before = [name for name, left in columns if left <= word.left + 12]
            cells.setdefault(before[-1] if before else columns[0][0], []).append(word)
        if len(cells) >= LEAST_COLUMNS:
            return place, {name: _value(words) for name, words in cells.items()}
    return 0, {}


def _beside_labels(line: Line) -> Iterator[tuple[str, Value]]:
    """`label value` and `label: value`, several times on a line where a label begins a piece."""
    marks = []
    at = 0
    while at < len(line):
        label = label_at(line, at) if line[at].begins or at == 0 else None
        if label:
            marks.append((at, at + label[1], label[0]))
            at += label[1]
        else:
            at += 1
    ends = [start for start, _, _ in marks[1:]] + [len(line)] * bool(marks)
    for (_, after, name), end in zip(marks, ends, strict=True):
        words = _together([word for word in line[after:end] if word.text.strip(":;.")])
        if words:
            told = "printed" if name == "time" and read_printed(text_of(words)) else name
            yield told, _value(words)


def _together(words: Sequence[Word]) -> list[Word]:
    """Words up to the first gap that is wide enough to begin another column."""
    gaps = [place for place, (one, other) in enumerate(pairwise(words), 1) if other.left - one.right > WIDE_GAP]
    return list(words[: gaps[0]] if gaps else words)


def _value(words: Sequence[Word]) -> Value:
    text = " ".join(word.text for word in words).strip(" :")
    return Value(text, max((word.doubt for word in words), default=0.0))
