"""Few people are looked at for one query, and the right one is among them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lodged.person.compare import compare_births, record, sought
from lodged.person.finding import Agreement
from lodged.person.index import Index, days_near, one_stroke_away
from lodged.person.query import Query
from lodged.person.roster import Person

NUMBERS = st.text("0123456789", min_size=9, max_size=9)
BORN = date(1962, 3, 8)


def found(person: Person, **said: object) -> bool:
    return Index([person]).near(sought(Query(**said))) == [record(person)]


def test_any_number_finds_its_person():
    person = Person("J26-25598", a_number="053740075", fbi="12AB3", state_id="S100")
    for said in ({"a_number": "A53740075"}, {"fbi": "I2AB3"}, {"state_id": "5100"}, {"booking_no": "j2625598"}):
        assert found(person, **said)
    assert not found(person, a_number="999999999")


@given(NUMBERS, st.integers(0, 8), st.sampled_from("0123456789"))
def test_an_a_number_with_one_digit_wrong_finds_its_person(number, at, digit):
    wrong = number[:at] + digit + number[at + 1 :]
    assert wrong == number or wrong in one_stroke_away(number)
    assert number not in one_stroke_away(number)
    assert all(len(each) == 9 for each in one_stroke_away(number))


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))
def test_the_days_looked_under_are_those_a_slip_explains(paper, roster):
    near = compare_births(paper, roster).agreement >= Agreement.NEAR
    assert near == (roster in days_near(paper))


@given(st.dates())
def test_days_near_the_edge_of_the_calendar_do_no_harm(day):
    assert day in days_near(day)


def test_a_name_is_found_when_one_of_its_parts_is_misread():
    person = Person("J26-1", "MERINO PEREZ", "MARCO ANTONIO")
    for name in (
        "MERINO, MARCO",
        "MERLNO, MARCO",
        "MERINO, MARC0",
        "PEREZ, MARCO",
        "MARCO, MERINO",
        "MERINO, M",
        "MERINO, NARCO",
    ):
        assert found(person, name=name), name


def test_short_forms_find_the_long_ones_and_back():
    assert found(Person("J26-1", "RUIZ", "FRANCISCO"), name="RUIZ, PACO")
    assert found(Person("J26-1", "RUIZ", "PACO"), name="RUIZ, FRANCISCO")
    assert found(Person("J26-1", "RODRIGUEZ", "ANA"), name="RDZ, ANA")
    assert found(Person("J26-1", "RUIZ", "J"), name="RUIZ, JOSE")


def test_a_surname_in_one_word_finds_it_in_three():
    assert found(Person("J26-1", "DELAROSA", "ROBERTO"), name="DE LA ROSA, ROBERTO")
    assert found(Person("J26-1", "DE LA ROSA", "ROBERTO"), name="DELAROSA, ROBERTO")


def test_a_birth_date_finds_its_person_whatever_the_name():
    assert found(Person("J26-1", "RUIZ", "ANA", dob=BORN), name="KOWALSKI, EVA", dob=BORN)
    assert found(Person("J26-1", "RUIZ", "ANA", dob=BORN), name="RUIS, AMA", dob=date(1962, 8, 3))


def test_nobody_is_looked_at_for_a_surname_alone():
    people = [Person(f"J26-{number}", "GARCIA", "ROSA") for number in range(50)]
    assert Index(people).near(sought(Query(name="GARCIA"))) == []
    assert Index(people).near(sought(Query(name="GARCIA, NAZARIO"))) == []
