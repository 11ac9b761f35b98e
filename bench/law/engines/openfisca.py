"""OpenFisca: vectors of a population. A missing input is the type's default, here False."""

import importlib
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.law.engines.engine import OUTCOMES, Columns, Engine
from bench.law.policy import CONVICTION_NOT_KNOWN, FACTS, LONGEST, Row

entities = importlib.import_module("openfisca_core.entities")
periods = importlib.import_module("openfisca_core.periods")
building = importlib.import_module("openfisca_core.simulation_builder")
systems = importlib.import_module("openfisca_core.taxbenefitsystems")
variables = importlib.import_module("openfisca_core.variables")
_DAY = "2026-11-24"


def _qualifies(person: Any, day: Any) -> Any:
    return (person("crime", day) * (person("days", day) <= LONGEST)) + person("match", day)


def _hold(person: Any, day: Any) -> Any:
    required, permitted = person("order", day), person("warrant", day) * person("qualifies", day)
    return np.select([required, permitted], [2, 1], 0)


def _notify(person: Any, day: Any) -> Any:
    return np.select([person("order", day), person("qualifies", day)], [2, 1], 0)


class Answering(Engine):
    """A simulation is made for each run, since it remembers what it worked out; the system is made once."""

    explains = "tree of variables and their vectors; no rule"
    explains_by_itself = True
    by_columns = True

    def __init__(self) -> None:
        self.person = entities.build_entity("person", "persons", "", is_person=True)
        self.system = systems.TaxBenefitSystem([self.person])
        for name in FACTS:
            self._add(name, int if name == "days" else bool)
        self._add("qualifies", bool, _qualifies)
        self._add("hold", int, _hold)
        self._add("notify", int, _notify)

    def _add(self, name: str, kind: type, formula: Any = None) -> None:
        said = {"value_type": kind, "entity": self.person, "definition_period": periods.DateUnit.DAY, "label": name}
        self.system.add_variable(type(name, (variables.Variable,), said | ({"formula": formula} if formula else {})))

    def version(self) -> str:
        return f"OpenFisca-Core {version('OpenFisca-Core')}"

    def ready(self, row: Row) -> Any:
        return str(row["act"]), {name: np.array([row[name]]) for name in FACTS if name in row}

    def decide(self, ready: Any) -> Any:
        act, columns = ready
        return self._run(columns, act, trace=False)

    def explain(self, ready: Any) -> Any:
        act, columns = ready
        return self._run(columns, act, trace=True)

    def outcome(self, answer: Any) -> str:
        return OUTCOMES[int(answer[0])]

    def decide_columns(self, ready: Columns) -> Any:
        return self._run(ready, "hold", trace=False)

    def explain_columns(self, ready: Columns) -> Any:
        return self._run(ready, "hold", trace=True)

    def outcomes(self, answer: Any) -> NDArray[np.uint8]:
        return np.asarray(answer, dtype=np.uint8)

    def _run(self, columns: Columns, act: str, *, trace: bool) -> Any:
        count = len(next(iter(columns.values())))
        simulation = building.SimulationBuilder().build_default_simulation(self.system, count=count)
        simulation.trace = trace
        for name, column in columns.items():
            simulation.set_input(name, _DAY, column)
        return simulation.calculate(act, _DAY)

    def not_known(self) -> list[tuple[str, str]]:
        return [("left out", self.outcome(self.decide(self.ready(CONVICTION_NOT_KNOWN))))]
