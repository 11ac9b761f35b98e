"""The page on which anybody checks a receipt, in their own browser or, where it runs no script, here."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lodged.log.errors import LogError
from lodged.log.policy import Policy, parse_policy, trust
from lodged.log.receipt import check as check_receipt
from lodged.log.verdict import Verdict, refused
from lodged.office.room.offline import offline_page
from lodged.office.seals import heads
from lodged.office.seals.standing import standing
from lodged.page import DEFAULT


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Drop a receipt, and read in one sentence what it proves, then what it does not."""
    return render(request, "room/verify.html", _about_the_log())


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The same check as one file that is kept and opened without us."""
    response = HttpResponse(offline_page(), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.html"'
    return response


# Nothing is changed by a check and nobody is signed in, so there is nothing a forged request could do.
@csrf_exempt
@login_not_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The same check on the server, for browsers without script; the files are read and not kept."""
    receipt, document = _read(request.FILES.get("receipt")), _read(request.FILES.get("document"))
    if receipt is None:
        verdict = refused("no receipt was sent, or it is larger than any receipt")
    else:
        verdict = _weigh(receipt, document, request.POST.get("key", "").strip())
    return render(request, "room/verify.html", {**_about_the_log(), "verdict": verdict})


def _weigh(receipt: bytes, document: bytes | None, key: str) -> Verdict:
    try:
        return check_receipt(receipt, document, _policy(key) if key else None)
    except LogError as error:
        return refused(f"the key cannot be read: {error}")


def _policy(key: str) -> Policy:
    return parse_policy(key + "\n") if "\n" in key or key.startswith("log ") else trust(key)


def _read(file: object) -> bytes | None:
    """The bytes of an uploaded file no larger than the largest document that is ever taken in."""
    if not isinstance(file, UploadedFile) or file.size is None or file.size > DEFAULT.bytes:
        return None
    return bytes(file.read())


def _about_the_log() -> dict[str, object]:
    """Its key, how many of its entries outsiders have signed for, and the hash of the page that is taken home."""
    return {
        "vkey": heads.key().vkey,
        "log_seen": standing().seen,
        "offline_sha256": sha256(offline_page()).hexdigest(),
    }
