"""Says a decision in short sentences: the effect first, then why, then what is not known, what to ask first."""

from collections.abc import Iterator

from lodged.law.custodians import CUSTODIANS
from lodged.law.decision import Decision, Reason
from lodged.law.fact import FACTS

_DO = {
    "hold": "hold the person past release",
    "notify": "tell the requester of the release",
    "disclose": "give the information",
    "interview": "give access for an interview",
    "transfer": "hand the person over",
    "answer": "produce what is demanded",
    "give_copy": "give the person a copy",
    "tell_person": "tell the person in writing",
    "inform_person": "inform the person",
    "record_request": "record the request",
    "tell_bail_judge": "tell the judge who decides on bail",
    "publish_subpoena": "send the subpoena for publication",
    "release": "let the person go",
    "await": "keep the paper for people booked later",
}
_HEAD = {
    "required": "REQUIRED. {who} must {do}.",
    "permitted": "PERMITTED. {who} may {do}; nothing obliges it to.",
    "forbidden": "FORBIDDEN. {who} must not {do}.",
    "contested": "CONTESTED. Whether {who} may {do} hangs on questions of law that are not settled.",
    "not_known": "NOT KNOWN. Whether {who} may {do} cannot be said yet.",
}
_SAYS = {"forbid": "forbids it", "require": "requires it", "permit": "permits it"}


def spoken(decision: Decision) -> str:
    """The decision in sentences, one a line, for a person at a terminal."""
    return "\n".join(_lines(decision))


def _lines(decision: Decision) -> Iterator[str]:
    who = CUSTODIANS[decision.custodian].name
    head = _HEAD[decision.effect].format(who=who[:1].upper() + who[1:], do=_DO[decision.act])
    yield (
        head
        if decision.effect not in ("contested", "not_known")
        else _HEAD[decision.effect].format(who=who, do=_DO[decision.act])
    )
    yield f"Law as of {decision.law_as_of}."
    if decision.basis == "silence" and decision.effect == "permitted":
        yield "No rule in force was found that speaks of it."
    yield from (_why(reason) for reason in decision.reasons)
    yield from _open(decision)
    for challenge in decision.challenges:
        yield f"Argued, without changing the effect: {challenge.id} ({challenge.cite})."
    for draft in decision.draft_would_say:
        yield f"Draft {draft.pack} would say: {draft.effect.replace('_', ' ')}."
    for duty in decision.duties:
        yield f"With it: {_DO[duty.act]}, {duty.effect.replace('_', ' ')} ({duty.cite})."
    yield from (f"Note: {note}." for note in decision.notes)
    if decision.draft_law_used:
        yield "Draft law was used: this is not the law in force."
    if not decision.adopted:
        yield "Advisory: counsel has not adopted every pack used."


def _why(reason: Reason) -> str:
    facts = ", ".join(f"{because.fact} is {_shown(because.value)}" for because in reason.because)
    if reason.holds != "yes":
        return f"May apply: {reason.cite} {_SAYS[reason.says]}."
    return f"{reason.cite} {_SAYS[reason.says]}" + (f", since {facts}." if facts else ".")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        named = [text for text in value if isinstance(text, str)]
        return "none" if not value else " and ".join(named) if named else f"a list of {len(value)}"
    return str(value)


def _open(decision: Decision) -> Iterator[str]:
    for name in decision.needs:
        fact = FACTS.get(name)
        yield f"Not known: {name}." + (f" {fact.question}" if fact else "")
    for law in decision.laws:
        yield f"Open law: {law}."
    if decision.ask_first:
        yield f"Ask first: {decision.ask_first}."
    for reading in decision.readings:
        effects = ", ".join(f"{choice}: {effect.replace('_', ' ')}" for choice, effect in reading.effects.items())
        yield f"Question {reading.id}: {effects}."
