"""Reading pages: which form, what is written in its fields, which boxes are marked, which lines are signed."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from lodged.page import doubt, ink, typed
from lodged.page.form import Edition, Points, Zone, editions
from lodged.page.lines import hint_of, text_of
from lodged.page.ocr import Strip, recogniser
from lodged.page.raster import Raster
from lodged.page.reading import Box, Field, ReadPage, Rect
from lodged.page.register import SCALE, Placed, place
from lodged.page.sight import Grey, Sight, look
from lodged.page.word import Word, comma_after, fit, spell

AROUND_FIELD = (70.0, 8.0, 10.0, 8.0)  # points of print that tell where a zone went: its label lies to the left
AROUND_BOX = (6.0, 6.0, 60.0, 6.0)  # a check box's text lies to the right
AROUND_SIGNATURE = (10.0, 4.0, 10.0, 14.0)  # a signature's label lies below
PRESENT = 0.9
LIKELY_AT_ALL = 0.05  # a letter forced by a shape whose own likelihood was less was not on the page
FORCED_MOST = 0.34
RIVAL_WORTH_SEEING = 0.9
COUNTRY_CERTAIN = 0.9  # of countries two letters from what was read, and no other as near
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


def read_pages(
    rasters: Sequence[Raster], progress: Callable[[int, int], None] | None = None
) -> tuple[ReadPage, ...]:
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
    if placed is None:
        return _unknown(raster, sight, None)
    known = Known(raster, sight, placed, ink.surface(placed))
    written = {name: _lines(known, zone) for name, zone in known.edition.fields.items()}
    strips = _strips(known, written)
    if other_edition(known, strips.pop("", [])):
        return _unknown(raster, sight, known.edition.form)
    fields = {name: _field(known, zone, written[name], strips.get(name, [])) for name, zone in known.edition.fields.items()}
    return ReadPage(
        page=raster.number,
        form=known.edition.form,
        edition=known.edition.edition,
        fields=fields,
        boxes={name: _mark(known, zone) for name, zone in known.edition.boxes.items()},
        signatures={name: _signature(known, zone) for name, zone in known.edition.signatures.items()},
        text=None,
        turned=placed.turned,
    )


def _unknown(raster: Raster, sight: Sight, resembles: str | None) -> ReadPage:
    text = text_of(sight)
    return ReadPage(raster.number, None, None, {}, {}, {}, text, 0, hint_of(text), resembles)


def _lines(known: Known, zone: Zone) -> list[Rect]:
    if not present(known, zone.box):
        return []
    shift = ink.local_shift(known.over, ink.grown(zone.box, *AROUND_FIELD))
    return ink.lines_written(known.over, zone.box, shift)


def _strips(known: Known, written: Mapping[str, Sequence[Rect]]) -> dict[str, list[Strip]]:
    """Every line of every field through the recogniser in one go; the edition line's goes by the name ``""``."""
    names = [name for name, lines in written.items() for _ in lines]
    pictures = [ink.raw(known.over, line) for lines in written.values() for line in lines]
    if present(known, known.edition.edition_zone):
        names.append("")
        pictures.append(_edition_line(known))
    strips: dict[str, list[Strip]] = {}
    for name, strip in zip(names, recogniser().read_all(pictures), strict=True):
        strips.setdefault(name, []).append(strip)
    return strips


def _edition_line(known: Known) -> Grey:
    zone = known.edition.edition_zone
    shift = ink.local_shift(known.over, ink.grown(zone, 4, 4, 4, 4))
    left, top, width, height = ink.pixels(zone)
    printed = np.argwhere(known.placed.blank.ink[top : top + height, left : left + width])
    (first_row, first_column), (last_row, last_column) = printed.min(axis=0), printed.max(axis=0)
    line = (left + int(first_column) + shift[0], top + int(first_row) + shift[1])
    return ink.raw(known.over, (*line, int(last_column - first_column), int(last_row - first_row)))


def other_edition(known: Known, strips: Sequence[Strip]) -> bool:
    """Whether the edition line names, legibly, another month or year than the form's."""
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


def _field(known: Known, zone: Zone, lines: Sequence[Rect], strips: Sequence[Strip]) -> Field:
    page = known.raster.number
    if not lines:
        there = present(known, zone.box)
        return Field("", 0.0 if there else 1.0, None, shown(known, ink.pixels(zone.box)), page)
    around = lines[0]
    for line in lines[1:]:
        around = ink.union(around, line)
    value, uncertain, second = interpret(zone, strips)
    return Field(value, uncertain, second, shown(known, around), page)


def interpret(zone: Zone, strips: Sequence[Strip]) -> tuple[str, float, str | None]:
    """The value of a field, its doubt and a second reading, from its lines as the recogniser saw them."""
    words = [spell(strip) for strip in strips]
    free = typed.tidy(zone.type, " ".join(word.text for word in words))
    weakest = min((word.weakest for word in words), default=0.0)
    if not lawful(zone, free):
        mended = _mended(zone, free, strips)
        if mended is None:
            return free, doubt.of_word(weakest, lawful=False, mended=False), _second(zone, free, words)
        value, certainty = mended
        return value, doubt.of_word(certainty, lawful=True, mended=True), free if free != value else None
    if zone.type == "name" and "," not in free and (whole := _with_comma(free, strips)):
        return whole, doubt.of_word(weakest, lawful=True, mended=True), free
    slip = not typed.complete(zone.type, free)
    return free, doubt.of_word(weakest, lawful=True, mended=slip), _second(zone, free, words)


def lawful(zone: Zone, value: str) -> bool:
    """Whether a value keeps its type's rule and, if the form prescribes one, its pattern."""
    return typed.has_shape(value, zone.pattern) if zone.pattern else typed.fits(zone.type, value)


def _second(zone: Zone, value: str, words: Sequence[Word]) -> str | None:
    """The word's own rival, when its weakest letter is weak enough to be worth a look."""
    if len(words) != 1 or words[0].second is None or words[0].weakest >= RIVAL_WORTH_SEEING:
        return None
    second = typed.tidy(zone.type, words[0].second)
    return second if second != value else None


def _with_comma(name: str, strips: Sequence[Strip]) -> str | None:
    """The name with the comma that left only a trace after its surname; None when there is no trace."""
    words = name.split(" ")
    after = comma_after(strips[0]) if len(strips) == 1 else None
    if after is None or after >= len(words):
        return None
    return f"{' '.join(words[:after])}, {' '.join(words[after:])}"


def _mended(zone: Zone, free: str, strips: Sequence[Strip]) -> tuple[str, float] | None:
    """The likeliest value that keeps the rule, and its certainty; None when the page does not support one."""
    pattern = zone.pattern or (typed.code_pattern(free) if zone.type == "code" else None)
    if len(strips) == 1 and (fitted := _fitted(zone, pattern, strips[0])):
        return fitted
    if zone.type == "country" and (country := typed.nearest_country(free)):
        return country, COUNTRY_CERTAIN
    if alphabet := typed.ALPHABETS.get(zone.type):
        words = [spell(strip, alphabet) for strip in strips]
        value = typed.tidy(zone.type, " ".join(word.text for word in words))
        if lawful(zone, value):
            return value, min((word.weakest for word in words), default=0.0)
    return None


def _fitted(zone: Zone, pattern: str | None, strip: Strip) -> tuple[str, float] | None:
    """The likeliest of the shapes the field may have, and the certainty of its weakest letter."""
    tried = [fitted for shape in typed.shapes(zone.type, pattern) if (fitted := fit(strip, shape))]
    best = max(tried, key=lambda fitted: fitted.score, default=None)
    if best is None or sum(raw < LIKELY_AT_ALL for raw in best.raw) > FORCED_MOST * len(best.raw):
        return None
    value = typed.tidy(zone.type, best.word.text)
    return (value, best.word.weakest) if lawful(zone, value) else None


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
