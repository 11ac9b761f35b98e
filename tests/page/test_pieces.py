"""Pieces of writing with their places, and pictures of other pages left out."""

from pathlib import Path

from lodged.page import open_document
from lodged.page.pieces import pieces

SHEETS = Path(__file__).parents[1] / "dispute" / "data" / "sheets"


def test_columns_of_a_table_stay_apart_and_single_figures_are_read() -> None:
    (raster,) = open_document((SHEETS / "X3.tif").read_bytes()).pages
    found = {piece.text: piece for piece in pieces(raster)}
    assert {"11/24/2026", "03:38:36am", "2", "OK"} <= set(found)
    assert found["2"].box[0] < found["OK"].box[0]
    assert all(0 <= piece.doubt <= 1 for piece in found.values())


def test_the_picture_of_the_first_page_below_is_left_out() -> None:
    (raster,) = open_document((SHEETS / "X3.tif").read_bytes()).pages
    assert not [piece for piece in pieces(raster) if "HOMELAND" in piece.text or "Birth" in piece.text]


def test_only_the_upper_part_is_read_when_that_is_asked() -> None:
    (raster,) = open_document((SHEETS / "X3.tif").read_bytes()).pages
    few = pieces(raster, upper=0.08)
    assert few
    assert len(few) < len(pieces(raster))
