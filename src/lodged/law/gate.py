"""What of a decision may leave the house, and whether it may be agreed to at all."""

from dataclasses import dataclass

from lodged.law.decision import Decision

DECIDED = ("required", "permitted", "forbidden")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that a letter or a file may carry of a decision: the act, its effect, the citations. Nothing of the person."""

    act: str
    effect: str
    citations: tuple[str, ...]


def outgoing(decision: Decision) -> Outgoing:
    """The part of a decision that may leave (safeguard 1).

    Facts, needs, readings, challenges, drafts, changes stay inside: a citation says what the law is, not what was found.
    """
    return Outgoing(decision.act, decision.effect, decision.citations)


def hindrances(decision: Decision, *, candidate: bool) -> tuple[str, ...]:
    """Why a decision may not be agreed to or sent, in words; empty where it may.

    `candidate`: it stands on a person nobody has confirmed (safeguards 4, 15). A draft law, a pack that counsel has not
    adopted (safeguard 23), an effect that is not decided each hinder too.
    """
    found = []
    if candidate:
        found.append("the person is a candidate: two identifiers and a second person must confirm the match first")
    if decision.draft_law_used:
        found.append("it uses draft law, which is not in force")
    if not decision.adopted:
        found.append("advisory: counsel has not adopted every pack it uses")
    if decision.effect == "not_known":
        missing = ", ".join(decision.needs + decision.laws)
        found.append(f"the effect is not known until this is: {missing}")
    if decision.effect == "contested":
        questions = ", ".join(reading.id for reading in decision.readings)
        found.append(f"the law is contested ({questions}): counsel decides which reading is taken")
    return tuple(found)
