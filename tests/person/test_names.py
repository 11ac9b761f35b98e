"""Names as words that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.person.names import core, name_of, short_forms, ways_to_read


@pytest.mark.parametrize(
    ("written", "surnames", "given"),
    [
        ("MERINO-PEREZ, MARCO ANTONIO", ("MERINO", "PEREZ"), ("MARCO", "ANTONIO")),
        ("García Valencia, Nazario", ("GARCIA", "VALENCIA"), ("NAZARIO",)),
        ("de la Rosa Rentería, Roberto", ("DE", "LA", "ROSA", "RENTERIA"), ("ROBERTO",)),
        ("O'BRIEN, SEAN", ("OBRIEN",), ("SEAN",)),
        ("O’Brien, Seán", ("OBRIEN",), ("SEAN",)),
        ("SMITH JR., JOHN III", ("SMITH",), ("JOHN",)),
        ("ŁUKASIEWICZ, Đorđe", ("LUKASIEWICZ",), ("DORDE",)),
        ("ALVARAD0, J0SE", ("ALVARADO",), ("JOSE",)),
        ("III, ZOE", ("III",), ("ZOE",)),
        ("VIDAL,ZOE", ("VIDAL",), ("ZOE",)),
        ("VIDAL,", ("VIDAL",), ()),
        (", ZOE", (), ("ZOE",)),
        ("PEREZ, JUAN, CARLOS", ("PEREZ",), ("JUAN", "CARLOS")),
    ],
)
def test_a_name_is_read_first_as_it_was_written(written, surnames, given):
    way = ways_to_read(written)[0]
    assert (way.surnames, way.given, way.swapped) == (surnames, given, False)


def test_a_name_with_a_comma_is_also_read_swapped():
    swapped = ways_to_read("MARCO, MERINO")[1]
    assert (swapped.surnames, swapped.given, swapped.swapped) == (("MERINO",), ("MARCO",), True)


def test_without_a_comma_every_way_to_divide_the_words_is_read():
    ways = {(way.surnames, way.given) for way in ways_to_read("Ana Maria Ruiz")}
    assert (("RUIZ",), ("ANA", "MARIA")) in ways
    assert (("MARIA", "RUIZ"), ("ANA",)) in ways
    assert (("ANA",), ("MARIA", "RUIZ")) in ways


def test_a_single_word_is_a_surname_and_nothing_else():
    assert [(way.surnames, way.given) for way in ways_to_read("GARCIA")] == [(("GARCIA",), ())]


@given(st.text())
def test_no_text_breaks_the_reading_and_only_plain_capitals_come_out(text):
    for way in ways_to_read(text):
        assert way.words
        assert all(word.isascii() and word.isalpha() and word.isupper() for word in way.words)


def test_digits_read_as_letters_are_told():
    assert name_of("ALVARAD0", "5OFIA").read_as == (("0", "O"), ("5", "S"))


def test_particles_are_left_aside_unless_there_is_nothing_else():
    assert core(("DE", "LA", "ROSA")) == ("ROSA",)
    assert core(("DE", "LA")) == ("DE", "LA")


def test_short_forms_stand_for_one_another_both_ways():
    forms = short_forms("given")
    assert "FRANCISCO" in forms["PACO"]
    assert "PACO" in forms["FRANCISCO"]
    assert all(one in forms[other] for one, others in forms.items() for other in others)
    assert "RODRIGUEZ" in short_forms("surname")["RDZ"]
