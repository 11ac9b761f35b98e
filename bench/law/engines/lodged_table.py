"""lodged, by table: every state of the facts that the law tells apart is decided once; a case only finds its state."""

import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.law.engines.engine import OUTCOMES, Columns
from bench.law.engines.lodged_decide import AT, CUSTODIAN, facts_of
from bench.law.engines.lodged_decide import Answering as Afresh
from bench.law.policy import ACTS, Row
from lodged.law.decision import EFFECTS

table = importlib.import_module("lodged.law.table")
_PLACES = np.array([OUTCOMES.index(e) if e in OUTCOMES else len(OUTCOMES) for e in EFFECTS], dtype=np.uint8)


class Answering(Afresh):
    """One table an act. A million is explained when each row has its state, and each state that occurs its decision."""

    explains = "the whole decision: rules with citation, facts, needs, what would change it"
    by_columns = True

    def __init__(self) -> None:
        super().__init__()
        self.tables = {act: table.Table(self.packs, CUSTODIAN, act, AT) for act in ACTS}
        self.hold = self.tables["hold"]

    def ready(self, row: Row) -> Any:
        return str(row["act"]), facts_of(row)

    def decide(self, ready: Any) -> Any:
        act, facts = ready
        return self.tables[act].decide(facts)

    explain = decide

    def columns_ready(self, columns: Columns) -> Any:
        return {f"toy.{name}": column for name, column in columns.items()}

    def decide_columns(self, ready: Columns) -> Any:
        return self.hold.decide_all(ready)

    def explain_columns(self, ready: Columns) -> Any:
        states, effects = self.hold.decide_all(ready)
        occurring = np.flatnonzero(np.bincount(states)).tolist()
        return states, effects, {state: self.hold.explain(state) for state in occurring}

    def outcomes(self, answer: Any) -> NDArray[np.uint8]:
        places: NDArray[np.uint8] = _PLACES[answer[1]]
        return places
