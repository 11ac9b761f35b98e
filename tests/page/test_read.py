"""Reading real pages: what is on them, and what must not be read into them."""

import io
import json
from functools import cache

import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.page import files

from lodged.page import ReadPage, group, open_document
from lodged.page.read import read_pages
from lodged.page.score import Score, hold_against, true_pages

TRUTH = {f"{page.file}": page for page in true_pages(json.loads((files.PAGES / "truth.json").read_text()))}
SENT = sorted(path.name for path in files.PAGES.glob("*.tif"))


@cache
def sample(name: str) -> tuple[ReadPage, ...]:
    return read_pages(open_document((files.SAMPLES / f"{name}.tif").read_bytes()).pages)


@cache
def scores() -> dict[str, Score]:
    """A score for each quality and writing of the copied pages."""
    made: dict[str, Score] = {}
    for name in SENT:
        (page,) = read_pages(open_document((files.PAGES / name).read_bytes()).pages)
        hold_against(TRUTH[name], page, made.setdefault(TRUTH[name].group, Score()))
    return made


def read_picture(picture: Image.Image) -> ReadPage:
    (page,) = read_pages(open_document(files.encoded(picture, "PNG", dpi=(204, 204))).pages)
    return page


def shown(frame: int = 0) -> Image.Image:
    """The sample detainer as shown, in grey."""
    return files.detainer_picture(frame).convert("L").resize((1728, 2244))


def test_every_copied_page_is_scored_as_the_form_it_is() -> None:
    assert len(SENT) == 8
    for group_name, score in scores().items():
        assert score.right["form"] == score.of["form"], group_name


@pytest.mark.parametrize(
    ("quality", "least"), [("L1 typed", 0.97), ("L2 typed", 0.95), ("L3 typed", 0.85), ("L2 hand", 0.6)]
)
def test_fields_are_read(quality: str, least: float) -> None:
    score = scores()[quality]
    assert score.of["fields"] >= 8
    assert score.right["fields"] >= least * score.of["fields"], score.mistakes


def test_every_box_is_read_and_nothing_is_read_into_empty_fields() -> None:
    for score in scores().values():
        assert score.right["boxes"] == score.of["boxes"]
        assert score.right["empty fields"] == score.of["empty fields"]


def test_little_doubt_is_deserved() -> None:
    right = sum(score.right["fields of little doubt"] for score in scores().values())
    of = sum(score.of["fields of little doubt"] for score in scores().values())
    assert of > 40
    assert right >= 0.96 * of


def test_a_detainer_and_its_warrant_say_who_is_meant() -> None:
    detainer, warrant = sample("detainer-with-warrant")
    assert (detainer.form, detainer.edition, warrant.form, warrant.edition) == ("i-247a", "3/17", "i-200", "09/16")
    for page in (detainer, warrant):
        assert page.fields["name"].value == "MERINO-PEREZ, MARCO ANTONIO"
        assert page.fields["file_no"].value == "A053 740 075"
    assert detainer.fields["dob"].value == "11/24/1962"
    assert [name for name, box in detainer.boxes.items() if box.value] == ["b1b", "b1d"]


def test_who_signed_is_told_by_ink() -> None:
    detainer, warrant = sample("detainer-with-warrant")
    assert {name: box.value for name, box in detainer.signatures.items()} == {
        "officer_signature": True,
        "agency_signature": False,
    }
    assert {name: box.value for name, box in warrant.signatures.items()} == {
        "officer_signature": True,
        "certificate_signature": False,
    }


def test_a_field_shows_where_on_the_page_it_was_read() -> None:
    left, top, width, height = sample("detainer-with-warrant")[0].fields["name"].box
    assert 260 < left < 310
    assert 380 < top < 430
    assert 400 < width < 500
    assert 15 < height < 45


def test_of_a_page_that_broke_off_the_rest_is_not_known_rather_than_no() -> None:
    _, head = sample("line-dropped")
    assert (head.form, head.fields["file_no"].value) == ("i-200", "A241 257 786")
    assert {box.value for box in [*head.boxes.values(), *head.signatures.values()]} == {None}
    assert (head.fields["officer"].value, head.fields["officer"].doubt) == ("", 1.0)


def test_a_letter_is_no_form_and_its_lines_are_read() -> None:
    (letter,) = sample("letter")
    assert (letter.form, letter.fields, letter.hint) == (None, {}, "letter")
    assert "Larkspur Legal Aid Society" in (letter.text or "")
    assert "interpreter needs a separate pass" in (letter.text or "")


def test_calls_become_papers() -> None:
    cover, people, subpoena = (
        group(sample(name)) for name in ("cover-and-detainer", "two-people", "subpoena-with-schedule")
    )
    assert [(paper.form, paper.cover, paper.pages) for paper in cover] == [("i-247a", (1,), (1, 2))]
    assert [paper.fields["name"].value for paper in people] == ["PINILLA-LEAL, AZENETH", "ESTRADA HINOJOSA, CARIDAD"]
    assert [(paper.form, paper.pages, paper.attachments[0].hint) for paper in subpoena] == [
        ("i-138", (1, 2), "schedule")
    ]


def test_a_blank_page_is_no_form_and_has_no_text() -> None:
    page = read_picture(Image.new("L", (1728, 2244), 255))
    assert (page.form, page.text) == (None, "")


@pytest.mark.parametrize("turned", [90, 180])
def test_a_page_fed_in_wrongly_is_read_all_the_same(turned: int) -> None:
    page = read_picture(shown().rotate(-turned, expand=True))
    assert (page.form, page.turned) == ("i-247a", turned)
    assert page.fields["file_no"].value == "A053 740 075"
    assert page.boxes["b1b"].value
    assert not page.boxes["b1a"].value


def test_a_mirrored_page_is_no_form() -> None:
    assert read_picture(shown().transpose(Image.Transpose.FLIP_LEFT_RIGHT)).form is None


def test_a_scan_at_another_resolution_is_read() -> None:
    picture = shown().resize((1275, 1650))
    (page,) = read_pages(open_document(files.encoded(picture, "JPEG", quality=60)).pages)
    assert (page.form, page.fields["dob"].value) == ("i-247a", "11/24/1962")


def test_another_edition_of_a_known_form_is_refused_and_named() -> None:
    picture = shown()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 2150, 500, 2235), fill=255)
    draw.text((100, 2182), "DHS Form I-247A (12/26)", fill=0, font=ImageFont.load_default(26))
    page = read_picture(picture)
    assert (page.form, page.resembles) == (None, "i-247a")
    assert page.text


def test_progress_is_told_after_each_page() -> None:
    told: list[tuple[int, int]] = []
    pages = open_document(files.encoded(Image.new("1", (600, 800), 1), "PNG")).pages
    read_pages(pages, lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]


def test_the_picture_shown_is_the_one_the_boxes_lie_on() -> None:
    raster = open_document(files.DETAINER.read_bytes()).pages[0]
    with Image.open(io.BytesIO(raster.png)) as image:
        assert image.size == (raster.width, raster.height)
        left, top, width, height = sample("detainer-with-warrant")[0].fields["dob"].box
        assert image.convert("L").crop((left, top, left + width, top + height)).getextrema() == (0, 255)
