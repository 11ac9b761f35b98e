"""The directory of agencies: who may send papers through the web, by which keys, and where they are told of stages."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from lodged.office.portal.acts import Entered, Issued, Scope, end_hook, enter_agency, hook, issue_key, revoke
from lodged.office.portal.errors import RefusedAddressError
from lodged.office.portal.finds import alive
from lodged.office.portal.models import Agency, Delivery, Hook, Key
from lodged.office.spoken import sentence
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor

LASTS_DAYS = 365
LONGEST_DAYS = 730  # ours: a key outlives no more than two yearly reviews of who still works there
QUEUE_SHOWN = 20


class NewAgency(forms.Form):
    """An agency, and how somebody here made sure who it is."""

    name = forms.CharField(max_length=120)
    domain = forms.RegexField(
        r"^[a-z0-9.-]+\.[a-z]{2,}$", max_length=120, error_messages={"invalid": "Write it like `sheriff.example.gov`."}
    )
    phone = forms.CharField(max_length=40)
    verified_how = forms.CharField(max_length=300)


class NewKey(forms.Form):
    """Which machine or person it is for, what it may do, how long."""

    label = forms.CharField(max_length=80)
    may_submit = forms.BooleanField(required=False)
    may_follow = forms.BooleanField(required=False)
    days = forms.IntegerField(min_value=1, max_value=LONGEST_DAYS)

    def clean(self) -> None:
        """A key that opens nothing is none."""
        super().clean()
        if not self.cleaned_data.get("may_submit") and not self.cleaned_data.get("may_follow"):
            raise forms.ValidationError("Say what the key may do: submit, follow, or both.")

    def scope(self) -> Scope:
        """What it is for, at the custodian of this house."""
        told = self.cleaned_data
        return Scope(
            settings.LODGED_CUSTODIAN,
            told["label"],
            told["may_submit"],
            told["may_follow"],
            timedelta(days=told["days"]),
        )


@for_those_who_may("keep agencies")
@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponseBase:
    """Every agency; entering one says how it was verified."""
    form = NewAgency(request.POST) if request.method == "POST" else NewAgency()
    if form.is_valid():
        made = enter_agency(Entered(**form.cleaned_data), settings.LODGED_CUSTODIAN, visitor(request), hour(request))
        messages.success(request, f"{made.name} is entered. It can send papers when it has a key.")
        return redirect("agency", made.pk)
    found = Agency.objects.prefetch_related("keys").select_related("verified_by")
    at = hour(request)
    context = {
        "agencies": [(one, sum(alive(key, at) for key in one.keys.all())) for one in found],
        "form": form,
    }
    return render(request, "portal/agencies.html", context, status=200 if request.method == "GET" else 422)


@for_those_who_may("keep agencies")
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, number: int) -> HttpResponseBase:
    """One agency: its keys, each shown once, and its hooks."""
    found = get_object_or_404(Agency, pk=number)
    match request.POST.get("do", ""):
        case "key":
            return _new_key(request, found)
        case "revoke":
            return _revoke(request, found)
        case "hook":
            return _new_hook(request, found)
        case "end":
            return _end(request, found)
    return _page(request, found, NewKey())


def _new_key(request: HttpRequest, of: Agency) -> HttpResponse:
    form = NewKey(request.POST)
    if not form.is_valid():
        return _page(request, of, form, status=422)
    return _page(request, of, NewKey(), issue_key(of, form.scope(), visitor(request), hour(request)))


def _revoke(request: HttpRequest, of: Agency) -> HttpResponse:
    key = get_object_or_404(Key, agency=of, pk=_number(request, "key"))
    revoke(key, typed(request, "why", 300), visitor(request), hour(request))
    messages.success(request, f"The key {key.hint}… opens nothing any more. What came by it stays.")
    return redirect("agency", of.pk)


def _new_hook(request: HttpRequest, of: Agency) -> HttpResponse:
    try:
        hook(of, settings.LODGED_CUSTODIAN, typed(request, "url", 300), visitor(request), hour(request))
    except RefusedAddressError as error:
        messages.error(request, sentence(str(error)))
    else:
        messages.success(request, "From now on each stage is told there, signed.")
    return redirect("agency", of.pk)


def _end(request: HttpRequest, of: Agency) -> HttpResponse:
    end_hook(get_object_or_404(Hook, agency=of, pk=_number(request, "hook")), visitor(request), hour(request))
    messages.success(request, "Nothing more is told there.")
    return redirect("agency", of.pk)


def _number(request: HttpRequest, name: str) -> int:
    told = request.POST.get(name, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else 0


def _page(
    request: HttpRequest, of: Agency, form: NewKey, issued: Issued | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "agency": of,
        "keys": [(key, alive(key, hour(request))) for key in of.keys.select_related("made_by", "revoked_by")],
        "hooks": of.hooks.all(),
        "queue": Delivery.objects.filter(hook__agency=of)
        .select_related("hook", "submission__arrival")
        .order_by("-id")[:QUEUE_SHOWN],
        "form": form,
        "issued": issued,
        "days": LASTS_DAYS,
        "longest": LONGEST_DAYS,
    }
    response = render(request, "portal/agency.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
