"""The gold cases: worked by lawyers, with the section that decides. Source: the open set of law cases
(`law-open.toml`, 42 cases, all persons invented), copied into `tests/law/cases/`."""

import tomllib
from pathlib import Path

import pytest

from lodged.law import Question, decide, load

CASES = tomllib.loads((Path(__file__).parent / "cases" / "law-open.toml").read_text(encoding="utf-8"))["case"]


def test_there_are_42_cases() -> None:
    assert len(CASES) == 42


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_gold_case_comes_out_as_written(case: dict) -> None:
    question = Question.from_json({key: case[key] for key in ("custodian", "act", "at", "facts")})
    found = decide(load(), question).to_json()
    assert found["effect"] == case["effect"], case["why"]
    cites = " | ".join(reason["cite"] for reason in found["reasons"])
    assert all(fragment in cites for fragment in case.get("cites", ())), cites
    named = [need.get("fact", "") for need in found["needs"]]
    assert all(any(fragment in name for name in named) for fragment in case.get("needs", ())), named
    asked = {reading["id"] for reading in found["readings"]}
    assert set(case.get("readings", ())) <= asked
    argued = {challenge["id"] for challenge in found["challenges"]}
    assert set(case.get("challenges", ())) <= argued
    due = {duty["act"]: duty["effect"] for duty in found["duties"]}
    assert due | case.get("duties", {}) == due
    if found["effect"] == "not_known":
        assert found["needs"]


@pytest.mark.parametrize("case", [case for case in CASES if case["effect"] == "contested"], ids=lambda case: case["id"])
def test_a_contested_case_names_no_other_reading(case: dict) -> None:
    question = Question.from_json({key: case[key] for key in ("custodian", "act", "at", "facts")})
    assert [reading.id for reading in decide(load(), question).readings] == case["readings"]
