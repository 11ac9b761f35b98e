"""How each custodian's own paper is headed: name, office, address, and how a sentence speaks of it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from lodged.letter import Custodian
from lodged.office.custodians import custodian


def letterhead(custodian_id: str) -> Custodian:
    """The letterhead of a custodian; one that nobody has written yet carries the custodian's name alone."""
    found = _read(settings.LODGED_LETTERHEADS).get(custodian_id, {})
    return Custodian(
        name=found.get("name", custodian(custodian_id).name),
        office=found.get("office", "Records"),
        address=tuple(found.get("address", ())),
        called=found.get("called", "the department"),
    )


def names(custodian_id: str) -> tuple[str, ...]:
    """What papers call a custodian: its own name and whatever else its letterhead lists; nothing where nobody wrote one."""
    found = _read(settings.LODGED_LETTERHEADS).get(custodian_id)
    return (str(found["name"]), *found.get("also", ())) if found else ()


@cache
def _read(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
