"""The door to the typesetter: what every file claims to be, and attachments that come back as they went in."""

from datetime import UTC, datetime
from hashlib import shake_256
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.letter.invented import JAIL, LOG_RECEIPT, MADE_AT, NO_HOLD, a_letter, a_receipt, attached, text_of

from lodged.letter import Attachment, LetterError, TypesettingError, answer_letter, receipt_pdf, typeset
from lodged.letter.block import Heading, Paragraph, block_data
from lodged.letter.letterhead import letterhead

NOTE = Attachment("note.txt", "text/plain", b"plain words " * 40, "a note", "supplement", plain=True)


def a_page(text: str = "Nothing.") -> dict[str, object]:
    blocks = [block_data(Heading("A page", level=1)), block_data(Paragraph(text))]
    return {**letterhead(JAIL, "A page", "foot", ()), "date": "", "recipient": [""], "blocks": blocks}


@pytest.fixture(scope="module", params=["letter", "receipt"])
def opened(request: pytest.FixtureRequest) -> Any:
    made = {"letter": answer_letter(a_letter()), "receipt": receipt_pdf(a_receipt(), LOG_RECEIPT)}[request.param]
    with pikepdf.open(BytesIO(made)) as file:
        yield file


def test_a_file_claims_pdf_a_3a_and_pdf_ua_1(opened: pikepdf.Pdf) -> None:
    metadata = opened.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_a_file_can_be_listened_to(opened: pikepdf.Pdf) -> None:
    """Tagged, in a named language, with a title, one main heading, and header cells that say what they head."""
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en-US"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo.Title)
    parts = [part for part in opened.objects if isinstance(part, pikepdf.Dictionary) and part.get("/S") is not None]
    heads = [part for part in parts if part.S == "/TH"]
    assert sum(part.S == "/H1" for part in parts) == 1
    assert heads
    assert all(head.A[0].Scope == "/Column" for head in heads)


def test_attachments_are_named_as_pdf_a_3_asks(opened: pikepdf.Pdf) -> None:
    specs = list(opened.Root.AF)
    assert len(specs) == 1
    assert specs[0].AFRelationship == "/Data"
    assert str(specs[0].Desc)
    assert str(specs[0].UF) in opened.attachments
    assert specs[0].EF.F.Params.Size == len(specs[0].EF.F.read_bytes())


def test_the_page_is_dated_by_the_hour_handed_down() -> None:
    with pikepdf.open(BytesIO(typeset("letter.typ", a_page(), MADE_AT))) as file:
        assert str(file.docinfo.CreationDate) == "D:20261125141200Z"


def test_the_mark_of_the_first_page_is_spoken_and_not_only_printed() -> None:
    """A screen reader passes over headers and backgrounds (artifacts): on page 1 the mark stands outside them."""
    made = answer_letter(a_letter(acts=(NO_HOLD,) * 24, candidate=True, reviewer=None))
    with pikepdf.open(BytesIO(made)) as file:
        first, second = (_passed_over(file.pages[number]) for number in (0, 1))
    assert first < second


def _passed_over(page: pikepdf.Page) -> int:
    """How many pieces of text on the page stand within artifacts."""
    within: list[bool] = []
    found = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                within.append(str(operands[0]) == "/Artifact")
            case "EMC":
                within.pop()
            case "Tj" | "TJ":
                found += any(within)
    return found


@settings(max_examples=15, deadline=None)
@given(st.binary(min_size=1, max_size=3000), st.booleans())
def test_an_attachment_comes_back_as_it_went_in(data: bytes, plain: bool) -> None:
    data = b"a line that stands nowhere else\n" + data
    made = typeset(
        "letter.typ", a_page(), MADE_AT, [Attachment("a.bin", "application/octet-stream", data, "it", "data", plain)]
    )
    assert attached(made) == {"a.bin": data}
    if plain:
        assert made.count(data) == 1


def test_plain_and_packed_attachments_stand_side_by_side() -> None:
    packed = Attachment("packed.txt", "text/plain", b"packed words " * 40, "packed", "source")
    made = typeset("letter.typ", a_page(), MADE_AT, [packed, NOTE])
    assert attached(made) == {"note.txt": NOTE.data, "packed.txt": packed.data}
    assert made.count(NOTE.data) == 1
    assert packed.data not in made


def test_a_large_attachment_is_carried() -> None:
    data = shake_256(b"bytes that no packer can shorten").digest(200_000)
    made = typeset("letter.typ", a_page(), MADE_AT, [Attachment("big", "application/pdf", data, "it", "source", True)])
    assert made.count(data) == 1
    assert attached(made) == {"big": data}


def test_plain_bytes_that_also_stand_elsewhere_are_refused() -> None:
    with pytest.raises(TypesettingError, match="instead of once"):
        typeset("letter.typ", a_page(), MADE_AT, [Attachment("a", "text/plain", b"endobj", "it", "data", plain=True)])


def test_two_attachments_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        typeset("letter.typ", a_page(), MADE_AT, [NOTE, NOTE])


@pytest.mark.parametrize("empty", ["name", "mime", "data", "description"])
def test_an_attachment_that_says_nothing_is_refused(empty: str) -> None:
    values: dict[str, Any] = {
        "name": "a",
        "mime": "text/plain",
        "data": b"a",
        "description": "a",
        "relationship": "data",
    }
    with pytest.raises(ValueError, match="needs a name"):
        Attachment(**{**values, empty: b"" if empty == "data" else ""})


def test_an_attachment_of_an_unknown_relationship_is_refused() -> None:
    with pytest.raises(ValueError, match="`cousin` is not one of"):
        Attachment("a", "text/plain", b"a", "a", "cousin")


def test_a_page_that_cannot_be_set_is_an_error_of_the_letters_own() -> None:
    with pytest.raises(LetterError, match=r"`letter\.typ` could not be set"):
        typeset("letter.typ", {}, MADE_AT)


def test_an_hour_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        typeset("letter.typ", a_page(), datetime(2026, 11, 25))


def test_fractions_of_a_second_do_not_change_a_file() -> None:
    hour = datetime(2026, 11, 25, tzinfo=UTC)
    assert typeset("letter.typ", a_page(), hour) == typeset("letter.typ", a_page(), hour.replace(microsecond=5))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_no_text_keeps_a_letter_from_being_set(text: str) -> None:
    assert typeset("letter.typ", a_page(text), MADE_AT).startswith(b"%PDF-1.7")


def test_text_is_never_read_as_markup() -> None:
    assert '#panic("x") *a* $b$ \\ ]' in text_of(typeset("letter.typ", a_page('#panic("x") *a* $b$ \\ ]'), MADE_AT))
