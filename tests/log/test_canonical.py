"""Canonical JSON: one value, one spelling, and every other spelling refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.log.canonical import DEEPEST, LARGEST, Json, canonical, parse_canonical
from lodged.log.errors import EntryError

TEXT = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back_and_is_json(value: Json) -> None:
    written = canonical(value)
    assert parse_canonical(written) == value
    assert json.loads(written) == value


@given(VALUES)
def test_the_fast_way_and_the_slow_way_write_the_same(value: Json) -> None:
    """A key that is not ASCII makes the whole value go the slow way, and takes nothing else with it."""
    fast, slow = canonical({"a": value, "b": 0}), canonical({"a": value, "b": 0, "\u00e9": 0})
    assert slow == fast[:-1] + ',"\u00e9":0}'.encode()


def test_keys_are_sorted_by_utf_16_code_units() -> None:
    # RFC 8785 §3.2.3, its own example
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    found = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert found == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_is_escaped_as_the_rfc_says() -> None:
    # RFC 8785 §3.2.2.2
    assert canonical('€$\x0f\nA\'B"\\\\"/\x7f') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode()


@pytest.mark.parametrize(
    "other",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b'"\\u000A"',
        b"1.0",
        b"1e2",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"9" * 5000,
        b'"\\ud800"',
        b"\xff",
        b"",
        b"\xef\xbb\xbf1",
        b"[" * 100_000,
    ],
)
def test_another_spelling_is_refused(other: bytes) -> None:
    with pytest.raises(EntryError):
        parse_canonical(other)


@pytest.mark.parametrize("value", [1.5, b"bytes", {1: "one"}, {"a": {2, 3}}, LARGEST + 1, "\ud800", {"\ud800": 1}])
def test_what_has_no_spelling_is_refused(value: Json) -> None:
    with pytest.raises(EntryError):
        canonical(value)


def test_nesting_has_an_end() -> None:
    def nested(depth: int) -> Json:
        return [nested(depth - 1)] if depth else 1

    assert parse_canonical(canonical(nested(DEEPEST))) == nested(DEEPEST)
    with pytest.raises(EntryError, match="deep"):
        canonical(nested(DEEPEST + 1))
