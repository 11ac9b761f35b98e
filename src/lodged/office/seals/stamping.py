"""Once a day an authority outside stamps the newest head; once a year the chain of stamps is renewed by a newer one."""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.x509 import Certificate
from django.conf import settings

from lodged.log.errors import StampError
from lodged.log.renewal import stamped_text
from lodged.log.stamp import REQUEST_TYPE, check_answer, parse_roots, request
from lodged.log.witness import Answer
from lodged.office.seals import heads
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Stamp
from lodged.office.seals.outside import UnreachableError, post
from lodged.office.seals.stamps import chain, links_of

YEAR = timedelta(days=365)
WEEK = timedelta(days=7)
BEFORE_THE_END = timedelta(days=30)  # of the authority's certificate
Send = Callable[[str, bytes, str], Answer]


def stamp(at: datetime, send: Send = post) -> Stamp | None:
    """The stamp that is due now, or None where none is: the day's, and once a year the renewal of the chain.

    Raises `StampError` where the authority's answer does not hold or does not come; it is asked again next round.
    """
    head = heads.newest()
    if not settings.LODGED_STAMPS or head is None or not head.size:
        return None
    links = chain()
    if links and renewal_due(links[-1], at):
        return _ask(at, send, links)
    return None if Stamp.objects.filter(at__date=at.date()).exists() else _ask(at, send, [])


def renewal_due(last: Stamp, at: datetime) -> bool:
    """After a year, or before the authority's certificate ends; but never twice in a week."""
    return at >= max(last.time + WEEK, min(last.time + YEAR, last.until - BEFORE_THE_END))


def _ask(at: datetime, send: Send, renews: list[Stamp]) -> Stamp:
    head = heads.newest()
    if head is None:
        raise StampError("nothing was signed yet")
    text = stamped_text(head.note.encode(), links_of(renews))
    query, nonce = request(text, renewal=bool(renews))
    answer = _sent(query, send)
    said = check_answer(answer, text, _roots(), nonce)
    facts = {
        "size": head.size,
        "renews": [one.entry_id for one in renews],
        "authority": settings.LODGED_STAMPS,
        "time": said.time.isoformat(),
        "algorithm": said.algorithm,
        "stamp": b64encode(answer).decode(),
    }
    with docket(at):
        entry = enter(Sealed("TimeStamp", settings.LODGED_CUSTODIAN, facts=facts), at)
        return Stamp.objects.create(
            checkpoint=head,
            renewal=bool(renews),
            authority=settings.LODGED_STAMPS,
            at=at,
            time=said.time,
            until=said.until,
            answer=answer,
            entry=entry,
        )


def _sent(query: bytes, send: Send) -> bytes:
    try:
        answer = send(settings.LODGED_STAMPS, query, REQUEST_TYPE)
    except UnreachableError as error:
        raise StampError(str(error)) from error
    if answer.status != 200:
        raise StampError(f"the authority `{settings.LODGED_STAMPS}` answered {answer.status}")
    return answer.body


def _roots() -> tuple[Certificate, ...]:
    path = settings.HOME.stamp_roots
    if not path.exists():
        raise StampError(f"put the certificates of the authority that you trust into `{path}`")
    return parse_roots(path.read_bytes())
