"""What one confirmed paper means for one person at one moment: the law asked afresh, and when a hold on it ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from lodged.law import Decision
from lodged.office.custodians import custodian
from lodged.office.decisions import finds as decided
from lodged.office.decisions.asks import Asked, asked
from lodged.office.decisions.basis import Basis, basis
from lodged.office.decisions.consult import consult
from lodged.office.decisions.facts import DETAINERS, FactRow, facts
from lodged.office.decisions.questions import question
from lodged.office.matters.models import Matter
from lodged.office.people.models import Person
from lodged.office.releases import finds
from lodged.office.releases.clocks import LAWFUL, HoldEnd, hold_end
from lodged.office.releases.models import ReleaseOrder, Try
from lodged.office.reviews.finds import counsels_answers
from lodged.office.reviews.finds import standing as review_of
from lodged.office.reviews.models import Review
from lodged.problem import ProblemsError

MOMENT, HOURS, CANCELLED = "person.release_moment", "hold.hours", "paper.cancelled"
AS_IF_NOW = "asked as if the person were free from this minute"
CHOSEN = {True: "chosen_yes", False: "chosen_no"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of one act on one paper: effect, citations, what is missing; `trouble` where it could not be asked.

    `chosen`: what a person chose in this matter where the law leaves it open or is not settled, and `chooser` who.
    """

    act: str
    effect: str
    cites: tuple[str, ...]
    advisory: bool
    ask_first: str | None = None
    trouble: str = ""
    chosen: bool | None = None
    chooser: str = ""

    @property
    def effective(self) -> str:
        """The effect as the desk may use it: law that counsel has not adopted drives nothing (safeguard 23)."""
        if self.advisory:
            return "not_known"
        if self.chosen is not None and self.effect in {"permitted", "contested"}:
            return CHOSEN[self.chosen]
        return self.effect


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One confirmed paper about the person. `hold` and `notify` are None where the paper asks for no such thing.

    `unknown`: nobody has said which form it is. `cancels`: it takes an earlier paper back. `cancelled_by`: the paper
    that takes this one back. `release` says from when the clocks run, and how that is known.
    """

    matter: Matter
    release: FactRow
    hold: Answer | None = None
    notify: Answer | None = None
    ends: HoldEnd | None = None
    tries: tuple[Try, ...] = ()
    unknown: bool = False
    cancels: bool = False
    cancelled_by: str = ""


def on_papers(person: Person, order: ReleaseOrder | None, at: datetime) -> tuple[OnPaper, ...]:
    """Every confirmed paper about a person at an hour; a cancellation reaches the papers that came before it."""
    found = [on_paper(matter, person, order, at) for matter in finds.confirmed(person)]
    for place, paper in enumerate(found):
        later = [one for one in found if one.cancels and _after(one, paper) and not paper.cancels]
        if later and _detainer(paper):
            found[place] = replace(paper, cancelled_by=later[0].matter.number)
    return tuple(found)


def _after(one: OnPaper, other: OnPaper) -> bool:
    return one.matter.paper.arrival.received_at >= other.matter.paper.arrival.received_at


def _detainer(paper: OnPaper) -> bool:
    return paper.hold is not None or paper.notify is not None


def cancels(matter: Matter, person: Person | None, at: datetime) -> bool:
    """Whether a paper says that it takes an earlier one back."""
    on = basis(matter)
    if on is None or on.reading.form not in DETAINERS:
        return False
    rows = facts(on.reading, person, Asked("hold"), decided.answers(matter), at)
    return any(row.fact == CANCELLED and row.value is True for row in rows)


def on_paper(matter: Matter, person: Person, order: ReleaseOrder | None, at: datetime) -> OnPaper:
    """What one paper means at an hour, the law asked afresh about the acts that it asks for and no other."""
    on = basis(matter)
    if on is None:
        raise ValueError("a confirmed paper has a match")
    release = _release(matter, person, order, at)
    if cancels(matter, person, at):
        return OnPaper(matter, release, cancels=True)
    acts = {one.act for one in asked(on.reading)}
    asks = _asks(matter, person, on, release, at)
    hold = asks("hold", at) if "hold" in acts else None
    started = datetime.fromisoformat(str(release.value)).astimezone(custodian(person.custodian).zone)
    lawful = isinstance(hold, Decision) and hold.effect in LAWFUL
    return OnPaper(
        matter,
        release,
        hold=None if hold is None else _answer(matter, "hold", hold),
        notify=_answer(matter, "notify", asks("notify", at)) if "notify" in acts else None,
        ends=hold_end(_decided(asks), started) if lawful else None,
        tries=tuple(finds.tries(matter, person, order, at)),
        unknown=not on.reading.form,
    )


Asks = Callable[[str, datetime], Decision | ProblemsError]


def _release(matter: Matter, person: Person, order: ReleaseOrder | None, at: datetime) -> FactRow:
    """From when the clocks of a hold run: the desk's release order, else an answered moment, else this minute."""
    zone = custodian(person.custodian).zone
    if order is not None and order.ordered_at is not None:
        return FactRow(MOMENT, order.ordered_at.astimezone(zone).isoformat(), order.source)
    said = [one for one in decided.answers(matter) if one.fact == MOMENT]
    if said and said[-1].value is not None:
        return FactRow(MOMENT, said[-1].value, f"answered in {matter.number}: {said[-1].source}")
    return FactRow(MOMENT, at.astimezone(zone).isoformat(), AS_IF_NOW)


def _asks(matter: Matter, person: Person, on: Basis, release: FactRow, at: datetime) -> Asks:
    """The law about this paper for an act at a moment.

    Hours of holding that somebody answered were true when they were answered; here they are counted from the moment.
    """
    answers = decided.answers(matter)

    def ask(act: str, moment: datetime) -> Decision | ProblemsError:
        rows = {row.fact: row for row in facts(on.reading, person, Asked(act), answers, at) if row.fact != HOURS}
        rows[MOMENT] = release
        try:
            return consult(question(matter, Asked(act), rows.values(), moment))
        except ProblemsError as error:
            return error

    return ask


def _decided(asks: Asks) -> Callable[[datetime], Decision]:
    def ask(moment: datetime) -> Decision:
        found = asks("hold", moment)
        if isinstance(found, ProblemsError):
            raise found
        return found

    return ask


def _answer(matter: Matter, act: str, found: Decision | ProblemsError) -> Answer:
    if isinstance(found, ProblemsError):
        return Answer(act, "not_known", (), advisory=False, trouble="facts in this matter contradict one another")
    chosen, chooser = _chosen(matter, act)
    advisory = not found.adopted and found.basis == "rule"
    return Answer(act, found.effect, found.citations, advisory, found.ask_first, chosen=chosen, chooser=chooser)


def _chosen(matter: Matter, act: str) -> tuple[bool | None, str]:
    """What counsel chose in this matter about a contested act, or a reviewer about one that the law leaves open."""
    if (counsel := counsels_answers(matter).get(act)) is not None:
        return counsel.does, f"counsel {counsel.by.get_full_name() or counsel.by.username}"
    review = review_of(matter)
    if review is not None and review.verdict == Review.Verdict.AGREED and act in review.choices:
        return bool(review.choices[act]), f"{review.by.get_full_name() or review.by.username}"
    return None, ""
