"""Reading pages: which form, what is written in its fields, which boxes are marked, which lines are signed."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import cv2
import numpy as np

from lodged.page import doubt, ink
from lodged.page.form import Edition, Points, Zone, editions
from lodged.page.lines import hint_of, text_of
from lodged.page.ocr import Strip, recogniser
from lodged.page.raster import Raster
from lodged.page.reading import Box, Field, ReadPage, Rect
from lodged.page.register import Placed, place
from lodged.page.sight import Sight, look
from lodged.page.value import Value, interpret, weigh
from lodged.page.word import Word, spell

AROUND_FIELD = (70.0, 8.0, 10.0, 8.0)  # points of print that tell where a zone went: its label lies to the left
AROUND_BOX = (6.0, 6.0, 60.0, 6.0)  # a check box's text lies to the right
AROUND_SIGNATURE = (10.0, 4.0, 10.0, 14.0)  # a signature's label lies below
PRESENT = 0.9
EDITION_LEGIBLE = 0.8


@dataclass(frozen=True, slots=True)
class Known:
    """A page that lies on a known form, ready to be read."""

    raster: Raster
    sight: Sight
    placed: Placed
    over: ink.Surface

    @property
    def edition(self) -> Edition:
        """The edition the page lies on."""
        return self.placed.blank.edition


def read_pages(rasters: Sequence[Raster], progress: Callable[[int, int], None] | None = None) -> tuple[ReadPage, ...]:
    """Every page as read. `progress` is told pages done and pages in all, after each."""
    read = []
    for raster in rasters:
        read.append(read_page(raster))
        if progress:
            progress(len(read), len(rasters))
    return tuple(read)


def read_page(raster: Raster) -> ReadPage:
    """One page as read; a page of no known form, or of an edition not known here, gives its text."""
    sight = look(raster)
    placed = place(sight, editions())
    if placed is None or not placed.sure:
        return _unknown(raster, sight, placed.blank.edition.form if placed else None)
    known = Known(raster, sight, placed, ink.surface(placed))
    if other_edition(known):
        return _unknown(raster, sight, known.edition.form)
    return ReadPage(
        page=raster.number,
        form=known.edition.form,
        edition=known.edition.edition,
        fields=_fields(known),
        boxes={name: _mark(known, zone) for name, zone in known.edition.boxes.items()},
        signatures={name: _signature(known, zone) for name, zone in known.edition.signatures.items()},
        text=None,
        turned=placed.turned,
    )


def _unknown(raster: Raster, sight: Sight, resembles: str | None) -> ReadPage:
    text = text_of(sight)
    return ReadPage(raster.number, None, None, {}, {}, {}, text, 0, hint_of(text), resembles)


def _fields(known: Known) -> dict[str, Field]:
    written = {name: _lines(known, zone) for name, zone in known.edition.fields.items()}
    values = _values(known, {name: lines for name, lines in written.items() if lines})
    return {
        name: _written_field(known, written[name], values[name]) if name in values else _empty_field(known, zone)
        for name, zone in known.edition.fields.items()
    }


def _written_field(known: Known, lines: Sequence[Rect], value: Value) -> Field:
    around = reduce(ink.union, lines)
    return Field(value.text, value.doubt, value.second, shown(known, around), known.raster.number)


def _empty_field(known: Known, zone: Zone) -> Field:
    """Nothing is written there; or, without any knowing, that part of the page is not there."""
    there = present(known, zone.box)
    return Field("", 0.0 if there else 1.0, None, shown(known, ink.pixels(zone.box)), known.raster.number)


def _lines(known: Known, zone: Zone) -> list[Rect]:
    if not present(known, zone.box):
        return []
    shift = ink.local_shift(known.over, ink.grown(zone.box, *AROUND_FIELD))
    return ink.lines_written(known.over, zone.box, shift)


def _values(known: Known, written: Mapping[str, Sequence[Rect]]) -> dict[str, Value]:
    """What each field that holds ink says: a sharp look at all, a soft one at those the sharp one leaves in doubt."""
    zones = known.edition.fields
    sharp = {name: interpret(zones[name], strips) for name, strips in _look_at(known, written, soft=False).items()}
    doubtful = {name: written[name] for name, value in sharp.items() if value.doubt > doubt.LOOK_AGAIN}
    soft = {name: interpret(zones[name], strips) for name, strips in _look_at(known, doubtful, soft=True).items()}
    return {name: weigh(value, soft[name]) if name in soft else value for name, value in sharp.items()}


def _look_at(known: Known, written: Mapping[str, Sequence[Rect]], soft: bool) -> dict[str, list[Strip]]:
    """Every line of these fields through the recogniser in one go."""
    names = [name for name, lines in written.items() for _ in lines]
    pictures = [ink.raw(known.over, line, soft) for lines in written.values() for line in lines]
    strips: dict[str, list[Strip]] = {}
    for name, strip in zip(names, recogniser().read_all(pictures), strict=True):
        strips.setdefault(name, []).append(strip)
    return strips


def other_edition(known: Known) -> bool:
    """Whether the edition line names, legibly, another month or year than the form's."""
    zone = known.edition.edition_zone
    lines = ink.lines_there(known.over, zone, (0, 0)) if present(known, zone) else []
    strips = recogniser().read_all([ink.raw(known.over, line) for line in lines])
    return any(contradicts(spell(strip), known.edition.edition) for strip in strips)


def contradicts(line: Word, edition: str) -> bool:
    """Whether an edition line bears a date, each digit legible, and it is not this edition's (`3/17`)."""
    bare = line.text.replace(" ", "")
    found = re.search(r"(\d{1,2})/(\d{2})(?!\d)", bare)
    if found is None or min(line.certain[found.start() : found.end()]) < EDITION_LEGIBLE:
        return False
    month, year = (int(part) for part in edition.split("/"))
    return (int(found[1]), int(found[2])) != (month, year)


def present(known: Known, zone: Points) -> bool:
    """Whether the page was long and wide enough to hold the zone: a line that drops leaves only the top."""
    corners = _on_grid(known, ink.pixels(zone))
    height, width = known.sight.grid.shape
    across = np.clip(corners[:, 0], 0, width)
    down = np.clip(corners[:, 1], 0, height)
    inside = float(np.ptp(across) * np.ptp(down))
    return inside >= PRESENT * float(np.ptp(corners[:, 0]) * np.ptp(corners[:, 1]))


def shown(known: Known, rect: Rect) -> Rect:
    """A rectangle of the form's frame, as the upright rectangle around it on the page as shown."""
    corners = _on_grid(known, rect) * np.array(known.sight.to_shown)
    size = np.array([known.raster.width, known.raster.height])
    first = np.clip(np.floor(corners.min(axis=0)), 0, size - 1).astype(int)
    last = np.clip(np.ceil(corners.max(axis=0)), first + 1, size).astype(int)
    return int(first[0]), int(first[1]), int(last[0] - first[0]), int(last[1] - first[1])


def _on_grid(known: Known, rect: Rect) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    left, top, width, height = rect
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    moved = cv2.transform(np.array([corners], np.float64), known.placed.matrix)
    return np.asarray(moved[0], np.float64)


def _mark(known: Known, zone: Zone) -> Box:
    where = shown(known, ink.pixels(zone.box))
    if not present(known, zone.box):
        return Box(None, 1.0, where, known.raster.number)
    shift = ink.local_shift(known.over, ink.grown(zone.box, *AROUND_BOX))
    mark = ink.mark(known.over, zone.box, shift)
    return Box(mark > doubt.MARKED, doubt.of_mark(mark), where, known.raster.number)


def _signature(known: Known, zone: Zone) -> Box:
    where = shown(known, ink.pixels(zone.box))
    if not present(known, zone.box):
        return Box(None, 1.0, where, known.raster.number)
    shift = ink.local_shift(known.over, ink.grown(zone.box, *AROUND_SIGNATURE))
    pixels = float(ink.handwritten(known.over, zone.box, shift).sum())
    return Box(pixels > doubt.SIGNED, doubt.of_signature(pixels), where, known.raster.number)
