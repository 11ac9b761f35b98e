"""Signing in, and who works here."""

from django import forms
from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from lodged.office.staff.acts import leave, welcome
from lodged.office.staff.models import DEEDS, Role, User
from lodged.office.staff.visits import for_those_who_may, hour, visitor


class SignIn(LoginView):
    """The page everybody comes through; five wrong passwords close it for a quarter of an hour."""

    template_name = "staff/sign_in.html"
    redirect_authenticated_user = True


class Newcomer(forms.Form):
    """Who is taken on, and as what."""

    username = forms.RegexField(
        r"^[a-z][a-z0-9.\-]{1,29}$",
        error_messages={"invalid": "Write 2 to 30 small letters, digits, dots or hyphens, a letter first."},
    )
    name = forms.CharField(max_length=120)
    role = forms.ChoiceField(choices=Role.choices)


@for_those_who_may("keep staff")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponseBase:
    """Everybody who works here; taking somebody on, or giving somebody another role, shows a password once."""
    if "leave" in request.POST:
        return _leave(request)
    form = Newcomer(request.POST) if request.method == "POST" else Newcomer()
    if form.is_valid():
        told = form.cleaned_data
        made = welcome(told["username"], Role(told["role"]), told["name"], hour(request))
        return _page(request, Newcomer(), {"welcome": made})
    return _page(request, form, {}, status=200 if request.method == "GET" else 422)


def _leave(request: HttpRequest) -> HttpResponse:
    leaver = get_object_or_404(User, username=request.POST["leave"])
    if leaver == visitor(request):
        messages.error(request, "You cannot end your own work here: another administrator must.")
    else:
        leave(leaver)
        messages.success(request, f"{leaver.username} can sign in no more. To take them on again, give a new password.")
    return redirect("staff")


def _page(request: HttpRequest, form: Newcomer, more: dict[str, object], status: int = 200) -> HttpResponse:
    context = {
        "people": User.objects.order_by("-is_active", "username"),
        "roles": Role.choices,
        "deeds": [(deed, [role in allowed for role in Role.values]) for deed, allowed in DEEDS.items()],
        "form": form,
        **more,
    }
    response = render(request, "staff/staff.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
