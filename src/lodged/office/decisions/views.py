"""The law that the desk stands on: its packs by place, each opened on a day, and their adoption by counsel."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import in_our_time
from lodged.law.tree import Pack
from lodged.office.decisions.acts import adopt as adopt_packs
from lodged.office.decisions.library import OWN, packs
from lodged.office.decisions.local import local_day
from lodged.office.decisions.models import Adoption
from lodged.office.decisions.names import PLACES
from lodged.office.decisions.opened import Opened
from lodged.office.decisions.own import local_laws
from lodged.office.decisions.prose import blocks
from lodged.office.letterheads import letterhead
from lodged.office.staff.typed import typed, visible
from lodged.office.staff.visits import for_those_who_may, hour, visitor


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pack as a custodian has it: `adopted` is who adopted this very version, `older` an earlier one's adoption.

    `stands` says whether it is in force on the day: `now`, `ahead` or `over`.
    """

    pack: Pack
    version: str
    title: str
    adopted: Adoption | None
    older: Adoption | None
    stands: str


@dataclass(frozen=True, slots=True)
class Place:
    """The packs of one place that bind other custodians."""

    name: str
    shelves: tuple[Shelf, ...]


@for_those_who_may("see decisions")
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Every pack that binds a custodian, with its version and who adopted it; then all others by place."""
    custodian = custodian_of(request.GET.get("custodian", ""))
    day = local_day(custodian, hour(request))
    shelves = [_shelf(pack, custodian, day) for pack in packs().packs if binds(pack, custodian)]
    context = {
        "shelves": sorted(shelves, key=lambda shelf: shelf.pack.id),
        "waiting": sum(shelf.adopted is None and shelf.pack.status == "confirmed" for shelf in shelves),
        "upgrades": sum(shelf.adopted is None and shelf.older is not None for shelf in shelves),
        "notes": sorted({shelf.adopted.note for shelf in shelves if shelf.adopted and shelf.adopted.note}),
        "others": _by_place([pack for pack in packs().packs if not binds(pack, custodian)], custodian, day),
        "local": local_laws(custodian).filter(withdrawal=None, until__gt=day),
        "custodians": custodians(),
        "custodian_id": custodian,
        "house": letterhead(custodian).name,
        "may_adopt": visitor(request).may("adopt law"),
    }
    return render(request, "decisions/law.html", context)


@for_those_who_may("see decisions")
@require_safe
def pack(request: HttpRequest, name: str) -> HttpResponseBase:
    """One pack on a day: the law in our words, each rule beside its paragraph, its worked cases below."""
    if name.startswith(OWN):
        return _own_page(name)
    found = packs().by_id.get(name)
    if found is None:
        raise Http404("no such pack")
    today = local_day(str(settings.LODGED_CUSTODIAN), hour(request))
    told = visible(request.GET.get("on", ""))
    day = day_of(told)
    context = {
        "opened": Opened(found, day or today),
        "shelf": _shelf(found, settings.LODGED_CUSTODIAN, today),
        "binds_here": binds(found, str(settings.LODGED_CUSTODIAN)),
        "today": today,
        "wrong_day": told if told and day is None else "",
    }
    return render(request, "decisions/pack.html", context)


@for_those_who_may("adopt law")
@require_POST
def adopt(request: HttpRequest) -> HttpResponseBase:
    """Counsel adopts the chosen versions by name and date."""
    custodian = custodian_of(request.POST.get("custodian", ""))
    chosen = dict(told.split("@", 1) for told in request.POST.getlist("pack") if "@" in told)
    known = {name: version for name, version in chosen.items() if packs().versions.get(name) == version}
    if not chosen:
        messages.error(request, "No pack was ticked.")
    elif known != chosen:
        messages.error(request, "A pack has changed since this page was shown. Read the new version first.")
    else:
        new = adopt_packs(custodian, known, visitor(request), hour(request), typed(request, "note"))
        messages.success(request, f"{new} adopted. Matters that stand on them are decided again.")
    return redirect(f"{reverse('law')}?custodian={custodian}")


def binds(pack: Pack, custodian: str) -> bool:
    """Whether a pack speaks to a custodian at all."""
    return not set(pack.binds).isdisjoint(CUSTODIANS[custodian].places)


def custodians() -> list[tuple[str, str]]:
    """Every custodian by id, with its name, in the order of the ids."""
    return [
        (one.id, one.name[:1].upper() + one.name[1:]) for one in sorted(CUSTODIANS.values(), key=lambda one: one.id)
    ]


def custodian_of(told: str) -> str:
    """The custodian that was asked for, or the house's own."""
    return told if told in CUSTODIANS else str(settings.LODGED_CUSTODIAN)


def day_of(text: str) -> date | None:
    """A day that was typed; None where it is none, or none of our time."""
    try:
        read = datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None
    return read if read is not None and in_our_time(read) else None


def _own_page(name: str) -> HttpResponseBase:
    custodian, _, number = name.removeprefix(OWN).rpartition("/")
    found = local_laws(custodian).filter(number=int(number)).first() if number.isdigit() else None
    if found is None:
        raise Http404("no such pack")
    return redirect(f"{reverse('local_law')}?custodian={custodian}#law-{found.number}")


def _by_place(others: list[Pack], custodian: str, day: date) -> list[Place]:
    found: dict[str, list[Shelf]] = {}
    for one in sorted(others, key=lambda pack: pack.id):
        found.setdefault(one.id.partition("/")[0], []).append(_shelf(one, custodian, day))
    return [Place(PLACES.get(place, place), tuple(shelves)) for place, shelves in found.items()]


def _shelf(pack: Pack, custodian: str, day: date) -> Shelf:
    adoptions = Adoption.objects.filter(custodian=custodian, pack=pack.id).select_related("by")
    version = packs().versions[pack.id]
    title = next((block.text for block in blocks(pack.id) if block.kind == "heading"), pack.id)
    return Shelf(
        pack,
        version,
        title,
        adoptions.filter(version=version).first(),
        adoptions.exclude(version=version).order_by("-at").first(),
        _stands(pack, day),
    )


def _stands(pack: Pack, day: date) -> str:
    if pack.span.covers(day):
        return "now"
    return "ahead" if pack.span.start is not None and day < pack.span.start else "over"
