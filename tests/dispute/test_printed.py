"""Sheets as printed: real scans of three layouts, layouts made to order, and papers that are no sheets."""

import json
from pathlib import Path

import pytest
from tests.dispute.invented import REAL

from lodged.dispute import Result, Sheet
from lodged.dispute.hear import read_claim
from lodged.dispute.printed import read_sheet, texts
from lodged.page.pieces import Piece

PAGES = Path(__file__).parents[1] / "page" / "pages"


def lines(*written: str) -> list[Piece]:
    """Lines of print; two spaces or more begin another piece."""
    found = []
    for row, line in enumerate(written):
        at = 0
        for part in line.split("  "):
            if part.strip():
                lead = len(part) - len(part.lstrip())
                found.append(Piece(part.strip(), (8 * (at + lead), 24 * row, 8 * len(part.strip()), 12), 0.0, None))
            at += len(part) + 2
    return found


@pytest.mark.parametrize("case", ["A", "B", "X3", "X4", "X5", "X6"])
def test_a_scan_of_a_sheet_is_read_as_it_was_printed(case: str) -> None:
    truth = json.loads((REAL / "sheets" / f"{case}.json").read_text())["typed"]
    read = read_claim((REAL / "sheets" / f"{case}.tif").read_bytes(), case)
    assert read.started is not None
    assert read.printed is not None
    told = {
        "started": read.started.at.isoformat(),
        "printed_at": read.printed.at.isoformat()[:16],
        "dialled": read.dialled,
        "pages": read.pages,
        "pages_in_document": read.pages_in_document,
        "result": read.result.value,
        "duration_s": read.duration_s,
        "remote_id": read.remote_id or None,
        "station_id": read.station_id,
        "error": read.error or None,
    }
    assert told == {name: truth[name] for name in told}


def test_no_name_or_number_of_a_person_on_the_picture_below_enters_the_claim() -> None:
    read = read_claim((REAL / "sheets" / "X4.tif").read_bytes(), "X4")
    said = json.dumps(read.record()) + repr(read)
    assert not [word for word in ("VIDAL", "A241", "BRAZIL", "MACKENZIE", "1973") if word in said]


def test_a_table_of_other_headings_is_read() -> None:
    read = read_sheet(
        lines(
            "SENDING REPORT",
            "",
            "No   START TIME        DESTINATION      PGS   TX TIME   STATUS",
            "7    11/24/26 15:30:20  512 555 0199     03    00'57     SENT",
        )
    )
    assert (read.dialled, read.pages, read.result) == ("+15125550199", 3, Result.OK)


def test_labels_with_colons_in_two_columns_are_read() -> None:
    read = read_sheet(
        lines(
            "FAX TRANSMISSION CONFIRMATION",
            "Date: 11/24/2026    Time: 3:30 PM",
            "To: (512) 555-0199    Pages sent: 2 of 3",
            "Duration: 1:05    Result: Incomplete",
            "Error: line dropped",
        )
    )
    assert read.started is not None
    assert (read.started.at.isoformat(), read.dialled) == ("2026-11-24T15:30:00", "+15125550199")
    assert (read.pages, read.pages_in_document, read.duration_s, read.result) == (2, 3, 65, Result.FAILED)
    assert read.error == "line dropped"


def test_a_machine_that_prints_no_year_borrows_one_and_says_so() -> None:
    paper = lines(
        "*** TX REPORT ***",
        "TRANSMISSION OK",
        "TX/RX NO            3123",
        "RECIPIENT ADDRESS   15125550199",
        "DESTINATION ID",
        "ST. TIME            11/24 15:30",
        "TIME USE            00'57",
        "PAGES SENT          2",
        "RESULT              OK",
    )
    read = read_sheet(paper, 2026)
    assert read.started is not None
    assert (read.started.at.isoformat(), read.dialled, read.duration_s) == ("2026-11-24T15:30:00", "+15125550199", 57)
    assert (read.pages, read.result, read.problems) == (2, Result.OK, ("the sheet tells no year: 2026 was taken",))
    assert read_sheet(paper).started is None


def test_a_row_of_a_transaction_report_is_read() -> None:
    read = read_sheet(
        lines(
            "TRANSACTION REPORT                          P. 01",
            "                        NOV-24-2026 TUE 03:33 PM",
            "  DATE      START T.    RECEIVER      COM.TIME   PAGE   TYPE/NOTE",
            "  NOV-24    03:32 PM    5125550199    0:00:57    2      OK",
        )
    )
    assert read.started is not None
    assert (read.started.at.isoformat(), read.dialled) == ("2026-11-24T15:32:00", "+15125550199")
    assert (read.duration_s, read.pages, read.result) == (57, 2, Result.OK)


@pytest.mark.parametrize(
    ("written", "length"),
    [("00:00:57", 57), ("1:05", 65), ("00'57", 57), ("01'05\"", 65), ("0m57s", 57), ("57 sec", 57), ("-", None)],
)
def test_durations_as_makers_write_them(written: str, length: int | None) -> None:
    read = read_sheet(
        lines("FAX REPORT", "FAX NO: 5125550199", "START TIME: 11/24/2026 15:30", f"DURATION: {written}", "RESULT: OK")
    )
    assert read.duration_s == length


def test_a_torn_sheet_is_a_sheet_and_says_what_is_missing() -> None:
    read = read_sheet(
        lines("TRANSMISSION VERIFICATION REPORT", "DATE,TIME  11/24/2026 15:30:20", "FAX NO./NAME  15125550199")
    )
    assert read.is_sheet
    assert read.missing == ("pages", "result")


@pytest.mark.parametrize(
    "paper",
    [
        [],
        ["Dear Sheriff,", "please hold this person.", "Date: 11/24/2026", "Sincerely"],
        [
            "FAX COVER SHEET",
            "To: Alder County Jail",
            "Fax: 512 555 0199",
            "Date: 11/24/2026",
            "Pages: 3",
            "From: Field Desk",
        ],
    ],
)
def test_letters_covers_and_empty_pages_are_no_sheets(paper: list[str]) -> None:
    assert not read_sheet(lines(*paper)).is_sheet


def test_forms_are_no_sheets() -> None:
    form = sorted(path for path in PAGES.glob("*") if path.suffix in (".tif", ".png"))[0]
    assert not read_claim(form.read_bytes(), "form").is_sheet


def test_pieces_on_a_paper_that_lies_askew_stay_on_their_lines() -> None:
    askew = [
        Piece("RESULT", (0, 100, 50, 12), 0, None),
        Piece("OK", (300, 104, 20, 12), 0, None),
        Piece("MODE", (0, 124, 40, 12), 0, None),
    ]
    assert texts(askew) == ["RESULT OK", "MODE"]


def test_a_sheet_without_any_doubt_shows_none() -> None:
    assert Sheet("typed").record()["doubts"] == {}
