"""The two lines of the desk, made from the papers behind them: PERSON, what bars release; WORD, who must be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lodged.office.custodians import custodian
from lodged.office.people.finds import newest_roster
from lodged.office.people.models import Person
from lodged.office.releases.models import ReleaseOrder, StandingDefault, Try
from lodged.office.releases.on_paper import AS_IF_NOW, Answer, OnPaper

ROSTER_LIMIT = timedelta(hours=24)  # an older roster says nothing about who is here (safeguard 11)
OPEN = frozenset(("not_known", "contested"))
YES, NO = frozenset(("required", "chosen_yes")), frozenset(("forbidden", "chosen_no"))


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


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines are made of beside the papers: the person, the order, counsel's default, how long each question waits."""

    person: Person
    order: ReleaseOrder | None
    earlier: ReleaseOrder | None
    signed: StandingDefault | None
    waited: dict[str, timedelta]
    possible: tuple[str, ...]
    at: datetime


# ---- the line about the person


def person_line(papers: Sequence[OnPaper], known: Known) -> Line:
    """What of these papers bars release at this minute, the gravest first."""
    released = known.person.released_at
    if released is not None and released <= known.at:
        when = clock_words(released.astimezone(custodian(known.person.custodian).zone))
        return Line("none", f"Released {when}: nobody is held here", _maybe(known))
    live = [paper for paper in papers if not paper.cancelled_by]
    held = _with(live, YES)
    may = _with(live, frozenset(("permitted",)))
    beside = (*_cancelled(papers), *_old(known), *_moved_order(known))
    if held:
        return Line("hold", f"Hold{_until(held)}", (*map(_why, held), *_counted(held), *beside), _cites(held))
    if unnamed := [paper for paper in live if paper.unknown]:
        why = tuple(f"{paper.matter.number}: nobody has said which paper this is. Read it now." for paper in unnamed)
        return Line("open", "A paper about this person is not read yet", (*why, *beside))
    if unsettled := _with(live, OPEN):
        return _unsettled(unsettled, known, beside)
    if may:
        words = f"A hold is allowed, not required{_until(may)}"
        return Line("may", words, (*map(_why, may), *_counted(may), *beside), _cites(may))
    if any(paper.cancelled_by for paper in papers):
        return Line("open", "A cancellation came: ask counsel, no ground to hold", (*beside, *_maybe(known)))
    if stale := _stale(known):
        look = "Search the papers directly before you rely on this desk."
        return Line("stale", "lodged cannot say: its roster is too old", (stale, look, *_maybe(known)))
    barred = _with(live, NO)
    return Line("clear", "No paper in lodged bars release", (*map(_why, barred), *_maybe(known)), _cites(barred))


def _with(papers: Iterable[OnPaper], effects: frozenset[str]) -> list[OnPaper]:
    return [paper for paper in papers if paper.hold is not None and paper.hold.effective in effects]


def _until(papers: Sequence[OnPaper]) -> str:
    """Until when: the latest of the holds that the law still carries; nothing where one of them does not end by itself."""
    ends = [paper.ends for paper in papers]
    known = [end.at for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return ""
    if any(paper.release.source == AS_IF_NOW for paper in papers):
        return f"; if free from this minute, until {clock_words(max(known))} at the latest"
    return f" until {clock_words(max(known))}, then it ends by itself"


def _counted(papers: Sequence[OnPaper]) -> list[str]:
    """From when the clock runs, and how that is known."""
    found = []
    for source, start in dict.fromkeys((paper.release.source, str(paper.release.value)) for paper in papers):
        if source == AS_IF_NOW:
            found.append("No release order is written down, so no clock of a hold runs yet.")
        else:
            found.append(f"Counted from {clock_words(datetime.fromisoformat(start))} ({source}).")
    return found


def clock_words(moment: datetime) -> str:
    """A moment as the desk says it, in the zone it is given in.

    >>> from zoneinfo import ZoneInfo
    >>> clock_words(datetime(2026, 11, 25, 14, 5, tzinfo=ZoneInfo("America/New_York")))
    'Wed 25 Nov 14:05 EST'
    """
    return f"{moment:%a} {moment.day} {moment:%b %H:%M %Z}"


WORDS = {
    "required": "the law requires a hold",
    "permitted": "the law lets you hold",
    "contested": "the law is not settled",
    "not_known": "a fact is missing",
    "forbidden": "holding on it is forbidden",
}


def _why(paper: OnPaper) -> str:
    number, answer = paper.matter.number, paper.hold
    if answer is None:
        raise ValueError("a paper that asks for no hold is no reason about one")
    if (odd := _odd(answer)) is not None:
        return f"{number}: {odd}"
    if answer.chosen is not None:
        choice = "a hold was chosen" if answer.chosen else "no hold was chosen"
        return f"{number}: {choice} for this matter by {answer.chooser}."
    ends = ""
    if paper.ends is not None and paper.release.source != AS_IF_NOW:
        ends = f"; it ends {clock_words(paper.ends.at)} ({paper.ends.cite})"
    return f"{number}: {WORDS[answer.effective]}{ends}."


def _odd(answer: Answer) -> str | None:
    """Why an answer cannot be used as it is."""
    if answer.trouble:
        return f"{answer.trouble}."
    if answer.advisory:
        return "counsel has not adopted all of the law it needs, so this desk draws nothing from it."
    return None


def _unsettled(papers: Sequence[OnPaper], known: Known, beside: Sequence[str]) -> Line:
    """An open question is no ground to hold, now or later (safeguard 9)."""
    signed, waited = known.signed, min(known.waited[f"{paper.matter.number}/hold"] for paper in papers)
    why = [*map(_why, papers), "Waiting for an answer is no ground to hold anybody."]
    if signed is None:
        why.append("Counsel has signed no standing default for this desk.")
        return Line("open", "Not known: no ground to hold", (*why, *beside), _cites(papers))
    if left := _left(signed, waited):
        why.append(f"In {left} counsel's standing default applies.")
        return Line("open", "Not known: no ground to hold", (*why, *beside), _cites(papers))
    why.append(f"Counsel's standing default, signed by {_name(signed)}, applies since the question stayed open.")
    words = "no ground to hold" if _stale(known) else "no paper in lodged bars release"
    return Line("default", f"Standing default: {words}", (*why, *beside), _cites(papers))


def _left(signed: StandingDefault, waited: timedelta) -> str:
    """How long until the standing default applies; nothing where it does."""
    minutes = -(-(timedelta(minutes=signed.minutes) - waited) // timedelta(minutes=1))
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes > 0 else ""


def _stale(known: Known) -> str:
    """How old the roster is, where that is too old to say that there is no paper."""
    roster = newest_roster(known.person.custodian)
    taken = roster.at if roster is not None else known.person.imported_at
    age = known.at - taken
    return "" if age <= ROSTER_LIMIT else f"The roster was taken in {age // timedelta(hours=1)} hours ago."


def _old(known: Known) -> list[str]:
    return [stale] if (stale := _stale(known)) else []


def _moved_order(known: Known) -> list[str]:
    """An order that was written later than before, or taken back, is said: a clock must not be put back in silence."""
    if known.earlier is None or known.earlier.ordered_at is None:
        return []
    zone = custodian(known.person.custodian).zone
    first = clock_words(known.earlier.ordered_at.astimezone(zone))
    return [f"The release order was first written down as {first} ({known.earlier.source})."]


def _cancelled(papers: Sequence[OnPaper]) -> list[str]:
    return [f"{paper.matter.number} was taken back by {paper.cancelled_by}." for paper in papers if paper.cancelled_by]


def _maybe(known: Known) -> tuple[str, ...]:
    return tuple(
        f"{number} may be about this person; nobody confirmed it, so it holds nobody." for number in known.possible
    )


# ---- the line about telling


def word_line(papers: Sequence[OnPaper], known: Known) -> Line:
    """Who must, may or must not be told at this minute."""
    asked = [(paper, paper.notify) for paper in papers if paper.notify is not None and not paper.cancelled_by]
    if not asked and any(paper.cancelled_by for paper in papers):
        return Line("ask", "Ask counsel: a cancellation came", tuple(_cancelled(papers)))
    effects = {answer.effective for _, answer in asked}
    must = [paper for paper, answer in asked if answer.effective in YES]
    cites = tuple(dict.fromkeys(cite for _, answer in asked for cite in answer.cites))
    why = tuple(_why_notice(paper.matter.number, answer) for paper, answer in asked)
    if must and effects & NO:
        return Line("ask", "Ask counsel: one paper asks for notice, another forbids it", why, cites)
    if must:
        return _must(must, known, cites)
    if effects & OPEN:
        return _ask(asked, known, why, cites)
    if effects & NO:
        return Line("silent", "Do not notify", why, cites)
    if "permitted" in effects:
        return Line("may", "Notice is allowed, not required", why, cites)
    return Line("none", "No paper here asks for notice")


def _why_notice(number: str, answer: Answer) -> str:
    if (odd := _odd(answer)) is not None:
        return f"{number}: {odd}"
    if answer.chosen is not None:
        return f"{number}: {'notice' if answer.chosen else 'no notice'} was chosen for this matter by {answer.chooser}."
    words = {
        "required": "the law requires notice",
        "permitted": "the law lets you give notice",
        "contested": "the law is not settled",
        "not_known": "a fact is missing",
        "forbidden": "the law forbids notice",
    }
    return f"{number}: {words[answer.effective]}."


def _must(papers: Sequence[OnPaper], known: Known, cites: tuple[str, ...]) -> Line:
    """Notify first, which never prolongs custody (safeguard 10)."""
    waiting = [paper for paper in papers if not any(one.reached for one in paper.tries)]
    if not waiting:
        return Line("done", "Notice was given", (), cites)
    if all(_tried_enough(paper.tries, known) for paper in waiting):
        why = ("The tries that counsel set were made; the evidence is kept.", "Notice never prolongs custody.")
        return Line("done", "Notice not delivered: go on without it", why, cites)
    left = "Try, and write down each try below; notice never prolongs custody."
    return Line("notify", "Notify first", (left,), cites)


def _tried_enough(tries: Sequence[Try], known: Known) -> bool:
    signed = known.signed
    if signed is None or not tries:
        return False
    return len(tries) >= signed.tries or known.at - tries[0].at >= timedelta(minutes=signed.try_minutes)


def _ask(asked: Sequence[tuple[OnPaper, Answer]], known: Known, why: tuple[str, ...], cites: tuple[str, ...]) -> Line:
    signed = known.signed
    open_ones = [paper.matter.number for paper, answer in asked if answer.effective in OPEN]
    waited = min(known.waited[f"{number}/notify"] for number in open_ones)
    if signed is not None and not _left(signed, waited):
        said = f"Counsel's standing default, signed by {_name(signed)}."
        return Line("default", signed.get_word_display(), (*why, said), cites)
    return Line("ask", "Ask counsel before anybody is told", why, cites)


# ---- small parts


def _cites(papers: Iterable[OnPaper]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for paper in papers if paper.hold for cite in paper.hold.cites))


def _name(signed: StandingDefault) -> str:
    return f"{signed.by.get_full_name() or signed.by.username}"
