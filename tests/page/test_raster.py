"""A raster's sizes and its PNG."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lodged.page.raster import RasterError, png_of, scanned_size, true_size

SIDES = st.integers(1, 5_000)
GRIDS = st.sampled_from([(204.0, 98.0), (204.0, 196.0), (204.0, 391.0), (200.0, 200.0), (300.0, 300.0)])


@given(SIDES, SIDES, GRIDS)
def test_a_stretched_page_gives_its_own_size_back(width: int, height: int, dpi: tuple[float, float]) -> None:
    assert scanned_size(*true_size(width, height, dpi), dpi) == (width, height)


@given(SIDES, SIDES, GRIDS)
def test_nothing_shrinks(width: int, height: int, dpi: tuple[float, float]) -> None:
    shown = true_size(width, height, dpi)
    assert shown[0] >= width
    assert shown[1] >= height


def test_the_png_holds_the_pixels() -> None:
    rows = b"\x00\xaa" * 3
    with Image.open(io.BytesIO(png_of(8, 3, 1, (204, 98), zlib.compress(rows)))) as image:
        assert (image.size, image.mode, image.tobytes()) == ((8, 3), "1", b"\xaa\xaa\xaa")


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"not zlib",
        zlib.compress(b"\x00\xaa" * 2),
        zlib.compress(b"\x00\xaa" * 4),
        zlib.compress(b"\x01\xaa" * 3),
        zlib.compress(b"\x00\xaa" * 3) + b"more",
        zlib.compress(b"\x00\xaa" * 3)[:-2],
    ],
)
def test_pixels_that_do_not_fit_their_size_are_refused(packed: bytes) -> None:
    with pytest.raises(RasterError):
        png_of(8, 3, 1, (204, 204), packed)
