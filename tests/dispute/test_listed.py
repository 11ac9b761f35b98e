"""A sender's list heard at once: every row answered, counted or named."""

import csv
import io
from datetime import timedelta

import pytest
from tests.dispute.invented import HOUR, NUMBERS, PUBLISHED, file, rows, spool, trace, watched

from lodged.dispute import Outcome, records
from lodged.dispute.listed import exported, hear_list, looks_like_list, read_list, totals
from lodged.problem import ProblemsError

HEAD = "Ref,Fax Number,Date/Time,Pages,Result\n"


def line(reference: str, minutes: float, pages: int = 2, result: str = "OK", number: str = PUBLISHED) -> str:
    return f"{reference},{number},{(HOUR + timedelta(minutes=minutes)).isoformat()},{pages},{result}\n"


def many(count: int) -> tuple[str, object]:
    """A list of so many sendings ten minutes apart, of which every third never came."""
    text, kept = HEAD, []
    for place in range(count):
        text += line(f"R{place}", 10 * place)
        if place % 3:
            kept.append(place)
    told = [row for place in kept for row in rows(f"{place:09}", at=HOUR + timedelta(minutes=10 * place))]
    files = [file(f"{place:09}", at=HOUR + timedelta(minutes=10 * place)) for place in kept]
    return text, spool(told, [], files)


def test_198_rows_get_198_findings_and_the_counts_add_up() -> None:
    text, held = many(198)
    ruled = hear_list(read_list(text, "list.csv"), records([held], NUMBERS))  # type: ignore[list-item]
    counts = totals(ruled)
    assert (counts["rows"], counts["read"], counts["agreed"], counts["disputed"]) == (198, 198, 132, 66)
    assert counts["outcomes"] == {"delivered and filed": 132, "cannot say": 66}


def test_each_call_answers_one_row_and_the_same_claim_again_is_a_retry() -> None:
    held = watched(spool(rows(), [trace()], [file()]))
    ruled = hear_list(read_list(HEAD + line("a", 0.5) + line("b", 0) + line("c", 0), "x"), held)
    outcomes = [one.finding.outcome for one in ruled if one.finding]
    assert outcomes.count(Outcome.FILED) == 1
    assert outcomes.count(Outcome.DUPLICATE) == 2
    assert ruled[1].finding is not None
    assert ruled[1].finding.outcome is Outcome.FILED


def test_bad_rows_are_counted_and_named_and_stand_among_the_disputed() -> None:
    text = (
        HEAD
        + line("a", 0)
        + "b,12,2026-11-24T10:00,1,OK\nc,"
        + PUBLISHED
        + ",soon,1,OK\nd,"
        + PUBLISHED
        + ",2026-11-24T10:00,x,OK\n"
        + "e,1,2,3,4,5,6\n\n"
    )
    ruled = hear_list(read_list(text, "list.csv"), watched(spool(rows(), [trace()], [file()])))
    assert totals(ruled)["unreadable"] == 4
    problems = [one.listed.problem for one in ruled if one.listed.problem]
    assert [problem.where for problem in problems] == [f"list.csv, row {row}" for row in (3, 4, 5, 6)]
    disputed = list(csv.DictReader(io.StringIO(exported(ruled, agreed=False))))
    assert [row["outcome"] for row in disputed] == ["not read"] * 4
    assert [row["reference"] for row in csv.DictReader(io.StringIO(exported(ruled, agreed=True)))] == ["a"]


@pytest.mark.parametrize(
    "head",
    [
        "number,time,pages,result,reference",
        "Destination;Sent;Pages;Status;Job",
        "Ref\tDialed Number\tDate\tTime\tPgs\tOutcome",
    ],
)
def test_columns_are_known_by_the_words_in_their_headings(head: str) -> None:
    assert looks_like_list(head)


@pytest.mark.parametrize(
    "text", ['{"dialled": "512 555 0199", "started": "2026-11-24T03:32", "pages": 2}', "%PDF-1.7 to,time", ""]
)
def test_a_claim_typed_in_is_no_list(text: str) -> None:
    assert not looks_like_list(text)


def test_columns_about_people_are_left_out_and_named() -> None:
    read = read_list(
        "Alien Name,A-Number,DOB,Fax,Sent,Pages\nSOMEBODY,A000,1/1/80,5125550199,11/24/2026 03:32,2\n", "x"
    )
    assert read.left_out == ("Alien Name", "A-Number", "DOB")
    assert "SOMEBODY" not in repr(read.rows)


def test_a_day_and_an_hour_in_two_columns_are_one_time() -> None:
    (row,) = read_list("Number,Date,Time\n5125550199,11/24/2026,03:32 PM\n", "x").rows
    assert row.sheet is not None
    assert row.sheet.started is not None
    assert row.sheet.started.at.isoformat() == "2026-11-24T15:32:00"


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", HEAD])
def test_what_is_no_list_is_refused_in_words(text: str) -> None:
    with pytest.raises(ProblemsError):
        read_list(text, "x")


def test_no_cell_of_an_export_is_a_formula() -> None:
    text = HEAD + line("=HYPERLINK(1)", 0)
    ruled = hear_list(read_list(text, "x"), watched(spool(rows(), [trace()], [file()])))
    assert "'=HYPERLINK" in exported(ruled, agreed=True)
