"""What was read from a page, and how sure one may be of it."""

from collections.abc import Mapping
from dataclasses import dataclass

Rect = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """A field's `value` as on the page (empty: nothing is written there).

    `doubt` is between 0 (none) and 1; `second` is another reading worth seeing; `box` is left, top, width and
    height in pixels of the page as shown; `page` counts from 1.
    """

    value: str
    doubt: float
    second: str | None
    box: Rect
    page: int


@dataclass(frozen=True, slots=True)
class Box:
    """Whether a check box is marked or a line is signed; `value` is None when that part of the page is not there."""

    value: bool | None
    doubt: float
    box: Rect
    page: int


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page as read.

    `form` and `edition` are None for a page of no known form: then `text` holds its lines, `hint` a word on
    what it seems to be (`cover sheet`, `schedule`, `letter`) and `resembles` the known form it looks like
    though its edition is another. `turned` is how far, in degrees clockwise, the page lay turned.
    """

    page: int
    form: str | None
    edition: str | None
    fields: Mapping[str, Field]
    boxes: Mapping[str, Box]
    signatures: Mapping[str, Box]
    text: str | None
    turned: int
    hint: str | None = None
    resembles: str | None = None
