"""A custodian's list, read with every doubt reported."""

from datetime import date
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.person.roster import COLUMNS, read_roster
from lodged.problem import ProblemsError

HEADER = ",".join(COLUMNS)
LINE = "J26-1,MUÑOZ GRAS,FLORENCIA,,1962-03-08,F,A082 297 245,12AB,S1,2026-11-20T08:00:00-05:00,11/19/2026,"


def read(*lines: str, encoding: str = "utf-8", newline: str = "\n"):
    return read_roster(newline.join(lines).encode(encoding), "jail.csv")


def test_a_line_becomes_a_person_and_an_empty_cell_is_not_known():
    (person,) = read(HEADER, LINE).people
    assert (person.booking_no, person.last, person.first, person.middle) == ("J26-1", "MUÑOZ GRAS", "FLORENCIA", None)
    assert (person.dob, person.sex, person.a_number, person.fbi) == (date(1962, 3, 8), "F", "082297245", "12AB")
    assert person.booked_at.isoformat() == "2026-11-20T08:00:00-05:00"
    assert (person.arrested_on, person.released_at) == (date(2026, 11, 19), None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_ways_offices_save_their_files_are_understood(encoding, newline):
    roster = read(HEADER, LINE, "", encoding=encoding, newline=newline)
    assert [person.last for person in roster.people] == ["MUÑOZ GRAS"]
    assert roster.problems == ()


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_any_usual_delimiter_is_understood(delimiter):
    roster = read(HEADER.replace(",", delimiter), LINE.replace(",", delimiter))
    assert roster.people == read(HEADER, LINE).people


def test_quoted_cells_may_hold_the_delimiter_and_a_line_break():
    roster = read("booking_no,last,first", '"J26-1","RUIZ, SR","ANA\nMARIA"', "J26-2,LI,WEI")
    assert [person.last for person in roster.people] == ["RUIZ, SR", "LI"]


def test_columns_may_come_in_any_order_and_any_case():
    (person,) = read("Last,DOB,Booking No", "RUIZ,1980-01-02,J26-1").people
    assert (person.last, person.dob, person.booking_no, person.a_number) == ("RUIZ", date(1980, 1, 2), "J26-1", None)


def test_unknown_columns_are_reported_and_not_read():
    roster = read("booking_no,last,Citizenship,birthplace", "J26-1,RUIZ,PERU,LIMA")
    assert roster.unknown_columns == ("Citizenship", "birthplace")
    assert "PERU" not in repr(roster.people)


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("dob", "31/31/1999", "`31/31/1999` in `dob` is not a date"),
        ("arrested_on", "yesterday", "`yesterday` in `arrested_on` is not a date"),
        ("a_number", "none", "`none` in `a_number` is not an A-number"),
        ("booked_at", "2026-11-20 08:00", "does not say in which time zone"),
        ("released_at", "soon", "is not a moment"),
    ],
)
def test_a_bad_cell_is_a_problem_with_its_line_and_the_rest_of_the_line_is_kept(column, cell, what):
    roster = read(f"booking_no,last,{column}", "J26-1,LI,", f"J26-2,RUIZ,{cell}")
    assert [person.last for person in roster.people] == ["LI", "RUIZ"]
    assert getattr(roster.people[1], column) is None
    (problem,) = roster.problems
    assert "jail.csv, line 3" in problem.where
    assert what in problem.what
    assert problem.mend


def test_moments_without_offset_are_read_on_the_jails_clocks():
    document = b"booking_no,last,booked_at\nJ26-1,RUIZ,2026-11-20 08:00\n"
    (person,) = read_roster(document, zone=ZoneInfo("America/Denver")).people
    assert person.booked_at.isoformat() == "2026-11-20T08:00:00-07:00"


def test_a_line_without_booking_number_is_set_aside_with_the_reason():
    roster = read("booking_no,last", ",RUIZ", "J26-2,LI", "J26-3,RUIZ,ANA,EXTRA")
    assert [person.booking_no for person in roster.people] == ["J26-2"]
    assert roster.set_aside == 2
    assert [problem.where for problem in roster.problems] == ["jail.csv, line 2", "jail.csv, line 4"]


def test_a_booking_number_listed_twice_is_reported_and_both_lines_stay():
    roster = read("booking_no,last", "J26-1,RUIZ", "J26-1,LI", "J26-2,KIM")
    assert len(roster.people) == 3
    assert ["`J26-1` is listed 2 times" in problem.what for problem in roster.problems] == [True]


def test_a_release_before_the_booking_is_reported():
    roster = read("booking_no,last,booked_at,released_at", "J26-1,RUIZ,2026-11-20T08:00Z,2026-11-19T08:00Z")
    assert "before" in roster.problems[0].what


def test_blank_and_short_lines_do_no_harm():
    roster = read("booking_no,last,first", "", ",,", "J26-1,RUIZ")
    assert [(person.last, person.first) for person in roster.people] == [("RUIZ", None)]
    assert roster.problems == ()


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"", "there is no column `booking_no`"),
        (b"booking_number,last\nJ26-1,RUIZ\n", "is it `booking_number`?"),
        (b"booking_no,name\nJ26-1,RUIZ\n", "there is no column `last`"),
        (b"booking_no,last,dob,dob\n", "is there twice"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        (b"\xff\xfea", "says it is utf-16"),
        (b'booking_no,last\nJ26-1,"RUIZ\n', "cannot be told apart"),
        (b"booking_no,last\nJ26-1," + b"A" * 200_000, "cannot be told apart"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_way_forward(document, what):
    with pytest.raises(ProblemsError) as caught:
        read_roster(document, "jail.csv")
    assert what in str(caught.value)
    assert all(problem.mend for problem in caught.value.problems)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(document):
    for written in (document, b"booking_no,last,dob\n" + document):
        try:
            people = read_roster(written).people
        except ProblemsError:
            people = ()
        assert all(person.booking_no for person in people)


@pytest.mark.parametrize(("name", "least"), [("roster.csv", 40), ("roster-texas.csv", 6), ("roster-denver.csv", 6)])
def test_the_sample_rosters_are_whole(name, least):
    roster = read_roster((resources.files("lodged") / "samples" / name).read_bytes(), name)
    assert len(roster.people) >= least
    assert (roster.problems, roster.unknown_columns, roster.set_aside) == ((), (), 0)
    assert any(person.released_at for person in roster.people)
