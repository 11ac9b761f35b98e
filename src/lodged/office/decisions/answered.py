"""A decision about an invented case, put into words: the effect, then why, then what is not known and what would change it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from lodged.law import Decision, Reason
from lodged.law.custodians import CUSTODIANS
from lodged.law.speak import said_list
from lodged.law.tree import Challenge, Rule
from lodged.office.decisions.library import OWN, packs
from lodged.office.decisions.own import law
from lodged.office.decisions.plain import Wording
from lodged.office.decisions.prose import words_for
from lodged.office.decisions.put import known
from lodged.office.decisions.sentences import DO, or_list

HEADS = {
    "required": "{who} must {do}.",
    "permitted": "{who} may {do}. Nothing obliges it to.",
    "forbidden": "{who} must not {do}.",
    "contested": "Whether {who} may {do} hangs on questions of law that are not settled.",
    "not_known": "Whether {who} may {do} cannot be said yet: facts are missing.",
}
SILENT = "No rule in force speaks of it. What no rule forbids, the custodian may choose."


@dataclass(frozen=True, slots=True)
class Because:
    """One rule of a decision: its citation, our words for the statute, the rule in words, the facts it rests on."""

    reason: Reason
    statute: SafeString
    rule: SafeString
    facts: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One reading of an open question, with its effect."""

    choice: str
    words: str
    cite: str
    effect: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unsettled question, with its readings side by side."""

    id: str
    words: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that together would change the effect."""

    facts: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision, ready to be read."""

    decision: Decision
    head: str
    because: tuple[Because, ...]
    open_questions: tuple[OpenQuestion, ...]
    challenges: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]
    own_notes: tuple[str, ...]


def answered(decision: Decision) -> Answered:
    """A decision in words."""
    who = CUSTODIANS[decision.custodian].name
    head = HEADS[decision.effect].format(who=who, do=DO.get(decision.act, decision.act))
    return Answered(
        decision,
        head[:1].upper() + head[1:],
        tuple(_because(decision, reason) for reason in decision.reasons),
        tuple(_open(one.id, one.effects, one.cites) for one in decision.readings),
        tuple((one.id, one.cite, _argued(one.id, decision.act)) for one in decision.challenges),
        tuple(
            Change(tuple(_changed(n, v) for n, v in one.changes.items()), one.effect) for one in decision.would_change
        ),
        decision.notes,
    )


def _because(decision: Decision, reason: Reason) -> Because:
    pack = law(decision.custodian).by_id[reason.pack]
    rule = next((one for one in pack.statements if isinstance(one, Rule) and one.name == reason.rule), None)
    facts = tuple(words for one in reason.because if (words := known(one.fact, one.value)))
    words = Wording().rule(rule) if rule else SafeString("")
    return Because(reason, words_for(reason.pack, reason.rule), words, facts, reason.pack.startswith(OWN))


def _open(id_: str, effects: Mapping[str, str], cites: Mapping[str, str]) -> OpenQuestion:
    question = packs().questions.get(id_)
    if question is None:
        words = "Two authorities command opposite acts, and no text says which goes first."
        said = {"A": "the one that requires it goes first", "B": "the one that forbids it goes first"}
    else:
        words, said = question.words, {one.choice: one.words for one in question.readings}
    sides = tuple(Side(c, said.get(c, ""), cites.get(c, ""), effect) for c, effect in effects.items())
    return OpenQuestion(id_ if question else "Conflict", words, sides)


def _argued(name: str, act: str) -> str:
    """What a challenge is against, in a few words; the one that speaks of the act, where several have a name."""
    for statement in _challenges():
        if statement.name == name and act in statement.acts:
            return or_list([DO.get(act, act) for act in statement.acts])
    return ""


def _challenges() -> Iterator[Challenge]:
    for pack in packs().packs:
        yield from (statement for statement in pack.statements if isinstance(statement, Challenge))


def _changed(name: str, value: object) -> str:
    if name == "person.convictions" and isinstance(value, str):
        return said_list(value)
    return known(name, value) or f"{name} is not known"
