"""The gate: nothing of the person, nor of what is not known, leaves the house."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.law.test_decide_properties import any_facts

from lodged.law import ACTS, CUSTODIANS, FACTS, ProblemsError, Question, decide, hindrances, load, outgoing
from lodged.law.decision import Decision, Reason

AT = datetime.fromisoformat("2020-02-20T11:00:00-05:00")


@given(st.sampled_from(sorted(CUSTODIANS)), st.sampled_from(ACTS), any_facts)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_only_the_act_the_effect_the_citations_leave(custodian: str, act: str, facts: dict) -> None:
    try:
        decision = decide(load(), Question(custodian, act, AT, {"inquiry.item": "other", **facts}))
    except ProblemsError:
        assume(False)
        return
    out = asdict(outgoing(decision))
    assert set(out) == {"act", "effect", "citations"}
    written = json.dumps(out)
    assert not any(name in written for name in FACTS)
    assert all(cite in {reason.cite for reason in decision.reasons} for cite in out["citations"])
    for word in ("not encoded", "convictions", "terrorist", "screening"):
        assert word not in written


def reason(**changes: object) -> Reason:
    made = Reason("us/a", "0" * 12, "r", "§ 1", "forbid", (None, None), "yes", ())
    return replace(made, **changes)


def decision(**changes: object) -> Decision:
    made = Decision("us/custodian", "hold", "forbidden", "rule", date(2020, 1, 1), False, (reason(),), True)
    return replace(made, **changes)


def test_an_adopted_decision_about_a_confirmed_person_meets_nothing() -> None:
    assert hindrances(decision(), candidate=False) == ()


@pytest.mark.parametrize(
    ("changes", "candidate", "words"),
    [
        ({}, True, "candidate"),
        ({"adopted": False}, False, "not adopted"),
        ({"draft_law_used": True}, False, "draft law"),
        ({"effect": "not_known", "needs": ("hold.hours",)}, False, "hold.hours"),
    ],
)
def test_what_hinders_is_said_in_words(changes: dict, candidate: bool, words: str) -> None:
    said = hindrances(decision(**changes), candidate=candidate)
    assert len(said) == 1
    assert words in said[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"reasons": ()},
        {"effect": "maybe"},
        {"basis": "hunch"},
        {"basis": "silence"},
        {"effect": "contested"},
        {"effect": "not_known"},
        {"law_as_of": None},
    ],
)
def test_a_decision_without_its_grounds_cannot_be_made(changes: dict) -> None:
    with pytest.raises(ValueError, match="decision|silence"):
        decision(**changes)


def test_a_reason_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="cites"):
        reason(cite="")
