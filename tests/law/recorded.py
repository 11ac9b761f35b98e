"""Recorded cases for tests: random ones that stand near the law's turning points, and a replay of them in a folder."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lodged.law import Packs, ProblemsError, Question, decide
from lodged.law.check import declared_facts
from lodged.law.replay.answers import Answer
from lodged.law.replay.duck import opened_engine
from lodged.law.replay.laws import Laws
from lodged.law.replay.looks import looks_of
from lodged.law.replay.mapping import CaseMap, map_named
from lodged.law.replay.run import Asked, Outcome, replay
from lodged.law.replay.slots import Slot, slot_named

T = TypeVar("T")


class Chance:
    """Draws that are the same on every run."""

    def __init__(self, seed: int) -> None:
        self._draws = np.random.default_rng(seed)

    def random(self) -> float:
        return float(self._draws.random())

    def choice(self, values: Sequence[T]) -> T:
        return values[int(self._draws.integers(len(values)))]

    def sample(self, values: Sequence[T], count: int) -> list[T]:
        return [values[int(at)] for at in self._draws.permutation(len(values))[:count]]


TURNS = [
    *(date(2020, 2, day) for day in (27, 28, 29)),
    *(date(2015, 2, day) for day in (27, 28)),
    *(date(2016, 2, day) for day in (28, 29)),
    *(date(2025, 2, 28), date(2025, 3, 1), date(2015, 3, 1), date(2020, 3, 1), date(2021, 2, 28)),
    *(date(2014, 12, 13), date(2014, 12, 14), date(2018, 11, 13), date(2018, 11, 14)),
]


def slots_looked_at(packs: Packs, custodian: str, act: str, elements: int = 1) -> list[Slot]:
    """Every slot some law of the custodian looks at, with so many elements in its lists."""
    facts = declared_facts(packs.packs)
    names: set[str] = set()
    for law in Laws(packs, ((custodian, act),)).all:
        for name in looks_of(law.standings).facts:
            if name in facts and facts[name].type != "list":
                names.add(name)
            elif name not in facts:
                head, _, field = name.rpartition(".")
                names |= {f"{head}[{place}].{field}" for place in range(elements)}
    return [slot_named(name, facts, "") for name in sorted(names)]


def value(draw: Chance, slot: Slot, near: datetime) -> object:
    """A value of a slot, often at a place where the law turns."""
    match slot.fact.type:
        case "yes-no":
            return draw.random() < 0.5
        case "one-of":
            return draw.choice(slot.fact.choices)
        case "set-of":
            return frozenset(choice for choice in slot.fact.choices if draw.random() < 0.4)
        case "date":
            day = draw.choice([*TURNS, near.date(), near.date() - timedelta(days=365 * 5 + 1)])
            return day + timedelta(days=draw.choice([0, 0, 0, -1, 1]))
        case "number":
            return draw.choice([0, 1, 2, 365, 47, 48, 49, 30.5])
        case "moment":
            return near - timedelta(hours=draw.choice([0, 24, 47, 48, 49, 95, 96, 97]), minutes=draw.choice([0, 0, 1]))
    return draw.choice(["PL", "PC", "160.15", "265.02(1)", "245(a)", "NY", "CA", "A", "state_prison"])


def random_cases(
    draw: Chance, slots: Sequence[Slot], count: int, known: float = 0.7
) -> list[tuple[datetime, dict[str, object]]]:
    """Moments with the facts known then, by slot."""
    found = []
    for _ in range(count):
        day = draw.choice(TURNS) + timedelta(days=draw.choice([0, 0, -1, 1, 2]))
        at = datetime.fromisoformat(f"{day}T{draw.choice(['00:00', '04:59', '05:00', '12:00', '23:59'])}:00+00:00")
        found.append((at, {slot.name: value(draw, slot, at) for slot in slots if draw.random() < known}))
    return found


def as_facts(given: Mapping[str, object], slots: Sequence[Slot]) -> dict[str, object]:
    """Facts by slot as facts of a question."""
    facts: dict[str, object] = {}
    elements: dict[str, dict[int, dict[str, object]]] = {}
    for slot in slots:
        if slot.name in given:
            if slot.list_name:
                elements.setdefault(slot.list_name, {}).setdefault(slot.place, {})[slot.fact.name] = given[slot.name]
            else:
                facts[slot.name] = given[slot.name]
    return facts | {name: [found[at] for at in sorted(found)] for name, found in elements.items()}


def answer_one_by_one(
    packs: Packs,
    custodian: str,
    act: str,
    at: datetime,
    facts: Mapping[str, object],
    drafts: frozenset[str] = frozenset(),
) -> Answer | None:
    """What `decide` says of one case by itself; None where its facts are refused."""
    try:
        question = Question(custodian, act, at, facts, declared_facts(packs.packs))
        return Answer.of(decide(packs, question, with_draft=drafts))
    except ProblemsError:
        return None


def written_cases(
    path: Path, cases: Sequence[tuple[datetime, Mapping[str, object]]], slots: Sequence[Slot], **constant: str
) -> Path:
    """The cases as a Parquet file with typed columns named as the facts are."""
    columns: dict[str, pa.Array] = {"at": pa.array([at for at, _ in cases], pa.timestamp("us", "UTC"))}
    for name, word in constant.items():
        columns[name] = pa.array([word] * len(cases), pa.string())
    for slot in slots:
        values = [_plain(given.get(slot.name)) for _, given in cases]
        columns[slot.name] = pa.array(values, _ARROW.get(slot.fact.type, pa.string()))
    pq.write_table(pa.table(columns), path)
    return path


_ARROW = {
    "yes-no": pa.bool_(),
    "date": pa.date32(),
    "number": pa.float64(),
    "moment": pa.timestamp("us", "UTC"),
}


def _plain(value: object) -> object:
    return ",".join(sorted(value)) if isinstance(value, frozenset) else value


def replayed(
    packs: Packs, path: Path, **asked: object
) -> tuple[Outcome, list[dict[str, object]], list[dict[str, object]]]:
    """A replay of a file: its outcome, the rows that were decided, what was wrong with the others."""
    out, bad = path.parent / "out.parquet", path.parent / "bad.parquet"
    facts = declared_facts(packs.packs)
    name = str(asked.get("map_name", ""))
    with opened_engine(path, map_named(name, facts) if name else CaseMap(), out, bad) as engine:
        outcome = replay(engine, Asked(packs, **asked))  # type: ignore[arg-type]
    return outcome, _rows(out), _rows(bad) if bad.exists() else []


def _rows(path: Path) -> list[dict[str, object]]:
    return list(pq.read_table(path).to_pylist())


def as_answer(row: Mapping[str, object]) -> Answer:
    """A written row as an answer."""
    lists = (tuple(row[name]) for name in ("cites", "needs", "readings"))  # type: ignore[arg-type]
    return Answer(row["effect"], row["basis"], row["rule"], *lists)  # type: ignore[arg-type]
