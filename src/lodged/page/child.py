"""The child process in which a stranger's file is parsed; it gives its rights away before it reads a byte.

Run as `python -m lodged.page.child LIMITS` with the file on standard input. It writes what `taken.py` takes over: what
it could still do, what the file carries, for each page one line of JSON and its pixels, and at its own end what stopped it.
"""

import importlib
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping

from PIL import Image

from lodged.page.found import Found
from lodged.page.kind import beside, kind_of
from lodged.page.limits import Limits
from lodged.page.raster import true_size
from lodged.page.rights import give_up_rights, still_possible
from lodged.page.sheet import Sheet, UnreadableError

PACKING = 5  # zlib level: bilevel pages gain nothing from more
# kind -> its parser, loaded only where it is needed: a fax, the most usual file, waits for no PDF library (a third of the
# child's time), and a parser is loaded after the rights are given up.
PARSERS = {
    "tiff": "lodged.page.tiff",
    "pdf": "lodged.page.pdf",
    "png": "lodged.page.picture",
    "jpeg": "lodged.page.picture",
}


def sheets(data: bytes, kind: str | None, limits: Limits) -> Iterator[Sheet]:
    """The pages of `data`, by the parser of its kind."""
    if kind is None:
        raise UnreadableError("not a TIFF, PDF, PNG or JPEG file")
    parser = importlib.import_module(PARSERS[kind])
    found: Iterator[Sheet] = parser.pages(data, limits, lambda told, entries: write_found(kind, told, entries))
    return found


def write_page(sheet: Sheet, kind: str | None) -> None:
    """One page to standard output: its header, then its pixels in true proportions, packed."""
    size = true_size(*sheet.picture.size, sheet.dpi)
    shown = sheet.picture if size == sheet.picture.size else sheet.picture.resize(size, Image.Resampling.NEAREST)
    bits = 1 if shown.mode == "1" else 8
    pixels = shown.tobytes()
    row = len(pixels) // size[1]
    packed = zlib.compress(b"".join(b"\0" + pixels[at : at + row] for at in range(0, len(pixels), row)), PACKING)
    header = {"kind": kind, "width": size[0], "height": size[1], "bits": bits, "dpi": sheet.dpi, "length": len(packed)}
    write(header, packed)


def write_found(kind: str | None, found: Iterable[Found], entries: Iterable[tuple[str, str]] = ()) -> None:
    """What the file carries; written before any page is drawn, since the drawing may be what ends the child."""
    write({"kind": kind, "found": [[one.code, one.count] for one in found], "entries": list(entries)})


def write(message: Mapping[str, object], more: bytes = b"") -> None:
    """One message to the parent."""
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n" + more)
    sys.stdout.buffer.flush()


def main(limits: Limits) -> None:
    """Read the file, write what it carries, its pages, and what stopped it."""
    data = sys.stdin.buffer.read()
    kind = kind_of(data)
    write_found(kind, beside(data, kind))
    read, trouble = 0, None
    try:
        for sheet in sheets(data, kind, limits):
            write_page(sheet, kind)
            read += 1
    except UnreadableError as error:
        trouble = str(error)
    except MemoryError:
        trouble = f"page {read + 1} needed more memory than it may have"
    except Exception:  # parsers raise anything on hostile bytes (Pillow: TypeError on a cut TIFF); all is damage
        trouble = f"damaged after page {read}" if read else "damaged: no page could be read"
    write({"kind": kind, "trouble": trouble})


if __name__ == "__main__":
    allowed = Limits(**json.loads(sys.argv[1]))
    deaf = os.open(os.devnull, os.O_WRONLY)
    give_up_rights(allowed)
    write({"possible": still_possible()})
    os.dup2(
        deaf, sys.stderr.fileno()
    )  # until here an error says why the child could not start; from here parsers grumble
    Image.MAX_IMAGE_PIXELS = None  # sizes are checked against our own limit before anything is decoded
    main(allowed)
