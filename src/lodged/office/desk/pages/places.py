"""The places of a reading in the order a person reads the page, each with its label, its doubt and where it lies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodged.office.desk.custody import zone_of
from lodged.office.desk.lexicon import FIELDS
from lodged.office.desk.pages.lines import DOUBTFUL, WEIGHTY
from lodged.office.readings.blank import measured
from lodged.office.readings.models import Reading
from lodged.office.readings.usable import unusable
from lodged.office.staff.typed import visible
from lodged.page.form import Edition
from lodged.problem import Problem

LOOK_AT = 0.10
LONGEST = 500
RIM = 5
ROOM = (24, 14)  # pixels of paper shown around a crop, so that a stroke at the rim is seen whole


@dataclass(frozen=True, slots=True)
class Place:
    """One field, box or signature; `name` is how an act calls it, such as `attachments.0.fields.name`."""

    name: str
    kind: str
    label: str
    value: Any
    doubt: float | None
    second: str | None
    page: int
    box: tuple[int, int, int, int]
    weighty: bool
    was: Any = None
    unread: bool = False
    problem: Problem | None = None

    @property
    def open(self) -> bool:
        """Whether a person should look: shown with its crop and both readings."""
        if self.doubt is None or self.unread:
            return False
        return self.doubt >= LOOK_AT if self.weighty or self.kind != "fields" else self.doubt >= DOUBTFUL

    @property
    def view(self) -> str:
        """The part of the page picture to show, as an SVG viewBox."""
        left, top, width, height = self.box
        return f"{max(0, left - ROOM[0])} {max(0, top - ROOM[1])} {width + 2 * ROOM[0]} {height + 2 * ROOM[1]}"

    @property
    def zone(self) -> tuple[int, int, int, int]:
        """The place with a little room, so that its outline does not lie on the writing."""
        left, top, width, height = self.box
        return left - RIM, top - RIM, width + 2 * RIM, height + 2 * RIM

    @property
    def tri(self) -> str:
        """A box's value as a form sends it."""
        return {True: "yes", False: "no"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Part:
    """The paper itself, or a form that came with it."""

    form: str
    edition: str
    pages: tuple[int, ...]
    places: tuple[Place, ...]


def parts(reading: Reading) -> list[Part]:
    """The paper and its attachments, each with its places from the top of the first page down."""
    body, paper = reading.body, reading.paper
    came = paper.arrival.received_at.astimezone(zone_of(paper.arrival.custodian)).date()
    found = [
        Part(reading.form, reading.edition, tuple(paper.pages), _places(reading.form, reading.edition, body, "", came))
    ]
    for number, attached in enumerate(body["attachments"]):
        places = _places(attached["form"], attached["edition"], attached, f"attachments.{number}.", came)
        found.append(Part(attached["form"], attached["edition"], tuple(attached["pages"]), places))
    return found


def _places(form: str, edition: str, body: Mapping[str, Any], before: str, came: date) -> tuple[Place, ...]:
    known = measured(form, edition)
    return tuple(sorted(_all(known, body, before, came), key=_reading_order))


def _all(known: Edition | None, body: Mapping[str, Any], before: str, came: date) -> Iterator[Place]:
    for kind in ("fields", "boxes", "signatures"):
        for name, told in body[kind].items():
            yield Place(
                name=f"{before}{kind}.{name}",
                kind=kind,
                label=label(known, kind, name),
                value=told["value"],
                doubt=None if told.get("person") else told["doubt"],
                second=told.get("second"),
                page=told["page"],
                box=tuple(told["box"]),
                weighty=name in WEIGHTY,
                was=told.get("was"),
                unread=bool(told.get("unread")),
                problem=unusable(name, str(told["value"] or ""), came) if kind == "fields" else None,
            )


def label(known: Edition | None, kind: str, name: str) -> str:
    """A place's printed label in short, or its name where nobody has written one."""
    if kind == "fields" and name in FIELDS:
        return FIELDS[name]
    zones = {"fields": known.fields, "boxes": known.boxes, "signatures": known.signatures}[kind] if known else {}
    text = zones[name].label if name in zones else name.replace("_", " ")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return text[:1].upper() + text[1:]


def _reading_order(place: Place) -> tuple[int, int, int]:
    left, top, _, _ = place.box
    return place.page, top // 24, left


def changes(places: list[Place], told: Mapping[str, str]) -> dict[str, Any]:
    """What a person changed or accepted, as `readings.acts.correct` takes it; a place left alone is not in it.

    `rest` says that whatever nobody had read and the person left empty is empty on the paper.
    """
    found: dict[str, Any] = {}
    for place in places:
        if place.name not in told:
            continue
        value = read_value(place, told[place.name])
        if value != place.value or f"seen.{place.name}" in told:
            found[place.name] = value
        elif place.unread and "rest" in told:
            found[place.name] = "" if place.kind == "fields" else False
    return found


def read_value(place: Place, text: str) -> Any:
    """What a form sent for a place: text for a field, yes, no or not known (None) for a box or signature."""
    if place.kind == "fields":
        return " ".join(visible(text).split())[:LONGEST]
    return {"yes": True, "no": False}.get(text)
