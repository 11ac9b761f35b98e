"""JSON in the one spelling that RFC 8785 gives it, for the values an event may hold.

Strings, whole numbers, true, false, null, lists and objects; no fractions, since no event needs one and they
are where implementations differ. Reading is as strict as writing: bytes that are JSON but spelled otherwise
are refused, so one value has exactly one hash.

>>> canonical({"b": [True, None], "a": "é"})
b'{"a":"\\xc3\\xa9","b":[true,null]}'
>>> parse_canonical(b'{"a":1}')
{'a': 1}
"""

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import NoReturn, TypeAlias

from lodged.log.errors import EntryError

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"

LARGEST = 2**53 - 1  # RFC 8785 §3.2.2.3 takes numbers as doubles; beyond this two integers share a spelling
_LIBRARY = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
DEEPEST = 32  # ours: no event nests deeper, and a reader's stack is not the writer's to spend


def canonical(value: Json) -> bytes:
    """The canonical bytes of a value (RFC 8785); raises `EntryError` where a value has none.

    The library's encoder writes the same where every key is ASCII and every container its own; it is some times faster,
    but it would also write fractions, so what it is given is looked through first.
    """
    try:
        return (_LIBRARY.encode(value) if _is_plain(value, DEEPEST) else _write(value, DEEPEST)).encode()
    except UnicodeEncodeError as error:
        raise EntryError("half a character (a lone surrogate) cannot be written") from error


def parse_canonical(data: bytes) -> Json:
    """The value whose canonical bytes are exactly `data`; anything else raises `EntryError`."""
    try:
        value: Json = json.loads(
            data.decode(), object_pairs_hook=_object, parse_float=_no_fraction, parse_constant=_no_fraction
        )
    except (ValueError, RecursionError) as error:  # of `json` and of `int`, whose digits are limited
        raise EntryError("this is not JSON") from error
    if canonical(value) != data:
        raise EntryError("this JSON is not in canonical form (RFC 8785)")
    return value


def _is_plain(value: Json, depth: int) -> bool:
    """Whether the library's encoder writes this as RFC 8785 does; where false, `_write` does, or says what is wrong."""
    if value is None or isinstance(value, bool | str):
        return True
    if isinstance(value, int):
        return -LARGEST <= value <= LARGEST
    if depth <= 0 or not isinstance(value, dict | list):
        return False
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str) or not key.isascii():
                return False
    for inner in value.values() if isinstance(value, dict) else value:
        if not isinstance(inner, str) and not _is_plain(inner, depth - 1):
            return False
    return True


def _write(value: Json, depth: int) -> str:
    if depth < 0:
        raise EntryError(f"a value may nest {DEEPEST} deep and no deeper")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, int):
        return _write_number(value)
    if isinstance(value, Mapping):
        return _write_object(value, depth - 1)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(_write(one, depth - 1) for one in value) + "]"
    raise EntryError(f"a value of type `{type(value).__name__}` cannot be written")


def _write_text(value: str) -> str:
    # RFC 8785 §3.2.2.2: the short escapes, \u00xx in lower case for other controls, and all else as it is
    return encode_basestring(value)


def _write_number(value: int) -> str:
    if abs(value) > LARGEST:
        raise EntryError(f"`{value}` is larger than JSON can count without loss")
    return str(int(value))


def _write_object(value: Mapping[str, Json], depth: int) -> str:
    if not all(isinstance(key, str) for key in value):
        raise EntryError("the keys of an object are text")
    # RFC 8785 §3.2.3: sorted by UTF-16 code units, which is the order of the big-endian bytes, and of ASCII as it is
    plain = all(key.isascii() for key in value)
    keys = sorted(value) if plain else sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{_write_text(key)}:{_write(value[key], depth)}" for key in keys) + "}"


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise EntryError("one key stands twice in an object")
    return found


def _no_fraction(text: str) -> NoReturn:
    raise EntryError(f"`{text}` is not a whole number")
