"""A plain Python function: the floor of one decision."""

import platform
from typing import Any

from bench.law.engines.engine import Engine
from bench.law.policy import Row, explained, outcome


class Answering(Engine):
    """The reference itself."""

    explains = "rule and the truth of each condition, in a dict"

    def version(self) -> str:
        return f"Python {platform.python_version()}"

    def decide(self, ready: Row) -> Any:
        return outcome(ready)

    def explain(self, ready: Row) -> Any:
        return explained(ready)

    def outcome(self, answer: Any) -> str:
        return str(answer if isinstance(answer, str) else answer[0])
