"""The law that the desk stands on: its packs in words and rules, and their adoption by counsel."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lodged.law.custodians import CUSTODIANS
from lodged.law.tree import Pack
from lodged.office.decisions.acts import adopt as adopt_packs
from lodged.office.decisions.library import packs
from lodged.office.decisions.models import Adoption
from lodged.office.decisions.prose import blocks, pairs
from lodged.office.letterheads import letterhead
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pack as a custodian has it: `adopted` is who adopted this very version, `older` an earlier one's adoption."""

    pack: Pack
    version: str
    title: str
    adopted: Adoption | None
    older: Adoption | None


@for_those_who_may("see decisions")
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Every pack that binds a custodian, with its version and who adopted it."""
    custodian = _custodian(request.GET.get("custodian", ""))
    shelves = [_shelf(pack, custodian) for pack in packs().packs if binds(pack, custodian)]
    context = {
        "shelves": sorted(shelves, key=lambda shelf: shelf.pack.id),
        "waiting": sum(shelf.adopted is None and shelf.pack.status == "confirmed" for shelf in shelves),
        "notes": sorted({shelf.adopted.note for shelf in shelves if shelf.adopted and shelf.adopted.note}),
        "others": sorted((pack for pack in packs().packs if not binds(pack, custodian)), key=lambda pack: pack.id),
        "custodians": sorted(CUSTODIANS),
        "custodian_id": custodian,
        "house": letterhead(custodian).name,
        "may_adopt": visitor(request).may("adopt law"),
    }
    return render(request, "decisions/law.html", context)


@for_those_who_may("see decisions")
@require_safe
def pack(request: HttpRequest, name: str) -> HttpResponse:
    """One pack: the law in our words, each rule beside its paragraph, its worked cases below."""
    found = packs().by_id.get(name)
    if found is None:
        raise Http404("no such pack")
    shelf = _shelf(found, settings.LODGED_CUSTODIAN)
    return render(request, "decisions/pack.html", {"shelf": shelf, "pairs": pairs(name)})


@for_those_who_may("adopt law")
@require_POST
def adopt(request: HttpRequest) -> HttpResponseBase:
    """Counsel adopts the chosen versions by name and date."""
    custodian = _custodian(request.POST.get("custodian", ""))
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


def _shelf(pack: Pack, custodian: str) -> Shelf:
    adoptions = Adoption.objects.filter(custodian=custodian, pack=pack.id).select_related("by")
    version = packs().versions[pack.id]
    title = next((block.text for block in blocks(pack.id) if block.kind == "heading"), pack.id)
    return Shelf(
        pack,
        version,
        title,
        adoptions.filter(version=version).first(),
        adoptions.exclude(version=version).order_by("-at").first(),
    )


def _custodian(told: str) -> str:
    return told if told in CUSTODIANS else str(settings.LODGED_CUSTODIAN)
