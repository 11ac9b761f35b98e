"""The page on which counsel sees what new versions of adopted packs change, and signs them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lodged.law import CUSTODIANS
from lodged.office.decisions.upgrade import upgraded
from lodged.office.decisions.views import custodian_of, custodians
from lodged.office.staff.visits import for_those_who_may, hour, visitor


@for_those_who_may("see decisions")
@require_safe
def upgrade(request: HttpRequest) -> HttpResponse:
    """Every adopted pack with a newer version, and together which rules and which answers change."""
    custodian = custodian_of(request.GET.get("custodian", ""))
    context = {
        "found": upgraded(custodian, hour(request)),
        "custodian_id": custodian,
        "house": CUSTODIANS[custodian].name,
        "custodians": custodians(),
        "may_adopt": visitor(request).may("adopt law"),
    }
    return render(request, "decisions/upgrade.html", context)
