"""What must hold of every law and every question: the engine against one that tries each completion."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.law import laws, oracle

from lodged.law import ACTS, CUSTODIANS, DUTIES, Decision, ProblemsError, Question, decide, load
from lodged.law.fact import FACTS
from lodged.law.packs import Packs
from lodged.law.tree import Constraint, Pack

AT = datetime.fromisoformat("2024-03-01T12:00:00-05:00")
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def ask(packs: Packs, facts: dict) -> Decision:
    return decide(packs, Question("us/custodian", "hold", AT, facts))


def typed(facts: dict) -> dict:
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in facts.items()}


def parts(packs: Packs) -> tuple[list[Pack], list[Constraint]]:
    constraints = [s for pack in packs.packs for s in pack.statements if isinstance(s, Constraint)]
    return list(packs.packs), constraints


@given(laws.laws(), laws.constraints, laws.given)
@SLOW
def test_the_engine_agrees_with_trying_every_completion(texts: list, constraints: list, facts: dict) -> None:
    packs = laws.library(texts, constraints)
    law, ties = parts(packs)
    effect, needed, readings = oracle.judge(law, "hold", typed(facts), ties)
    try:
        decision = ask(packs, facts)
    except ProblemsError:
        assert effect == "impossible"
        return
    assert decision.effect == effect
    assert {reading.id for reading in decision.readings} == readings
    assert {*decision.needs, *(f"law:{law}" for law in decision.laws)} == needed


@given(laws.laws(), laws.given, st.data())
@SLOW
def test_order_and_duplicates_of_rules_do_not_matter(texts: list, facts: dict, data: st.DataObject) -> None:
    before = ask(laws.library(texts), facts).to_json()
    turned = []
    for text in texts:
        head, *statements = text.strip().split("\n\n")
        statements += statements[-1:]
        statements = data.draw(st.permutations(statements))
        turned.append("\n\n".join([head, *statements]) + "\n")
    turned = data.draw(st.permutations(turned))
    after = ask(laws.library(turned), facts).to_json()
    for reason in [*before["reasons"], *after["reasons"]]:
        del reason["version"]
    assert after == before


@given(laws.laws(), laws.constraints, laws.given, laws.given)
@SLOW
def test_learning_a_fact_never_changes_a_decided_effect(
    texts: list, constraints: list, facts: dict, more: dict
) -> None:
    packs = laws.library(texts, constraints)
    try:
        first = ask(packs, facts)
        second = ask(packs, {**more, **facts})
    except ProblemsError:
        assume(False)
        return
    if first.effect in ("required", "permitted", "forbidden"):
        assert second.effect == first.effect


@given(laws.laws(), laws.constraints, laws.given)
@SLOW
def test_what_would_change_it_does_and_names_nothing_to_spare(texts: list, constraints: list, facts: dict) -> None:
    packs = laws.library(texts, constraints)
    try:
        decision = ask(packs, facts)
    except ProblemsError:
        assume(False)
        return
    assert len(decision.would_change) <= 3
    for change in decision.would_change:
        assert change.effect != decision.effect
        assert ask(packs, {**facts, **change.changes}).effect == change.effect
        for name in change.changes:
            fewer = {other: value for other, value in change.changes.items() if other != name}
            try:
                assert ask(packs, {**facts, **fewer}).effect != change.effect
            except ProblemsError:
                continue


# ---- the same of the law that comes with the program

VALUES = {
    "yes-no": lambda fact: st.booleans(),
    "one-of": lambda fact: st.sampled_from(fact.choices),
    "set-of": lambda fact: st.lists(st.sampled_from(fact.choices), unique=True),
    "number": lambda fact: st.sampled_from([0, 24, 48, 49, 400]),
    "date": lambda fact: st.sampled_from(["2014-02-28", "2019-05-05", "2020-01-15"]),
    "moment": lambda fact: st.sampled_from(["2020-02-14T09:00:00-05:00", "2024-02-28T10:00:00-05:00"]),
    "text": lambda fact: st.just("words"),
    "list": lambda fact: st.lists(_conviction, max_size=2),
}
_conviction = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["PL", "PC", "VTL"]),
        "section": st.sampled_from(["160.15", "155.30", "211", "110", "265.02(3)"]),
        "state": st.sampled_from(["NY", "CA"]),
        "class": st.sampled_from(["felony", "misdemeanor", "wobbler"]),
        "on": st.sampled_from(["2010-01-01", "2015-01-15", "2016-02-29", "2019-06-06"]),
        "adjudication": st.sampled_from(["adult", "youthful_offender", "juvenile"]),
        "violent_or_serious": st.booleans(),
    },
)
any_facts = st.fixed_dictionaries({}, optional={name: VALUES[fact.type](fact) for name, fact in FACTS.items()})
MOMENTS = st.sampled_from(
    ["2014-12-13T12:00:00-05:00", "2016-06-06T12:00:00-04:00", "2020-02-17T12:00:00-05:00", "2026-08-01T12:00:00-04:00"]
)


@given(st.sampled_from(sorted(CUSTODIANS)), st.sampled_from([*ACTS, *DUTIES]), MOMENTS, any_facts, st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_packaged_law_never_changes_its_mind_over_a_new_fact(
    custodian: str, act: str, at: str, facts: dict, data: st.DataObject
) -> None:
    facts = {"inquiry.item": "home_address", **facts}
    known = data.draw(st.sets(st.sampled_from(sorted(facts)))) | {"inquiry.item"}
    moment = datetime.fromisoformat(at)
    try:
        less = decide(load(), Question(custodian, act, moment, {name: facts[name] for name in known}))
        more = decide(load(), Question(custodian, act, moment, facts))
    except ProblemsError:
        assume(False)
        return
    if less.effect in ("required", "permitted", "forbidden"):
        assert more.effect == less.effect


@pytest.mark.parametrize("custodian", sorted(CUSTODIANS))
@pytest.mark.parametrize("act", [*ACTS, *DUTIES])
def test_a_question_with_no_fact_at_all_is_answered(custodian: str, act: str) -> None:
    facts = {"inquiry.item": "other"} if act == "disclose" else {}
    decision = decide(load(), Question(custodian, act, AT, facts))
    assert decision.effect in ("permitted", "forbidden", "not_known", "contested")
    assert all(name in FACTS for name in decision.needs)
    assert decision.ask_first is None or decision.ask_first in decision.needs
