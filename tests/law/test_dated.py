"""Days that stand alike to the law's tests share what was worked out, and no answer hangs on what was asked before."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lodged.law import Decision, Packs, ProblemsError, Question, decide
from lodged.law.dated import Dated
from lodged.law.decide import law
from lodged.law.packs import Source, read

AT = datetime.fromisoformat("2024-02-29T12:00:00-05:00")
LAW = """```law
pack us/dated level federal binds us status confirmed cite "p"

constraint person.arrested_on not after today
  cite "c"

rule bail
  forbid hold when person.arrested_on within 5 years before today leap days as the 28th
  unless person.registrant or person.release_on before person.arrested_on
  cite "§ 1"

rule look-back
  require hold when person.release_on within 2 years before person.arrested_on plus person.days_incarcerated days
  unless person.charge_serious
  cite "§ 2"

rule long
  forbid hold
  when person.days_incarcerated is more than 400 or any conviction c where (c.on within 1 years before person.arrested_on)
  cite "§ 3"
```
"""
DAYS = st.sampled_from(
    ["2016-02-29", "2019-02-28", "2019-03-01", "2022-02-27", "2022-02-28", "2024-02-28", "2024-02-29"]
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "person.arrested_on": DAYS,
        "person.release_on": DAYS,
        "person.days_incarcerated": st.sampled_from([0, 1, 400, 401, 900]),
        "person.registrant": st.booleans(),
        "person.charge_serious": st.booleans(),
        "person.convictions": st.lists(st.fixed_dictionaries({}, optional={"on": DAYS}), max_size=1),
    },
)
MOVES = st.sampled_from([0, 1, 365, 366, 1000])


def packs() -> Packs:
    return read([Source("dated.md", LAW)])


def asked(library: Packs, facts: dict, moved: int) -> Decision | str:
    try:
        return decide(library, Question("us/custodian", "hold", AT + timedelta(days=moved), facts))
    except ProblemsError as error:
        return str(error)


WARM = packs()


@given(st.lists(st.tuples(FACTS, MOVES), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_an_answer_is_the_same_whatever_was_asked_before(questions: list) -> None:
    for facts, moved in questions:
        assert asked(WARM, facts, moved) == asked(packs(), facts, moved)


@given(FACTS, MOVES)
@settings(max_examples=40, deadline=None)
def test_what_would_change_it_is_true_where_days_are_shared(facts: dict, moved: int) -> None:
    decision = asked(WARM, facts, moved)
    if isinstance(decision, str):
        return
    for change in decision.would_change:
        if any(str(value).startswith(("such that:", "no conviction")) for value in change.changes.values()):
            continue
        told = asked(WARM, {**facts, **change.changes}, moved)
        assert isinstance(told, Decision)
        assert told.effect == change.effect != decision.effect
        for name in change.changes:
            fewer = asked(WARM, {**facts, **{k: v for k, v in change.changes.items() if k != name}}, moved)
            assert isinstance(fewer, str) or fewer.effect != change.effect


def stance(facts: dict, moved: int = 0) -> object:
    question = Question("us/custodian", "hold", AT + timedelta(days=moved), facts)
    return Dated(law(WARM, question, "hold").law, question.facts, question.day).stance


def test_days_stand_alike_until_a_test_turns() -> None:
    arrested = {"person.arrested_on": "2020-06-01", "person.release_on": "2019-01-01"}
    assert stance(arrested) == stance(arrested, moved=1) == stance({**arrested, "person.arrested_on": "2020-06-02"})
    assert stance(arrested) != stance(arrested, moved=1000)
    assert stance(arrested) != stance({**arrested, "person.release_on": "2020-06-02"})
    assert stance({}) != stance(arrested)


def test_a_day_that_is_offered_is_counted_from_the_question_at_hand() -> None:
    facts = {
        "person.registrant": False,
        "person.charge_serious": True,
        "person.days_incarcerated": 0,
        "person.convictions": [],
    }
    offered = []
    for moved in (0, 1):
        decision = asked(packs(), facts, moved)
        warm = asked(WARM, facts, moved)
        assert isinstance(decision, Decision)
        assert decision == warm
        offered.append([str(value) for change in decision.would_change for value in change.changes.values()])
    assert offered[0]
    assert offered[0] != offered[1]
    assert all(date.fromisoformat(day) for days in offered for day in days if day[:1].isdigit() and "-" in day)
