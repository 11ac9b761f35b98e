"""Rego by regorus (celine-regorus), given JSON text: its `set_input` turns False into 0.0, which Rego takes for true."""

import importlib
import json
from importlib.metadata import version
from typing import Any

from bench.law.engines.engine import Engine
from bench.law.policy import CONVICTION_NOT_KNOWN, TEXTS, Row, complete_cases, outcome

regorus = importlib.import_module("regorus")
_RULE = "data.toy.outcome"


class Answering(Engine):
    """Its explanation is the engine's own report of which lines were reached."""

    explains = "lines of the policy that were reached"
    explains_by_itself = True

    def __init__(self) -> None:
        self.plain, self.covered = _engine(), _engine()
        self.covered.set_enable_coverage(True)

    def version(self) -> str:
        return f"celine-regorus {version('celine-regorus')}"

    def ready(self, row: Row) -> Any:
        return json.dumps(row)

    def decide(self, ready: Any) -> Any:
        self.plain.set_input_json(ready)
        return self.plain.eval_rule(_RULE)

    def explain(self, ready: Any) -> Any:
        self.covered.clear_coverage_data()
        self.covered.set_input_json(ready)
        answer = self.covered.eval_rule(_RULE)
        return answer, self.covered.get_coverage_report_as_json()

    def outcome(self, answer: Any) -> str:
        return str(answer[0] if isinstance(answer, tuple) else answer)

    def not_known(self) -> list[tuple[str, str]]:
        wrong = sum(self._given_as_dict(row) != outcome(row) for row in complete_cases())
        return [
            ("left out", str(self.decide(self.ready(CONVICTION_NOT_KNOWN)))),
            ("null", str(self.decide(json.dumps({**CONVICTION_NOT_KNOWN, "crime": None})))),
            ("nothing missing, but a dict instead of JSON", f"{wrong} of {len(list(complete_cases()))} cases wrong"),
        ]

    def _given_as_dict(self, row: Row) -> str:
        self.plain.set_input(dict(row))
        return str(self.plain.eval_rule(_RULE))


def _engine() -> Any:
    engine = regorus.Engine()
    engine.add_policy("policy.rego", (TEXTS / "policy.rego").read_text())
    return engine
