"""Finding lines on a page of no known form."""

import numpy as np

from lodged.page.lines import hint_of, line_boxes


def test_lines_come_top_to_bottom_and_specks_are_none() -> None:
    small = np.full((600, 400), 255, np.uint8)
    small[100:112, 40:300:3] = 0
    small[60:72, 40:200:3] = 0
    small[300, 300] = 0
    assert [top for _, top, _, _ in line_boxes(small)] == [60, 100]


def test_an_empty_page_has_no_lines() -> None:
    assert line_boxes(np.full((600, 400), 255, np.uint8)) == []


def test_a_cover_is_told_from_a_letter() -> None:
    assert hint_of("Fax Cover Sheet\nTo: Records Desk") == "cover sheet"
    assert hint_of("To the Records Desk:\nWith thanks") == "letter"
    assert hint_of("…") is None
