"""Rows of the fax server's activity log, of every kind and version, whole and broken."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.fax.calls import KINDS, number_called, read_rows, seconds

RECV = (
    '11/24/26 03:32\tRECV\t000003120\tttyS1\trecvq/fax000003120.tif\t""\tfax\t"+1.512.555.0199"\t"ERO FIELD 5125550100"'
    '\t2220073\t2\t0:00:55\t0:00:55\t""\t"ERO FIELD"\t"15125550100"\t"<NONE>::15125550199"\t""\t"00 46 1F 22"'
)


def row(kind: str, fields: int, pages: str = "1") -> str:
    cells = ["11/24/26 03:32", kind, "000000007", "ttyS0", "412", '""', "desk@x", '"15125550199"', '"CITY"', "1", pages]
    cells += ["0:01:00", "0:00:57", '"reason"', '"name"', '"number"', '""', '"desk"', '"00 46"', '"1/1/1"']
    return "\t".join(cells[:fields])


def test_a_row_of_a_received_document_is_read_whole() -> None:
    (read,) = read_rows(RECV, "xferfaxlog").rows
    assert (read.kind, read.commid, read.file, read.pages, read.line_s) == (
        "RECV",
        "000003120",
        "recvq/fax000003120.tif",
        2,
        55,
    )
    assert read.at == datetime(2026, 11, 24, 3, 32)
    assert read.call_ids == ("ERO FIELD", "15125550100", "", "15125550199")
    assert (read.number, read.remote_id, read.dcs, read.reason) == (
        "+1.512.555.0199",
        "ERO FIELD 5125550100",
        "00 46 1F 22",
        "",
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("fields", [14, 16, 17, 18, 19, 20])
def test_every_kind_of_row_is_read_in_every_version_of_the_log(kind: str, fields: int) -> None:
    read = read_rows(row(kind, fields), "xferfaxlog")
    assert not read.problems
    assert (read.rows[0].kind, read.rows[0].reason, read.rows[0].line_s) == (kind, "reason", 57)


def test_a_file_is_named_only_by_rows_of_calls_that_came_in() -> None:
    assert read_rows(row("SEND", 19), "x").rows[0].file == ""
    assert read_rows(row("RECV", 19), "x").rows[0].file == "412"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (RECV[:90], "breaks off after"),
        (RECV.replace("11/24/26", "31/31/26"), "is not a time"),
        (RECV.replace("RECV", "FOUND"), "is not a kind of row"),
        (RECV.replace("\t2\t0:", "\ttwo\t0:"), "is not a number of pages"),
        ("\x00garbage", "is not a time"),
    ],
)
def test_a_damaged_row_is_a_problem_with_its_line_and_the_others_are_read(line: str, what: str) -> None:
    read = read_rows(f"{RECV}\n{line}\n{row('SEND', 19)}\n", "xferfaxlog")
    assert len(read.rows) == 2
    assert [(problem.where, what in problem.what) for problem in read.problems] == [("xferfaxlog, line 2", True)]


def test_a_log_that_was_read_twice_or_backwards_tells_the_same() -> None:
    lines = [RECV, row("CALL", 19), row("SEND", 19)]
    assert read_rows("\n".join(lines + lines), "x").rows == read_rows("\n".join(reversed(lines)), "x").rows


@given(st.text(max_size=300))
def test_nothing_that_stands_in_a_log_raises(text: str) -> None:
    read = read_rows(text, "x")
    assert len(read.rows) + len(read.problems) >= bool(text.strip("\0 \t\r\n"))


def test_the_number_rung_is_the_last_call_id_that_is_one() -> None:
    assert number_called(("ERO", "15125550100", "", "15125550198")) == "15125550198"
    assert number_called(("ERO", "15125550100")) is None


def test_durations_with_hours_and_without() -> None:
    assert [seconds(text) for text in ("1:00:05", "12:34", "", "x:yz")] == [3605, 754, None, None]
