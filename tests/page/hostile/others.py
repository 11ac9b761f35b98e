"""Files that are no document, files that are two things at once, and real ones with bytes changed."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from PIL import Image
from tests.page import files
from tests.page.hostile import pdfs

Case = tuple[str, bytes]
COPIED = Path(__file__).parent / "copied"
MUTATIONS = 6  # of each real file


def all_others() -> Iterator[Case]:
    """Every one, with its name."""
    yield from strangers()
    yield from two_at_once()
    yield from copied()
    yield from mutated()


def strangers() -> Iterator[Case]:
    """What is no document at all."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", bytes(50_000_000))
    yield "a packed bomb", packed.getvalue()
    yield "an office document", packed.getvalue().replace(b"a.pdf", b"w.xml")
    yield "gzip", gzip.compress(bytes(10_000_000))
    yield "one byte", b"\0"
    yield "a megabyte of nothing", bytes(1_000_000)
    yield "a megabyte of ones", b"\xff" * 1_000_000
    for name, head in {
        "a program of Windows": b"MZ\x90\0",
        "a program of Linux": b"\x7fELF\x02\x01\x01",
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "a page of the web": b"<!doctype html><script>alert(1)</script>",
        "a drawing with a script": b"<svg onload='alert(1)'/>",
        "entities without end": b'<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&b;&b;">]><a>&b;</a>',
        "PostScript": b"%!PS-Adobe-3.0\n(%pipe%id) (r) file\n",
        "GIF": b"GIF89a\xff\xff\xff\xff\0\0\0",
        "BMP": b"BM\xff\xff\xff\x7f",
        "WebP": b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
        "an icon": b"\0\0\1\0\xff\xff",
        "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n",
        "JBIG2": b"\x97JB2\r\n\x1a\n",
        "a photograph of a telephone": b"\0\0\0\x18ftypheic",
        "rich text": b"{\\rtf1\\object\\objdata 0105}",
        "an old office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a message": b"From: a@x.example\nContent-Type: multipart/mixed\n\n",
        "a printer's language": b"\x1b%-12345X@PJL FSDOWNLOAD",
        "text of two bytes a letter": "Dear Sheriff".encode("utf-16"),
        "the head of a PDF and no more": b"%PDF-",
        "the head of a PNG and no more": b"\x89PNG\r\n\x1a\n",
    }.items():  # fmt: skip
        yield name, head + bytes(range(256)) * 4
    for bytes_before in (1_019, 1_023, 1_024, 1_030):
        yield f"a PDF after {bytes_before} bytes", bytes(bytes_before) + pdfs.written({})
    for number in range(6):
        yield f"noise {number}", noise(number, 4_000)


def two_at_once() -> Iterator[Case]:
    """Files that two programs take for two different things."""
    pdf, fax = pdfs.written({}), files.DETAINER.read_bytes()
    small = files.encoded(Image.new("L", (64, 64), 200), "PNG"), files.encoded(Image.new("L", (64, 64), 200), "JPEG")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.exe", "MZ")
    yield "a page of the web and a PDF", b"<html><script>alert(1)</script><!--" + pdf
    yield "a PDF and an archive", pdf + packed.getvalue()
    yield "a fax and a PDF", fax + pdf
    yield "a PDF and a fax", pdf + fax
    yield "a PNG and a PDF", small[0] + pdf
    yield "a JPEG and an archive", small[1] + packed.getvalue()
    yield (
        "a JPEG and a PDF in its comment",
        small[1][:2] + b"\xff\xfe" + (len(pdf) + 2).to_bytes(2, "big") + pdf + small[1][2:],
    )
    yield "a program and a PDF", b"MZ" + bytes(500) + pdf
    yield "two PDFs", pdf + pdf
    yield "a PDF that begins like a fax", b"II*\0" + pdf
    yield "a PDF that begins like a JPEG", b"\xff\xd8\xff\xe0" + pdf


def copied() -> Iterator[Case]:
    """Broken and odd files of other projects' tests; `copied/README.md` says whose."""
    for path in sorted(COPIED.iterdir()):
        if path.suffix != ".md" and path.name != "LICENSES":
            yield f"copied: {path.name}", path.read_bytes()


def mutated() -> Iterator[Case]:
    """Real files with bytes overwritten, cut out, doubled, emptied: by a rule, so that each run has the same."""
    real = {
        "fax": files.DETAINER.read_bytes(),
        "PDF of a fax": files.encoded(files.detainer_picture(), "PDF", resolution=204),
        "PDF with a script": files.pdf(files.with_script_and_attachment),
        "PNG": files.encoded(files.detainer_picture(), "PNG"),
        "JPEG": files.encoded(files.detainer_picture().convert("L"), "JPEG"),
    }
    for name, data in real.items():
        for number in range(MUTATIONS):
            yield f"{name}, change {number}", changed(data, number)


def changed(data: bytes, number: int) -> bytes:
    """The bytes with some twenty changes that follow from `number` alone."""
    made = bytearray(data)
    chance = noise(number, 400)
    for at in range(0, 240, 12):
        where = int.from_bytes(chance[at : at + 4], "big") % len(made)
        if at < 48:
            where %= 600  # where the structure of most files lies
        match chance[at + 4] % 4:
            case 0:
                made[where] = chance[at + 5]
            case 1:
                del made[where : where + chance[at + 5] % 16]
            case 2:
                made[where:where] = made[where : where + chance[at + 5]]
            case _:
                made[where : where + 8] = bytes(8) if chance[at + 5] % 2 else b"\xff" * 8
    return bytes(made)


def noise(number: int, length: int) -> bytes:
    """Bytes that follow from `number` alone."""
    blocks = (sha256(f"{number} {block}".encode()).digest() for block in range(length // 32 + 1))
    return b"".join(blocks)[:length]
