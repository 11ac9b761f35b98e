"""What a PDF carries besides its pages: scripts, orders, attached files, fields filled in electronically, layers.

Every object is looked at, not only the places where an honest file keeps such things. Nothing is run or unpacked.
"""

import itertools
from collections import Counter
from collections.abc import Iterator

import pikepdf

from lodged.page.found import Found

MOST_THINGS, MOST_OBJECTS = 10_000, 50_000  # half a second each; a sixty-page fax has some three hundred
MOST_ENTRIES, LONGEST = 200, 300
DEEPEST = 12
MEDIA = frozenset(("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"))
ORDERS = frozenset(("/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"))
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, NotImplementedError)
Entry = tuple[str, str]


def look_around(document: pikepdf.Pdf) -> list[Found]:
    """Everything worth telling, each once; a broken part is passed over, since a broken page is told of elsewhere."""
    counted: Counter[str] = Counter()
    if document.is_encrypted:
        counted["encrypted"] = 1
    things = _things(document)
    for thing in itertools.islice(things, MOST_THINGS):
        counted.update(_codes(thing))
    if next(things, None) is not None or len(document.objects) > MOST_OBJECTS:
        counted["unswept"] = 1
    return [Found(code, count) for code, count in counted.items()]


def _things(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary in the file, those that stand inside others included."""
    objects = document.objects
    for number in range(min(len(objects), MOST_OBJECTS)):
        try:
            waiting = [(objects[number], 0)]
        except BROKEN:
            continue
        while waiting:
            thing, depth = waiting.pop()
            try:
                parts = _parts(thing)
            except BROKEN:
                continue
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield thing
            if depth < DEEPEST:
                waiting.extend((part, depth + 1) for part in parts if not part.is_indirect)


def _parts(thing: pikepdf.Object) -> list[pikepdf.Object]:
    if isinstance(thing, pikepdf.Array):
        parts = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        parts = [value for _, value in thing.items()]
    else:
        return []
    return [part for part in parts if isinstance(part, pikepdf.Object)]


def _codes(thing: pikepdf.Object) -> Iterator[str]:
    """The codes that one dictionary stands for."""
    try:
        kind = str(thing.get("/S", ""))
        if kind == "/JavaScript" or "/JS" in thing:
            yield "script"
        if kind == "/Launch":
            yield "launch"
        if kind in ORDERS or (isinstance(thing, pikepdf.Stream) and "/F" in thing):  # its bytes lie in another file
            yield "action"
        if "/EF" in thing:
            yield "attached"
        if "/XFA" in thing:
            yield "xfa"
        if "/OCProperties" in thing:
            yield "layers"
        if str(thing.get("/Subtype", "")) in MEDIA:
            yield "media"
        if str(thing.get("/FT", "")) == "/Sig" and "/V" in thing:
            yield "signature"
    except BROKEN:
        return


def entries(document: pikepdf.Pdf) -> list[Entry]:
    """The fields that were filled in electronically, by their names; what they say may differ from what is drawn."""
    try:
        form = document.Root.get("/AcroForm")
        waiting = [(field, "", 0) for field in reversed(list(form.get("/Fields", [])))] if form is not None else []
    except BROKEN:
        return []
    found: list[Entry] = []
    looked = 0
    while waiting and len(found) < MOST_ENTRIES and looked < MOST_THINGS:
        field, above, depth = waiting.pop()
        looked += 1
        try:
            name = ".".join(part for part in (above, str(field.get("/T", ""))[:LONGEST]) if part)
            said = _said(field)
            below = list(field.get("/Kids", [])) if depth < DEEPEST else []
        except BROKEN:
            continue
        if said:
            found.append((name[-LONGEST:] or "(no name)", said))
        waiting.extend((kid, name, depth + 1) for kid in reversed(below))
    return found


def _said(field: pikepdf.Object) -> str:
    """The value as text; empty for an empty field, a box without its tick, a signature."""
    value = field.get("/V")
    if value is None or isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return ""
    parts = list(value) if isinstance(value, pikepdf.Array) else [value]
    said = ", ".join(str(part).removeprefix("/") for part in parts[:20])
    return "" if said == "Off" else " ".join(said.split())[:LONGEST]
