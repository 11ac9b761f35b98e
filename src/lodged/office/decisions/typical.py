"""Typical papers to try the law on: what a paper says of itself, and what is taken for granted beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

OFFICERS = {"warrant.signed_by": "dhs_officer", "warrant.authorizes": "civil_custody"}
JUDGES = {
    "warrant.signed_by": "us_magistrate_judge",
    "warrant.authorizes": "criminal_arrest",
    "warrant.names_person": True,
    "warrant.came_with_detainer": True,
    "warrant.offense": "immigration_crime",
}
DETAINER = {
    "paper.form": "i-247a",
    "paper.box": "1",
    "paper.signed": True,
    "paper.served_on_person": True,
    "inquiry.purpose": "civil_immigration",
    "requester.enforces_immigration": True,
}
ASKED = {"inquiry.purpose": "civil_immigration", "requester.enforces_immigration": True}

# What most cases have in common; each can be left open instead.
USUAL: Mapping[str, object] = {
    "paper.cancelled": False,
    "person.in_custody": True,
    "person.otherwise_released": True,
    "person.proved_citizen": False,
    "person.proved_citizen_or_lawful": False,
    "person.convictions": [],
    "person.terrorist_screening_match": False,
    "person.reentered_after_removal": False,
    "person.aggravated_felony": False,
    "person.charge_serious": False,
    "person.probable_cause_found": False,
    "person.registrant": False,
    "person.advised_of_rights": False,
    "person.consents_to_interview": False,
    "order.enjoins_compliance": False,
    "order.enforces_subpoena": False,
    "custodian.has_287g_agreement": False,
    "inquiry.item_public": False,
    "local.forbids": False,
    "hold.hours": 2,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by a name, in words, as facts; `acts` are those that it is worth asking about."""

    id: str
    words: str
    facts: Mapping[str, object]
    acts: tuple[str, ...]


PAPERS: tuple[Paper, ...] = (
    Paper("bare", "A detainer (Form I-247A, box 1) alone, with no warrant",
          {**DETAINER, "warrant.signed_by": "none", "paper.attached": []}, ("hold", "notify", "transfer")),
    Paper("officers", "A detainer with a warrant that an immigration officer signed (Form I-200)",
          {**DETAINER, **OFFICERS, "paper.attached": ["i-200"], "paper.attached_signed": True, "warrant.names_person": True,
           "warrant.came_with_detainer": True}, ("hold", "notify", "transfer")),
    Paper("judges", "A detainer with a federal magistrate’s criminal warrant",
          {**DETAINER, **JUDGES, "paper.attached": ["judicial_warrant"], "paper.attached_signed": True},
          ("hold", "notify", "transfer")),
    Paper("notice", "A request to be told of a release (Form I-247G)",
          {"paper.form": "i-247g", "paper.signed": True, "warrant.signed_by": "none", **ASKED}, ("notify",)),
    Paper("letter", "A letter that asks about somebody for immigration enforcement",
          {"paper.form": "letter", "warrant.signed_by": "none", **ASKED}, ("interview", "disclose")),
    Paper("subpoena", "An immigration subpoena (Form I-138) that no court has enforced",
          {"paper.form": "i-138", "paper.signed": True, "warrant.signed_by": "none", **ASKED}, ("answer",)),
    Paper("criminal", "A letter that asks for a criminal investigation",
          {"paper.form": "letter", "warrant.signed_by": "none", "inquiry.purpose": "criminal_investigation",
           "requester.enforces_immigration": True}, ("disclose",)),
)  # fmt: skip
BY_ID: Mapping[str, Paper] = {paper.id: paper for paper in PAPERS}

# Which information `disclose` and `answer` ask for, where a page asks for one.
ITEM = "release_date"


def facts_for(paper: Paper, act: str, item: str = ITEM, *, usual: bool = True) -> dict[str, object]:
    """The facts of one act about a paper; `usual` takes for granted what most cases have in common."""
    asked = {"inquiry.item": item} if act in ("disclose", "answer") else {}
    return {**(USUAL if usual else {}), **paper.facts, **asked}
