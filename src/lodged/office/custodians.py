"""The custodian of an id, or a refusal that names the nearest ones."""

from difflib import get_close_matches

from lodged.law.custodians import CUSTODIANS, Custodian
from lodged.problem import Problem, ProblemsError


def custodian(id_: str) -> Custodian:
    """Who holds people under this id, with name and zone; raises ProblemsError for an id nobody has."""
    found = CUSTODIANS.get(id_)
    if found is None:
        near = get_close_matches(id_, CUSTODIANS, n=3) or get_close_matches(id_, CUSTODIANS, n=3, cutoff=0)
        raise ProblemsError(
            [Problem("custodian", f"`{id_}` is not a custodian", "did you mean " + ", ".join(near) + "?")]
        )
    return found
