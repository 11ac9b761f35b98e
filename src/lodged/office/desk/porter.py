"""The porter's watch while the office is open: a heartbeat, the witnesses, the day's stamp, the agencies; then it waits.

Each may fail, since most of them ask somebody outside; what failed is said, and tried again next round.
"""

import importlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec

from django.conf import settings
from django.db import DatabaseError

from lodged.letter import LetterError
from lodged.log import LogError
from lodged.office.arrivals.models import Arrival, Channel
from lodged.office.arrivals.shelf import ShelfError
from lodged.office.desk import clock
from lodged.office.desk.pages.take_in import alone
from lodged.office.desk.rounds import Round
from lodged.office.portal import hooks
from lodged.office.seals.heads import LogStartError
from lodged.problem import ProblemsError

A_DAY = timedelta(days=1)  # longer than the office is ever closed for a restart
MOST_A_ROUND = 20  # papers: some seconds of reading each, and a heartbeat must not be late
WATCH_S = 30  # between two rounds: a second receipt is made within half a minute, a heartbeat is late by no more
LOG = logging.getLogger("lodged.porter")
TROUBLE = (LogError, LogStartError, OSError, DatabaseError)


def keep_watch(open_still: Callable[[], bool], wait: Callable[[], None]) -> None:
    """Go round until the office closes."""
    while open_still():
        go_round()
        wait()


def go_round() -> None:
    """One round; the heartbeat first, so that what the others enter is not counted as missing."""
    at = clock.now()
    deeds: tuple[tuple[str, Callable[[], object]], ...] = (
        ("heartbeat", Round(at).beat),
        ("witnesses", Round(at).witness),
        ("stamp", lambda: stamp(at)),
        ("portal", lambda: take_up(at)),
        ("hooks", lambda: tell_agencies(at)),
    )
    for name, deed in deeds:
        try:
            deed()
        except TROUBLE as error:
            LOG.warning("%s: %s", name, error)


def take_up(at: datetime) -> None:
    """Read what came through the portal, then take each as far as a machine may.

    All are read before any is matched: when a paper of an agency is read must not depend on who was found in the one
    before it (safeguard 3).
    """
    waiting = list(Arrival.objects.filter(channel=Channel.PORTAL, papers__isnull=True).order_by("received_at", "id"))
    for step in (Round.read, Round.advance):
        for arrival in waiting[:MOST_A_ROUND]:
            _one(arrival, step, at)
    for arrival in Arrival.objects.filter(withdrawal__at__gt=at - A_DAY, papers__isnull=False).distinct():
        _one(arrival, Round.advance, at)  # the law is asked again of a paper that its sender took back (safeguard 13)


def tell_agencies(at: datetime) -> None:
    """Queue the stages that papers have reached, and send what is due."""
    hooks.queue(at)
    hooks.send(at)


def _one(arrival: Arrival, step: Callable[[Round, Arrival], None], at: datetime) -> None:
    """One step with one arrival; one that fails stops no other."""
    try:
        alone(arrival, lambda tell: step(Round(at, tell), arrival))
    except (*TROUBLE, LetterError, ProblemsError, ShelfError) as error:
        LOG.warning("%s could not be taken further: %s", arrival.number, type(error).__name__)


def stamp(at: datetime) -> None:
    """The time stamp that is due, where an authority is named and `lodged[stamp]` is installed."""
    if not settings.LODGED_STAMPS:
        return
    if find_spec("rfc3161_client") is None:
        LOG.warning("an authority for time stamps is named, and `lodged[stamp]` is not installed")
        return
    importlib.import_module("lodged.office.seals.stamping").stamp(at)
