"""Where on a form's zone somebody wrote: the page with the printed form and its rules taken away.

Only the place is found on the cleaned copy. What is read is the raw page: erasing rules before reading cost
40 points of handwriting.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lodged.page.form import Points
from lodged.page.reading import Rect
from lodged.page.register import FRAME, INK, SCALE, Placed, flatten
from lodged.page.sight import WORK_DPI, Grey

STROKE, STROKE_INK = 8, 14  # pixels long and black: less is a speck, or a full stop, which a neighbour's padding covers
STREAK = 0.6  # inch: no letter's upright is as tall, a dirty scanner's line is
THIN = 0.05  # a cloud of specks is thinner ink than any writing
LETTER_HEIGHT, LETTER_INK = 9, 25
WORD_GAP = 31
OVER, UNDER = 5.0, 4.0  # points a hand goes above a line and below it
RULE_SLACK = np.ones((7, 5), np.uint8)
REACH = 7  # half-size pixels the print may have moved: lost scan lines add up
BELIEVED = 0.35  # correlation below which the printed surroundings were not found
PADDING = 4
SOFT = (0.8, 1.0)  # pixels across and down: a fax of 204 x 98 is coarser down
INSIDE, OUTLINE = 1.2, 3  # points inside a check box's outline; pixels thicker than an outline that strayed in


@dataclass(frozen=True, slots=True)
class Surface:
    """A placed page ready to be searched: its ink and the form's, full size and softened at half size."""

    flat: Grey
    ink: NDArray[np.bool_]
    printed: NDArray[np.bool_]
    soft_ink: NDArray[np.float32]
    soft_print: NDArray[np.float32]


def surface(placed: Placed) -> Surface:
    """The placed page with its ink told from its paper, and without the streaks of a dirty scanner."""
    ink = (placed.flat < INK) & ~_streaks(placed)
    return Surface(placed.flat, ink, placed.blank.ink, _soft(ink), _soft(placed.blank.ink))


def _streaks(placed: Placed) -> NDArray[np.bool_]:
    """Upright lines of the page's own grid, in the form's frame. The form's own upright lines go with them."""
    dots_down = WORK_DPI * float(np.abs(placed.matrix[1, :2]).max())
    closed = cv2.morphologyEx(placed.grid_ink, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8))
    tall = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((round(STREAK * dots_down), 1), np.uint8))
    wide = np.asarray(cv2.dilate(tall, np.ones((1, 3), np.uint8)), np.uint8)
    return flatten(255 - 255 * wide, placed.matrix) < INK


def _soft(ink: NDArray[np.bool_]) -> NDArray[np.float32]:
    half = cv2.resize(ink.astype(np.float32), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(half, (0, 0), 0.8), np.float32)


def pixels(points: Points) -> Rect:
    """A zone in the frame's pixels: left, top, width, height."""
    left, top, right, bottom = (round(value * SCALE) for value in points)
    return left, top, right - left, bottom - top


def grown(points: Points, left: float, top: float, right: float, bottom: float) -> Points:
    """A zone grown by so many points on each side, kept on the page."""
    return (
        max(0.0, points[0] - left),
        max(0.0, points[1] - top),
        min(612.0, points[2] + right),
        min(792.0, points[3] + bottom),
    )


def local_shift(over: Surface, surroundings: Points) -> tuple[int, int]:
    """How far (across, down, in frame pixels) the print around a zone lies from where the form has it."""
    left, top, width, height = (value // 2 for value in pixels(surroundings))
    pattern = over.soft_print[top : top + height, left : left + width]
    from_top, from_left = max(0, top - REACH), max(0, left - REACH)
    searched = over.soft_ink[from_top : top + height + REACH, from_left : left + width + REACH]
    if pattern.size == 0 or pattern.max() <= 0 or min(np.subtract(searched.shape, pattern.shape)) < 0:
        return 0, 0
    score = cv2.matchTemplate(searched, pattern, cv2.TM_CCOEFF_NORMED)
    down, across = np.mgrid[: score.shape[0], : score.shape[1]]
    down, across = down + from_top - top, across + from_left - left
    nearest = np.nan_to_num(score, nan=0.0, posinf=0.0, neginf=0.0) - 0.004 * np.hypot(down, across)
    best = np.unravel_index(int(nearest.argmax()), nearest.shape)
    return (0, 0) if score[best] < BELIEVED else (2 * int(across[best]), 2 * int(down[best]))


def handwritten(over: Surface, zone: Points, shift: tuple[int, int]) -> NDArray[np.uint8]:
    """The ink in a zone that is not the form's own, specks dropped: 1 where somebody wrote."""
    left, top, width, height = pixels(zone)
    page = _window(over.ink, left + shift[0], top + shift[1], width, height)
    edge = 8
    printed = _window(over.printed, left - edge, top - edge, width + 2 * edge, height + 2 * edge)
    printed = np.asarray(cv2.dilate(printed, RULE_SLACK), np.uint8)[edge : edge + height, edge : edge + width]
    return _without_specks(page & (1 - printed))


def _window(ink: NDArray[np.bool_], left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
    """A part of the ink; off the page there is none."""
    part = np.zeros((height, width), np.uint8)
    rows = slice(max(0, top), min(ink.shape[0], top + height))
    columns = slice(max(0, left), min(ink.shape[1], left + width))
    if rows.start < rows.stop and columns.start < columns.stop:
        part[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = ink[rows, columns]
    return part


def _without_specks(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Specks dropped, and the flat remains of rules."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((4, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    area, width, height = stats[:, cv2.CC_STAT_AREA], stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep = (area >= STROKE_INK) & (np.maximum(width, height) >= STROKE) & ~((width > 24) & (height <= 4))
    keep[0] = False
    return np.asarray(ink & keep[labels], np.uint8)


def lines_written(over: Surface, zone: Points, shift: tuple[int, int]) -> list[Rect]:
    """The lines written in a zone, top to bottom: left, top, width, height in frame pixels."""
    searched = grown(zone, 2, OVER, 2, UNDER)
    lines = _lines(handwritten(over, searched, shift), zone, searched, shift)
    return [clipped(line, zone, shift) for line in lines]


def lines_there(over: Surface, zone: Points, shift: tuple[int, int]) -> list[Rect]:
    """The lines in a zone, the form's own print included."""
    left, top, width, height = pixels(zone)
    ink = _without_specks(_window(over.ink, left + shift[0], top + shift[1], width, height))
    return _lines(ink, zone, zone, shift)


def _lines(ink: NDArray[np.uint8], zone: Points, searched: Points, shift: tuple[int, int]) -> list[Rect]:
    """Letters joined to words, words to lines; what is centred outside the zone is a neighbour's."""
    left, top, *_ = pixels(searched)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, WORD_GAP), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    first, last = pixels(zone)[1] - top - 3, pixels(zone)[1] + pixels(zone)[3] - top + 3
    words = [
        (int(stats[n, 0]), int(stats[n, 1]), int(stats[n, 2]), int(stats[n, 3]))
        for n in range(1, count)
        if stats[n, cv2.CC_STAT_HEIGHT] >= LETTER_HEIGHT
        and int(ink[labels == n].sum()) >= max(LETTER_INK, THIN * stats[n, 2] * stats[n, 3])
        and first <= centres[n, 1] <= last
    ]
    return [(x + left + shift[0], y + top + shift[1], w, h) for x, y, w, h in in_lines(words)]


def in_lines(words: list[Rect]) -> list[Rect]:
    """Words side by side become one line; lines come top to bottom.

    >>> in_lines([(100, 4, 40, 20), (0, 2, 60, 20), (0, 40, 30, 18)])
    [(0, 2, 140, 22), (0, 40, 30, 18)]
    """
    lines: list[Rect] = []
    for word in sorted(words, key=lambda rect: rect[1] + rect[3] / 2):
        if lines and _overlap(lines[-1], word) >= 0.4:
            lines[-1] = union(lines[-1], word)
        else:
            lines.append(word)
    return lines


def _overlap(one: Rect, other: Rect) -> float:
    """How much of the lower of two heights both share."""
    shared = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return shared / min(one[3], other[3])


def union(one: Rect, other: Rect) -> Rect:
    """The smallest rectangle around both."""
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def raw(over: Surface, line: Rect, soft: bool = False) -> Grey:
    """The page's own pixels of a line, with a little paper around; `soft` blurs them, which mends coarse faxes."""
    left, top = max(0, line[0] - PADDING), max(0, line[1] - PADDING)
    right, bottom = min(FRAME[0], line[0] + line[2] + PADDING), min(FRAME[1], line[1] + line[3] + PADDING)
    part = over.flat[top:bottom, left:right]
    return np.asarray(cv2.GaussianBlur(part, (0, 0), sigmaX=SOFT[0], sigmaY=SOFT[1]), np.uint8) if soft else part


def mark(over: Surface, box: Points, shift: tuple[int, int]) -> float:
    """How much of a check box is marked: the share of its largest stroke, or a third of all ink well inside.

    A tick's stroke holds 15 pixels of 256 or more, the largest speck in an empty box 6 (1,125 boxes, three
    qualities). The outline itself, when it strays in, is thin and does not count.
    """
    inside = grown(box, -INSIDE, -INSIDE, -INSIDE, -INSIDE)
    left, top, width, height = pixels(inside)
    part = _window(over.ink, left + shift[0], top + shift[1], width, height)
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    solid = np.minimum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]) >= OUTLINE
    stroke = float(stats[1:, cv2.CC_STAT_AREA][solid].max(initial=0)) / part.size
    edge = round(0.5 * SCALE)
    return max(stroke, float(part[edge:-edge, edge:-edge].mean()) / 3)


def clipped(line: Rect, zone: Points, shift: tuple[int, int]) -> Rect:
    """A line cut to its zone's left and right end: a box's own outline beside it would be read as a letter."""
    left, _, width, _ = pixels(grown(zone, 1, 0, 1, 0))
    first, last = max(line[0], left + shift[0] + PADDING), min(line[0] + line[2], left + width + shift[0] - PADDING)
    return first, line[1], max(1, last - first), line[3]
