"""Whether two names are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.person.alike import alike, compare_names
from lodged.person.finding import Agreement
from lodged.person.names import name_of, ways_to_read

# Words that say which generation somebody is of are no names; what becomes of them has a test of its own below.
WORDS = st.text("ABCDEGILMNORSTUZ", min_size=3, max_size=9).filter(lambda word: word not in {"III", "SENIOR"})


def agreement(paper: str, last: str, first: str) -> Agreement:
    return compare_names(ways_to_read(paper), name_of(last, first)).finding.agreement


@pytest.mark.parametrize(
    ("paper", "last", "first"),
    [
        ("MERINO-PEREZ, MARCO ANTONIO", "Merino Pérez", "Marco Antonio"),
        ("MERINO-PEREZ, MARCO ANTONIO", "MERINO", "MARCO"),
        ("MERINO, MARCO", "MERINO PEREZ", "MARCO ANTONIO"),
        ("PEREZ MERINO, MARCO", "MERINO PEREZ", "MARCO"),
        ("DE LA ROSA, ROBERTO", "DELAROSA", "ROBERTO"),
        ("DE LA ROSA, ROBERTO", "ROSA", "ROBERTO"),
        ("GARCIA, LOPEZ JUAN", "GARCIA LOPEZ", "JUAN"),
        ("MARCO, MERINO", "MERINO", "MARCO"),
        ("MARCO ANTONIO MERINO PEREZ", "MERINO PEREZ", "MARCO ANTONIO"),
        ("RUIZ, PACO", "RUIZ", "FRANCISCO"),
        ("RUIZ, LUIS", "RUIZ", "JOSE LUIS"),
        ("RDZ, ANA", "RODRIGUEZ", "ANA"),
        ("MERIN0, MARC0", "MERINO", "MARCO"),
        ("DIAZ, MARIA FERNANDA", "DIAZ", "MARIAFERNANDA"),
    ],
)
def test_the_same_name_is_the_same_however_it_was_written_down(paper, last, first):
    assert agreement(paper, last, first) is Agreement.SAME


@pytest.mark.parametrize(
    ("paper", "last", "first"),
    [
        ("MERLNO, MARCO", "MERINO", "MARCO"),
        ("MERINO, MARC0S", "MERINO", "MARIOS"),
        ("RUIZ, J", "RUIZ", "JOSE"),
        ("AHMADI, MUHAMAD", "AHMADI", "MOHAMMED"),
        ("HERNANDEZ, JOSE LUIS", "HERNANDEZ", "JOSE ANTONIO"),
    ],
)
def test_a_misread_name_is_near_and_no_more(paper, last, first):
    assert agreement(paper, last, first) is Agreement.NEAR


@pytest.mark.parametrize(
    ("paper", "last", "first"),
    [
        ("GARCIA, ROSA", "GARCIA", "NAZARIO"),
        ("GARCIA", "GARCIA", "NAZARIO"),
        ("GARCIA LOPEZ, JUAN", "GARCIA RUIZ", "JUAN"),
        ("LI, WEI", "LE", "WEI"),
    ],
)
def test_one_part_of_a_name_is_not_a_name(paper, last, first):
    assert agreement(paper, last, first) is Agreement.PART


def test_another_name_is_another():
    assert agreement("VIDAL, ZOE", "ABERNATHY", "CLAYTON") is Agreement.OTHER
    assert agreement("VIDAL, ZOE", "", "") is Agreement.NOT_KNOWN
    assert compare_names((), name_of("VIDAL", "ZOE")).finding.agreement is Agreement.NOT_KNOWN


def test_the_reason_tells_what_was_read_as_what():
    found = compare_names(ways_to_read("MERIN0, MARCO"), name_of("MERINO", "MARCO")).finding
    assert found.says == ("name is the same after reading `0` as `O`",)


def test_the_reason_shows_both_spellings_where_they_differ():
    says = compare_names(ways_to_read("MERLNO, MARCO"), name_of("MERINO", "MARCO")).finding.says
    assert says == ("surname is alike: `MERLNO` on the paper, `MERINO` in the roster", "first name is the same")


def test_another_middle_name_is_said():
    found = compare_names(ways_to_read("SMITH, KIMBERLY MICHELLE"), name_of("SMITH", "KIMBERLY ANNE"))
    assert found.finding.says == ("surname and first name are the same",)
    assert found.finding.against == ("another middle name: `MICHELLE` on the paper, `ANNE` in the roster",)
    assert not found.is_the_same


@given(WORDS, WORDS)
def test_a_name_is_the_same_as_itself_in_either_order(last, first):
    assert agreement(f"{last}, {first}", last, first) is Agreement.SAME
    assert agreement(f"{first}, {last}", last, first) is Agreement.SAME
    assert agreement(f"{first} {last}", last, first) is Agreement.SAME


def test_a_first_name_that_reads_like_a_generation_is_left_to_a_person_without_a_comma():
    assert agreement("RUIZ, SENIOR", "RUIZ", "SENIOR") >= Agreement.PART
    assert agreement("SENIOR RUIZ", "RUIZ", "SENIOR") is Agreement.PART


@given(WORDS, WORDS)
def test_being_alike_goes_both_ways_and_short_words_must_be_the_same(one, other):
    assert alike(one, other) == alike(other, one)
    assert alike(one, one)
    if min(len(one), len(other)) < 4:
        assert alike(one, other) == (one == other)


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_the_comparison(paper, last, first):
    assert isinstance(agreement(paper, last, first), Agreement)
