"""Two laws side by side: one place on two days, or two places on one; rules in words, then the answers that differ."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lodged.law import ACTS, CUSTODIANS
from lodged.office.decisions.compared import Side, answers_side_by_side, rules_side_by_side
from lodged.office.decisions.library import packs
from lodged.office.decisions.opened import Opened
from lodged.office.decisions.proved import Proved, missing, proved
from lodged.office.decisions.views import binds, custodian_of, custodians, day_of
from lodged.office.desk.custody import zone
from lodged.office.staff.typed import visible
from lodged.office.staff.visits import for_those_who_may, hour
from lodged.problem import Problem, ProblemsError

OTHER = "us-tx/sheriff"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared, as the form told it, with what was wrong."""

    left: Side
    right: Side
    problems: tuple[Problem, ...]


@for_those_who_may("see decisions")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Both sides; without a choice, the house's own law against another state's, today."""
    asked = _asked(request)
    differing, tried = answers_side_by_side(asked.left, asked.right)
    acts = rules_side_by_side(asked.left, asked.right)
    context = {
        "left": asked.left,
        "right": asked.right,
        "problems": asked.problems,
        "custodians": custodians(),
        "acts": [one for one in acts if one.differs],
        "same": [one for one in acts if not one.differs],
        "differing": differing,
        "tried": tried,
        "one_place": asked.left.custodian == asked.right.custodian,
        "days": _days(asked.left.custodian) if asked.left.custodian == asked.right.custodian else [],
        "identical": asked.left == asked.right,
        "all_acts": ACTS,
        **_proof(request, asked),
    }
    return render(request, "decisions/compare.html", context)


def _asked(request: HttpRequest) -> Asked:
    today = hour(request).astimezone(zone()).date()
    problems: list[Problem] = []
    left = Side(custodian_of(request.GET.get("left", "")), _day(request, "left_on", today, problems))
    other = request.GET.get("right", "")
    right = Side(other if other in CUSTODIANS else _another(left.custodian), _day(request, "right_on", today, problems))
    return Asked(left, right, tuple(problems))


def _proof(request: HttpRequest, asked: Asked) -> dict[str, object]:
    """What the prover finds about one act; it takes seconds, so it is asked for."""
    act = request.GET.get("prove", "")
    found: list[Proved] = []
    trouble = missing()
    if act in ACTS and not trouble:
        try:
            found = proved(asked.left, asked.right, act)
        except ProblemsError as error:
            trouble = "; ".join(problem.what for problem in error.problems)
    return {"proving": act if act in ACTS else "", "proved": found, "unproved": trouble}


def _another(custodian: str) -> str:
    return OTHER if custodian != OTHER else "us-ca/sheriff"


def _day(request: HttpRequest, name: str, today: date, problems: list[Problem]) -> date:
    text = visible(request.GET.get(name, ""))
    day = day_of(text)
    if text and day is None:
        problems.append(
            Problem(name, f"`{text}` is no day from 1900 to 2199", "write it as YYYY-MM-DD; today is shown")
        )
    return day or today


def _days(custodian: str) -> list[date]:
    """Every day on which something in a pack that binds a custodian begins or ends."""
    found: set[date] = set()
    for pack in packs().packs:
        if binds(pack, custodian):
            found |= {change.day for change in Opened(pack, date.min).changes}
    return sorted(found)
