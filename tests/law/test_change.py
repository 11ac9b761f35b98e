"""What would change a decision is true: told so, the law answers so; and no fact in it is to spare."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodged.law import CUSTODIANS, FACTS, ProblemsError, Question, decide, load
from lodged.law.packs import Source, read

AT = datetime.fromisoformat("2026-06-01T12:00:00-04:00")
KNOWN = {
    "paper.form": ["i-247a", "i-247g", "i-200", "i-138"],
    "paper.box": ["1", "2"],
    "paper.asks": [["hold", "notify"], ["notify"], ["information"]],
    "paper.signed": [True, False],
    "paper.cancelled": [False],
    "paper.attached": [[], ["i-200"], ["judicial_warrant"]],
    "paper.attached_signed": [True, False],
    "warrant.signed_by": ["none", "us_magistrate_judge", "dhs_officer", "state_judge"],
    "warrant.authorizes": ["civil_custody", "criminal_arrest"],
    "warrant.names_person": [True, False],
    "person.convictions": [[]],
    "person.terrorist_screening_match": [True, False],
    "person.proved_citizen": [False],
    "person.proved_citizen_or_lawful": [True, False],
    "inquiry.purpose": ["civil_immigration", "criminal_investigation"],
    "inquiry.item": ["release_date", "home_address"],
    "order.enjoins_compliance": [False],
    "order.enforces_subpoena": [True, False],
    "requester.enforces_immigration": [True, False],
    "local.forbids": [True, False],
    "hold.hours": [2, 48, 49],
}


ACTS = ["hold", "notify", "interview", "transfer", "answer"]
some_facts = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in KNOWN.items()})


def said(value: object) -> bool:
    """Can the value be given as a fact? What a list must hold is said in words."""
    return not isinstance(value, str) or not value.startswith(("such that:", "no conviction"))


def answered(custodian: str, act: str, facts: dict) -> str:
    try:
        return decide(load(), Question(custodian, act, AT, facts)).effect
    except ProblemsError:
        return "impossible"


@pytest.mark.parametrize("custodian", sorted(CUSTODIANS))
@given(act=st.sampled_from(ACTS), facts=some_facts)
@settings(max_examples=25, derandomize=True, deadline=None)
def test_each_alternative_holds_when_it_is_told_and_needs_all_its_facts(custodian: str, act: str, facts: dict) -> None:
    try:
        decision = decide(load(), Question(custodian, act, AT, facts))
    except ProblemsError:
        return
    for alternative in decision.would_change:
        changes = dict(alternative.changes)
        if not all(said(value) and name in FACTS for name, value in changes.items()):
            continue
        assert alternative.effect != decision.effect
        assert answered(custodian, act, {**facts, **changes}) == alternative.effect, changes
        for name in changes:
            fewer = {**facts, **{other: value for other, value in changes.items() if other != name}}
            assert answered(custodian, act, fewer) != alternative.effect, (changes, name)


def test_no_alternative_asks_for_another_paper_or_for_a_worse_one() -> None:
    facts = {"paper.form": "i-247a", "paper.box": "1", "paper.signed": True, "paper.cancelled": False}
    decision = decide(load(), Question("us-ny-nyc/doc", "hold", AT, {**facts, "warrant.signed_by": "none"}))
    assert decision.effect == "forbidden"
    assert decision.would_change
    for alternative in decision.would_change:
        assert not {"paper.form", "paper.box", "paper.signed", "paper.cancelled"} & set(dict(alternative.changes))


CHAIN = """```law
pack us/chain level federal binds us status confirmed cite "A"

rule hold
  forbid hold
  unless person.registrant
  cite "§ 1"

default person.registrant is yes
  when person.charge_serious
  cite "§ 2"

default person.charge_serious is yes
  when person.in_custody
  cite "§ 3"

default person.in_custody is yes
  when paper.signed
  cite "§ 4"
```
"""


def test_a_fact_given_against_a_default_counts_however_many_defaults_stand_between() -> None:
    facts = {"person.in_custody": False, "paper.signed": True}
    decision = decide(read([Source("chain.md", CHAIN)]), Question("us/custodian", "hold", AT, facts))
    assert decision.effect == "not_known"
    told = [(dict(change.changes), change.effect) for change in decision.would_change]
    assert ({"person.in_custody": True}, "permitted") in told
    assert ({"person.registrant": False}, "forbidden") in told
    for changes, effect in told:
        answer = decide(read([Source("chain.md", CHAIN)]), Question("us/custodian", "hold", AT, {**facts, **changes}))
        assert answer.effect == effect
