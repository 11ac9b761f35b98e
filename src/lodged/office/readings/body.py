"""A reading's body as it is kept: plain JSON, one value a field with its doubt and its place on the page.

    {"fields":      {"name": {"value": "…", "doubt": 0.02, "second": null, "page": 1, "box": [x, y, w, h]}, …},
     "boxes":       {"b1a":  {"value": true, "doubt": 0.0, "page": 1, "box": […]}, …},
     "signatures":  {"officer_signature": {…}},
     "attachments": [{"form": "i-200", "edition": "09/16", "pages": [2], "text": null, "fields": {…}, "boxes": {…}, …}],
     "text": "the words of a paper that is no known form" or null,
     "cover": [1],
     "recognised": "i-247a": the form the machine knew, whatever a person called it later,
     "notes": ["what the file was found to carry, in sentences"],
     "entries": [["name", "value"]]: the file's own electronic fields, as the file has them and not the page,
     "scanned": "what the virus scanner said", empty where there is none}

A place that nobody has read yet says so with `"unread": true`; one that a person read, with `"person": true`.
A place in a body is written with dots: `fields.name`, `boxes.b1a`, `attachments.0.signatures.officer_signature`.
"""

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from lodged.office.readings.blank import blank
from lodged.page import Box, Field, Opened, Paper
from lodged.page.typed import iso_date

Body = dict[str, Any]
PARTS = ("fields", "boxes", "signatures")
_UNCARRIED: Body = {"notes": [], "entries": [], "scanned": ""}


def body_of(paper: Paper) -> Body:
    """The body of a machine's reading of one paper."""
    return {
        "recognised": paper.form or "",
        **_parts(paper.fields, paper.boxes, paper.signatures),
        "attachments": [
            {
                "form": attached.form,
                "edition": attached.edition,
                "pages": list(attached.pages),
                "text": attached.text,
                **_parts(attached.fields, attached.boxes, attached.signatures),
            }
            for attached in paper.attachments
        ],
        "text": paper.text,
        "cover": list(paper.cover),
        **_UNCARRIED,
    }


def empty_body() -> Body:
    """The body of a reading that found nothing."""
    return {
        "recognised": "",
        "fields": {},
        "boxes": {},
        "signatures": {},
        "attachments": [],
        "text": None,
        "cover": [],
        **_UNCARRIED,
    }


def carrying(body: Body, opened: Opened, scanned: str) -> Body:
    """The body with what the file carries besides its pages, and what the virus scanner said of it."""
    return {
        **body,
        "notes": list(opened.notes),
        "entries": [list(entry) for entry in opened.entries],
        "scanned": scanned,
    }


def corrected(body: Body, changes: Mapping[str, Any]) -> Body:
    """The body with the values at some places replaced by a person's; raises KeyError for a place that is not there.

    A person's value carries no doubt, and keeps what the machine had read.
    """
    new = copy.deepcopy(body)
    for place, value in changes.items():
        found = at_place(new, place)
        found.update(
            {"was": found.get("was", found["value"]), "value": value, "doubt": 0.0, "second": None, "person": True}
        )
        if found.pop("unread", False):
            del found["was"]
    return new


def as_form(body: Body, form: str, page: int, earlier: Body | None) -> Body:
    """The body with the places of another form, as `earlier` had them where the paper was read as that form before.

    A place of the same name in both keeps what a person said of it; the rest of the old form's places is left out.
    """
    new = copy.deepcopy(body)
    for part, places in (blank(form, page) if earlier is None else earlier).items():
        if part in PARTS:
            new[part] = {name: _kept(body[part].get(name), place) for name, place in places.items()}
    return new


def _kept(told: dict[str, Any] | None, place: dict[str, Any]) -> dict[str, Any]:
    """A place of the new form, with the value that a person gave it under the old one."""
    if told is None or not told.get("person"):
        return copy.deepcopy(place)
    lies = told if place.get("unread") else place
    return {**told, "page": lies["page"], "box": list(lies["box"])}


def at_place(body: Body, place: str) -> dict[str, Any]:
    """The value at a place such as `attachments.0.fields.name`."""
    found: Any = body
    for step in place.split("."):
        try:
            found = found[int(step)] if isinstance(found, list) else found[step]
        except (KeyError, IndexError, ValueError, TypeError):
            raise KeyError(f"`{place}` is not a place in this reading") from None
    if not isinstance(found, dict) or "value" not in found:
        raise KeyError(f"`{place}` is not a place in this reading")
    return found


def value(body: Body, place: str) -> Any:
    """The value at a place, or None where the reading has no such place."""
    try:
        return at_place(body, place)["value"]
    except KeyError:
        return None


def day(body: Body, place: str) -> date | None:
    """The day written at a place, or None where none can be read there."""
    found = iso_date(str(value(body, place) or ""))
    return date.fromisoformat(found) if found else None


def _parts(fields: Mapping[str, Field], boxes: Mapping[str, Box], signatures: Mapping[str, Box]) -> Body:
    return {
        "fields": {name: _field(field) for name, field in fields.items()},
        "boxes": {name: _box(box) for name, box in boxes.items()},
        "signatures": {name: _box(box) for name, box in signatures.items()},
    }


def _field(field: Field) -> dict[str, Any]:
    return {**_box(field), "second": field.second}


def _box(box: Box | Field) -> dict[str, Any]:
    return {"value": box.value, "doubt": round(box.doubt, 3), "page": box.page, "box": list(box.box)}
