"""Reviews, and what stands in the way of one; nothing here writes."""

from collections.abc import Mapping
from datetime import datetime

from lodged.office.decisions.finds import confirmed, last_version, newest, stale, stands
from lodged.office.decisions.models import Decision
from lodged.office.matters.models import Matter
from lodged.office.reviews.models import CounselsAnswer, Review
from lodged.office.staff.models import User
from lodged.problem import Problem

DECIDED = frozenset(("required", "permitted", "forbidden"))


def todo() -> list[Matter]:
    """Matters whose newest decisions stand and that nobody has reviewed."""
    return [
        matter
        for matter in Matter.objects.select_related("paper__arrival")
        if stands(matter) and standing(matter) is None
    ]


def standing(matter: Matter) -> Review | None:
    """The review of the newest decisions, where they stand on everything newest; else None."""
    if not stands(matter):
        return None
    return matter.reviews.filter(decision_version=last_version(matter)).select_related("by").last()


def counsels_answers(matter: Matter) -> dict[str, CounselsAnswer]:
    """What counsel chose, by act, where the newest decision is contested still and stands on what it stood on then."""
    last = {one.key: one for one in matter.counsels_answers.select_related("by")}
    found = {}
    for decision in newest(matter):
        chosen = last.get(key(decision))
        if decision.effect == "contested" and chosen is not None and chosen.basis == decision.basis:
            found[key(decision)] = chosen
    return found


def obstacles(matter: Matter, by: User, at: datetime, version: int | None = None) -> list[Problem]:
    """Why a matter cannot be agreed to now, each with what mends it; empty where it can.

    `version` is that of the decisions the reviewer saw; left out, the newest.
    """
    where = f"matter {matter.number}"
    decisions = list(newest(matter))
    if not decisions:
        return [Problem(where, "the law has not been asked yet", "say which form the paper is")]
    found = moved(matter, decisions[0].version if version is None else version)
    if stale(matter, at):
        found.append(Problem(where, "the decision is more than an hour old", "ask the law again"))
    if not confirmed(matter):
        found.append(
            Problem(where, "nobody has confirmed who the paper is about", "two people choose the person first")
        )
    if not all(decision.adopted for decision in decisions):
        found.append(Problem(where, "counsel has not adopted the law it stands on", "counsel adopts each pack by name"))
    if not any(decision.effect in DECIDED for decision in decisions) and not counsels_answers(matter):
        found.append(
            Problem(where, "nothing is decided yet", "answer the question that is asked first, or ask counsel")
        )
    review = standing(matter)
    if review is not None and review.verdict == Review.Verdict.AGREED:
        found.append(Problem(where, "somebody has agreed to it already", "send the letter, or send the matter back"))
    if not by.may("review"):
        found.append(Problem(where, "your role may not review", "ask a release officer or counsel"))
    return found


def moved(matter: Matter, version: int) -> list[Problem]:
    """Whether the decisions of this version are no longer the newest, or no longer stand."""
    if version == last_version(matter) and stands(matter):
        return []
    what = "the paper, the person, an answer or the law has changed since"
    return [Problem(f"matter {matter.number}", what, "look at the new decision")]


def unchosen(matter: Matter, choices: Mapping[str, bool]) -> list[Problem]:
    """The acts that the law leaves to the custodian and that nobody has chosen about."""
    return [
        Problem(key(decision), "the law leaves this to you", "choose whether it will be done")
        for decision in newest(matter)
        if decision.effect == "permitted" and key(decision) not in choices
    ]


def key(decision: Decision) -> str:
    """How a decision is named within its matter: the act, and the item where there is one."""
    return f"{decision.act}.{decision.item}" if decision.item else decision.act
