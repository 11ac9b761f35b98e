"""The small policy as a plain function: what every engine is checked against, and the floor of one decision.

A court order requires. A hold is permitted with a warrant where the person qualifies: a violent or serious conviction
of at most five years ago, or a screening match. A notice is permitted where the person qualifies. All else is forbidden.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

TEXTS = Path(__file__).parent / "toy"
ACTS = ("hold", "notify")
FACTS = ("order", "warrant", "crime", "days", "match")
LONGEST = 1826  # five years in days, one leap day among them
DAYS = (0, 400, LONGEST - 1, LONGEST, LONGEST + 1, 4000)

Row = Mapping[str, bool | int | str | None]


def outcome(row: Row) -> str:
    """What the policy says of one complete case.

    >>> outcome({"act": "hold", "order": False, "warrant": True, "crime": True, "days": 1826, "match": False})
    'permitted'
    """
    if row["order"]:
        return "required"
    qualifies = (row["crime"] and _recent(row)) or row["match"]
    return "permitted" if qualifies and (row["act"] == "notify" or row["warrant"]) else "forbidden"


def explained(row: Row) -> tuple[str, str, dict[str, bool]]:
    """The same with the rule that decided and the truth of every condition."""
    truths = {name: bool(row[name]) for name in FACTS if name != "days"}
    truths["recent"] = _recent(row)
    qualifies = (truths["crime"] and truths["recent"]) or truths["match"]
    if truths["order"]:
        return "required", "order", truths
    if row["act"] == "hold":
        permitted = qualifies and truths["warrant"]
        return "permitted" if permitted else "forbidden", "hold", truths
    return "permitted" if qualifies else "forbidden", "notify", truths


def _recent(row: Row) -> bool:
    days = row["days"]
    return isinstance(days, int) and days <= LONGEST


def complete_cases(acts: tuple[str, ...] = ACTS) -> Iterator[Row]:
    """Every truth of the conditions, with the days on both sides of the limit, for each act."""
    truths = (False, True)
    for act, order, warrant, crime, days, match in product(acts, truths, truths, truths, DAYS, truths):
        yield {"act": act, "order": order, "warrant": warrant, "crime": crime, "days": days, "match": match}


CONVICTION_NOT_KNOWN: Row = {"act": "hold", "order": False, "warrant": True, "days": 400, "match": False}
