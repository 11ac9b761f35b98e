"""Who runs: each engine's file, its name for readers, the package that it needs."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from bench.law import peers


@dataclass(frozen=True, slots=True)
class Entrant:
    """An engine; without a package it runs in our own environment, without a file it is listed only."""

    file: str
    name: str
    package: str = ""

    @property
    def python(self) -> str:
        """The Python that runs it."""
        return str(peers.PYTHON) if self.package else sys.executable


TABLE, AFRESH = "lodged_table", "lodged_decide"
OURS = TABLE if find_spec("lodged.law.table") else AFRESH
FUNCTION, BY_HAND, OPENFISCA = "function", "by_hand", "openfisca"
CEDAR, ZEN, REGORUS, REGO_CPP = "cedar", "zen_table", "rego_regorus", "rego_cpp"

ENTRANTS = (
    *([Entrant(TABLE, "**lodged**, by table")] if OURS == TABLE else []),
    Entrant(AFRESH, "**lodged**, decided afresh"),
    Entrant(FUNCTION, "plain Python function, the floor of one"),
    Entrant(BY_HAND, "NumPy by hand, the floor of a batch"),
    Entrant(CEDAR, "Cedar", "cedarpy"),
    Entrant(ZEN, "ZEN", "zen-engine"),
    Entrant(REGORUS, "Rego (regorus)", "celine-regorus"),
    Entrant(REGO_CPP, "Rego (rego-cpp)", "regopy"),
    Entrant("", "Rego (OPA's own engine)", "opa-golib-python-bindings"),
    Entrant(OPENFISCA, "OpenFisca", "OpenFisca-Core"),
)
NAMES = {entrant.file: entrant.name for entrant in ENTRANTS}

# The rules engines that name what decided, by themselves. Regorus says which lines were reached and no more: it is measured
# and shown, without a goal. OPA's own engine explains by a trace; where it cannot be installed, the table says so.
EXPLAINING = (CEDAR, ZEN)


def running(problems: Mapping[str, str]) -> list[Entrant]:
    """Those that can run; `problems` says of each line of the peers' list why it could not be installed, or nothing."""
    return [e for e in ENTRANTS if e.file and not why_not(e, problems)]


def why_not(entrant: Entrant, problems: Mapping[str, str]) -> str:
    """Why an engine's package is not there; empty where it is."""
    lines = [line for line in problems if line.startswith(f"{entrant.package}==")]
    if entrant.package and not lines:
        return "it is not in bench/peers.txt"
    return problems[lines[0]] if lines else ""
