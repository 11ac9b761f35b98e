"""Who a paper is about, as far as it says."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lodged.person.query import KEYS, Query, read_query

JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=2))


def test_a_query_is_read_from_fields_of_a_page():
    query, problems = read_query({"name": "RUIZ, ANA", "dob": "11/24/1962", "a_number": "A053 740 075", "sex": "F"})
    assert problems == ()
    assert query == Query(name="RUIZ, ANA", dob=date(1962, 11, 24), a_number="A053 740 075", sex="F")
    assert query.numbers()["a_number"].normal == "053740075"


def test_a_name_may_come_in_parts():
    query, problems = read_query({"last": "RUIZ", "first": "ANA", "middle": "MARIA"})
    assert problems == ()
    assert query.name == "RUIZ, ANA MARIA"


def test_what_cannot_be_read_is_a_problem_and_not_known():
    query, problems = read_query({"name": "RUIZ, ANA", "dob": "31/31/1999", "a_number": "12", "fbi": 7}, "q.json")
    assert (query.dob, query.fbi) == (None, None)
    assert [problem.where for problem in problems] == ["q.json"] * 3
    assert all(problem.mend for problem in problems)


def test_a_query_that_names_nobody_is_told_so():
    for said in ({}, {"name": " "}, {"dob": "1962-11-24", "sex": "F"}, {"name": None}):
        _, problems = read_query(said)
        assert [problem.what for problem in problems] == ["it names nobody"]


def test_citizenship_and_birthplace_have_no_place_in_a_query():
    assert not {"citizenship", "birthplace", "country_of_birth"} & (set(KEYS) | set(Query.__dataclass_fields__))


@given(st.dictionaries(st.sampled_from([*KEYS, "citizenship"]), JSON))
def test_no_fields_break_the_reading(said):
    query, problems = read_query(said)
    assert isinstance(query, Query)
    assert problems or query.names() or query.numbers()
