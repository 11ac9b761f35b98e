"""Disputes, their newest finding, and what stands in the way of an approval; nothing here writes."""

from typing import Any

from django.db.models import QuerySet

from lodged.office.disputes.models import Dispute, Draft, Finding
from lodged.office.staff.models import User
from lodged.problem import Problem

TELLS = ("outcome", "also_defensible", "contradictions", "ours", "gaps")  # what makes another finding


def with_number(number: str) -> Dispute:
    """The dispute of a number; raises Dispute.DoesNotExist."""
    return Dispute.objects.select_related("by", "seal").get(number=number)


def newest(dispute: Dispute) -> Finding:
    """The finding that counts."""
    return dispute.findings.select_related("seal", "reopens").latest("version")


def open_disputes() -> QuerySet[Dispute]:
    """All disputes, the newest first."""
    return Dispute.objects.order_by("-at", "-id").prefetch_related("findings")


def differs(finding: Finding, body: dict[str, Any]) -> bool:
    """Whether a finding made now says something else than the one that was kept."""
    return any(finding.body[name] != body[name] for name in TELLS)


def missing(finding: Finding) -> list[str]:
    """The places that nobody has searched yet for this finding."""
    done = set(finding.searches.values_list("place", flat=True))
    return [place for place in finding.to_search if place not in done]


def newest_draft(finding: Finding, kind: str) -> Draft | None:
    """The last version of one kind of paper on a finding."""
    return finding.drafts.filter(kind=kind).select_related("seal", "approved_by").last()


def obstacles(finding: Finding, kind: str, by: User) -> list[Problem]:
    """Why a paper cannot be approved now, each with what mends it; empty where it can."""
    where = f"{finding.dispute.number}, {kind}"
    drafted = newest_draft(finding, kind)
    found: list[Problem] = []
    if not by.may("approve findings"):
        found.append(Problem(where, "your role may not approve findings", "ask counsel"))
    if finding != newest(finding.dispute):
        found.append(Problem(where, "the finding was reopened since", "look at the newest finding"))
    if drafted is None:
        return [*found, Problem(where, "nothing is drafted yet", "draft it first")]
    if drafted.approved_by is not None:
        found.append(Problem(where, "it is approved already", "draft it again where something changed"))
    return found + (_not_searched(finding, where) if drafted.denies else [])


def _not_searched(finding: Finding, where: str) -> list[Problem]:
    """Text that says that something was not received needs every place searched, with nothing found (safeguard 5)."""
    unlisted = not [place for place in finding.to_search if place.startswith(("number ", "mailbox "))]
    problems = (
        [Problem(where, "there is no list of our numbers", "set LODGED_NUMBERS, then look again")] if unlisted else []
    )
    problems += [
        Problem(where, f"nobody has searched {place}", "search it and write down how") for place in missing(finding)
    ]
    problems += [
        Problem(where, f"something was found: {one.place}", "take it in, then look again")
        for one in finding.searches.filter(found=True)
    ]
    return problems
