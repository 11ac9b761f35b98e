"""The pages of a received file are counted without opening a picture, and a file that is cut is never taken for whole."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.office.arrivals.channels.fax.tiff import CutError, fax_file
from tests.office.faxes import SAMPLES

WHOLE = (SAMPLES / "detainer-with-warrant.tif").read_bytes()


@pytest.mark.parametrize(
    ("name", "pages"), [("detainer-with-warrant", 2), ("noisy-line", 1), ("two-people", 2), ("line-dropped", 2)]
)
def test_every_page_is_counted(name: str, pages: int) -> None:
    assert fax_file((SAMPLES / f"{name}.tif").read_bytes()).pages == pages


def test_the_file_says_who_called_whom_and_when() -> None:
    fax = fax_file(WHOLE)
    assert (fax.station, fax.calls) == ("ERO FIELD 5125550100", ("15125550100", "ERO FIELD", "<NONE>", "15125550199"))
    assert (fax.stamped, fax.dcs) == ("2026:11:24 03:32:43", "00 46 1F 22")


@given(st.integers(0, len(WHOLE) - 1))
def test_no_beginning_of_a_file_is_taken_for_the_whole(length: int) -> None:
    with pytest.raises(CutError):
        fax_file(WHOLE[:length])


@given(st.binary(max_size=200))
def test_whatever_bytes_come_nothing_but_a_cut_file_is_said(junk: bytes) -> None:
    with pytest.raises(CutError):
        fax_file(b"II*\0" + junk)


def test_pages_in_a_circle_come_to_an_end() -> None:
    entry = struct.pack("<HHII", 273, 4, 1, 8) + struct.pack("<HHII", 279, 4, 1, 2)
    circle = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) + entry + struct.pack("<I", 8)
    with pytest.raises(CutError, match="in a circle"):
        fax_file(circle)


def test_the_other_byte_order_is_read_too() -> None:
    entry = struct.pack(">HHII", 273, 4, 1, 8) + struct.pack(">HHII", 279, 4, 1, 2)
    assert fax_file(b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 2) + entry + struct.pack(">I", 0)).pages == 1
