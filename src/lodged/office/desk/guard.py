"""Whether the office may be opened for real work: everything a jail would need, or a refusal that says what is missing."""

from collections.abc import Mapping

from lodged.problem import Problem

# Each stands until the part that does it exists; a switch nobody can turn on is not offered.
NOT_BUILT = (
    Problem("storage", "documents are not encrypted at rest", "this version cannot; use `lodged demo` to try it out"),
    Problem("sign-in", "there is no multi-factor sign-in", "this version cannot; use `lodged demo` to try it out"),
    Problem("audit", "views of papers are not audited", "this version cannot; use `lodged demo` to try it out"),
)


def obstacles(environment: Mapping[str, str]) -> list[Problem]:
    """Why `lodged serve` must not take real papers; empty only when nothing is missing (safeguard 32)."""
    found = list(NOT_BUILT)
    if environment.get("LODGED_DEMO") == "1":
        found.append(Problem("LODGED_DEMO", "the demonstration is switched on", "start without it"))
    if not environment.get("LODGED_ORIGIN"):
        found.append(Problem("LODGED_ORIGIN", "the log has no name", "set it, such as `docket.example.gov/1`"))
    return found
