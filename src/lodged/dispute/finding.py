"""The finding: one outcome, what else could be defended, and everything it stands on, on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lodged.dispute.outcome import Outcome
from lodged.dispute.sheet import Sheet
from lodged.dispute.sides import Call


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: whose it is (`sender` or `ours`), what it is, what it proves, and what it does not."""

    side: str
    what: str
    proves: str
    does_not: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the two sides' records come to.

    `ours` are the calls that the sheet speaks of; `near` other calls in the same minutes. `doubts` say what weakens
    the finding, `gaps` why absence proves nothing here. `clock_offset_s` is the sender's clock less ours.
    """

    outcome: Outcome
    also_defensible: tuple[Outcome, ...]
    sentence: str
    sheet: Sheet
    ours: tuple[Call, ...] = ()
    near: tuple[Call, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    contradictions: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    clock_offset_s: int | None = None

    def record(self) -> dict[str, Any]:
        """The finding as JSON, keys as the command line shows them."""
        return {
            "outcome": self.outcome.value,
            "also_defensible": [one.value for one in self.also_defensible],
            "sentence": self.sentence,
            "sheet": self.sheet.record(),
            "ours": [one for call in self.ours for one in _call(call)],
            "contradictions": list(self.contradictions),
            "clock_offset_s": self.clock_offset_s,
            "doubts": list(self.doubts),
            "gaps": list(self.gaps),
            "evidence": [
                {"side": one.side, "what": one.what, "proves": one.proves, "does_not_prove": one.does_not}
                for one in self.evidence
            ],
            "near": [one for call in self.near for one in _call(call)],
        }


def _call(call: Call) -> Iterator[dict[str, Any]]:
    """A record for each file of a call; one with no file where there is none."""
    common = {
        "commid": call.commid or None,
        "started": call.started.isoformat(timespec="seconds") if call.started else None,
        "ended": call.ended.isoformat(timespec="seconds") if call.ended else None,
        "called": call.called,
        "held": call.held,
        "spool": call.spool,
        "arrivals": [arrival.number for arrival in call.arrivals],
    }
    if not call.files:
        yield {**common, "file": None, "pages": call.held, "why": why(call)}
    for file in call.files:
        pages = min(len(file.frames), call.held)
        yield {**common, "file": file.name, "sha256": file.sha256, "pages": pages, "why": why(call)}


def why(call: Call) -> str:
    """What in our records speaks of a call, in a line.

    >>> why(Call("city", "", None, 0.0, None, (), None, None, None, ""))
    'nothing but the docket'
    """
    told = []
    kinds = sorted({row.kind for row in call.rows})
    if kinds:
        told.append(f"row{'s' if len(kinds) > 1 else ''} {' and '.join(kinds)} in the fax server's log")
    elif call.files or call.trace:
        told.append("no row in the fax server's log")
    if call.trace:
        end = "to its end" if call.trace.ended else "that breaks off"
        confirmed = "" if call.trace.confirmed is None else f", {call.trace.confirmed} confirmed"
        told.append(f"a session trace {end}{confirmed}")
    for file in call.files:
        told.append(
            f"a file of {len(file.frames)} page{'' if len(file.frames) == 1 else 's'}"
            + ("" if file.whole else f": {file.trouble}")
        )
    if call.reason:
        told.append(f"reason `{call.reason}`")
    told += [f"in the docket as {arrival.number}" for arrival in call.arrivals]
    return "; ".join(told) if told and (call.rows or call.trace or call.files) else "nothing but the docket"
