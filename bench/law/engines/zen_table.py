"""ZEN: a decision table with the hit policy `first`; its last row catches everything, gaps too."""

import importlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from bench.law.engines.engine import Engine
from bench.law.policy import CONVICTION_NOT_KNOWN, TEXTS, Row

zen = importlib.import_module("zen")
_TRACE = {"trace": True}


class Answering(Engine):
    """Asked by key, which is many times faster than by a `ZenDecision` object; many rows by the engine's own batch call."""

    explains = "trace of each node, with the row that matched"
    explains_by_itself = True

    def __init__(self) -> None:
        table = json.loads((TEXTS / "policy.zen.json").read_text())
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {"toy": table}}})

    def version(self) -> str:
        return f"zen-engine {version('zen-engine')}"

    def ready(self, row: Row) -> Any:
        return {"key": "toy", "context": dict(row)}

    def decide(self, ready: Any) -> Any:
        return self.engine.evaluate("toy", ready["context"])

    def explain(self, ready: Any) -> Any:
        return self.engine.evaluate("toy", ready["context"], _TRACE)

    def decide_rows(self, ready: Sequence[Any]) -> list[Any]:
        return [answer["data"] for answer in self.engine.evaluate_batch(ready)]

    def explain_rows(self, ready: Sequence[Any]) -> list[Any]:
        return [answer["data"] for answer in self.engine.evaluate_batch(ready, _TRACE)]

    def outcome(self, answer: Any) -> str:
        return str(answer["result"]["outcome"])

    def not_known(self) -> list[tuple[str, str]]:
        ways = {"left out": CONVICTION_NOT_KNOWN, "null": {**CONVICTION_NOT_KNOWN, "crime": None}}
        return [(way, self.outcome(self.engine.evaluate("toy", dict(row)))) for way, row in ways.items()]
