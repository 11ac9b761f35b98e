"""The API of the agencies: submit a paper, get its receipt at once, follow its stage, withdraw it."""

from collections.abc import Callable
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, UploadedFile
from ninja.params.functions import File, Form, Header, Path
from ninja.responses import Status as Answer
from ninja.security import HttpBearer

from lodged.office.portal import bodies
from lodged.office.portal.acts import Sent, receipt_of, submit, take_back
from lodged.office.portal.bodies import PREFIX, PublicKeys, Received, Refusal, Status, Withdrawing, Withdrawn
from lodged.office.portal.caps import count_request
from lodged.office.portal.finds import key_of, stage, visible_to
from lodged.office.portal.hookkey import hook_key, jwk
from lodged.office.portal.models import Key, Submission
from lodged.office.portal.refusals import NO_PAPER, RefusedError, hear, in_shape
from lodged.office.seals.models import Receipt
from lodged.office.staff.typed import visible
from lodged.office.staff.visits import hour
from lodged.page import DEFAULT
from lodged.problem import Problem

NUMBER = r"^L-[0-9]{4}-[0-9]{5,9}$"
ONCE = r"^[A-Za-z0-9._~-]{8,64}$"
ONCE_IS = "your own word for this request, such as a UUID; sent again it gives the same answer"
FIELD = 200
ENVELOPE = 100_000  # bytes of a request around its document: headers of the parts, the fields
ASKING = dict.fromkeys((401, 403, 404, 405, 422, 429), Refusal)
WITHDRAWING = ASKING | dict.fromkeys((400, 413), Refusal)
SUBMITTING = dict.fromkeys((400, 401, 403, 405, 409, 413, 422, 429), Refusal)
PDF = {"description": "the receipt", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


class KeyShown(HttpBearer):
    """The key of an agency, in the header `Authorization`. A body that is too large is refused before it is read."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """The living key, or None."""
        key = key_of(token, hour(request))
        length = request.headers.get("Content-Length", "")
        large = length.isdecimal() and int(length) > DEFAULT.bytes + ENVELOPE
        if key is not None and large and request.method == "POST":
            raise RefusedError(413, too_large())
        return key


api = NinjaAPI(
    title="lodged: papers of agencies",
    version="1",
    description="An agency submits legal process, gets its receipt at once, follows its stage, withdraws it.",
    openapi_url=None,
    docs_url=None,
    auth=KeyShown(),
    urls_namespace="portal_api",
)
hear(api)


@api.post("/papers", url_name="api_submit", response={201: Received, **SUBMITTING}, summary="Submit a paper")
def submit_paper(
    request: HttpRequest,
    idempotency_key: Annotated[str, Header(..., alias="Idempotency-Key", pattern=ONCE, description=ONCE_IS)],
    document: Annotated[UploadedFile, File(..., description="PDF, TIFF, PNG or JPEG; whatever it is, it is kept")],
    reference: Annotated[str, Form(max_length=FIELD, description="your own number for it")] = "",
    sent_by: Annotated[str, Form(max_length=FIELD, description="who sends it")] = "",
    note: Annotated[str, Form(max_length=FIELD, description="anything a clerk should know")] = "",
) -> Answer[Received]:
    """Take a paper in. When this answers, it cannot be lost: it has its number, its place in the log, its receipt."""
    key = _key(request, submit=True)
    if not document.size:
        raise RefusedError(422, Problem("document", "the file is empty", "scan the paper again"))
    if document.size > DEFAULT.bytes:
        raise RefusedError(413, too_large())
    told = {"reference": reference, "sent_by": sent_by, "note": note}
    fields = {name: clean for name, value in told.items() if (clean := visible(value))}
    sent = Sent(document.read(), visible(document.name or "")[:255], idempotency_key, fields)
    return Answer(201, bodies.received(submit(sent, key, hour(request))))


@api.get("/papers/{number}", url_name="api_status", response={200: Status, **ASKING}, summary="The stage of a paper")
def paper_status(request: HttpRequest, number: Annotated[str, Path(..., pattern=NUMBER)]) -> Status:
    """How far a paper is: received, being read, answered, withdrawn. Nothing else is told here."""
    return bodies.status(stage(_submission(_key(request, submit=False), number)))


@api.get(
    "/papers/{number}/receipt.pdf",
    url_name="api_receipt",
    response={200: None, **ASKING},
    openapi_extra={"responses": {200: PDF}},
    summary="The receipt of a paper",
)
def paper_receipt(request: HttpRequest, number: Annotated[str, Path(..., pattern=NUMBER)]) -> HttpResponse:
    """The receipt of a paper, or of the notice that withdrew one: the very bytes that were made at once."""
    return receipt_file(_key(request, submit=False), number, request)


@api.post(
    "/papers/{number}/withdraw",
    url_name="api_withdraw",
    response={200: Withdrawn, **WITHDRAWING},
    summary="Withdraw a paper",
)
def withdraw_paper(
    request: HttpRequest, number: Annotated[str, Path(..., pattern=NUMBER)], told: Withdrawing | None = None
) -> Withdrawn:
    """Take a paper back. It stays in the docket; a new arrival says that it is withdrawn, with a receipt of its own."""
    key = _key(request, submit=True)
    reason = visible(told.reason) if told else ""
    return bodies.withdrawn(take_back(_submission(key, number), key, reason, hour(request)))


@api.get("/keys", url_name="api_keys", auth=None, response={200: PublicKeys, 405: Refusal}, summary="Public keys")
def public_keys(request: HttpRequest) -> dict[str, list[dict[str, str]]]:
    """The key by which what this office tells your address is checked (RFC 9421), as a JSON Web Key Set."""
    return {"keys": [jwk(hook_key())]}


def receipt_file(key: Key, number: str, request: HttpRequest) -> HttpResponse:
    """A receipt as a file; raises RefusedError where the number is none of this agency's, or its receipt was expunged."""
    found = visible_to(key).filter(arrival__number=number).first()
    if found is not None:
        receipt: Receipt | None = receipt_of(found, hour(request))
    else:
        mine = visible_to(key).values("arrival")
        receipt = Receipt.objects.filter(number=number, entry__arrival__withdraws__arrival__in=mine).first()
    if receipt is None or not receipt.body:
        raise RefusedError(404, NO_PAPER)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{number}.pdf"'}
    return HttpResponse(bytes(receipt.body), content_type="application/pdf", headers=headers)


def too_large() -> Problem:
    """That a document is larger than any that is taken in."""
    most = DEFAULT.bytes // 1_000_000
    return Problem("document", f"the file is larger than {most} MB", "send fewer pages, or a coarser picture")


def addresses() -> list[URLPattern]:
    """Every address of the API, open to whoever shows a key; what is no address is told in the same shape."""
    made = [
        path(PREFIX.lstrip("/") + str(one.pattern), _open(one.callback), name=one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]
    described = path(f"{PREFIX.lstrip('/')}openapi.json", _open(require_safe(openapi)), name="api_description")
    return [*made, described]


def openapi(_: HttpRequest) -> HttpResponse:
    """What the API does, as OpenAPI 3.1."""
    return JsonResponse(description())


def description() -> dict[str, Any]:
    """The description of the API."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    form = made["paths"][f"{PREFIX}papers"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    form["properties"]["document"] = {"type": "string", "format": "binary", "minLength": 1}
    return made


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """An address without a sign-in page and without a cookie: the key is shown with every request."""
    shaped = login_not_required(in_shape(view))
    return csrf_exempt(shaped)


def _key(request: HttpRequest, submit: bool) -> Key:
    """The key of a request, which is counted; raises RefusedError where it is for something else."""
    key: Key = vars(request)["auth"]  # ninja puts there what `KeyShown` gave
    count_request(key, hour(request))
    if not (key.may_submit if submit else key.may_follow):
        deed = "submit or withdraw papers" if submit else "follow papers"
        raise RefusedError(403, Problem("key", f"this key may not {deed}", "ask the custodian for one that may"))
    return key


def _submission(key: Key, number: str) -> Submission:
    found = visible_to(key).filter(arrival__number=number).first()
    if found is None:
        raise RefusedError(404, NO_PAPER)
    return found
