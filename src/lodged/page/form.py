"""Form editions: a folder each, with the blank form and where on it a person writes, marks and signs.

Zones are in PDF points (1/72 inch) from the top left of the page: left, top, right, bottom.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "forms"
TYPES = ("name", "date", "anum", "digits", "code", "phone", "sex", "country", "text")

Points = tuple[float, float, float, float]


class FormError(Exception):
    """A form folder that does not say what it must."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A place on the form: its printed label, where it lies, and of a field the type of what is written there.

    `pattern`, where the issuer always writes one way: `A` a letter, `0` a digit, anything else itself.
    """

    label: str
    box: Points
    type: str = "text"
    pattern: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """One edition of one form, as its folder describes it. `blank` is the picture of the empty form, 204 dpi."""

    form: str
    edition: str
    title: str
    edition_line: str
    edition_zone: Points
    fields: Mapping[str, Zone]
    boxes: Mapping[str, Zone]
    signatures: Mapping[str, Zone]
    blank: Path


@cache
def editions(folder: Path = FOLDER) -> tuple[Edition, ...]:
    """Every edition there is a folder for, in the folders' order.

    >>> [(edition.form, edition.edition) for edition in editions()]
    [('i-138', '6/09'), ('i-200', '09/16'), ('i-247a', '3/17')]
    """
    return tuple(load_edition(file.parent) for file in sorted(folder.glob("*/form.toml")))


def load_edition(folder: Path) -> Edition:
    """The edition `folder` describes. Raises `FormError` naming the file and what it lacks."""
    file = folder / "form.toml"
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        return Edition(
            form=str(told["form"]),
            edition=str(told["edition"]),
            title=str(told["title"]),
            edition_line=str(told["edition_line"]),
            edition_zone=_points(told["edition_zone"]),
            fields=_zones(told.get("fields", {})),
            boxes=_zones(told.get("boxes", {})),
            signatures=_zones(told.get("signatures", {})),
            blank=folder / "blank.png",
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise FormError(f"{file}: {error}") from error


def _zones(told: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Zone]:
    return MappingProxyType({name: _zone(name, zone) for name, zone in told.items()})


def _zone(name: str, told: Mapping[str, Any]) -> Zone:
    kind = str(told.get("type", "text"))
    if kind not in TYPES:
        raise ValueError(f"`{kind}` of `{name}` is not a type of field; the types are {', '.join(TYPES)}")
    return Zone(str(told["label"]), _points(told["box"]), kind, told.get("pattern"))


def _points(told: list[float]) -> Points:
    left, top, right, bottom = (float(value) for value in told)
    if not (left < right and top < bottom):
        raise ValueError(f"`{told}` is not left, top, right, bottom")
    return left, top, right, bottom
