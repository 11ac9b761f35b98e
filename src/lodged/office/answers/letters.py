"""A letter's values, gathered from the matter: the effect, its citation, the recipient's own paper, and nothing else."""

from datetime import datetime

from django.conf import settings

from lodged.letter import ActAnswer, AnswerLetter, Citation, Received, Recipient, Reviewer, SendersPaper
from lodged.office.custodians import custodian
from lodged.office.decisions.asks import sure
from lodged.office.decisions.finds import newest
from lodged.office.decisions.models import Decision
from lodged.office.letterheads import letterhead
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.readings.body import day, value
from lodged.office.readings.models import Reading
from lodged.office.reviews.finds import DECIDED, counsels_answers, key
from lodged.office.reviews.models import CounselsAnswer, Review

# The paper's own office and number are the sender's word; the address of an answer comes from the directory.
ISSUER = "The office that issued the paper"
TO_BE_ADDRESSED = "Address: from the agency directory, before it is sent"
FROM_THE_DIRECTORY = "(address from the agency directory)"
AS_NAMED = "(as named on the paper)"
FORM_NAMES = {"i-247a": "Form I-247A", "i-138": "Form I-138", "i-200": "Form I-200", "i-205": "Form I-205"}
REFERENCES = ("subpoena_no", "event_no", "subject_id")


def letter(matter: Matter, review: Review | None, at: datetime, address: str = "") -> AnswerLetter:
    """The letter of a matter as it stands; without a review it is a draft, and a candidate until the person is confirmed.

    `address` is the directory's, as a person typed it; nothing of the paper's own address is ever taken (safeguard 21).
    """
    decisions = list(newest(matter))
    reading, match = decisions[0].reading, decisions[0].match
    arrival = matter.paper.arrival
    zone, counsel = custodian(arrival.custodian).zone, counsels_answers(matter)
    return AnswerLetter(
        custodian=letterhead(arrival.custodian),
        recipient=recipient(reading, address),
        paper=senders_paper(reading),
        received=Received(arrival.number, arrival.received_at.astimezone(zone), arrival.seal.index),
        acts=tuple(act_answer(decision, review, counsel.get(key(decision))) for decision in decisions),
        at=at.astimezone(zone),
        reviewer=Reviewer(role=review.by.get_role_display(), name=review.by.get_full_name() or None)
        if review
        else None,
        candidate=match.state != Match.State.SAME,
        draft=review is None,
        demo=settings.LODGED_DEMO,
    )


def recipient(reading: Reading, address: str) -> Recipient:
    """Whom the letter goes to: the office as its paper names it, at the directory's address; each marked as what it is."""
    lines = tuple(line.strip() for line in address.splitlines() if line.strip())
    return Recipient(office(reading), (*lines, FROM_THE_DIRECTORY) if lines else (TO_BE_ADDRESSED,))


def office(reading: Reading) -> str:
    """The sender's office as the `From` line names it, without the address after it; in general words where it is not
    read, or not read surely.
    """
    found = reading.body["fields"].get("from")
    named = str(found["value"] or "").partition(",")[0].strip() if found and sure(found) else ""
    return f"{named} {AS_NAMED}" if named else ISSUER


def senders_paper(reading: Reading) -> SendersPaper:
    """What the recipient's own paper says of itself."""
    body = reading.body
    references = (value(body, f"fields.{name}") for name in REFERENCES)
    return SendersPaper(
        form=FORM_NAMES.get(reading.form, reading.form.upper() or "Paper"),
        edition=reading.edition or None,
        reference=next((found for found in references if found), None),
        dated=day(body, "fields.date"),
        subject=value(body, "fields.name") or None,
    )


def act_answer(decision: Decision, review: Review | None, counsel: CounselsAnswer | None = None) -> ActAnswer:
    """What may leave of one decision: its effect and the citations that the law's gate let through, no other part.

    Where the law is contested and counsel chose in this matter: the choice, with what counsel stands on.
    """
    if counsel is not None and decision.effect == "contested":
        return ActAnswer(
            act=decision.act,
            effect=decision.effect,
            citations=(Citation(counsel.cite),),
            chooses=counsel.does,
            item=decision.item or None,
        )
    open_still = decision.effect not in DECIDED
    chosen = review.choices.get(key(decision)) if review and decision.effect == "permitted" else None
    return ActAnswer(
        act=decision.act,
        effect=decision.effect,
        citations=() if open_still else tuple(Citation(cite) for cite in decision.cites),
        chooses=chosen,
        item=decision.item or None,
    )
