"""NumPy written by hand for this one policy: the floor of a batch. It knows holds only, and no missing fact."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.law.engines.engine import Columns, Engine
from bench.law.policy import LONGEST

_FORBIDDEN, _PERMITTED, _REQUIRED = (np.uint8(place) for place in range(3))


class Answering(Engine):
    """Outcomes as one byte a row; explained, the rule is the outcome's and a second byte says which conditions held."""

    explains = "rule number, bit mask of the five conditions"
    by_columns = True

    def version(self) -> str:
        return f"NumPy {np.__version__}"

    def decide_columns(self, ready: Columns) -> Any:
        return self._decided(ready, ready["days"] <= LONGEST)

    def explain_columns(self, ready: Columns) -> Any:
        recent = ready["days"] <= LONGEST
        outcome = self._decided(ready, recent)
        mask = (
            ready["order"]
            | ready["warrant"] * np.uint8(2)
            | ready["crime"] * np.uint8(4)
            | recent * np.uint8(8)
            | ready["match"] * np.uint8(16)
        )
        return outcome, mask

    def _decided(self, ready: Columns, recent: NDArray[np.bool_]) -> NDArray[np.uint8]:
        qualifies = (ready["crime"] & recent) | ready["match"]
        return np.select([ready["order"], ready["warrant"] & qualifies], [_REQUIRED, _PERMITTED], _FORBIDDEN)

    def outcomes(self, answer: Any) -> NDArray[np.uint8]:
        outcome: NDArray[np.uint8] = answer[0] if isinstance(answer, tuple) else answer
        return outcome
