"""Why a question comes out as it does: the rules that carry the effect, the facts they rest on, what is argued."""

from collections.abc import Iterable, Mapping

from lodged.law.asked import Asked
from lodged.law.decision import Because, Challenged, OpenReading, Reason, WouldSay
from lodged.law.diagram import Node, Rank
from lodged.law.fact import as_json
from lodged.law.matter import CONTESTED, FORBIDDEN, PERMITTED, REQUIRED, Completions
from lodged.law.packs import Packs
from lodged.law.tree import Pack
from lodged.law.truth import Truth
from lodged.law.weigh import Draft, Speech

_DECIDED = (REQUIRED, PERMITTED, FORBIDDEN)


def reasons(asked: Asked, versions: Mapping[str, str]) -> tuple[Reason, ...]:
    """Every rule that supports the effect; where it is decided, those that certainly hold, if one does."""
    spoken = asked.supporting()
    if asked.outcome.effect in _DECIDED:
        certain = [speech for speech in spoken if asked.must(asked.builder.put(speech.left))]
        spoken = certain or spoken
    return tuple(_reason(asked, speech, versions) for speech in spoken)


def _reason(asked: Asked, speech: Speech, versions: Mapping[str, str]) -> Reason:
    pack, rule = speech.pack, speech.rule
    start = max((d for d in (pack.span.start, rule.span.start) if d), default=None)
    end = min((d for d in (pack.span.end, rule.span.end) if d), default=None)
    lifted = tuple((other.id, statement.cite) for other, statement in speech.lifts if _lifts(asked, speech, other))
    holds, because = _holds(asked, speech), _because(asked, speech)
    return Reason(pack.id, versions[pack.id], rule.name, rule.cite, speech.says, (start, end), holds, because, lifted)


def _holds(asked: Asked, speech: Speech) -> str:
    """yes, not_known, or contested where only readings leave it open."""
    left = asked.builder.put(speech.left)
    truth = asked.truth(left)
    if truth is not Truth.NOT_KNOWN:
        return str(truth.value)
    part = Completions(asked.builder.diagrams, left, asked.completions.admissible, asked.completions.ties)
    return CONTESTED if part.outcome().effect == CONTESTED else str(truth.value)


def _lifts(asked: Asked, speech: Speech, other: Pack) -> bool:
    put, every = asked.builder.put, asked.builder.diagrams.every
    against = [s for s in asked.spoken if s.pack.id == other.id and s.left != s.node]
    return any(asked.may(every((put(speech.node), put(s.node)))) for s in against)


# ---- the facts a rule rests on


def _because(asked: Asked, speech: Speech) -> tuple[Because, ...]:
    """The given facts without which the rule would not hold; where it only may hold, all those it looks at."""
    law, given = asked.law.law, asked.question.facts
    seen = [rank for at in _reached(asked, speech.own) if (rank := law.diagrams.rank(at)) in law.tests_at]
    looked = {rank: _given_at(asked, rank) for rank in seen}
    kept = [name for name in given if any(name in names for names in looked.values())]
    if asked.must(asked.builder.put(speech.left)):
        kept = _least(asked, speech.own, kept)
    return tuple(Because(name, as_json(given[name])) for name in kept)


def _least(asked: Asked, own: Node, kept: list[str]) -> list[str]:
    """Facts dropped one by one while the rule still holds on the rest."""
    for name in list(kept):
        fewer = [other for other in kept if other != name]
        if _sure(asked, own, frozenset(fewer)):
            kept = fewer
    return kept


def _sure(asked: Asked, own: Node, kept: frozenset[str]) -> bool:
    """Does the rule hold on these facts alone, whatever the tests on others say?"""
    diagrams = asked.law.law.diagrams
    ends = [at for at in _reached(asked, own, kept) if diagrams.is_leaf(at)]
    return all(diagrams.value(at) is True for at in ends)


def _reached(asked: Asked, own: Node, kept: frozenset[str] | None = None) -> Iterable[Node]:
    """The nodes of a rule's diagram that can be reached: one way where a test is settled by the facts kept, else all."""
    law, builder = asked.law.law, asked.builder
    seen, waiting = {own}, [own]
    while waiting:
        at = waiting.pop()
        yield at
        children = law.diagrams.children(at)
        if (rank := law.diagrams.rank(at)) in law.tests_at:
            test = builder.test(rank)
            settled = builder.diagrams.is_leaf(test) and (kept is None or _given_at(asked, rank) <= kept)
            if settled:
                children = (children[1] if test == builder.diagrams.yes else children[0],)
        for child in children:
            if child not in seen:
                seen.add(child)
                waiting.append(child)


def _given_at(asked: Asked, rank: Rank) -> frozenset[str]:
    """The given facts on which a test hangs: its own, and for one not given those its defaults look at."""
    found: set[str] = set()
    waiting, seen = list(asked.law.law.facts_at(rank)), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in asked.question.facts:
            found.add(name)
        else:
            waiting += asked.law.law.implied_by(name)
    return frozenset(found)


# ---- what is open, argued, only a draft


def readings(asked: Asked, packs: Packs) -> tuple[OpenReading, ...]:
    """The open questions that matter, with the effect of each reading and who reads it so."""
    found = []
    for rank in asked.outcome.readings:
        variable = asked.builder.variables[rank]
        effects = asked.completions.by_reading(variable)
        found.append(OpenReading(variable.name, effects, _cites(asked, packs, variable.name)))
    return tuple(found)


def _cites(asked: Asked, packs: Packs, name: str) -> dict[str, str]:
    question = packs.questions.get(name)
    if question:
        return {reading.choice: reading.cite for reading in question.readings}
    sides = {"A": "require", "B": "forbid"}
    clashing = name.removeprefix("conflict:")
    return {
        choice: "; ".join(s.rule.cite for s in asked.spoken if s.says == says and s.pack.id in clashing)
        for choice, says in sides.items()
    }


def challenges(asked: Asked) -> tuple[Challenged, ...]:
    """The open arguments that arise in some completion, each once."""
    found: dict[str, Challenged] = {}
    for challenge, node in asked.law.challenges:
        if challenge.name not in found and asked.may(asked.builder.put(node)):
            found[challenge.name] = Challenged(challenge.name, challenge.cite)
    return tuple(found.values())


def drafts_say(asked: Asked) -> tuple[WouldSay, ...]:
    """What drafts that may speak would say, had they been enacted."""
    speaking = [draft for draft in asked.drafts if asked.may(asked.builder.put(draft.speaks))]
    return tuple(WouldSay(draft.pack.id, _draft_effect(asked, draft)) for draft in speaking)


def _draft_effect(asked: Asked, draft: Draft) -> str:
    diagrams, put = asked.builder.diagrams, asked.builder.put
    allowed = diagrams.every((asked.completions.admissible, put(draft.speaks)))
    return Completions(diagrams, put(draft.effect), allowed, asked.completions.ties).outcome().effect


def notes(asked: Asked, packs: Packs) -> tuple[str, ...]:
    """Where a reviewer and the offence table differ on a conviction."""
    elements = asked.question.facts.get("person.convictions")
    if not isinstance(elements, tuple):
        return ()
    tables = {table.id: table for pack in asked.law.law.standing.packs if (table := packs.table(pack))}
    found = []
    for table in tables.values():
        for place, element in enumerate(elements):
            listed, flag = table.lists(element), element.get("violent_or_serious")
            if isinstance(listed, bool) and isinstance(flag, bool) and listed != flag:
                said = "lists" if listed else "does not list"
                found.append(
                    f"person.convictions[{place}]: the reviewer's answer goes before table {table.id}, which {said} it"
                )
    return tuple(found)
