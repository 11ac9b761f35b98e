"""How a release stands at one moment: what each paper means for the person, and two lines made of it, never one.

PERSON says whether a paper here bars release, WORD whether anybody must, may or must not be told. lodged never says
"release now": it does not know other counties' holds and warrants (safeguards 7 to 11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodged.office.matters.models import Matter
from lodged.office.people.models import Person
from lodged.office.releases import finds
from lodged.office.releases.lines import OPEN, Line, person_line, word_line
from lodged.office.releases.models import ReleaseOrder
from lodged.office.releases.on_paper import OnPaper, on_paper


@dataclass(frozen=True, slots=True)
class Stand:
    """How a release stands: both lines, the papers behind them, papers that may be about the person, what is asked next."""

    person: Person
    at: datetime
    order: ReleaseOrder | None
    person_line: Line
    word_line: Line
    papers: tuple[OnPaper, ...]
    possible: tuple[Matter, ...]
    question: tuple[Matter, str] | None
    open: bool


def stand(person: Person, at: datetime) -> Stand:
    """How this person's release stands at an hour. Nothing is kept; `acts.check` keeps and seals it."""
    order = finds.order(person)
    papers = tuple(on_paper(matter, person, order, at) for matter in finds.confirmed(person))
    possible = tuple(finds.possible(person))
    signed = finds.default(person.custodian)
    waited = at - finds.open_since(person, at)
    open_hold = any(paper.hold.effective in OPEN for paper in papers)
    open_word = any(paper.notify is not None and paper.notify.effective in OPEN for paper in papers)
    return Stand(
        person=person,
        at=at,
        order=order,
        person_line=person_line(person, order, papers, possible, signed, waited, at),
        word_line=word_line(papers, signed, waited, at),
        papers=papers,
        possible=possible,
        question=_question(papers),
        open=open_hold or open_word,
    )


def _question(papers: Sequence[OnPaper]) -> tuple[Matter, str] | None:
    """The one fact that is worth asking first, of the first paper that lacks one."""
    for paper in papers:
        for answer in (paper.hold, paper.notify):
            if answer is not None and answer.effect == "not_known" and answer.ask_first:
                return paper.matter, answer.ask_first
    return None


def record(found: Stand) -> Mapping[str, Any]:
    """What is shown, as JSON: kept with the check and sealed."""
    return {
        "person": found.person_line.record(),
        "word": found.word_line.record(),
        "papers": [
            {
                "matter": paper.matter.number,
                "hold": paper.hold.effect,
                "notify": paper.notify.effect if paper.notify else None,
                "ends": paper.ends.at.isoformat() if paper.ends else None,
                "clock": paper.ends.rule if paper.ends else None,
                "working": list(paper.ends.working) if paper.ends else [],
            }
            for paper in found.papers
        ],
        "possible": [matter.number for matter in found.possible],
        "order": found.order.ordered_at.isoformat() if found.order and found.order.ordered_at else None,
    }
