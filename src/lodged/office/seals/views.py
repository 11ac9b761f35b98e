"""What may be seen of the log: receipts, entries, its key and its signed head."""

from json import dumps, loads

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lodged.office.seals import heads, witnesses
from lodged.office.seals.models import Entry, Receipt, WitnessedReceipt
from lodged.office.staff.visits import for_those_who_may

A_PAGE, MOST = 50, 5000


@for_those_who_may("see papers")
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of an arrival, the very bytes that were handed out before."""
    found = get_object_or_404(Receipt, number=number)
    return _pdf(bytes(found.body), f"receipt-{found.number}")


@for_those_who_may("see papers")
@require_safe
def witnessed_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The second receipt of the same number, once outside witnesses have cosigned."""
    first = get_object_or_404(Receipt, number=number)
    found = get_object_or_404(WitnessedReceipt, entry=first.entry)
    return _pdf(bytes(found.body), f"receipt-{first.number}-witnessed")


def _pdf(body: bytes, name: str) -> HttpResponse:
    if not body:
        raise Http404("this receipt was expunged by order")
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@for_those_who_may("see the log")
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The entries, newest first; `of` picks those that a figure or a matter names."""
    found = Entry.objects.order_by("-index")
    chosen = [int(part) for part in request.GET.get("of", "").split(",")[:MOST] if part.isdecimal() and len(part) < 16]
    if chosen:
        found = found.filter(index__in=chosen)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "chosen": chosen, "of": request.GET.get("of", ""), "answers": witnesses.last_answers()}
    return render(request, "seals/entries.html", context)


@for_those_who_may("see the log")
@require_safe
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """One entry: the event in words and as the bytes that were hashed."""
    found = get_object_or_404(Entry, index=index)
    event = loads(bytes(found.event))
    context = {
        "entry": found,
        "event": event,
        "text": dumps(event, indent=2, ensure_ascii=False, sort_keys=True),
        "leaf": bytes(found.leaf).hex(),
        "before": index - 1 if index else None,
        "after": index + 1 if Entry.objects.filter(index=index + 1).exists() else None,
    }
    return render(request, "seals/entry.html", context)


@login_not_required
@require_safe
def log_key(request: HttpRequest) -> HttpResponseBase:
    """The log's public key, for anybody who checks a receipt."""
    return HttpResponse(heads.key().vkey + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponseBase:
    """The newest signed head, as the note that was signed (C2SP tlog-checkpoint)."""
    newest = heads.newest()
    if newest is None:
        raise Http404("nothing was signed yet")
    return HttpResponse(witnesses.cosigned_note(newest).content, content_type="text/plain; charset=utf-8")
