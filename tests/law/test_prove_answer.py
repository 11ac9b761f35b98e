"""The prover's own reading of the law against `decide`: two engines, written apart, that must answer alike."""

from datetime import date, datetime
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.law import laws
from tests.law.questions import question

from lodged.law import CUSTODIANS, Question, decide, load
from lodged.law.measure import looks_back
from lodged.law.prove import days
from lodged.law.prove.answer import IMPOSSIBLE, answer
from lodged.law.prove.door import z3
from lodged.problem import ProblemsError

AT = datetime.fromisoformat("2026-06-01T12:00:00-04:00")


def decided(packs: object, asked: Question) -> str:
    try:
        return decide(packs, asked).effect
    except ProblemsError:
        return IMPOSSIBLE


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(laws.laws(), laws.constraints, laws.given)
def test_any_small_law_is_answered_as_decide_answers_it(texts: list[str], more: list[str], facts: dict) -> None:
    packs = laws.library(texts, more)
    asked = Question("us/custodian", "hold", AT, facts)
    assert answer(packs, asked) == decided(packs, asked)


@settings(max_examples=130, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=True))
def test_the_packs_that_come_with_the_program_are_answered_as_decide_answers_them(rng: Any) -> None:
    asked = question(load(), rng)
    assert answer(load(), asked) == decided(load(), asked)


def _near_the_29th() -> st.SearchStrategy[date]:
    years = st.sampled_from([2000, 2003, 2004, 2012, 2015, 2016, 2019, 2020, 2023, 2100])
    return st.builds(lambda year, day: date.fromordinal(date(year, 2, 26).toordinal() + day), years, st.integers(0, 5))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([1, 4, 5, 15]),
    st.booleans(),
    _near_the_29th(),
    _near_the_29th(),
    st.sampled_from([0, 1, 2, 365, 1461]),
)
@example(5, True, date(2015, 2, 28), date(2020, 2, 29), 0)
@example(4, True, date(2016, 2, 28), date(2020, 2, 29), 0)
@example(4, False, date(2016, 2, 29), date(2020, 2, 29), 0)
@example(5, True, date(2016, 2, 28), date(2021, 3, 1), 1)
def test_look_backs_fall_on_the_days_on_which_decide_has_them(
    years: int, leap: bool, start: date, end: date, further: int
) -> None:
    term = days.looks_back(years, leap, days.known(start), days.known(end), z3.RealVal(further))
    assert z3.is_true(z3.simplify(term)) == looks_back(years, leap, start, end, further)


@settings(max_examples=25, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_that_is_not_known_has_the_month_and_the_day_of_its_ordinal(day: date) -> None:
    ordinal = z3.Int("o")
    found, bounds = days.free("a", ordinal)
    solver = z3.Solver()
    solver.add(*bounds, ordinal == day.toordinal())
    assert solver.check() == z3.sat
    model = solver.model()
    assert (model[found.year].as_long(), model[found.month].as_long(), model[found.day].as_long()) == (
        day.year,
        day.month,
        day.day,
    )


def test_clocks_that_count_apart_over_a_weekend_are_counted_from_the_moment_of_release() -> None:
    at = datetime.fromisoformat("2022-03-14T10:00:00").replace(tzinfo=CUSTODIANS["us/custodian"].zone)
    facts = {
        "paper.form": "i-247a",
        "paper.box": "1",
        "paper.signed": True,
        "paper.cancelled": False,
        "paper.attached": ["i-200"],
        "paper.attached_signed": True,
        "warrant.signed_by": "dhs_officer",
        "warrant.authorizes": "civil_custody",
        "order.enjoins_compliance": False,
        "person.proved_citizen": False,
        "local.forbids": False,
        "person.release_moment": "2022-03-11T20:00:00-05:00",
    }
    asked = Question("us/custodian", "hold", at, facts)
    assert answer(load(), asked) == decided(load(), asked) == "contested"
