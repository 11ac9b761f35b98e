"""lodged, the whole decision: every completion, reasons, needs, what would change it. It is what the program runs."""

from datetime import datetime
from importlib.metadata import version
from typing import Any

from bench.law.engines.engine import Engine
from bench.law.policy import CONVICTION_NOT_KNOWN, FACTS, TEXTS, Row
from lodged.law import Decision, Fact, Question, decide, load
from lodged.law.check import declared_facts

CUSTODIAN = "us/custodian"
AT = datetime.fromisoformat("2026-11-24T12:00:00-05:00")


class Answering(Engine):
    """The pack in `toy/policy.md`, decided afresh each time."""

    explains = "rules with citation and the facts they rest on, needs, what would change it"
    explains_by_itself = True
    rows = 1_500  # each is worked out from the law anew

    def __init__(self) -> None:
        self.packs = load(TEXTS)
        self.declared: dict[str, Fact] = declared_facts(self.packs.packs)

    def version(self) -> str:
        return f"lodged {version('lodged')}"

    def ready(self, row: Row) -> Any:
        return Question(CUSTODIAN, str(row["act"]), AT, facts_of(row), self.declared)

    def decide(self, ready: Question) -> Any:
        return decide(self.packs, ready)

    explain = decide

    def outcome(self, answer: Decision) -> str:
        return answer.effect

    def not_known(self) -> list[tuple[str, str]]:
        decision = self.decide(self.ready(CONVICTION_NOT_KNOWN))
        matched = self.decide(self.ready({**CONVICTION_NOT_KNOWN, "match": True}))
        return [
            ("left out, or null", f"{decision.effect}, needs {', '.join(f'`{need}`' for need in decision.needs)}"),
            ("the same, though a match settles it", matched.effect),
        ]


def facts_of(row: Row) -> dict[str, object]:
    """A case as the pack names its facts."""
    return {f"toy.{name}": row[name] for name in FACTS if name in row}
