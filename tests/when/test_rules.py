"""The rules a period may be counted by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.problem import ProblemsError
from lodged.when.rules import LONGEST, hold_rule_ids, rule, rule_ids


def test_every_rule_names_its_source_and_says_what_it_does():
    for rule_id in rule_ids():
        known = rule(rule_id)
        assert known.id == rule_id
        assert known.cite
        assert known.says


def test_no_rule_of_court_procedure_ever_ends_a_hold():
    assert hold_rule_ids() == ("8cfr287.7:48h", "i-247a:48h", "nypd-14-154:48h")
    assert not any(rule(rule_id).ends_hold for rule_id in ("frcp-6a1:2d", "frcp-6a2:48h", "face:2d"))


@given(st.integers(1, LONGEST))
def test_periods_of_courts_and_papers_take_any_length(number):
    for rule_id in (f"frcp-6a1:{number}d", f"frcp-6a2:{number}h", f"face:{number}d"):
        assert (rule(rule_id).id, rule(rule_id).length) == (rule_id, number)


def test_a_length_with_leading_zeros_is_the_same_rule():
    assert rule("frcp-6a1:014d") == rule("frcp-6a1:14d")


@pytest.mark.parametrize("rule_id", ["8cfr287.7:72h", "i-247a:49h", "nypd-14-154:1h"])
def test_a_holds_clock_has_48_hours_and_no_other_number(rule_id):
    with pytest.raises(ProblemsError, match="knows 48 hours"):
        rule(rule_id)


@pytest.mark.parametrize(
    "rule_id",
    [
        "",
        "frcp",
        "frcp-6a1",
        "frcp-6a1:14h",
        "frcp-6a2:72d",
        "frcp-6a1:14",
        "frcp-6a1:-14d",
        "FRCP-6a1:14d",
        "frcp-6a1:²d",
    ],
)
def test_an_unknown_rule_names_all_there_are(rule_id):
    with pytest.raises(ProblemsError) as caught:
        rule(rule_id)
    (problem,) = caught.value.problems
    assert f"`{rule_id}` is not a rule" in problem.what
    assert all(known in problem.mend for known in rule_ids())


def test_a_near_miss_is_told_what_it_may_have_meant():
    with pytest.raises(ProblemsError, match="did you mean `8cfr287.7:48h`"):
        rule("8cfr-287.7:48h")


@pytest.mark.parametrize("number", [0, LONGEST + 1, 999_999_999])
def test_a_length_out_of_all_measure_is_refused(number):
    with pytest.raises(ProblemsError, match="not a length of time"):
        rule(f"face:{number}d")
