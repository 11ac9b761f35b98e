"""One paper everywhere: every act of every custodian about it, each cell an effect that opens to its decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lodged.law import ACTS, CUSTODIANS, Decision
from lodged.law.custodians import Custodian
from lodged.law.fact import FACTS
from lodged.office.decisions.consult import consult
from lodged.office.decisions.put import Put, known
from lodged.office.decisions.typical import BY_ID, ITEM, PAPERS, USUAL, facts_for
from lodged.office.decisions.views import day_of
from lodged.office.desk.custody import zone
from lodged.office.staff.typed import visible
from lodged.office.staff.visits import for_those_who_may, hour
from lodged.problem import ProblemsError

NOON = time(12)
ITEMS = FACTS["inquiry.item"].choices


@dataclass(frozen=True, slots=True)
class Cell:
    """One act of one custodian: its effect, what it stands on, where the decision can be read."""

    effect: str
    why: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One custodian, with a cell for each act."""

    custodian: Custodian
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is about: which paper, which information, which day, and whether the usual is taken for granted."""

    paper: str
    item: str
    day: date
    usual: bool
    wrong_day: str = ""


@for_those_who_may("see decisions")
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Acts across, custodians down."""
    chosen = _chosen(request)
    paper = BY_ID[chosen.paper]
    taken = [known(name, value) for name, value in USUAL.items() if name not in paper.facts]
    context = {
        "chosen": chosen,
        "papers": PAPERS,
        "paper": paper,
        "items": ITEMS,
        "acts": ACTS,
        "rows": [Row(one, tuple(_cell(one, act, chosen) for act in ACTS)) for one in CUSTODIANS.values()],
        "said": [known(name, value) for name, value in paper.facts.items()],
        "taken": taken if chosen.usual else [],
    }
    return render(request, "decisions/matrix.html", context)


def _chosen(request: HttpRequest) -> Chosen:
    told = request.GET
    text = visible(told.get("on", ""))
    day = day_of(text)
    paper = told.get("paper", "")
    item = told.get("item", "")
    return Chosen(
        paper if paper in BY_ID else PAPERS[1].id,
        item if item in ITEMS else ITEM,
        day or hour(request).astimezone(zone()).date(),
        "paper" not in told or told.get("usual") == "1",
        text if text and day is None else "",
    )


def _cell(place: Custodian, act: str, chosen: Chosen) -> Cell:
    put = Put(place.id, act, datetime.combine(chosen.day, NOON, place.zone), _facts(act, chosen))
    address = f"{reverse('law_ask')}?q={put.link}"
    try:
        decision = consult(put.question())
    except ProblemsError:
        return Cell("not_known", "", address)
    return Cell(decision.effect, _why(decision), address)


def _why(decision: Decision) -> str:
    """What an effect stands on, in a few words."""
    if decision.citations:
        return decision.citations[0]
    facts = len(decision.needs)
    missing = [f"{facts} fact{'' if facts == 1 else 's'} missing"] if facts and decision.effect == "not_known" else []
    readings = [f"depends on {', '.join(one.id for one in decision.readings)}"] if decision.readings else []
    if open_ := [*missing, *readings, *decision.laws]:
        return "; ".join(open_)
    return "no rule speaks of it"


def _facts(act: str, chosen: Chosen) -> Mapping[str, object]:
    return facts_for(BY_ID[chosen.paper], act, chosen.item, usual=chosen.usual)
