"""What agrees between a paper and a person, and how much that counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.person.compare import Comparison, compare, compare_births, record, sought
from lodged.person.finding import Agreement
from lodged.person.query import Query
from lodged.person.roster import Person

BORN = date(1962, 3, 8)
PERSON = Person("J26-25598", "RUIZ", "ANA", dob=BORN, sex="F", a_number="053740075", fbi="12AB3", state_id="S100")


def held_against(person: Person = PERSON, **said: object) -> Comparison:
    return compare(sought(Query(**said)), record(person))


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({"name": "RUIZ, ANA"}, 0),
        ({"name": "RUIZ, ANA", "dob": BORN}, 1),
        ({"a_number": "A053 740 075"}, 1),
        ({"a_number": "A053 740 075", "name": "RUIZ, ANA"}, 1),
        ({"a_number": "A053 740 075", "name": "RUIZ, ANA", "dob": BORN}, 2),
        ({"fbi": "12ab3", "state_id": "S100", "booking_no": "J2625598"}, 3),
        ({"name": "RUIZ, ANA", "dob": date(1962, 8, 3)}, 0),
        ({"name": "RUIS, ANA", "dob": BORN}, 0),
        ({"a_number": "053740076", "name": "RUIZ, ANA", "dob": BORN}, 1),
    ],
)
def test_name_with_birth_date_counts_as_one_identifier_and_each_number_as_one(said, count):
    assert held_against(**said).identifiers_agreeing == count


@pytest.mark.parametrize(
    "said",
    [
        {"a_number": "053740075"},
        {"fbi": "12AB3"},
        {"booking_no": "J26-2559B"},
        {"name": "RUIZ, ANA", "dob": BORN},
        {"name": "RUIZ, ANA", "dob": date(1962, 8, 3)},
        {"name": "RUIS, ANA", "dob": BORN},
        {"name": "RUIZ, ANA", "a_number": "053740076"},
        {"dob": BORN, "a_number": "053740057"},
    ],
)
def test_strong_reasons(said):
    assert held_against(**said).is_strong


@pytest.mark.parametrize(
    "said",
    [
        {"name": "RUIZ, ANA"},
        {"name": "RUIZ, ANA", "dob": date(1980, 1, 1)},
        {"name": "RUIS, ANA", "dob": date(1962, 8, 3)},
        {"name": "RUIZ, EVA", "dob": BORN},
        {"a_number": "053740076"},
    ],
)
def test_what_is_shown_to_a_clerk_without_a_strong_reason(said):
    compared = held_against(**said)
    assert compared.is_worth_showing
    assert not compared.is_strong


@pytest.mark.parametrize(
    "said",
    [
        {"name": "RUIZ"},
        {"name": "RUIZ, ELENA"},
        {"name": "RUIZ, ELENA", "sex": "F"},
        {"name": "RUIZ", "dob": date(1980, 1, 1)},
        {"name": "RUIZ", "dob": date(1962, 8, 3)},
        {"dob": BORN},
        {"booking_no": "J26-25599"},
        {"fbi": "12AB4"},
    ],
)
def test_a_surname_alone_a_birth_date_alone_a_neighbouring_number_show_nobody(said):
    assert not held_against(**said).is_worth_showing


@pytest.mark.parametrize(
    ("paper", "agreement", "words"),
    [
        (BORN, Agreement.SAME, "birth date 1962-03-08 is the same"),
        (date(1962, 8, 3), Agreement.NEAR, "day and month swapped"),
        (date(1962, 3, 9), Agreement.NEAR, "one digit"),
        (date(1982, 3, 8), Agreement.NEAR, "one digit"),
        (date(1961, 3, 8), Agreement.NEAR, "one digit"),
        (date(1975, 5, 5), Agreement.OTHER, "1975-05-05 on the paper, 1962-03-08 in the roster"),
    ],
)
def test_birth_dates_agree_under_the_slips_that_happen(paper, agreement, words):
    found = compare_births(paper, BORN)
    assert found.agreement is agreement
    assert any(words in each for each in found.says + found.against)


def test_a_year_off_is_a_slip_also_when_more_than_one_digit_changes():
    assert compare_births(date(2000, 3, 8), date(1999, 3, 8)).agreement is Agreement.NEAR


def test_an_unknown_birth_date_says_nothing():
    assert compare_births(None, BORN).weight == compare_births(BORN, None).weight == 0


def test_new_years_day_says_less_than_another_day():
    new_year = date(1980, 1, 1)
    assert compare_births(new_year, new_year).weight < compare_births(BORN, BORN).weight


@given(st.dates(), st.dates())
def test_birth_dates_are_compared_alike_both_ways(one, other):
    found, back = compare_births(one, other), compare_births(other, one)
    assert (found.agreement, found.weight) == (back.agreement, back.weight)


@pytest.mark.parametrize(
    ("said", "alarm"),
    [
        ({"name": "RUIZ, ANA", "dob": date(1980, 1, 1)}, "same surname, other birth date"),
        ({"name": "RUIZ, ANA", "dob": date(1980, 1, 1)}, "same name, other birth date"),
        ({"name": "RUIZ, ELENA", "dob": date(1980, 1, 1), "a_number": "053740075"}, "same surname, other birth date"),
        ({"name": "RUIZ, ELENA", "a_number": "053740075"}, "same surname, another first name"),
        ({"name": "KIM, SOO", "dob": date(1980, 1, 1), "a_number": "053740075"}, "other birth date"),
        ({"name": "KIM, SOO", "a_number": "053740075"}, "another name"),
        ({"name": "RUIZ, ANA", "dob": BORN, "a_number": "999999999"}, "A-number differs"),
        ({"name": "RUIZ, ANA", "a_number": "053740076"}, "one digit of the A-number differs"),
        ({"name": "RUIZ, ANA", "a_number": "053740057"}, "two digits of the A-number are turned"),
        ({"name": "RUIZ, ANA", "dob": BORN, "fbi": "99ZZ9"}, "FBI number differs"),
        ({"name": "RUIZ, ANA", "dob": BORN, "sex": "MALE"}, "sex differs"),
        ({"name": "RUIZ, ANA"}, "nothing but the name agrees"),
    ],
)
def test_what_contradicts_raises_an_alarm(said, alarm):
    assert alarm in held_against(**said).alarms


def test_full_agreement_raises_no_alarm():
    compared = held_against(name="RUIZ, ANA", dob=BORN, a_number="053740075", sex="FEMALE")
    assert compared.alarms == ()
    assert compared.against == ()


def test_a_number_misread_by_shape_is_the_same_and_says_so():
    assert held_against(a_number="O5374OO75").reasons == ("A-number 053740075 is the same after reading `O` as `0`",)


def test_a_digit_lost_from_an_a_number_is_one_digit():
    assert "one digit of the A-number differs" in held_against(name="RUIZ, ANA", a_number="A53740 07").alarms


def test_the_sex_confirms_nobody():
    assert held_against(name="RUIZ, ANA", sex="F").weight == held_against(name="RUIZ, ANA").weight


@given(st.timedeltas(timedelta(), timedelta(days=20000)))
def test_nothing_counts_twice(since):
    compared = held_against(name="RUIZ, ANA", dob=date(1950, 1, 1) + since, a_number="053740075")
    assert compared.identifiers_agreeing == 1 + (date(1950, 1, 1) + since == BORN)
