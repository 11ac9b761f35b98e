"""What one confirmed paper means for one person at one moment: the law asked afresh, and when a hold on it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lodged.law import Decision
from lodged.office.custodians import custodian
from lodged.office.decisions import finds as decided
from lodged.office.decisions.asks import Asked
from lodged.office.decisions.basis import basis
from lodged.office.decisions.consult import consult
from lodged.office.decisions.facts import FactRow, facts
from lodged.office.decisions.questions import question
from lodged.office.matters.models import Matter
from lodged.office.people.models import Person
from lodged.office.releases import finds
from lodged.office.releases.clocks import LAWFUL, HoldEnd, hold_end
from lodged.office.releases.models import ReleaseOrder, Try
from lodged.problem import ProblemsError

MOMENT, HOURS = "person.release_moment", "hold.hours"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of one act on one paper: effect, citations, what is missing; `trouble` where it could not be asked."""

    act: str
    effect: str
    cites: tuple[str, ...]
    adopted: bool
    ask_first: str | None = None
    trouble: str = ""

    @property
    def effective(self) -> str:
        """The effect as the desk may use it: law that counsel has not adopted drives nothing (safeguard 23)."""
        return self.effect if self.adopted else "not_known"


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One confirmed paper about the person: what it means for holding and for telling, and when a hold on it ends."""

    matter: Matter
    hold: Answer
    notify: Answer | None
    ends: HoldEnd | None
    tries: tuple[Try, ...]


def on_paper(matter: Matter, person: Person, order: ReleaseOrder | None, at: datetime) -> OnPaper:
    """What one paper means at an hour, the law asked afresh for it."""
    release = _release(matter, person, order, at)
    asks = _asks(matter, person, release, at)
    hold = asks("hold", at)
    answer = _answer("hold", hold)
    lawful = isinstance(hold, Decision) and hold.effect in LAWFUL
    started = datetime.fromisoformat(str(release.value)).astimezone(custodian(person.custodian).zone)
    ends = hold_end(_decided(asks), started) if lawful else None
    notify = _answer("notify", asks("notify", at)) if _asks_for_notice(matter) else None
    return OnPaper(matter, answer, notify, ends, tuple(finds.tries(matter, person)))


Asks = Callable[[str, datetime], Decision | ProblemsError]


def _release(matter: Matter, person: Person, order: ReleaseOrder | None, at: datetime) -> FactRow:
    """From when the clocks of a hold run: the desk's release order, else an answered moment, else this minute."""
    zone = custodian(person.custodian).zone
    if order is not None and order.ordered_at is not None:
        return FactRow(MOMENT, order.ordered_at.astimezone(zone).isoformat(), f"release desk: {order.source}")
    said = [one for one in decided.answers(matter) if one.fact == MOMENT]
    if said and said[-1].value is not None:
        return FactRow(MOMENT, said[-1].value, said[-1].source)
    return FactRow(MOMENT, at.astimezone(zone).isoformat(), "release desk: asked as if released now")


def _asks(matter: Matter, person: Person, release: FactRow, at: datetime) -> Asks:
    """The law about this paper for an act at a moment.

    Hours of holding that somebody answered were true when they were answered; here they are counted from the moment.
    """
    on, answers = basis(matter), decided.answers(matter)
    if on is None:
        raise ValueError("a confirmed paper has a match")
    reading = on.reading

    def asked(act: str, moment: datetime) -> Decision | ProblemsError:
        rows = {row.fact: row for row in facts(reading, person, Asked(act), answers, at) if row.fact != HOURS}
        rows[MOMENT] = release
        try:
            return consult(question(matter, Asked(act), rows.values(), moment))
        except ProblemsError as error:
            return error

    return asked


def _decided(asks: Asks) -> Callable[[datetime], Decision]:
    def ask(moment: datetime) -> Decision:
        found = asks("hold", moment)
        if isinstance(found, ProblemsError):
            raise found
        return found

    return ask


def _answer(act: str, found: Decision | ProblemsError) -> Answer:
    if isinstance(found, ProblemsError):
        return Answer(act, "not_known", (), adopted=False, trouble=str(found.problems[0].what))
    return Answer(act, found.effect, found.citations, found.adopted, found.ask_first)


def _asks_for_notice(matter: Matter) -> bool:
    return any(one.act == "notify" for one in decided.newest(matter))
