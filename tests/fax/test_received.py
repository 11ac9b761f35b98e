"""Files of a queue: counted, dated, and known to be whole or cut."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodged.fax import read_received

QUEUE = Path(__file__).parents[1] / "dispute" / "data" / "spool" / "recvq"
TWO_PAGES = (QUEUE / "fax000003120.tif").read_bytes()


def test_a_whole_file_tells_its_pages_its_hour_and_what_the_sender_called_itself() -> None:
    file = read_received(TWO_PAGES, "recvq/a.tif")
    assert file.whole
    assert [frame.lines for frame in file.frames] == [2156, 2156]
    assert str(file.at) == "2026-11-24 03:32:43"
    assert (file.sender_id, file.call_ids[-1], file.dcs) == ("ERO FIELD 5125550100", "15125550199", "00 46 1F 22")


def test_damaged_lines_are_counted_from_the_fax_tags() -> None:
    (frame,) = read_received((QUEUE / "fax000003122.tif").read_bytes(), "c").frames
    assert (frame.bad_lines, frame.bad_in_a_row) == (15, 2)


@pytest.mark.parametrize("kept", [len(TWO_PAGES) - 1, len(TWO_PAGES) // 2, 2_000])
def test_a_file_that_was_cut_is_not_whole_and_says_where(kept: int) -> None:
    file = read_received(TWO_PAGES[:kept], "cut")
    assert not file.whole
    assert file.trouble
    assert len(file.frames) < 2


@pytest.mark.parametrize(
    ("data", "trouble"), [(b"", "it is empty"), (b"\0" * 99, "it is empty"), (b"GIF89a", "it is not a TIFF file")]
)
def test_what_is_no_fax_says_so(data: bytes, trouble: str) -> None:
    assert read_received(data, "x").trouble == trouble


def test_pages_that_run_in_a_circle_end() -> None:
    at = int.from_bytes(TWO_PAGES[4:8], "little")
    count = int.from_bytes(TWO_PAGES[at : at + 2], "little")
    link = at + 2 + 12 * count
    looped = TWO_PAGES[:link] + at.to_bytes(4, "little") + TWO_PAGES[link + 4 :]
    assert read_received(looped, "x").trouble == "its pages run in a circle after page 1"


@given(st.integers(0, len(TWO_PAGES) - 1))
def test_no_beginning_of_a_file_is_taken_for_the_whole(length: int) -> None:
    assert not read_received(TWO_PAGES[:length], "x").whole


@given(st.binary(max_size=200))
def test_whatever_follows_the_first_bytes_of_a_tiff_is_said_to_be_cut(junk: bytes) -> None:
    assert not read_received(b"II*\0" + junk, "x").whole


def test_a_strip_whose_place_is_text_is_damage_and_not_a_number() -> None:
    entry = struct.pack("<HHII", 273, 2, 4, 0x41414141) + struct.pack("<HHII", 279, 2, 4, 0x41414141)
    file = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) + entry + struct.pack("<I", 0)
    assert not read_received(file, "x").whole


def test_the_other_byte_order_is_read_too() -> None:
    entry = struct.pack(">HHII", 273, 4, 1, 8) + struct.pack(">HHII", 279, 4, 1, 2)
    file = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 2) + entry + struct.pack(">I", 0)
    assert (read_received(file, "x").whole, len(read_received(file, "x").frames)) == (True, 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TWO_PAGES) - 1), st.integers(0, 255))
def test_no_changed_byte_raises(place: int, value: int) -> None:
    file = read_received(TWO_PAGES[:place] + bytes([value]) + TWO_PAGES[place + 1 :], "x")
    assert file.size == len(TWO_PAGES)
