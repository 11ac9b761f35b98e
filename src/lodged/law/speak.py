"""Says a decision in short sentences: the effect first, then why, then what is not known, what to ask first."""

import textwrap
from collections.abc import Iterator

from lodged.law.custodians import CUSTODIANS
from lodged.law.decision import Decision, Reason
from lodged.law.fact import FACTS, Fact

SUCH_THAT = "such that: "  # how the engine begins a value that says what a list must hold
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


WIDTH = 80  # columns of a plain terminal

# How a fact is said: a noun before its value, or, of a yes-no fact, the sentence for yes and the one for no.
_SAID: dict[str, str | tuple[str, str]] = {
    "paper.form": "the paper is of form",
    "paper.edition": "the form's edition is",
    "paper.asks": "the paper asks to",
    "paper.box": "the box marked on the form is",
    "paper.signed": ("the paper is signed", "the paper is not signed"),
    "paper.issuer_title": "its issuer is",
    "paper.office": "it was issued by",
    "paper.attached": "what came with the paper is",
    "paper.attached_signed": ("the attached warrant is signed", "the attached warrant is not signed"),
    "paper.served_on_person": ("a copy was served on the person", "no copy was served on the person"),
    "paper.cancelled": ("the paper was withdrawn", "the paper was not withdrawn"),
    "paper.received_at": "the paper was received at",
    "paper.return_on": "the day the subpoena fixes is",
    "warrant.signed_by": "the warrant is signed by",
    "warrant.authorizes": "the warrant authorizes",
    "warrant.names_person": ("the warrant names this person", "the warrant does not name this person"),
    "warrant.came_with_detainer": ("the warrant came with the detainer", "the warrant did not come with the detainer"),
    "warrant.presented_at": "the warrant was presented at",
    "warrant.offense": "the offense the warrant names is",
    "person.in_custody": ("the person is in custody", "the person is not in custody"),
    "person.otherwise_released": ("the person would be let go now", "the person would not be let go now"),
    "person.convictions": "the person's convictions are",
    "person.arrested_on": "the person was arrested on",
    "person.days_incarcerated": "days in prison or jail that count:",
    "person.terrorist_screening_match": (
        "there is a possible terrorist screening match",
        "there is no terrorist screening match",
    ),
    "person.reentered_after_removal": (
        "the person re-entered after removal",
        "the person did not re-enter after removal",
    ),
    "person.proved_citizen_or_lawful": (
        "the person proved citizenship or lawful status",
        "the person did not prove citizenship or lawful status",
    ),
    "person.proved_citizen": ("the person proved citizenship", "the person did not prove citizenship"),
    "person.aggravated_felony": ("an aggravated felony was found", "no aggravated felony was found"),
    "person.release_moment": "the person would have been released at",
    "person.release_on": "release is scheduled on",
    "person.advised_of_rights": ("the person was told the rights", "the person was not told the rights"),
    "person.consents_to_interview": (
        "the person consents to the interview",
        "the person does not consent to the interview",
    ),
    "person.probable_cause_found": ("a magistrate found probable cause", "no magistrate found probable cause"),
    "person.charge_serious": ("the present charge is serious", "the present charge is not serious"),
    "person.registrant": ("the person is a current registrant", "the person is no current registrant"),
    "inquiry.item": "what is asked for is",
    "requester.agency": "the agency that asks is",
    "requester.enforces_immigration": (
        "the requester enforces civil immigration law",
        "the requester does not enforce civil immigration law",
    ),
    "inquiry.purpose": "the purpose of the request is",
    "inquiry.item_public": ("the information is public", "the information is not public"),
    "order.enforces_subpoena": ("a court ordered compliance", "no court ordered compliance"),
    "order.enjoins_compliance": ("a court forbade compliance", "no court forbade compliance"),
    "custodian.has_287g_agreement": ("the custodian has a 287(g) agreement", "the custodian has no 287(g) agreement"),
    "local.forbids": ("local law forbids it", "local law does not forbid it"),
    "hold.hours": "hours held past release:",
}


def spoken(decision: Decision) -> str:
    """The decision in sentences, each begun on a line of its own, for a person at a terminal 80 columns wide."""
    return "\n".join(_wrapped(line) for line in _lines(decision))


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def said_list(value: str) -> str:
    """What a list of convictions must be, as the engine names it, in words.

    >>> said_list("such that: recently_convicted")
    'the person has a conviction that counts (recently convicted)'
    >>> said_list("no conviction that counts")
    'the person has no conviction that counts'
    """
    such = value.removeprefix(SUCH_THAT)
    if such == value:
        return f"the person has {value}"
    return f"the person has a conviction that counts ({such.replace('_', ' ')})"


def said_fact(name: str, value: object) -> str:
    """A fact with its value, as part of a sentence.

    >>> said_fact("paper.signed", False), said_fact("hold.hours", 47)
    ('the paper is not signed', 'hours held past release: 47')
    >>> said_fact("person.convictions[1].on", "2018-05-10")
    'of conviction 2, on is 2018-05-10'
    """
    said = _SAID.get(name)
    if name == "warrant.signed_by" and value == "none":
        return "no signed warrant was presented"
    if isinstance(said, tuple) and isinstance(value, bool):
        return said[0] if value else said[1]
    if name == "person.convictions" and isinstance(value, str):
        return said_list(value)
    if isinstance(said, str):
        return f"{said} {_shown(value)}"
    return f"{_named(name)} is {_shown(value)}"


def _named(name: str) -> str:
    """A fact without a sentence of its own, or a field of a listed one: `person.convictions[1].on`."""
    listed, bracket, rest = name.partition("[")
    if not bracket:
        return name.partition(".")[2].replace("_", " ") or name
    place, _, field = rest.partition("].")
    kind = FACTS[listed].kind if listed in FACTS else listed
    return f"of {kind} {int(place) + 1}, {field.replace('_', ' ')}"


def _question(name: str) -> str:
    """The question that asks for a fact; of a field it says which element of the list is meant."""
    if name in FACTS:
        return FACTS[name].question
    listed, bracket, rest = name.partition("[")
    place, _, field = rest.partition("].")
    fields: tuple[Fact, ...] = FACTS[listed].fields if listed in FACTS else ()
    asked = next((fact.question for fact in fields if fact.name == field), "")
    return f"Of {FACTS[listed].kind} {int(place) + 1}: {asked}" if bracket and asked else ""


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
    facts = "; ".join(said_fact(because.fact, because.value) for because in reason.because)
    if reason.holds != "yes":
        return f"May apply: {reason.cite} {_SAYS[reason.says]}."
    return f"{reason.cite} {_SAYS[reason.says]}" + (f", since {facts}." if facts else ".")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        named = [text for text in value if isinstance(text, str)]
        return "none" if not value else " and ".join(named) if named else f"{len(value)} in number"
    return str(value).replace("_", " ")


def _open(decision: Decision) -> Iterator[str]:
    for name in decision.needs:
        yield f"Not known: {_question(name) or _named(name) + '.'} ({name})"
    for law in decision.laws:
        yield f"Open law: {law}."
    if decision.ask_first:
        yield f"Ask first: {_question(decision.ask_first) or _named(decision.ask_first) + '.'}"
    for reading in decision.readings:
        effects = ", ".join(f"{choice}: {effect.replace('_', ' ')}" for choice, effect in reading.effects.items())
        yield f"Question {reading.id}: {effects}."
