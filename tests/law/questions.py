"""Random questions about the packs that come with the program, for engines that are held against each other."""

from datetime import datetime
from typing import Any

from lodged.law import ACTS, CUSTODIANS, DUTIES, Fact, Question
from lodged.law.check import declared_facts
from lodged.law.packs import Packs

DAYS = (
    "2014-01-01",
    "2016-06-10",
    "2018-11-13",
    "2019-05-06",
    "2021-03-02",
    "2024-02-29",
    "2025-06-01",
    "2026-06-01",
)
_DATES = ("2015-02-28", "2016-02-29", "2010-03-01", "2014-12-13", "2020-02-28")
_WORDS = {
    "code": ("PL", "PC", "VC", "XX"),
    "section": ("160.15", "245", "273.5", "245(a)(1)", "1"),
    "state": ("NY", "CA", "TX"),
    "grade": ("A", "B", "state_prison", "C"),
}


def question(packs: Packs, rng: Any) -> Question:
    """One question, drawn by `rng` (a `random.Random`); some leave out most facts, some give all."""
    custodian, act = rng.choice(list(CUSTODIANS)), rng.choice(ACTS + DUTIES)
    at = datetime.fromisoformat(f"{rng.choice(DAYS)}T12:00:00").replace(tzinfo=CUSTODIANS[custodian].zone)
    declared = declared_facts(packs.packs)
    kept = rng.choice([0.3, 0.6, 0.9, 1.0])
    facts = {
        name: _value(fact, rng) for name, fact in declared.items() if rng.random() < kept and fact.type != "moment"
    }
    if rng.random() < 0.7:
        facts.pop("paper.asks", None)
    facts.setdefault("inquiry.item", "home_address")
    if rng.random() < 0.2:
        facts.pop("hold.hours", None)
        facts["person.release_moment"] = at.replace(day=max(1, at.day - 2)).isoformat()
    return Question(custodian, act, at, facts, declared)


def _value(fact: Fact, rng: Any) -> object:
    match fact.type:
        case "yes-no":
            return rng.random() < 0.5
        case "one-of":
            return rng.choice(fact.choices)
        case "set-of":
            return [choice for choice in fact.choices if rng.random() < 0.5]
        case "number":
            return rng.choice([0, 1, 47, 48, 49, 100, 3000])
        case "date":
            return rng.choice(_DATES)
        case "text":
            return rng.choice(_WORDS.get(fact.name, ("other",)))
    fields = [field for field in fact.fields if rng.random() < 0.8]
    return [{field.name: _value(field, rng) for field in fields} for _ in range(rng.choice([0, 1, 1, 2]))]
