"""From pages to papers: one call may bring a cover, two people's detainers, a warrant that belongs to one of them.

A detainer and the warrant behind it are one paper; two detainers are two; a subpoena takes its schedule along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from lodged.page.reading import Box, Field, ReadPage
from lodged.page.typed import a_number

DETAINER = "i-247a"
WARRANTS = ("i-200", "i-205")
COVER, SCHEDULE = "cover sheet", "schedule"
DIGITS_ASTRAY = 1  # measured: the A-number is read whole on 90 to 98 pages of 100, else one digit off
NAMES_ALIKE = 85.0  # of 100, words in any order


@dataclass(frozen=True, slots=True)
class Attachment:
    """Pages that go with a paper: a warrant (`form`), or pages of no known form with their `text` and `hint`."""

    form: str | None
    edition: str | None
    pages: tuple[int, ...]
    fields: Mapping[str, Field]
    boxes: Mapping[str, Box]
    signatures: Mapping[str, Box]
    text: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One legal paper: its main form with what was read there, and what goes with it.

    `pages` are all its pages in order, `cover` those of them before the form. `form` is None when no page is of
    a known form; `text` is what was read from pages of no known form.
    """

    number: int
    pages: tuple[int, ...]
    form: str | None
    edition: str | None
    fields: Mapping[str, Field]
    boxes: Mapping[str, Box]
    signatures: Mapping[str, Box]
    attachments: tuple[Attachment, ...]
    text: str | None
    cover: tuple[int, ...] = ()


@dataclass(slots=True)
class _Pile:
    """A paper as it grows."""

    cover: list[ReadPage] = field(default_factory=list)
    main: ReadPage | None = None
    rest: list[ReadPage] = field(default_factory=list)


def group(pages: Sequence[ReadPage]) -> tuple[Paper, ...]:
    """The papers in `pages`, in order; every page is in exactly one. No pages, no papers."""
    piles: list[_Pile] = []
    for page in pages:
        if not piles or _begins(piles[-1], page):
            piles.append(_Pile())
        _lay(piles[-1], page)
    return tuple(_paper(number, pile) for number, pile in enumerate(piles, start=1))


def _begins(pile: _Pile, page: ReadPage) -> bool:
    """Whether `page` begins a new paper after `pile`."""
    if pile.main is None:
        return False
    if page.form is None:
        return page.hint == COVER
    if page.form in WARRANTS:
        return pile.main.form != DETAINER or not same_person(pile.main, page)
    return not (page.form == DETAINER and pile.main.form in WARRANTS and same_person(pile.main, page))


def _lay(pile: _Pile, page: ReadPage) -> None:
    if pile.main is None:
        if page.form is None:
            pile.cover.append(page)
        else:
            pile.main = page
    elif page.form == DETAINER:  # the warrant came first
        pile.rest.insert(0, pile.main)
        pile.main = page
    else:
        pile.rest.append(page)


def same_person(one: ReadPage, other: ReadPage) -> bool:
    """Whether nothing says that two pages are about different people: the A-number or the name agrees, or is not there."""
    first, second = a_number(_value(one, "file_no")), a_number(_value(other, "file_no"))
    names = _value(one, "name"), _value(other, "name")
    if first and second and Levenshtein.distance(first, second) <= DIGITS_ASTRAY:
        return True
    if all(names):
        return fuzz.token_sort_ratio(*names) >= NAMES_ALIKE
    return not (first and second)


def _value(page: ReadPage, name: str) -> str:
    read = page.fields.get(name)
    return read.value if read else ""


def _paper(number: int, pile: _Pile) -> Paper:
    main = pile.main
    everything = [*pile.cover, *([main] if main else []), *pile.rest]
    # A page before the form that is no cover sheet may be anything, a judge's warrant too: it is kept as attached.
    unknown = [page for page in pile.cover if page.hint != COVER] if main else []
    texts = [page.text for page in everything if page.text]
    return Paper(
        number=number,
        pages=tuple(sorted(page.page for page in everything)),
        form=main.form if main else None,
        edition=main.edition if main else None,
        fields=main.fields if main else {},
        boxes=main.boxes if main else {},
        signatures=main.signatures if main else {},
        attachments=tuple(_attachment(page) for page in (*unknown, *pile.rest)),
        text="\n\n".join(texts) or None,
        cover=tuple(page.page for page in pile.cover if page.hint == COVER) if main else (),
    )


def _attachment(page: ReadPage) -> Attachment:
    return Attachment(
        page.form, page.edition, (page.page,), page.fields, page.boxes, page.signatures, page.text, page.hint
    )
