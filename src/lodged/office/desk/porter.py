"""The porter's watch over the log while the office is open: a heartbeat, the witnesses, the day's stamp; then it waits.

Each of the three may fail, since two of them ask somebody outside; what failed is said, and tried again next round.
"""

import importlib
import logging
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec

from django.conf import settings
from django.db import DatabaseError

from lodged.log import LogError
from lodged.office.desk import clock
from lodged.office.desk.rounds import Round
from lodged.office.seals.heads import LogStartError

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
    for name, deed in (("heartbeat", Round(at).beat), ("witnesses", Round(at).witness), ("stamp", lambda: stamp(at))):
        try:
            deed()
        except TROUBLE as error:
            LOG.warning("%s: %s", name, error)


def stamp(at: datetime) -> None:
    """The time stamp that is due, where an authority is named and `lodged[stamp]` is installed."""
    if not settings.LODGED_STAMPS:
        return
    if find_spec("rfc3161_client") is None:
        LOG.warning("an authority for time stamps is named, and `lodged[stamp]` is not installed")
        return
    importlib.import_module("lodged.office.seals.stamping").stamp(at)
