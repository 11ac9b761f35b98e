"""The child process in which a stranger's file is parsed; it gives its rights away before it reads a byte.

Run as `python -m lodged.page.child LIMITS` with the file on standard input. It writes, for each page, one
line of JSON and that many bytes of packed pixels, and at its own end one line with `trouble` and `notes`.
"""

import json
import resource
import sys
import zlib
from collections.abc import Iterator

from PIL import Image

from lodged.page import pdf, picture, tiff
from lodged.page.open import Limits
from lodged.page.raster import true_size
from lodged.page.sheet import Sheet, UnreadableError

FILES_OPEN = 32
PACKING = 5  # zlib level: bilevel pages gain nothing from more


def give_up_rights(limits: Limits) -> None:
    """Memory, processor, file size and core dumps are capped by the kernel from here on."""
    caps = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: limits.written,
        resource.RLIMIT_NOFILE: FILES_OPEN,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in caps.items():
        _, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def kind_of(data: bytes) -> str | None:
    """The kind by its own first bytes, as its parser will want them."""
    if data.startswith(tiff.MAGIC):
        return "tiff"
    for magic, kind in picture.MAGIC.items():
        if data.startswith(magic):
            return kind
    return "pdf" if pdf.MAGIC in data[: pdf.MAGIC_WITHIN] else None


def sheets(data: bytes, kind: str | None, limits: Limits, notes: list[str]) -> Iterator[Sheet]:
    """The pages of `data`, by the parser of its kind."""
    match kind:
        case "tiff":
            return tiff.pages(data, limits)
        case "pdf":
            return pdf.pages(data, limits, notes)
        case "png" | "jpeg":
            return picture.pages(data, limits, kind)
    raise UnreadableError("not a TIFF, PDF, PNG or JPEG file")


def write_page(sheet: Sheet, kind: str | None) -> None:
    """One page to standard output: its header, then its pixels in true proportions, packed."""
    size = true_size(*sheet.picture.size, sheet.dpi)
    shown = sheet.picture if size == sheet.picture.size else sheet.picture.resize(size, Image.Resampling.NEAREST)
    bits = 1 if shown.mode == "1" else 8
    pixels = shown.tobytes()
    row = len(pixels) // size[1]
    packed = zlib.compress(b"".join(b"\0" + pixels[at : at + row] for at in range(0, len(pixels), row)), PACKING)
    header = {"kind": kind, "width": size[0], "height": size[1], "bits": bits, "dpi": sheet.dpi, "length": len(packed)}
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + packed)
    sys.stdout.buffer.flush()


def write_end(kind: str | None, trouble: str | None, notes: list[str]) -> None:
    """The last line: the child came to its own end."""
    sys.stdout.buffer.write(json.dumps({"kind": kind, "trouble": trouble, "notes": notes}).encode() + b"\n")
    sys.stdout.buffer.flush()


def main(limits: Limits) -> None:
    """Read the file, write its pages, say what stopped it."""
    data = sys.stdin.buffer.read()
    kind = kind_of(data)
    notes: list[str] = []
    read = 0
    try:
        for sheet in sheets(data, kind, limits, notes):
            write_page(sheet, kind)
            read += 1
    except UnreadableError as error:
        write_end(kind, str(error), notes)
    except MemoryError:
        write_end(kind, f"page {read + 1} needed more memory than it may have", notes)
    except Exception:  # parsers raise anything on hostile bytes (Pillow: TypeError on a cut TIFF); all is damage
        write_end(kind, f"damaged after page {read}" if read else "damaged: no page could be read", notes)
    else:
        write_end(kind, None, notes)


if __name__ == "__main__":
    allowed = Limits(**json.loads(sys.argv[1]))
    give_up_rights(allowed)
    Image.MAX_IMAGE_PIXELS = None  # sizes are checked against our own limit before anything is decoded
    main(allowed)
