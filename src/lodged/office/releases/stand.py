"""How a release stands at one moment: what each paper means for the person, and two lines made of it, never one.

PERSON says whether a paper here bars release, WORD whether anybody must, may or must not be told. lodged never says
"release now": it does not know other counties' holds and warrants (safeguards 7 to 11).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodged.office.matters.models import Matter
from lodged.office.people.models import Person
from lodged.office.releases import finds
from lodged.office.releases.lines import OPEN, Known, Line, person_line, word_line
from lodged.office.releases.models import ReleaseOrder
from lodged.office.releases.on_paper import Answer, OnPaper, cancels, on_papers


@dataclass(frozen=True, slots=True)
class Stand:
    """How a release stands: both lines, the papers behind them, papers that may be about the person, what is asked next.

    `open`: each question of law or fact that is open, as `matter/act`.
    """

    person: Person
    at: datetime
    order: ReleaseOrder | None
    person_line: Line
    word_line: Line
    papers: tuple[OnPaper, ...]
    possible: tuple[Matter, ...]
    question: tuple[Matter, str] | None
    open: tuple[str, ...]


def stand(person: Person, at: datetime, look_around: bool = True) -> Stand:
    """How this person's release stands at an hour. Nothing is kept; `acts.check` keeps and seals it.

    `look_around`: look also for papers that may be about the person, which every paper of the custodian is asked for.
    """
    order = finds.order(person)
    papers = on_papers(person, order, at)
    possible = tuple(finds.possible(person)) if look_around else ()
    open_ones = tuple(f"{paper.matter.number}/{answer.act}" for paper, answer in _open(papers))
    known = Known(
        person=person,
        order=order,
        earlier=finds.earlier_order(person),
        signed=finds.default(person.custodian),
        waited={question: at - finds.open_since(person, question, at) for question in open_ones},
        possible=tuple(_named(matter, at) for matter in possible),
        at=at,
    )
    return Stand(
        person=person,
        at=at,
        order=order,
        person_line=person_line(papers, known),
        word_line=word_line(papers, known),
        papers=papers,
        possible=possible,
        question=_question(papers),
        open=open_ones,
    )


def _open(papers: Sequence[OnPaper]) -> Iterator[tuple[OnPaper, Answer]]:
    """Each answer of a live paper that is not known or not settled."""
    for paper in papers:
        for answer in (paper.hold, paper.notify):
            if answer is not None and not paper.cancelled_by and answer.effective in OPEN:
                yield paper, answer


def _named(matter: Matter, at: datetime) -> str:
    """A paper that may be about the person; that it may be a cancellation is said, since that alarms (safeguard 13)."""
    return f"{matter.number}, a cancellation," if cancels(matter, None, at) else matter.number


def _question(papers: Sequence[OnPaper]) -> tuple[Matter, str] | None:
    """The one fact that is worth asking first, of the first paper that lacks one."""
    for paper, answer in _open(papers):
        if answer.effect == "not_known" and answer.ask_first:
            return paper.matter, answer.ask_first
    return None


def record(found: Stand) -> Mapping[str, Any]:
    """What is shown, as JSON: kept with the check and sealed."""
    return {
        "person": found.person_line.record(),
        "word": found.word_line.record(),
        "papers": [_paper(paper) for paper in found.papers],
        "possible": [matter.number for matter in found.possible],
        "order": found.order.ordered_at.isoformat() if found.order and found.order.ordered_at else None,
        "open": list(found.open),
    }


def _paper(paper: OnPaper) -> dict[str, Any]:
    return {
        "matter": paper.matter.number,
        "hold": _effect(paper.hold),
        "notify": _effect(paper.notify),
        "advisory": any(answer is not None and answer.advisory for answer in (paper.hold, paper.notify)),
        "cancels": paper.cancels,
        "cancelled_by": paper.cancelled_by,
        "unknown": paper.unknown,
        "from": paper.release.value,
        "ends": paper.ends.at.isoformat() if paper.ends else None,
        "clock": paper.ends.rule if paper.ends else None,
        "working": list(paper.ends.working) if paper.ends else [],
    }


def _effect(answer: Answer | None) -> str | None:
    """The effect as the desk used it; where somebody chose in the matter, the law's own beside the line that says who."""
    if answer is None:
        return None
    return "not_known" if answer.advisory else answer.effect


def moved(shown: Mapping[str, Any], now: Stand) -> bool:
    """Whether the desk would say something else by now than it said then; a clock that has not begun is no difference."""
    after = record(now)
    return _kept(shown) != _kept(after)


def _kept(shown: Mapping[str, Any]) -> tuple[Any, ...]:
    """What must be the same for an answer to stand; a person's line may only differ in minutes that run on."""
    papers = [
        {key: paper.get(key) for key in ("matter", "hold", "notify", "cancelled_by")} for paper in shown["papers"]
    ]
    ends = [paper.get("ends") for paper in shown["papers"]] if shown.get("order") else []
    lines = (shown["person"]["kind"], shown["word"]["kind"], shown["word"]["words"])
    return (*lines, papers, ends, shown["possible"], shown.get("order"), shown.get("open"))
