"""`python -m faults.first HOME`: a new office, opened as a verb opens it, with two papers taken in."""

import importlib
import sys
from pathlib import Path

from faults.office import CUSTODIAN, say
from lodged.cli._office import open_office


def main(folder: Path) -> None:
    """Make the office; the receipts of the two papers are printed, one JSON line each."""
    open_office(folder, "lodged.office.seals.heads", CUSTODIAN, demo=True)
    deeds = importlib.import_module("faults.deeds")
    for document in (b"the first paper", b"the second paper"):
        deeds.take_in(document, say)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
