"""The separate pieces of writing on a page, each with its place: what a printed table needs, where a line would run together."""

from dataclasses import dataclass

import cv2
import numpy as np

from lodged.page.lines import HIGHEST, picture_of
from lodged.page.ocr import LINE_HEIGHT, recogniser
from lodged.page.raster import Raster
from lodged.page.reading import Rect
from lodged.page.register import INK
from lodged.page.sight import Grey, Matrix, Sight, look
from lodged.page.word import spell

GAP = 12  # small-picture pixels (102 an inch) between two pieces: wider than a space of print up to 14 points
MOST_COLUMNS = 16_000  # of a page, at the recogniser's height: about 1.5 seconds of one processor
FRAME_WIDTH, FRAME_HEIGHT = 0.3, 0.3  # of the page: a frame this large holds a picture of another page
LEAST_HEIGHT, LEAST_WIDTH, LEAST_INK = 6, 3, 14  # of a `1` in print of 8 points
MOST_SLANT, SLANT_STEP, LEAST_SLANT = 3.0, 0.25, 0.4  # degrees: what a hand lays askew on a glass
LETTER = 11 / 8.5
RULE = 40  # small-picture pixels: a straight line this long belongs to a frame, not to a letter


@dataclass(frozen=True, slots=True)
class Piece:
    """Some writing: its text, where it stands (left, top, width, height in dots of 102 an inch), and its doubt."""

    text: str
    box: Rect
    doubt: float
    second: str | None


def pieces(raster: Raster, upper: float = 1.0, turned: int = 0) -> tuple[Piece, ...]:
    """The writing on the `upper` part of a page, top to bottom; pictures of other pages in frames are left out.

    `turned` is by how many degrees (0, 90, 180 or 270, clockwise) the page lies turned; a small slant is taken out.
    """
    sight = _straight(_upright(look(raster), turned))
    boxes = [box for box in _boxes(sight.small) if box[1] <= upper * sight.small.shape[0]]
    kept = _outside(boxes, _frames(sight.small)) or boxes
    pictures: list[Grey] = []
    columns = 0
    for box in kept:
        picture = picture_of(sight, box)
        columns += round(picture.shape[1] * LINE_HEIGHT / picture.shape[0])
        if columns > MOST_COLUMNS:
            break
        pictures.append(picture)
    words = [spell(strip) for strip in recogniser().read_all(pictures)]
    read = zip(words, kept, strict=False)
    return tuple(Piece(word.text, box, round(1 - word.weakest, 3), word.second) for word, box in read if word.text)


def _upright(sight: Sight, turned: int) -> Sight:
    """The page turned back by quarter turns."""
    quarters = turned // 90 % 4
    if not quarters:
        return sight
    grid, small = (np.ascontiguousarray(np.rot90(one, quarters)) for one in (sight.grid, sight.small))
    swap = quarters % 2
    return Sight(
        grid, small, sight.to_shown[::-1] if swap else sight.to_shown, sight.to_small[::-1] if swap else sight.to_small
    )


def _straight(sight: Sight) -> Sight:
    """The page with its slant taken out: the angle at which its lines of writing fall together most sharply."""
    dark = (sight.small < INK + 60).astype(np.uint8) * 255
    ink = np.asarray(cv2.resize(dark, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    angle = max(
        np.arange(-MOST_SLANT, MOST_SLANT + SLANT_STEP / 2, SLANT_STEP), key=lambda one: _sharpness(ink, float(one))
    )
    if abs(angle) < LEAST_SLANT:
        return sight
    height, width = sight.small.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0), [0, 0, 1]])
    scale = np.diag([*sight.to_small, 1.0])
    on_grid = np.linalg.inv(scale) @ turn @ scale
    return Sight(_warped(sight.grid, on_grid), _warped(sight.small, turn), sight.to_shown, sight.to_small)


def _sharpness(ink: Grey, angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _warped(picture: Grey, matrix: Matrix) -> Grey:
    height, width = picture.shape
    flat = matrix[:2].astype(np.float64)
    return np.asarray(cv2.warpAffine(picture, flat, (width, height), flags=cv2.INTER_LINEAR, borderValue=255), np.uint8)


def _boxes(small: Grey) -> list[Rect]:
    ink = _without_rules((small < INK + 60).astype(np.uint8))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, GAP), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]
    return sorted((box for box in boxes if _is_writing(ink, box)), key=lambda box: (box[1] + box[3] // 2, box[0]))


def _is_writing(ink: Grey, box: Rect) -> bool:
    """A single figure counts, which a line of a letter would not be; a speck of dust does not."""
    left, top, width, height = box
    dark = ink[top : top + height, left : left + width]
    return LEAST_HEIGHT <= height <= HIGHEST and width >= LEAST_WIDTH and int(dark.sum()) >= LEAST_INK


def _without_rules(ink: Grey) -> Grey:
    """The ink without upright and level lines, which would join writing to its frame."""
    level = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 2 * RULE), np.uint8)), np.uint8)
    upright = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((RULE, 1), np.uint8)), np.uint8)
    return np.asarray(ink & ~(level | upright), np.uint8)


def _frames(small: Grey) -> list[Rect]:
    """Rectangles that hold a picture: large, yet not the page's own edge."""
    height, width = small.shape
    length = max(height, LETTER * width)  # a paper torn across is no shorter page
    ink = (small < INK + 60).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, np.ones((3, 3), np.uint8)), connectivity=8)
    boxes = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]
    return [
        box
        for box in boxes
        if 0.9 * width > box[2] > FRAME_WIDTH * width and 0.9 * height > box[3] > FRAME_HEIGHT * length
    ]


def _outside(boxes: list[Rect], frames: list[Rect]) -> list[Rect]:
    return [box for box in boxes if not any(_inside(box, frame) for frame in frames)]


def _inside(box: Rect, frame: Rect) -> bool:
    across, down = box[0] + box[2] / 2, box[1] + box[3] / 2
    return frame[0] < across < frame[0] + frame[2] and frame[1] < down < frame[1] + frame[3]
