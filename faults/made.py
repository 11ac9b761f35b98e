"""The faults that can be made, and what each did: one fault a `Fault`, one line of the table a kind."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from faults.calls import CHANGING, Call, inject, record, recorded
from faults.disk import Disk, images, lay_out
from faults.office import Deed, Expected, copied, take_in, within, wrong_with

NEEDS_ROOM = ("write", "pwrite64", "rename", "link", "ftruncate", "mkdir")  # the calls that a full disk refuses
PAPER = b"the paper in which a fault is made"
GONE_THROUGH, REFUSED, CUT = "handed out", "refused", "cut off"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one fault: whether the receipt was handed out all the same, and what is wrong afterwards."""

    how: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that can be made: its kind, where, and how to make it."""

    kind: str
    where: str
    make: Callable[[], Outcome]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where faults are made: the office as it was before, its receipts, and an empty folder to work in."""

    office: Path
    expected: Expected
    work: Path

    def recorded(self, deed: Deed) -> tuple[list[Call], Expected]:
        """Every call that a deed makes to a disk, and the receipt that it hands out."""
        home, log = copied(self.office, self.work / "office"), self.work / "calls"
        ended = within(home, deed, lambda process: record(process, log))
        if ended.code != 0:
            raise RuntimeError("without any fault the paper was not taken in")
        return list(recorded(log)), ended.handed_out

    def at_calls(self, calls: Sequence[Call]) -> Iterator[Fault]:
        """At each call that changes something: an error, a full disk, a kill."""
        for call in calls:
            if call.name not in CHANGING or not call.path.startswith(str(self.work)) or call.given < 0:
                continue
            where = f"{call.name} {call.place} on {Path(call.path).name}"
            yield Fault("a call fails: EIO", where, partial(self._call_fails, call, "error=EIO"))
            if call.name in NEEDS_ROOM:
                yield Fault("a call fails: ENOSPC", where, partial(self._call_fails, call, "error=ENOSPC"))
            yield Fault("killed at a call", where, partial(self._call_fails, call, "signal=KILL"))

    def _call_fails(self, call: Call, fault: str) -> Outcome:
        home = copied(self.office, self.work / "office")
        strace = partial(inject, log=self.work / "injected", name=call.name, place=call.place, fault=fault)
        ended = within(home, take_in(PAPER), strace, quiet=True)
        log = (self.work / "injected").read_text(encoding="ascii")
        if "(INJECTED)" not in log and "killed by SIGKILL" not in log:
            return Outcome(REFUSED, ("the fault was not made: the process made fewer calls than when it was recorded",))
        how = GONE_THROUGH if ended.handed_out else CUT if ended.code < 0 else REFUSED
        return Outcome(how, tuple(wrong_with(home, {**self.expected, **ended.handed_out})))

    def power_cuts(
        self, calls: Sequence[Call], handed_out: Expected, chosen: Callable[[], bool], quiet: bool = False
    ) -> Iterator[Fault]:
        """After each call, what a power cut could leave on the disk; `quiet` where it is expected to be too little."""
        folder = self.work / "office"
        for call, image, said in images(Disk.of(copied(self.office, folder)), calls, chosen):
            expected = {**self.expected, **(handed_out if said else {})}
            where = f"after {call.name} {call.place} on {Path(call.path).name}"
            yield Fault("power cut", where, partial(self._power_cut, image, expected, said, quiet))

    def _power_cut(self, image: dict[str, bytes], expected: Expected, said: bool, quiet: bool) -> Outcome:
        home = self.work / "cut"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(mode=0o700)
        lay_out(image, str(self.work / "office"), home)
        return Outcome(GONE_THROUGH if said else CUT, tuple(wrong_with(home, expected, quiet)))
