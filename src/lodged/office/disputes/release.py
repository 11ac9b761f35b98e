"""What the law would have answered at the minute of release, with the paper in dispute and without it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodged.law import Decision as LawDecision
from lodged.law import Question
from lodged.office.custodians import custodian as with_id
from lodged.office.decisions.consult import consult
from lodged.office.decisions.finds import confirmed
from lodged.office.decisions.finds import newest as newest_decisions
from lodged.office.decisions.library import declared
from lodged.office.decisions.models import Decision
from lodged.office.disputes.models import Finding
from lodged.office.matters.models import Matter
from lodged.office.people.finds import candidate
from lodged.problem import ProblemsError

# Without the paper nothing of it is known, and nobody asked for anything.
NO_PAPER: Mapping[str, Any] = {"paper.asks": [], "paper.attached": []}


@dataclass(frozen=True, slots=True)
class Answer:
    """One effect with its citations; `needs` are the facts that are not known."""

    effect: str
    cites: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One act the paper asks for, answered both ways."""

    act: str
    with_paper: Answer
    without: Answer


@dataclass(frozen=True, slots=True)
class AtRelease:
    """Both answers at the minute of release; `missing` says in words what is not known instead."""

    matter: str = ""
    at: datetime | None = None
    acts: tuple[Act, ...] = ()
    missing: str = ""


def at_release(finding: Finding) -> AtRelease:
    """The panel of a finding. Nothing is guessed: without a paper, a confirmed person or an hour it says what is missing."""
    numbers = [number for one in finding.body["ours"] for number in one["arrivals"]]
    if not numbers:
        return AtRelease(missing="No paper of the docket is linked to this claim, so nobody knows whom it was about.")
    matters = list(Matter.objects.filter(paper__arrival__number__in=numbers).order_by("number"))
    for matter in matters:
        found = _of_matter(matter, finding)
        if not found.missing or len(matters) == 1:
            return found
    return AtRelease(missing="The paper asks for no act about a person, or it was not read yet.")


def _of_matter(matter: Matter, finding: Finding) -> AtRelease:
    decisions = list(newest_decisions(matter))
    if not decisions:
        return AtRelease(matter.number, missing="The law was not asked about this paper yet.")
    if not confirmed(matter):
        return AtRelease(matter.number, missing="Nobody has confirmed whom the paper is about.")
    person = candidate(decisions[0].match)
    if person is None or person.released_at is None:
        return AtRelease(matter.number, missing="The roster has no hour of release for this person.")
    place = matter.paper.arrival.custodian
    at = person.released_at.astimezone(with_id(place).zone)
    acts = tuple(_acts(place, decisions, at, _came(finding)))
    return AtRelease(matter.number, at, acts, "" if acts else "The law could not be asked at that minute.")


def _acts(place: str, decisions: list[Decision], at: datetime, came: Mapping[str, str]) -> Iterator[Act]:
    for decision in decisions:
        known = {row["fact"]: row["value"] for row in decision.facts} | dict(came)
        without = {name: value for name, value in known.items() if not name.startswith("paper.")} | dict(NO_PAPER)
        try:
            yield Act(
                act=decision.act,
                with_paper=_answer(consult(Question(place, decision.act, at, known, declared()))),
                without=_answer(consult(Question(place, decision.act, at, without, declared()))),
            )
        except ProblemsError:
            continue


def _came(finding: Finding) -> dict[str, str]:
    """When the paper came over the line, which is what counts: a sweep may have found it days later."""
    hours = [one["started"] for one in finding.body["ours"] if one["started"]]
    return {"paper.received_at": min(hours)} if hours else {}


def _answer(decision: LawDecision) -> Answer:
    return Answer(decision.effect, decision.citations, decision.needs)
