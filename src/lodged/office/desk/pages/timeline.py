"""One line of time for a matter: every step with its entry in the log, then what lies ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lodged.office.desk.lexicon import FACTS, sensitive
from lodged.office.desk.pages.explained import Reader
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.reviews.models import Review
from lodged.office.staff.models import User


@dataclass(frozen=True, slots=True)
class Moment:
    """One step: when, what in words, the entry that holds it, who did it (empty: the machine)."""

    at: datetime
    words: str
    entry: int
    by: str = ""


def timeline(matter: Matter, reader: Reader) -> list[Moment]:
    """The steps so far, the first one first."""
    steps = [*_paper(matter), *_law(matter, reader), *_answers(matter)]
    return sorted(steps, key=lambda step: (step.at, step.entry))


def _paper(matter: Matter) -> Iterator[Moment]:
    arrival = matter.paper.arrival
    how = "by fax" if arrival.channel == "fax" else "at the counter"
    yield Moment(arrival.received_at, f"The paper came {how}", arrival.seal_id, _name(arrival.taken_in_by))
    for reading in matter.paper.readings.select_related("by"):
        words = "A person corrected the reading" if reading.by else "It was read by the machine"
        yield Moment(reading.at, words, reading.seal_id, _name(reading.by))
        for match in reading.matches.select_related("by"):
            yield Moment(match.at, MATCHES[match.state], match.seal_id, _name(match.by))
    for one in matter.paper.addressees.select_related("by"):
        yield Moment(one.at, f"Addressed to somebody else, dealt with here: {one.reason}", one.seal_id, _name(one.by))
    for step in matter.closings.select_related("by"):
        words = "Closed as not legal process" if step.closed else "Taken up again"
        yield Moment(step.at, f"{words}: {step.reason}", step.seal_id, _name(step.by))
    yield Moment(matter.opened_at, f"Matter {matter.number} was opened", matter.seal_id)


MATCHES: dict[str, str] = {
    Match.State.CANDIDATE: "The roster was searched: candidates were found",
    Match.State.CHOSEN: "One person chose; a second must choose",
    Match.State.SAME: "Two people chose the same person",
    Match.State.DIFFER: "Two people chose differently",
    Match.State.NOBODY: "Nobody in the roster is meant",
    Match.State.NOT_KNOWN: "The roster was searched: nobody fits",
}


def _law(matter: Matter, reader: Reader) -> Iterator[Moment]:
    seen = set()
    for decision in matter.decisions.all():
        if decision.version not in seen:
            seen.add(decision.version)
            again = " again" if decision.version > 1 else ""
            yield Moment(decision.at, f"The law was asked{again} (decision {decision.version})", decision.seal_id)
    for answer in matter.fact_answers.select_related("by"):
        closed = sensitive(answer.fact) and not reader.sensitive
        words = "A question of fact was answered" + ("" if closed else f": {FACTS.get(answer.fact, answer.fact)}")
        yield Moment(answer.at, words, answer.seal_id, _name(answer.by))


def _answers(matter: Matter) -> Iterator[Moment]:
    for chosen in matter.counsels_answers.select_related("by"):
        words = (
            f"Counsel chose where the law is contested: it will {'' if chosen.does else 'not '}be done ({chosen.cite})"
        )
        yield Moment(chosen.at, words, chosen.seal_id, _name(chosen.by))
    for review in matter.reviews.select_related("by"):
        agreed = review.verdict == Review.Verdict.AGREED
        yield Moment(review.at, "Agreed" if agreed else f"Sent back: {review.note}", review.seal_id, _name(review.by))
    for answer in matter.answers.select_related("dispatch__by"):
        words = "The letter was made final" if answer.review_id else "A letter was drafted"
        if answer.addressed_to:
            words = "The directory’s address was put on the letter"
        yield Moment(answer.at, f"{words} (version {answer.version})", answer.seal_id)
        if hasattr(answer, "dispatch"):
            sent = answer.dispatch
            yield Moment(
                sent.at, f"The letter was sent: {sent.get_way_display().lower()}", sent.seal_id, _name(sent.by)
            )


def _name(user: User | None) -> str:
    return (user.get_full_name() or user.username) if user else ""
