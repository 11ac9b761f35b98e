"""SIGKILL at instants spread over the whole deed, one office going on through all of them, on the database that is set."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from faults.made import CUT, GONE_THROUGH, Fault, Outcome
from faults.office import Deed, Expected, Tell, take_in, within, wrong_with

WARM_UPS = 3


def kills(home: Path, expected: Expected, how_many: int, database: str) -> Iterator[Fault]:
    """Kill the deed at so many instants; receipts handed out along the way are expected ever after."""
    known = dict(expected)
    whole = min(_seconds(home, known, number) for number in range(WARM_UPS))
    for number in range(how_many):
        instant = whole * (number + 0.5) / how_many
        yield Fault(
            f"killed at an instant, {database}", f"after {instant:.3f} s", partial(_kill, home, known, number, instant)
        )


def _seconds(home: Path, known: dict[str, str], number: int) -> float:
    """How long it is from the beginning to the receipt on this machine, as busy as it is, when nobody kills it."""
    ended = within(home, _timed(take_in(b"warm-up %d" % number)))
    known |= ended.handed_out
    return float(ended.told[-1]["seconds"])


def _timed(deed: Deed) -> Deed:
    """The deed, which tells at its end how many seconds it took."""

    def done(tell: Tell) -> None:
        started = time.perf_counter()
        deed(tell)
        tell({"seconds": str(time.perf_counter() - started)})

    return done


def _kill(home: Path, known: dict[str, str], number: int, instant: float) -> Outcome:
    ended = within(home, _killed(take_in(b"paper %d" % number), instant), quiet=True)
    known |= ended.handed_out
    how = GONE_THROUGH if ended.handed_out else CUT
    return Outcome(how, tuple(wrong_with(home, known)))


def _killed(deed: Deed, instant: float) -> Deed:
    """The deed in a process that kills itself from another thread once an instant has come."""

    def done(tell: Tell) -> None:
        threading.Timer(instant, os.kill, (os.getpid(), signal.SIGKILL)).start()
        deed(tell)

    return done
