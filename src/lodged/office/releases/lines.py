"""The two lines of the desk, made from the papers behind them: PERSON, what bars release; WORD, who must be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lodged.office.matters.models import Matter
from lodged.office.people.finds import newest_roster
from lodged.office.people.models import Person
from lodged.office.releases.models import ReleaseOrder, StandingDefault, Try
from lodged.office.releases.on_paper import OnPaper

ROSTER_LIMIT = timedelta(hours=24)  # an older roster says nothing about who is here (safeguard 11)
OPEN = frozenset(("not_known", "contested"))


@dataclass(frozen=True, slots=True)
class Line:
    """One of the two lines. `kind` picks sign and colour; `why` are sentences under it, `cites` their law."""

    kind: str
    words: str
    why: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The line as JSON."""
        return {"kind": self.kind, "words": self.words, "why": list(self.why), "cites": list(self.cites)}


# ---- the line about the person


def person_line(
    person: Person,
    order: ReleaseOrder | None,
    papers: Sequence[OnPaper],
    possible: Sequence[Matter],
    signed: StandingDefault | None,
    waited: timedelta,
    at: datetime,
) -> Line:
    held = [paper for paper in papers if paper.hold.effective == "required"]
    may = [paper for paper in papers if paper.hold.effective == "permitted"]
    unsettled = [paper for paper in papers if paper.hold.effective in OPEN]
    forbidden = [paper for paper in papers if paper.hold.effective == "forbidden"]
    counted = () if order is not None else ("Counted from this minute: no release order is written down.",)
    if held:
        return Line("hold", f"Hold{_until(held)}", (*map(_why, held), *counted), _cites(held))
    if unsettled:
        return _unsettled(unsettled, signed, waited)
    if may:
        return Line("may", f"A hold is allowed, not required{_until(may)}", (*map(_why, may), *counted), _cites(may))
    if stale := _stale(person, at):
        look = "Search the papers directly before you rely on this desk."
        return Line("stale", "lodged cannot say: its roster is too old", (stale, look))
    why = (*(f"Holding on {paper.matter.number} is forbidden." for paper in forbidden), *_maybe(possible))
    return Line("clear", "No paper in lodged bars release", why, _cites(forbidden))


def _until(papers: Iterable[OnPaper]) -> str:
    """Until when: the latest of the holds that the law still carries; nothing where none ends by itself."""
    ends = [paper.ends for paper in papers]
    known = [end.at for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return ""
    return f" until {clock_words(max(known))}, then it ends by itself"


def clock_words(moment: datetime) -> str:
    """A moment as the desk says it, in the zone it is given in.

    >>> from zoneinfo import ZoneInfo
    >>> clock_words(datetime(2026, 11, 25, 14, 5, tzinfo=ZoneInfo("America/New_York")))
    'Wed 25 Nov 14:05 EST'
    """
    return f"{moment:%a} {moment.day} {moment:%b %H:%M %Z}"


def _why(paper: OnPaper) -> str:
    number, effect = paper.matter.number, paper.hold.effective
    if effect == "not_known" and paper.hold.trouble:
        return f"{number}: {paper.hold.trouble}"
    if not paper.hold.adopted:
        return f"{number}: counsel has not adopted all of the law it needs, so this desk draws nothing from it."
    if paper.ends is not None:
        return f"{number}: the hold ends {clock_words(paper.ends.at)} ({paper.ends.cite})."
    words = {
        "required": "the law requires a hold",
        "permitted": "the law lets you hold",
        "contested": "the law is not settled",
        "not_known": "a fact is missing",
        "forbidden": "holding is forbidden",
    }
    return f"{number}: {words[effect]}."


def _unsettled(papers: Sequence[OnPaper], signed: StandingDefault | None, waited: timedelta) -> Line:
    """An open question is no ground to hold, now or later (safeguard 9)."""
    why = [*map(_why, papers), "Waiting for an answer is no ground to hold anybody."]
    if signed is None:
        why.append("Counsel has signed no standing default for this desk.")
        return Line("open", "Not known: no ground to hold", tuple(why), _cites(papers))
    left = timedelta(minutes=signed.minutes) - waited
    if left > timedelta():
        minutes = -(-left // timedelta(minutes=1))
        why.append(f"In {minutes} minutes counsel's standing default applies: no paper in lodged bars release.")
        return Line("open", "Not known: no ground to hold", tuple(why), _cites(papers))
    why.append(f"Counsel's standing default, signed by {_name(signed)}, applies since the question stayed open.")
    return Line("default", "No paper in lodged bars release: standing default", tuple(why), _cites(papers))


def _stale(person: Person, at: datetime) -> str:
    """How old the roster is, where that is too old to say that there is no paper."""
    roster = newest_roster(person.custodian)
    taken = roster.at if roster is not None else person.imported_at
    if at - taken <= ROSTER_LIMIT:
        return ""
    return f"The roster was taken in {(at - taken) // timedelta(hours=1)} hours ago."


def _maybe(possible: Sequence[Matter]) -> list[str]:
    return [
        f"{matter.number} may be about this person; nobody has confirmed it, so it holds nobody." for matter in possible
    ]


# ---- the line about telling


def word_line(papers: Sequence[OnPaper], signed: StandingDefault | None, waited: timedelta, at: datetime) -> Line:
    asked = [paper for paper in papers if paper.notify is not None]
    effects = {paper.notify.effective for paper in asked if paper.notify}
    must = [paper for paper in asked if paper.notify and paper.notify.effective == "required"]
    if must and "forbidden" in effects:
        return Line("ask", "Ask counsel: one paper requires notice, another forbids it", (), _notice_cites(asked))
    if must:
        return _must(must, signed, at)
    if effects & OPEN:
        return _ask(asked, signed, waited)
    if "forbidden" in effects:
        return Line("silent", "Do not notify", (), _notice_cites(asked))
    if "permitted" in effects:
        return Line("may", "Notice is allowed, not required", (), _notice_cites(asked))
    return Line("none", "No paper here asks for notice")


def _must(papers: Sequence[OnPaper], signed: StandingDefault | None, at: datetime) -> Line:
    """Notify first, which never prolongs custody (safeguard 10)."""
    waiting = [paper for paper in papers if not any(one.reached for one in paper.tries)]
    if not waiting:
        return Line("done", "Notice was given", (), _notice_cites(papers))
    if all(_tried_enough(paper.tries, signed, at) for paper in waiting):
        why = ("The tries that counsel set were made; the evidence is kept.", "Notice never prolongs custody.")
        return Line("done", "Notice not delivered: go on without it", why, _notice_cites(papers))
    left = "Try, and write down each try below; notice never prolongs custody."
    return Line("notify", "Notify first", (left,), _notice_cites(papers))


def _tried_enough(tries: Sequence[Try], signed: StandingDefault | None, at: datetime) -> bool:
    if signed is None or not tries:
        return False
    return len(tries) >= signed.tries or at - tries[0].at >= timedelta(minutes=signed.try_minutes)


def _ask(papers: Sequence[OnPaper], signed: StandingDefault | None, waited: timedelta) -> Line:
    if signed is not None and waited >= timedelta(minutes=signed.minutes):
        why = (f"Counsel's standing default, signed by {_name(signed)}.",)
        return Line("default", signed.get_word_display(), why, _notice_cites(papers))
    return Line("ask", "Ask counsel before anybody is told", (), _notice_cites(papers))


# ---- small parts


def _cites(papers: Iterable[OnPaper]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for paper in papers for cite in paper.hold.cites))


def _notice_cites(papers: Iterable[OnPaper]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for paper in papers if paper.notify for cite in paper.notify.cites))


def _name(signed: StandingDefault) -> str:
    return f"{signed.by.get_full_name() or signed.by.username}"
