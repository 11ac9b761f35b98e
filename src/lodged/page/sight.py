"""A raster turned into what the eye works on: the scanner's own grid in grey, and a small square picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lodged.page.raster import Raster, scanned_size, square

THREADS = 2  # two cores is what a small office has
WORK_DPI = 204.0
SMALL_DPI = 102.0
SMALL_SIDES = range(300, 1_700)  # longest side of a small picture that can be a page at `SMALL_DPI`
USUAL_SIDE = 1_122  # 11 inches at `SMALL_DPI`, when the stated resolution cannot be true
LARGE = 1.25  # scans this much finer than a fax are brought down first: the recogniser gains nothing from more

Grey = NDArray[np.uint8]
Matrix = NDArray[np.float64]

cv2.setNumThreads(THREADS)


@dataclass(frozen=True, slots=True)
class Sight:
    """`grid` is the page in grey on the scanner's grid, paper white; `small` is square at about 102 dpi.

    `to_shown` and `to_small` are factors (across, down) from `grid` to the raster as shown and to `small`.
    """

    grid: Grey
    small: Grey
    to_shown: tuple[float, float]
    to_small: tuple[float, float]


def look(raster: Raster) -> Sight:
    """The raster as arrays."""
    shown = cv2.imdecode(np.frombuffer(raster.png, np.uint8), cv2.IMREAD_GRAYSCALE)
    if shown is None:
        raise ValueError(f"page {raster.number} holds no picture")
    shrink = _small_scale(raster)
    grid = even_paper(_own_grid(np.asarray(shown, np.uint8), raster))
    fine = SMALL_DPI / WORK_DPI / shrink
    if fine > LARGE:
        grid = _resized(grid, grid.shape[1] / fine, grid.shape[0] / fine)
    small = _resized(grid, raster.width * shrink, raster.height * shrink)
    return Sight(grid, small, _factor(grid, (raster.height, raster.width)), _factor(grid, small.shape))


def _small_scale(raster: Raster) -> float:
    """Factor from the raster as shown to the small picture."""
    longest = max(raster.width, raster.height)
    scale = SMALL_DPI / square(raster.dpi)[0]
    return scale if round(longest * scale) in SMALL_SIDES else USUAL_SIDE / longest


def _own_grid(shown: Grey, raster: Raster) -> Grey:
    """The scanner's own rows and columns: the repeated ones are left out again, exactly."""
    width, height = scanned_size(raster.width, raster.height, raster.dpi)
    if (width, height) == (raster.width, raster.height):
        return shown
    rows = _first_of_each(height, raster.height)
    columns = _first_of_each(width, raster.width)
    return np.ascontiguousarray(shown[rows][:, columns])


def _first_of_each(own: int, shown: int) -> NDArray[np.intp]:
    """For each of `own` lines, where among the `shown` ones (nearest neighbour) it first appears."""
    source = np.floor((np.arange(shown) + 0.5) * own / shown).astype(np.intp)
    return np.searchsorted(source, np.arange(own))


def even_paper(grey: Grey) -> Grey:
    """Uneven light and grey paper become white; two-coloured pages stay as they are."""
    if np.count_nonzero((grey > 8) & (grey < 247)) < 0.01 * grey.size:
        return grey
    coarse = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(coarse, np.ones((5, 5), np.uint8)), 5)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=255), np.uint8)


def _resized(grey: Grey, width: float, height: float) -> Grey:
    size = (max(1, round(width)), max(1, round(height)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _factor(grid: Grey, shape: tuple[int, ...]) -> tuple[float, float]:
    return shape[1] / grid.shape[1], shape[0] / grid.shape[0]
