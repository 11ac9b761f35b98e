"""A claim from its bytes to its finding, with the sender's clock learnt from the pages that it sent."""

import io
from datetime import UTC, timedelta
from hashlib import sha256

import pytest
from PIL import Image
from tests.dispute.invented import HOUR, NUMBERS, REAL, STATION, sheet

from lodged.dispute import Banner, Outcome, Printed, Records, Result, read_banner, records
from lodged.dispute.banner import in_pieces
from lodged.dispute.hear import hear, learn, read_claim
from lodged.fax import read_spool
from lodged.page.pieces import Piece
from lodged.problem import ProblemsError

FILES = {sha256(path.read_bytes()).hexdigest(): path for path in (REAL / "spool" / "recvq").glob("*.tif")}


@pytest.fixture(scope="module")
def ours() -> Records:
    return records([read_spool(REAL / "spool")], NUMBERS)


def bytes_of(digest: str) -> bytes | None:
    return FILES[digest].read_bytes() if digest in FILES else None


def test_the_banner_tells_the_sender_s_hour_and_count() -> None:
    banner = read_banner((REAL / "spool" / "recvq" / "fax000003120.tif").read_bytes())
    assert banner is not None
    assert banner.at is not None
    assert (banner.at.at.isoformat(), banner.page, banner.of) == ("2026-11-24T03:32:30", 1, 2)


@pytest.mark.parametrize(
    ("text", "page", "of"),
    [
        ("11/24/2026 03:32 FROM ERO P. 1/2", 1, 2),
        ("Nov 24 2026 3:32PM ERO 001/003", 1, 3),
        ("24.11.2026 03:32 ERO Page 2 of 4", 2, 4),
    ],
)
def test_banners_of_other_makes_are_read(text: str, page: int, of: int) -> None:
    banner = in_pieces([Piece(text, (0, 5, 800, 10), 0.0, None), Piece("NAME OF A PERSON", (0, 40, 90, 10), 0.0, None)])
    assert banner is not None
    assert (banner.page, banner.of) == (page, of)


def test_a_page_without_a_banner_has_none() -> None:
    assert in_pieces([Piece("DEPARTMENT OF HOMELAND SECURITY", (0, 5, 800, 10), 0.0, None)]) is None
    assert read_banner(b"no page") is None


def test_a_scanned_sheet_comes_to_its_finding_with_the_clock_learnt(ours: Records) -> None:
    heard = hear(read_claim((REAL / "sheets" / "X3.tif").read_bytes(), "X3"), ours, bytes_of)
    assert (heard.finding.outcome, heard.finding.clock_offset_s) == (Outcome.ORPHANED, 0)
    assert heard.learnt_s is not None
    assert abs(heard.learnt_s) < 2


def test_a_sheet_whose_hour_was_changed_is_found_by_the_page_we_hold(ours: Records) -> None:
    real = Printed(HOUR.replace(hour=2, minute=32, second=30), 1)
    heard = hear(sheet(at=real.at, station=STATION), ours, bytes_of)
    assert heard.finding.outcome is Outcome.ALTERED
    assert "the sender's own line" in heard.finding.contradictions[0]


def test_a_clock_is_learnt_only_from_two_pages_that_agree(ours: Records) -> None:
    first, second = ours.calls[0], ours.calls[1]
    banners = {}
    for call, ahead in ((first, 100), (second, 130)):
        assert call.started is not None
        at = call.started.astimezone(UTC).replace(tzinfo=None, microsecond=0) + timedelta(seconds=ahead)
        banners[call.files[0].sha256] = Banner(Printed(at, 1), 1, 2)
    assert learn([first], banners, ours) is None
    learnt = learn([first, second], banners, ours)
    assert learnt is not None
    assert 110 < learnt < 120


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_opened_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ProblemsError):
        read_claim(data, "x")


@pytest.mark.parametrize("how", ["as a PDF", "askew", "upside down", "on its side", "torn above", "torn below"])
def test_a_sheet_is_read_however_it_was_laid_on_the_glass(how: str) -> None:
    with Image.open(REAL / "sheets" / "A.tif") as scan:
        page = scan.convert("L").resize((1700, 2200))
    kind = "PDF" if how == "as a PDF" else "PNG"
    page = {
        "as a PDF": page,
        "askew": page.rotate(1.3, fillcolor=255),
        "upside down": page.rotate(180),
        "on its side": page.rotate(90, expand=True),
        "torn above": page.crop((0, 400, 1700, 2200)),
        "torn below": page.crop((0, 0, 1700, 900)),
    }[how]
    out = io.BytesIO()
    page.save(out, kind, resolution=200) if kind == "PDF" else page.save(out, kind, dpi=(200, 200))
    read = read_claim(out.getvalue(), how)
    assert read.started is not None
    assert (read.dialled, read.pages, read.result) == ("+15125550199", 2, Result.OK)
    assert read.started.at.isoformat() == "2026-11-24T03:32:30"
    assert (read.printed is None) == (how == "torn above")
