"""A law as a table: every decision is the one that `decide` makes, one by one or a column at a time."""

from datetime import UTC, datetime
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodged.law import ProblemsError, Question, decide, load
from lodged.law.decision import EFFECTS
from lodged.law.packs import Source, read
from lodged.law.table import CONTRADICTION, Table

AT = datetime(2020, 1, 17, 12, tzinfo=UTC)
TOY = """# A

```law
pack us/toy level local binds us status confirmed
  cite "T"

fact toy.court_order yes-no "Did a court order the hold?"
fact toy.warrant yes-no "Has a judge signed a warrant?"
fact toy.crime yes-no "Was the person convicted of a serious crime?"
fact toy.days number "How many days ago?"
fact toy.match yes-no "Is there a screening match?"

define qualifying as (toy.crime and toy.days is at most 1826) or toy.match
  cite "T"
rule order
  require hold when toy.court_order
  cite "T 1"
rule warrant
  forbid hold when not toy.court_order
  unless toy.warrant and qualifying
  cite "T 2"
```
"""
WORDS = """# A

```law
pack us/words level local binds us status confirmed
  cite "W"

constraint person.proved_citizen implies person.proved_citizen_or_lawful
  cite "W"
rule r
  forbid hold when paper.box is one of 1, both and paper.attached has any of i-200, i-205
  unless paper.office is "12" or person.days_incarcerated is more than 24
  cite "W 1"
rule s
  permit hold when person.proved_citizen or not person.proved_citizen_or_lawful
  cite "W 2"
```
"""
FACTS = ("toy.court_order", "toy.warrant", "toy.crime", "toy.days", "toy.match")
packs = read([Source("toy.md", TOY)])
worded = read([Source("words.md", WORDS)])


def toy() -> Table:
    return Table(packs, "us-ny/sheriff", "hold", AT)


def one_by_one(law: object, facts: dict[str, object]) -> str | None:
    table = law
    assert isinstance(table, Table)
    try:
        question = Question("us-ny/sheriff", "hold", AT, facts, table._declared)
        return decide(table.packs, question).effect
    except ProblemsError:
        return None


def test_every_partial_case_of_the_toy_law_comes_out_as_by_decide() -> None:
    table = toy()
    yes_no, days = (None, False, True), (None, 0, 1826, 1826.5, 1827)
    cases = list(product(yes_no, yes_no, yes_no, days, yes_no))
    columns = {name: table.encoded(name, values) for name, values in zip(FACTS, zip(*cases, strict=True), strict=True)}
    states, effects = table.decide_all(columns)
    for case, state, effect in zip(cases, states, effects, strict=True):
        facts = {name: value for name, value in zip(FACTS, case, strict=True) if value is not None}
        assert EFFECTS[effect] == one_by_one(table, facts) == table.explain(state).effect
    assert len(set(states.tolist())) == 3**5


def test_the_whole_decision_is_looked_up() -> None:
    table = toy()
    facts = {"toy.court_order": False, "toy.warrant": True, "toy.crime": True, "toy.days": 1800}
    first = table.decide(facts)
    assert first == decide(packs, Question("us-ny/sheriff", "hold", AT, facts, table._declared))
    assert table.decide(dict(facts)) is first


def test_what_is_equal_in_python_is_not_the_same_fact() -> None:
    table = toy()
    table.decide({"toy.match": True})
    with pytest.raises(ProblemsError):
        table.decide({"toy.match": 1})


def test_facts_the_law_does_not_look_at_are_still_checked() -> None:
    table = toy()
    assert table.decide({"paper.edition": "3/17"}).effect == table.decide({}).effect
    with pytest.raises(ProblemsError):
        table.decide({"paper.editoin": "3/17"})
    with pytest.raises(ProblemsError):
        table.decide({"paper.box": "7"})


def test_booleans_are_always_known_and_numbers_may_be_missing() -> None:
    table = toy()
    columns = {
        "toy.court_order": np.array([False, False, True]),
        "toy.warrant": np.array([True, True, True]),
        "toy.crime": np.array([True, True, True]),
        "toy.days": np.array([1826.0, np.nan, 1.0]),
    }
    _, effects = table.decide_all(columns)
    assert [EFFECTS[code] for code in effects] == ["permitted", "not_known", "required"]
    _, effects = table.decide_all({**columns, "toy.days": np.array([1827, -1, 0])})
    assert [EFFECTS[code] for code in effects] == ["not_known", "not_known", "required"]


_known = st.fixed_dictionaries(
    {},
    optional={
        "paper.box": st.sampled_from(["1", "2", "both", "neither"]),
        "paper.attached": st.frozensets(st.sampled_from(["i-200", "i-205", "judicial_warrant"])),
        "paper.office": st.sampled_from(["12", "12(a)", "13"]),
        "person.days_incarcerated": st.sampled_from([0, 24, 24.5, 25]),
        "person.proved_citizen": st.booleans(),
        "person.proved_citizen_or_lawful": st.booleans(),
    },
)


@settings(max_examples=30, deadline=None)
@given(st.lists(_known, min_size=1, max_size=6))
def test_words_sets_texts_and_numbers_come_out_as_by_decide(cases: list[dict[str, object]]) -> None:
    table = Table(worded, "us-ny/sheriff", "hold", AT)
    names = ("paper.box", "paper.attached", "paper.office", *list(_known_names()))
    columns = {name: table.encoded(name, [case.get(name) for case in cases]) for name in names}
    states, effects = table.decide_all(columns)
    for case, state, effect in zip(cases, states, effects, strict=True):
        alone = one_by_one(table, case)
        assert (None if effect == CONTRADICTION else EFFECTS[effect]) == alone
        if alone is None:
            with pytest.raises(ProblemsError):
                table.explain(state)
        else:
            assert table.decide(case).effect == alone == table.explain(state).effect


def _known_names() -> tuple[str, ...]:
    return "person.days_incarcerated", "person.proved_citizen", "person.proved_citizen_or_lawful"


def test_a_law_with_too_many_states_finds_those_that_occur() -> None:
    table = Table(load(), "us-ny-nyc/doc", "hold", AT)
    assert not table.dense
    facts = {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none"}
    columns = {name: table.encoded(name, [value, value, None]) for name, value in facts.items()}
    states, effects = table.decide_all(columns)
    assert states[0] == states[1] != states[2]
    alone = decide(load(), Question("us-ny-nyc/doc", "hold", AT, facts))
    assert EFFECTS[effects[0]] == alone.effect
    assert table.explain(states[0]) == alone
    again, _ = table.decide_all(columns)
    assert again.tolist() == states.tolist()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"person.convictions": [0]}, "hangs on other facts"),
        ({"person.arrested_on": [0]}, "hangs on other facts"),
        ({"paper.fomr": [0]}, "is not a declared fact"),
        ({"paper.box": [9]}, "has a code outside 0 to 4"),
        ({"paper.box": [1], "paper.form": [1, 2]}, "not of one length"),
    ],
)
def test_columns_that_no_table_can_hold_are_told(columns: dict[str, list[int]], said: str) -> None:
    table = Table(load(), "us-ny-nyc/doc", "hold", AT)
    with pytest.raises(ProblemsError, match=said):
        table.decide_all({name: np.array(codes) for name, codes in columns.items()})


def test_no_case_has_no_state() -> None:
    states, effects = toy().decide_all({"toy.match": np.zeros(0, bool)})
    assert len(states) == len(effects) == 0


def test_an_unknown_draft_is_told_at_once() -> None:
    with pytest.raises(ProblemsError, match="is no draft pack"):
        Table(packs, "us-ny/sheriff", "hold", AT, with_draft=frozenset({"us/none"}))
