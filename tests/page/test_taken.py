"""What a child writes is taken over with suspicion: whatever it is, nothing is raised and nothing grows beyond its bounds."""

import io
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.page.taken import ENTRY_LETTERS, MOST_FOUND, Taken, take_over


def taken(*lines: object, more: bytes = b"") -> Taken:
    """What is taken over from lines of JSON, or of bytes."""
    written = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    return take_over(io.BytesIO(written + more), 60, 40_000_000)


def page(**changed: object) -> tuple[dict[str, object], bytes]:
    """The line for a white page of 8 by 2, and its pixels."""
    packed = zlib.compress(b"\0\xff\0\xff")
    return {
        "width": 8,
        "height": 2,
        "bits": 1,
        "dpi": [204, 196],
        "length": len(packed),
        "kind": "tiff",
    } | changed, packed


@given(st.binary(max_size=400))
def test_whatever_bytes_come_nothing_is_raised(written: bytes) -> None:
    assert take_over(io.BytesIO(written), 60, 40_000_000).pages == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
            st.sampled_from(["possible", "found", "entries", "trouble", "kind", "width", "height", "bits", "dpi", "length"]),
            inner,
        ),
    )
)  # fmt: skip
def test_whatever_line_comes_nothing_is_raised(line: object) -> None:
    assert taken(line).kind in {None, "tiff", "pdf", "png", "jpeg"}


def test_an_honest_page_is_taken_over() -> None:
    line, packed = page()
    whole = taken({"possible": []}, line, packed, {"trouble": None})
    assert [(one.width, one.height) for one in whole.pages] == [(8, 2)]
    assert (whole.possible, whole.ended, whole.trouble) == ((), True, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"width": -8, "height": -2},
        {"width": 1e308},
        {"height": 10**9},
        {"bits": 24},
        {"dpi": [float("inf"), 1]},
        {"dpi": [1e300, 1e300]},
        {"dpi": []},
        {"length": -1},
        {"length": 10**12},
        {"width": "eight"},
        {"width": None},
    ],
)
def test_a_page_that_is_not_what_it_says_ends_the_taking_over(changed: dict[str, object]) -> None:
    line, packed = page(**changed)
    whole = taken({"possible": []}, line, packed, {"trouble": None})
    assert (whole.pages, whole.trouble) == ([], "page 1 could not be taken over whole")


def test_a_line_nested_without_end_is_not_ours() -> None:
    assert taken(b"[" * 200_000 + b"\n").trouble == "page 1 could not be taken over whole"


def test_pages_beyond_the_limit_are_not_taken() -> None:
    line, packed = page()
    parts = [part for _ in range(4) for part in (line, packed)]
    written = b"".join(part if isinstance(part, bytes) else json.dumps(part).encode() + b"\n" for part in parts)
    assert len(take_over(io.BytesIO(written), 3, 40_000_000).pages) == 3


def test_words_of_the_child_are_never_shown_only_its_codes() -> None:
    whole = taken({"found": [["call this number", 1]], "entries": []})
    assert (whole.found, whole.trouble) == ([], "page 1 could not be taken over whole")


def test_what_is_told_stays_within_its_bounds() -> None:
    told = taken({"found": [["script", 1]] * 500, "entries": [["name\x00\x1b", "x" * 10_000]] * 9, "kind": "exe"})
    assert len(told.found) == MOST_FOUND
    assert told.entries[0] == ("name", "x" * ENTRY_LETTERS)
    assert told.kind is None


def test_the_reason_is_one_line_of_moderate_length() -> None:
    whole = taken({"trouble": "a\nb" + "c" * 5_000})
    assert whole.trouble is not None
    assert "\n" not in whole.trouble
    assert len(whole.trouble) <= 200
