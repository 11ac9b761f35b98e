"""The pages of an agency's person: hand a paper in, see how far each is, take one back."""

import secrets

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodged.office.portal.acts import Sent, submit, take_back
from lodged.office.portal.api import receipt_file, too_large
from lodged.office.portal.caps import count_request
from lodged.office.portal.errors import CapReachedError, UsedBeforeError
from lodged.office.portal.finds import Followed, key_of, stage, visible_to
from lodged.office.portal.models import Key
from lodged.office.portal.refusals import RefusedError
from lodged.office.portal.visits import begin, by_a_key, end
from lodged.office.spoken import spoken
from lodged.office.staff.typed import typed, visible
from lodged.office.staff.visits import hour
from lodged.page import DEFAULT

A_PAGE = 25


class HandedIn(forms.Form):
    """A paper and what its sender says of it; `once` makes a second click the same submission."""

    document = forms.FileField(allow_empty_file=True)
    reference = forms.CharField(max_length=200, required=False)
    sent_by = forms.CharField(max_length=200, required=False)
    note = forms.CharField(max_length=200, required=False)
    once = forms.RegexField(r"^[A-Za-z0-9._~-]{8,64}$")

    def clean_document(self) -> "UploadedFile[bytes]":
        """Only what could never be kept is refused here."""
        document: UploadedFile[bytes] = self.cleaned_data["document"]
        if not document.size:
            raise forms.ValidationError("This file is empty. Scan the paper again.")
        if document.size > DEFAULT.bytes:
            raise forms.ValidationError(spoken(too_large()))
        return document

    def sent(self) -> Sent:
        """The paper as it is submitted."""
        told = self.cleaned_data
        fields = {name: clean for name in ("reference", "sent_by", "note") if (clean := visible(told[name]))}
        document = told["document"]
        return Sent(document.read(), visible(document.name or "")[:255], told["once"], fields)


@login_not_required
@sensitive_post_parameters("key")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The key is typed in. It is 32 random bytes, so nobody guesses it, and no name or password stands beside it."""
    if request.method != "POST":
        return render(request, "portal/sign_in.html", {})
    key = key_of(typed(request, "key"), hour(request))
    if key is None:
        return render(request, "portal/sign_in.html", {"wrong": True}, status=422)
    begin(request, key)
    return redirect("portal" if key.may_follow else "portal_submit")


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The visit ends."""
    end(request)
    return redirect("portal_sign_in")


@by_a_key
@require_safe
def papers(request: HttpRequest, key: Key) -> HttpResponse:
    """What the agency submitted, newest first, each with its stage and receipt."""
    _counted(request, key)
    page = Paginator(visible_to(key) if key.may_follow else visible_to(key).none(), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"key": key, "page": page, "papers": [stage(one) for one in page.object_list]}
    return render(request, "portal/papers.html", context)


@by_a_key
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, key: Key) -> HttpResponseBase:
    """The form; its receipt is there when this answers."""
    if not key.may_submit:
        raise PermissionDenied("this key may not submit papers")
    form = HandedIn(request.POST, request.FILES) if request.method == "POST" else HandedIn()
    if not form.is_valid():
        return _form(request, key, form, 200 if request.method == "GET" else 422)
    try:
        made = submit(form.sent(), key, hour(request))
    except UsedBeforeError:
        form.add_error(
            None, "Another paper was sent from this page before. Choose the file again to send this one too."
        )
        return _form(request, key, form, 409)
    except CapReachedError as error:
        form.add_error(None, f"{str(error).capitalize()}. Try again in {error.wait_s} seconds.")
        answer = _form(request, key, form, 429)
        answer["Retry-After"] = str(error.wait_s)
        return answer
    if not key.may_follow:
        return render(request, "portal/handed_in.html", {"key": key, "paper": made})
    messages.success(request, f"Received as {made.arrival.number}. Its receipt is below.")
    return redirect("portal_paper", made.arrival.number)


@by_a_key
@require_safe
def paper(request: HttpRequest, key: Key, number: str) -> HttpResponse:
    """One paper: its stage, its receipt, and the way to take it back."""
    return render(request, "portal/paper.html", {"key": key, "paper": _followed(request, key, number)})


@by_a_key
@require_safe
def receipt(request: HttpRequest, key: Key, number: str) -> HttpResponse:
    """A receipt, the very bytes that were made at once."""
    if not key.may_follow:
        raise PermissionDenied("this key may not follow papers")
    _counted(request, key)
    try:
        return receipt_file(key, number, request)
    except RefusedError as error:
        raise Http404(str(error)) from error


@by_a_key
@require_POST
def withdraw(request: HttpRequest, key: Key, number: str) -> HttpResponse:
    """Take a paper back, with the reason where one is given."""
    if not key.may_submit:
        raise PermissionDenied("this key may not withdraw papers")
    found = _followed(request, key, number).submission
    made = take_back(found, key, typed(request, "reason", 500), hour(request))
    messages.success(
        request, f"{number} is withdrawn. That it is has its own number, {made.notice.number}, and receipt."
    )
    return redirect("portal_paper", number)


def _followed(request: HttpRequest, key: Key, number: str) -> Followed:
    if not key.may_follow:
        raise PermissionDenied("this key may not follow papers")
    _counted(request, key)
    found = visible_to(key).filter(arrival__number=number).first()
    if found is None:
        raise Http404("no such paper among those you submitted")
    return stage(found)


def _counted(request: HttpRequest, key: Key) -> None:
    try:
        count_request(key, hour(request))
    except CapReachedError as error:
        raise PermissionDenied(f"{error}; try again in {error.wait_s} seconds") from error


def _form(request: HttpRequest, key: Key, form: HandedIn, status: int) -> HttpResponse:
    """The form with a fresh word for the next request, unless the same paper is being mended."""
    once = request.POST.get("once", "") if status == 422 else ""
    context = {
        "key": key,
        "form": form,
        "once": once or secrets.token_urlsafe(16),
        "megabytes": DEFAULT.bytes // 1_000_000,
    }
    return render(request, "portal/submit.html", context, status=status)
