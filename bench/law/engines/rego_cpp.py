"""Rego by rego-cpp (regopy), built into a bundle once. It explains only what the policy's author wrote out."""

import importlib
from importlib.metadata import version
from typing import Any

from bench.law.engines.engine import Engine
from bench.law.policy import CONVICTION_NOT_KNOWN, TEXTS, Row

regopy = importlib.import_module("regopy")


class Answering(Engine):
    """Two entry points of one bundle: the outcome, and the outcome with what the author added."""

    explains = "rule and inputs, written out in the policy by hand"
    rows = 5_000  # the slowest of them: the fewest rows

    def __init__(self) -> None:
        building = regopy.Interpreter()
        building.add_module("policy.rego", (TEXTS / "policy.rego").read_text())
        self.bundle = building.build(None, ["toy/outcome", "toy/explained"])
        self.running = regopy.Interpreter()

    def version(self) -> str:
        return f"regopy {version('regopy')}"

    def ready(self, row: Row) -> Any:
        return regopy.Input(dict(row))

    def decide(self, ready: Any) -> Any:
        return self._asked(ready, "toy/outcome")

    def explain(self, ready: Any) -> Any:
        return self._asked(ready, "toy/explained")

    def _asked(self, ready: Any, entry: str) -> Any:
        self.running.set_input(ready)
        return self.running.query_bundle_entrypoint(self.bundle, entry)[0][0]

    def outcome(self, answer: Any) -> str:
        return str(answer["outcome"] if isinstance(answer, dict) else answer)

    def not_known(self) -> list[tuple[str, str]]:
        ways = {"left out": CONVICTION_NOT_KNOWN, "null": {**CONVICTION_NOT_KNOWN, "crime": None}}
        return [(way, self.outcome(self.decide(self.ready(row)))) for way, row in ways.items()]
