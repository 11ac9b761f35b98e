"""The lines of a page of no known form: found by their ink, read from the top until a page's share of work is spent."""

import cv2
import numpy as np

from lodged.page.ink import in_lines
from lodged.page.ocr import LINE_HEIGHT, recogniser
from lodged.page.reading import Rect
from lodged.page.register import INK
from lodged.page.sight import Grey, Sight
from lodged.page.word import spell

MOST_COLUMNS = 16_000  # of a page, at the recogniser's height: about 1.5 seconds of one processor
LETTER_GAP, LINE_RISE = 25, 1  # small-picture pixels joined across and down
LOWEST, HIGHEST = 5, 60  # a line's height in small-picture pixels (about 3.5 to 40 points)
NARROWEST = 10
THINNEST = 0.06
SQUEEZE = 0.8  # long lines are read a little narrower; letters stay wider than the model's step
HINTS = (("cover sheet", ("cover", "pages to follow", "facsimile")), ("schedule", ("schedule", "attachment")))
LETTER_WORDS = ("dear ", "sincerely", "re:", "to the ", "with thanks", "yours")
CUT = "…"


def text_of(sight: Sight) -> str:
    """The page's lines, one a row, top to bottom; `…` stands where the rest was left out."""
    pictures: list[Grey] = []
    columns = 0
    found = line_boxes(sight.small)
    for box in found:
        picture = picture_of(sight, box)
        columns += round(picture.shape[1] * LINE_HEIGHT / picture.shape[0])
        if columns > MOST_COLUMNS:
            break
        pictures.append(picture)
    words = [spell(strip).text for strip in recogniser().read_all(pictures)]
    return "\n".join([word for word in words if word] + [CUT] * (len(pictures) < len(found)))


def line_boxes(small: Grey) -> list[Rect]:
    """The lines of writing on a small picture, top to bottom."""
    ink = (small < INK + 60).astype(np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((LINE_RISE, LETTER_GAP), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, 5), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]
    return in_lines([box for box in boxes if _is_line(ink, box)])


def _is_line(ink: Grey, box: Rect) -> bool:
    left, top, width, height = box
    dark = float(ink[top : top + height, left : left + width].mean())
    return LOWEST <= height <= HIGHEST and width >= NARROWEST and THINNEST <= dark <= 0.8


def picture_of(sight: Sight, box: Rect) -> Grey:
    """The page's own pixels of a line, in true proportions."""
    across, down = sight.to_small
    left, top = max(0, round((box[0] - 3) / across)), max(0, round((box[1] - 2) / down))
    right, bottom = round((box[0] + box[2] + 3) / across), round((box[1] + box[3] + 2) / down)
    part = sight.grid[top:bottom, left:right]
    width = max(1, round(part.shape[1] * SQUEEZE * down_over(sight)))
    return np.asarray(cv2.resize(part, (width, part.shape[0]), interpolation=cv2.INTER_AREA), np.uint8)


def down_over(sight: Sight) -> float:
    """How much wider than high a pixel of the grid must be drawn (below 1 for a fax of 204 x 98)."""
    return sight.to_small[0] / sight.to_small[1]


def hint_of(text: str) -> str | None:
    """A word on what a page of no known form seems to be, for sorting only.

    >>> hint_of("SCHEDULE OF RECORDS"), hint_of("Dear Sheriff,"), hint_of("xyz")
    ('schedule', 'letter', None)
    """
    lowered = text.lower()
    for hint, words in HINTS:
        if any(word in lowered for word in words):
            return hint
    return "letter" if any(word in lowered for word in LETTER_WORDS) else None
