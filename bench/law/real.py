"""The real packs: how long a whole decision takes, with most facts given and some not known."""

import random
import time
from datetime import datetime, timedelta

from bench.results import Figure
from lodged.law import ACTS, Fact, Packs, ProblemsError, Question, decide, load
from lodged.law.fact import CATALOG, DATE, LIST, MOMENT, NUMBER, ONE_OF, SET_OF, YES_NO

CUSTODIAN = "us-ny-nyc/doc"
AT = datetime.fromisoformat("2026-11-24T12:00:00-05:00")
LAST_DAYS = 90  # questions fall on days on which the same law stands
GIVEN, NOT_KNOWN = 40, 10
QUESTIONS = 600
PASSES = 3


def measure() -> list[Figure]:
    """Processor time, so that a busy machine does not speak: of each act's first decision, then of new questions."""
    packs = load()
    chance = random.Random(20261124)
    first = [_milliseconds(packs, act, chance) for act in ACTS]
    middle, slowest = [], []
    for _ in range(PASSES):
        took = sorted(_milliseconds(packs, ACTS[number % len(ACTS)], chance) for number in range(QUESTIONS))
        middle.append(took[len(took) // 2])
        slowest.append(took[len(took) * 99 // 100])
    what = f"NYC DOC, {GIVEN} facts of which {NOT_KNOWN} not known: whole decision"
    return [
        Figure(f"{what}, half of {QUESTIONS} new questions within", "ms of processor", tuple(middle), 2),
        Figure(f"{what}, 99 in 100 within", "ms of processor", tuple(slowest), 10),
        Figure("the first decision of an act, its law made ready", "ms of processor", tuple(first)),
    ]


def _milliseconds(packs: Packs, act: str, chance: random.Random) -> float:
    """How long a question and its decision take. Facts that contradict each other are drawn again, untimed."""
    while True:
        at, facts = AT - timedelta(days=chance.randrange(LAST_DAYS)), _facts(chance)
        started = time.process_time()
        try:
            decide(packs, Question(CUSTODIAN, act, at, facts))
        except ProblemsError:
            continue
        return (time.process_time() - started) * 1e3


def _facts(chance: random.Random) -> dict[str, object]:
    others = [
        fact for fact in CATALOG if fact.name != "inquiry.item"
    ]  # always given: `disclose` is no question without it
    drawn = chance.sample(others, GIVEN - 1)
    unknown = {fact.name for fact in chance.sample(drawn, NOT_KNOWN)}
    item = next(fact for fact in CATALOG if fact.name == "inquiry.item")
    return {fact.name: None if fact.name in unknown else _value(fact, chance) for fact in [item, *drawn]}


def _value(fact: Fact, chance: random.Random) -> object:
    match fact.type:
        case _ if fact.type == YES_NO:
            return chance.random() < 0.5
        case _ if fact.type == ONE_OF:
            return chance.choice(fact.choices)
        case _ if fact.type == SET_OF:
            return chance.sample(fact.choices, chance.randrange(len(fact.choices)))
        case _ if fact.type == NUMBER:
            return chance.randrange(100)
        case _ if fact.type == DATE:
            return (AT - timedelta(days=chance.randrange(4000))).date().isoformat()
        case _ if fact.type == MOMENT:
            return (AT - timedelta(hours=chance.randrange(1, 400))).isoformat()
        case _ if fact.type == LIST:
            return [_element(fact, chance) for _ in range(chance.randrange(3))]
    return "some words"


def _element(fact: Fact, chance: random.Random) -> dict[str, object]:
    """One conviction; a field in five is not known."""
    return {inner.name: _value(inner, chance) for inner in fact.fields if chance.random() < 0.8}
