"""Cedar, by cedarpy: two outcomes, determining policies named; a policy that errs is left out."""

import importlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from bench.law.engines.engine import Engine
from bench.law.policy import CONVICTION_NOT_KNOWN, TEXTS, Row

cedarpy = importlib.import_module("cedarpy")
_UNKNOWN = {"__extn": {"fn": "unknown", "arg": "crime"}}


class Answering(Engine):
    """Policies and entities parsed once; every answer names its policies, so the explanation costs nothing more."""

    explains = "ids of the determining policies; no condition"
    explains_by_itself = True

    def __init__(self) -> None:
        self.policies = _policies("policy.cedar")
        self.entities = cedarpy.Entities.from_json_str("[]")

    def version(self) -> str:
        return f"cedarpy {version('cedarpy')}"

    def ready(self, row: Row) -> Any:
        context = {name: value for name, value in row.items() if name != "act"}
        return _request(str(row["act"])) | {"context": json.dumps(context)}

    def decide(self, ready: Any) -> Any:
        return cedarpy.is_authorized(ready, self.policies, self.entities)

    explain = decide

    def decide_rows(self, ready: Sequence[Any]) -> list[Any]:
        return list(cedarpy.is_authorized_batch(ready, self.policies, self.entities))

    explain_rows = decide_rows

    def outcome(self, answer: Any) -> str:
        if not answer.allowed:
            return "forbidden"
        return "required" if "order" in answer.diagnostics.id_annotations_by_reason.values() else "permitted"

    def not_known(self) -> list[tuple[str, str]]:
        forbidding = _policies("forbidding.cedar")
        asked = self.ready(CONVICTION_NOT_KNOWN)
        partly = self._partly(CONVICTION_NOT_KNOWN)
        matched = self._partly({**CONVICTION_NOT_KNOWN, "match": True})
        return [
            ("left out, permits only", _said(cedarpy.is_authorized(asked, self.policies, self.entities))),
            ("left out, `forbid … unless`", _said(cedarpy.is_authorized(asked, forbidding, self.entities))),
            ("partial evaluation (experimental)", f"{_word(partly)}, residual of {_residual(partly)}"),
            ("the same, though a match settles it", _word(matched)),
        ]

    def _partly(self, row: Row) -> Any:
        context = {name: value for name, value in row.items() if name != "act"} | {"crime": _UNKNOWN}
        names = {"principal": 'Officer::"any"', "action": f'Action::"{row["act"]}"', "resource": 'Person::"any"'}
        asked = names | {"context": json.dumps(context)}
        return cedarpy.is_authorized_partial(asked, self.policies, self.entities)


def _policies(name: str) -> Any:
    return cedarpy.PolicySet.from_str((TEXTS / name).read_text())


def _request(act: str) -> dict[str, Any]:
    return {
        "principal": {"type": "Officer", "id": "any"},
        "action": {"type": "Action", "id": act},
        "resource": {"type": "Person", "id": "any"},
    }


def _said(answer: Any) -> str:
    errors = "; ".join(answer.diagnostics.errors)
    return f"{answer.decision.value}, with an error in the diagnostics ({errors})" if errors else answer.decision.value


def _word(answer: Any) -> str:
    return str(answer.decision.value)


def _residual(answer: Any) -> str:
    named = answer.diagnostics.id_annotations_by_reason
    return ", ".join(f"`{named[policy]}`" for policy in answer.diagnostics.nontrivial_residuals)
