"""Which known form a page is, and how it lies on the page: printed features matched to every blank form.

Two independent gates. Enough features must agree on one map (35 or more on the right form of 195 faxed pages, 22 at
most on an unknown page); and of the form's print, nine tenths must be found where the map says (0.98 or more on the
right form; a wrong form reached 0.93, with seven features).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from lodged.page.form import Edition
from lodged.page.sight import SMALL_DPI, WORK_DPI, Grey, Matrix, Sight

POINTS = 1_500
RATIO = 0.8
REACH = 4.0  # pixels at 102 dpi a matched point may lie off
FEW, MANY, ALIKE = 20, 40, 100  # features that agree: least, enough, and what only a sister edition has
AGREES, AGREES_STRONGLY, APART = 0.9, 0.95, 0.1
ON_PAGE = 0.08  # of a form's print: less than a page's head is no form
NEAR = 7  # pixels of the working frame: print found this wide around counts as found
INK = 128
FRAME = (round(612 / 72 * WORK_DPI), round(792 / 72 * WORK_DPI))
SCALE = WORK_DPI / 72


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank form at working size, its ink, and its features at half size."""

    edition: Edition
    ink: NDArray[np.bool_]
    points: NDArray[np.float32]
    features: Grey


@dataclass(frozen=True, slots=True)
class Placed:
    """A page that lies on a form.

    `flat` is the page drawn into the form's frame (1734 x 2244, 204 dpi); `grid_ink` is 1 where the page's own
    grid is dark; `matrix` (2 x 3) takes the frame's pixels to that grid; `agreement` is the share of the form's
    print that was found; `turned` is in degrees clockwise, a multiple of 90.
    When it is not `sure`, the page only resembles the form: another edition, or much of it is not there.
    """

    blank: Blank
    flat: Grey
    grid_ink: Grey
    matrix: Matrix
    inliers: int
    agreement: float
    turned: int
    sure: bool = False


@cache
def blank_of(edition: Edition) -> Blank:
    """The blank of an edition, read once."""
    grey = cv2.imread(str(edition.blank), cv2.IMREAD_GRAYSCALE)
    if grey is None or (grey.shape[1], grey.shape[0]) != FRAME:
        raise ValueError(f"{edition.blank} is not a page of {FRAME[0]} x {FRAME[1]} pixels")
    half = cv2.resize(grey, None, fx=SMALL_DPI / WORK_DPI, fy=SMALL_DPI / WORK_DPI, interpolation=cv2.INTER_AREA)
    points, features = _features(np.asarray(half, np.uint8))
    return Blank(edition, np.asarray(grey < INK), points, features)


def place(sight: Sight, known: Sequence[Edition]) -> Placed | None:
    """The form the page is, or looks like (`sure` tells which); None when it is like none of them."""
    points, features = _features(sight.small)
    if len(points) < FEW:
        return None
    laid = [_lay(sight, blank, inliers, fitted) for blank, inliers, fitted in _fits(points, features, known)]
    laid.sort(key=lambda placed: placed.agreement, reverse=True)
    if not laid:
        return None
    best = laid[0]
    apart = len(laid) < 2 or best.agreement - laid[1].agreement >= APART
    sure = apart and best.agreement >= (AGREES if best.inliers >= MANY else AGREES_STRONGLY)
    return replace(best, sure=sure) if sure or best.inliers >= ALIKE else None


def _fits(points: NDArray[np.float32], features: Grey, known: Sequence[Edition]) -> Iterator[tuple[Blank, int, Matrix]]:
    """The forms that enough features agree on: at most two, one nearly always."""
    tried = [(blank_of(edition), *_fit(blank_of(edition), points, features)) for edition in known]
    for blank, inliers, matrix in sorted(tried, key=lambda fit: fit[1], reverse=True)[:2]:
        if matrix is not None and inliers >= FEW and _is_page_like(matrix):
            yield blank, inliers, matrix


def _features(grey: Grey) -> tuple[NDArray[np.float32], Grey]:
    found, features = cv2.ORB.create(nfeatures=POINTS, fastThreshold=12).detectAndCompute(grey, None)
    if features is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8)
    return np.array([point.pt for point in found], np.float32), np.asarray(features, np.uint8)


def _fit(blank: Blank, points: NDArray[np.float32], features: Grey) -> tuple[int, Matrix | None]:
    """How many features of the blank agree on one affine map to the page, and that map (half size to small)."""
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(blank.features, features, k=2)
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < RATIO * pair[1].distance]
    if len(good) < FEW:
        return 0, None
    source = blank.points[[match.queryIdx for match in good]]
    target = points[[match.trainIdx for match in good]]
    matrix, kept = cv2.estimateAffine2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=REACH, maxIters=3_000)
    if matrix is None:
        return 0, None
    return int(kept.sum()), np.asarray(matrix, np.float64)


def _is_page_like(matrix: Matrix) -> bool:
    """No mirror image, no shear to speak of, no scale a fax machine could not have made."""
    across, down = np.hypot(matrix[0, 0], matrix[1, 0]), np.hypot(matrix[0, 1], matrix[1, 1])
    turn = matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]
    return bool(turn > 0 and 0.4 < across < 2.5 and 0.4 < down < 2.5 and turn > 0.9 * across * down)


def _lay(sight: Sight, blank: Blank, inliers: int, fitted: Matrix) -> Placed:
    half = SMALL_DPI / WORK_DPI
    to_grid = np.diag([1 / sight.to_small[0], 1 / sight.to_small[1]])
    matrix = np.hstack([to_grid @ fitted[:, :2] * half, to_grid @ fitted[:, 2:]])
    flat = flatten(sight.grid, matrix)
    angle = np.degrees(np.arctan2(fitted[1, 0], fitted[0, 0]))
    grid_ink = (sight.grid < INK).astype(np.uint8)
    return Placed(
        blank,
        flat,
        grid_ink,
        matrix,
        inliers,
        _agreement(sight.grid, flat, blank, matrix),
        round(angle / 90) * 90 % 360,
    )


def flatten(grid: Grey, matrix: Matrix) -> Grey:
    """The page drawn into the form's frame; what lies off the page is white."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(grid, matrix, FRAME, flags=flags, borderValue=255), np.uint8)


def _agreement(grid: Grey, flat: Grey, blank: Blank, matrix: Matrix) -> float:
    """Of the form's print that falls on the page, the share that is there."""
    there = flatten(np.zeros_like(grid), matrix) < INK
    found = cv2.dilate((flat < INK).astype(np.uint8), np.ones((NEAR, NEAR), np.uint8))
    print_there = blank.ink & there
    enough = print_there.sum() >= ON_PAGE * blank.ink.sum()
    return float(found[print_there].mean()) if enough else 0.0
