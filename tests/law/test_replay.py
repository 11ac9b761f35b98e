"""Replay: every recorded case gets the answer that it would get alone, and cases that share an answer may share it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.law.recorded import (
    Chance,
    answer_one_by_one,
    as_answer,
    as_facts,
    random_cases,
    replayed,
    slots_looked_at,
    written_cases,
)

from lodged.law import FACTS, Packs, load
from lodged.law.packs import Source, read
from lodged.law.replay import Laws, Other, looks_of
from lodged.law.replay.laws import turning_days
from lodged.law.replay.slots import slot_named

# Small laws that together look at everything a case can hold.
HEAD = """# A

```law
pack us/a level federal binds us status confirmed
  cite "A"
"""
LOOK_BACKS = f"""{HEAD}
rule recent
  forbid hold when person.arrested_on within 5 years before today
  unless any conviction c where (c.on within 5 years before person.arrested_on plus c.days_incarcerated days leap days as the 28th)
  cite "§ 1"
rule old in force from 2018-11-14
  require hold when any conviction c where (c.on before 2016-02-29)
  cite "§ 2"
```
"""
HOURS = f"""{HEAD}
clock all counting every hour
  cite "A"
clock work leaving out weekends and holidays of us-federal
  cite "A"

rule scheduled
  require hold when person.release_on not before person.arrested_on
  unless held more than 48 hours by all
  cite "§ 1"
rule short
  permit hold when held at most 48 hours by work
  cite "§ 2"
```
"""
WORDS = f"""{HEAD}
rule asked
  forbid hold when paper.asks has any of notify, transfer and paper.office is "12"
  unless any conviction c where (c.class is felony and c.section is "265.02")
  cite "§ 1"
```
"""
CUSTODIAN = "us-ny/sheriff"


def law(text: str) -> Packs:
    return read([Source("a.md", text)])


def compare(packs: Packs, folder: Path, names: list[str], seed: int, rows: int, checked: int, elements: int = 1) -> int:
    """Replays random cases, then decides some of each state alone; gives how many were compared."""
    draw = Chance(seed)
    slots = [s for s in slots_looked_at(packs, CUSTODIAN, "hold", elements) if s.name.startswith(tuple(names))]
    cases = random_cases(draw, slots, rows, 0.6)
    path = written_cases(folder / "cases.parquet", cases, slots, custodian=CUSTODIAN, act="hold")
    outcome, decided, bad = replayed(packs, path)
    assert outcome.rows == rows == len(decided) + len({row["row"] for row in bad})
    states: dict[object, list[dict[str, object]]] = {}
    for row in decided:
        states.setdefault(row["state"], []).append(row)
    shared = sorted((found for found in states.values() if len(found) > 1), key=len, reverse=True)
    picked = [row for found in shared for row in draw.sample(found[1:], 1)]
    picked = [row for row in picked if row["row"] in {p["row"] for p in draw.sample(picked, min(checked, len(picked)))}]
    for row in picked:
        at, given = cases[int(str(row["row"])) - 1]
        assert answer_one_by_one(packs, CUSTODIAN, "hold", at, as_facts(given, slots)) == as_answer(row), (at, given)
    for number in sorted({int(str(row["row"])) for row in bad})[:10]:
        at, given = cases[number - 1]
        assert answer_one_by_one(packs, CUSTODIAN, "hold", at, as_facts(given, slots)) is None, (at, given)
    return len(picked)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (LOOK_BACKS, ["person.arrested_on", "person.convictions[0].on", "person.convictions[0].days"]),
        (LOOK_BACKS, ["person.arrested_on", "person.convictions[0].on", "person.days_incarcerated"]),
        (HOURS, ["hold.hours", "person.release_moment"]),
        (HOURS, ["hold.hours", "person.release_on", "person.arrested_on"]),
        (WORDS, ["paper.asks", "paper.office", "person.convictions[0].class", "person.convictions[0].section"]),
    ],
    ids=["own days", "the person's days", "hours", "days", "words"],
)
def test_cases_of_one_state_have_the_answer_that_each_has_alone(text: str, names: list[str], tmp_path: Path) -> None:
    assert compare(law(text), tmp_path, names, 7, 1500, 80) > 5


def test_two_convictions_are_told_apart_by_the_order_of_their_days(tmp_path: Path) -> None:
    names = ["person.arrested_on", "person.convictions[0].on", "person.convictions[1].on"]
    assert compare(law(LOOK_BACKS), tmp_path, names, 11, 1500, 80, elements=2) > 5


@pytest.mark.parametrize("custodian", ["us-ny-nyc/doc", "us-ca/sheriff", "us-wa/sheriff"])
def test_the_real_packs_answer_every_row_as_one_by_one(custodian: str, tmp_path: Path) -> None:
    packs, draw = load(), Chance(5)
    slots = slots_looked_at(packs, custodian, "hold")
    cases = random_cases(draw, slots, 8)
    path = written_cases(tmp_path / "cases.parquet", cases, slots, custodian=custodian, act="hold")
    _, decided, bad = replayed(packs, path)
    found = {row["row"]: as_answer(row) for row in decided}
    aside = {row["row"] for row in bad}
    for number, (at, given) in enumerate(cases, 1):
        alone = answer_one_by_one(packs, custodian, "hold", at, as_facts(given, slots))
        assert found.get(number) == alone
        assert (number in aside) == (alone is None)


def test_a_day_on_which_the_law_turned_parts_the_cases(tmp_path: Path) -> None:
    moments = ["2018-11-13T23:59-05:00", "2018-11-14T00:00-05:00", "2018-11-14T04:59+00:00", "2018-11-14T05:00+00:00"]
    cases = [(datetime.fromisoformat(at), {}) for at in moments]
    path = written_cases(tmp_path / "cases.parquet", cases, [], custodian=CUSTODIAN, act="hold")
    packs = load()
    path = written_cases(
        path, cases, [], custodian=CUSTODIAN, act="hold", **{"paper.form": "i-247a", "warrant.signed_by": "none"}
    )
    _, rows, _ = replayed(packs, path)
    assert [row["effect"] for row in rows] == ["not_known", "forbidden", "not_known", "forbidden"]
    assert rows[1]["rule"] == "us-ny/wells/no-civil-arrest"
    assert date(2018, 11, 14) in turning_days(packs, CUSTODIAN)


def test_facts_that_no_law_looks_at_do_not_part_cases(tmp_path: Path) -> None:
    packs, at = law(WORDS), datetime.fromisoformat("2020-01-17T12:00+00:00")
    assert "paper.edition" not in looks_of(Laws(packs, ((CUSTODIAN, "hold"),)).all[0].standings).facts
    slot = slot_named("paper.edition", FACTS, "")
    cases = [(at, {slot.name: word}) for word in ("3/17", "8/15", "12/12")]
    path = written_cases(tmp_path / "cases.parquet", cases, [slot], custodian=CUSTODIAN, act="hold")
    outcome, _, _ = replayed(packs, path)
    assert outcome.states == 1


def test_each_row_keeps_its_number_and_its_order(tmp_path: Path) -> None:
    packs = law(LOOK_BACKS)
    slots = [s for s in slots_looked_at(packs, CUSTODIAN, "hold") if s.name == "person.arrested_on"]
    cases = random_cases(Chance(1), slots, 5000)
    path = written_cases(tmp_path / "cases.parquet", cases, slots, custodian=CUSTODIAN, act="hold")
    _, rows, _ = replayed(packs, path)
    assert [row["row"] for row in rows] == list(range(1, 5001))


def test_a_second_replay_of_the_same_file_writes_the_same(tmp_path: Path) -> None:
    packs = law(LOOK_BACKS)
    slots = [s for s in slots_looked_at(packs, CUSTODIAN, "hold") if s.name in ("person.arrested_on", "hold.hours")]
    path = written_cases(
        tmp_path / "cases.parquet", random_cases(Chance(2), slots, 400), slots, custodian=CUSTODIAN, act="hold"
    )
    assert replayed(packs, path)[1] == replayed(packs, path)[1]


def test_old_law_against_new_names_the_cases_that_turn(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2016-06-01T12:00-04:00")
    words = {"paper.form": "i-247d", "warrant.signed_by": "none"}
    path = written_cases(tmp_path / "cases.parquet", [(at, {})] * 4, [], custodian=CUSTODIAN, act="hold", **words)
    outcome, rows, _ = replayed(load(), path, other=Other(date(2019, 1, 1)))
    assert outcome.turned == {("not_known", "forbidden"): 4}
    assert [row["changed"] for row in rows] == [True] * 4
    assert rows[0]["other_rule"] == "us-ny/wells/no-civil-arrest"


def test_another_custodians_law_is_asked_of_every_case(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2019-06-01T12:00-04:00")
    words = {"paper.form": "i-247d", "warrant.signed_by": "none"}
    path = written_cases(tmp_path / "cases.parquet", [(at, {})] * 2, [], custodian=CUSTODIAN, act="hold", **words)
    outcome, rows, _ = replayed(load(), path, other=Other(date(2019, 6, 1), "us-ca/sheriff"))
    other = answer_one_by_one(load(), "us-ca/sheriff", "hold", at, words)
    assert other is not None
    assert {row["other_effect"] for row in rows} == {other.effect}
    assert sum(outcome.turned.values()) == 2


def test_columns_of_the_file_are_kept_and_counted_by(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2019-06-01T12:00-04:00")
    words = {"paper.form": "i-247d", "warrant.signed_by": "none", "state": "NEW YORK"}
    path = written_cases(tmp_path / "cases.parquet", [(at, {})] * 3, [], custodian=CUSTODIAN, act="hold", **words)
    outcome, rows, _ = replayed(load(), path, by=("state",), keep=True)
    assert [(count.values, count.effect, count.cases) for count in outcome.counts] == [(("NEW YORK",), "forbidden", 3)]
    assert rows[0]["case_state"] == "NEW YORK"
    assert rows[0]["paper.form"] == "i-247d"


def test_several_custodians_stand_in_one_file(tmp_path: Path) -> None:
    text = "at,custodian,act,paper.form,warrant.signed_by\n"
    text += "2019-06-01,us-ny/sheriff,hold,i-247d,none\n2019-06-01,us-wa/sheriff,interview,,\n"
    (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
    _, rows, _ = replayed(load(), tmp_path / "cases.csv")
    for row, (custodian, act, facts) in zip(
        rows,
        [
            ("us-ny/sheriff", "hold", {"paper.form": "i-247d", "warrant.signed_by": "none"}),
            ("us-wa/sheriff", "interview", {}),
        ],
        strict=True,
    ):
        noon = datetime.fromisoformat("2019-06-01T16:00+00:00" if "ny" in custodian else "2019-06-01T19:00+00:00")
        assert as_answer(row) == answer_one_by_one(load(), custodian, act, noon, facts)
