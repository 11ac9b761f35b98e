"""The effect of a law, weighed in terms of the prover: what each rule says, which precedence lifts it, what is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lodged.law.prove.door import Term
from lodged.law.prove.encode import Encoder
from lodged.law.prove.terms import NO, YES, either, every, if_, is_no, negation
from lodged.law.tree import NEVER, Pack, Rule

FORBIDDEN, REQUIRED, PERMITTED, SILENT, OPEN = "forbidden", "required", "permitted", "silent", "open"
CONFLICT = "conflict:"
BEATS = {"forbid": ("require", "permit"), "require": ("forbid",), "permit": ()}

Codes = Mapping[str, Term]  # exactly one of these truths holds: a code of the effect in every completion


@dataclass(frozen=True, slots=True)
class Speech:
    """What one rule says: where it speaks by itself, and where it still stands after every cited precedence."""

    pack: Pack
    rule: Rule
    says: str
    own: Term
    left: Term


def speeches(encoder: Encoder, packs: Iterable[Pack]) -> tuple[Speech, ...]:
    """What every rule in force says of the act, after the cited precedences among `packs`."""
    spoken = [speech for pack in packs for speech in of_pack(encoder, pack)]
    return tuple(_after_precedence(encoder, speech, spoken) for speech in spoken)


def of_pack(encoder: Encoder, pack: Pack) -> list[Speech]:
    """One pack's rules; a rule that overrides another silences it where it speaks itself."""
    bases = []
    for rule in encoder.standing.rules(pack):
        when, unless = encoder.condition(rule.when, pack), encoder.condition(rule.unless, pack)
        bases.append((rule, rule.effect, every([when, negation(unless)])))
        if rule.effect == "forbid" and rule.unless != NEVER:
            bases.append((rule, "permit", every([when, unless])))
    found = []
    for rule, says, term in bases:
        over = [t for other, s, t in bases if s == other.effect and rule.name in overridden(other)]
        if says != "permit":
            term = every([term, negation(either(over))])
        if not is_no(term):
            found.append(Speech(pack, rule, says, term, term))
    return found


def overridden(rule: Rule) -> set[str]:
    """The rules of its pack that a rule overrides."""
    return {name for names, _ in rule.overrides for name in names}


def _after_precedence(encoder: Encoder, speech: Speech, spoken: Sequence[Speech]) -> Speech:
    """A forbid gives way to a require or permit that prevails over its pack; a require to such a forbid."""
    against = BEATS[speech.says]
    stronger = [
        other.own
        for other in spoken
        if other.says in against and other.pack != speech.pack and encoder.standing.prevails(other.pack, speech.pack)
    ]
    return Speech(speech.pack, speech.rule, speech.says, speech.own, every([speech.own, negation(either(stronger))]))


def weighed(spoken: Sequence[Speech]) -> dict[str, Term]:
    """The codes of the effect: a conflict of two packs first, then forbidden, required, permitted, else silent."""
    left = {says: either(s.left for s in spoken if s.says == says) for says in BEATS}
    codes: dict[str, Term] = {}
    before: list[Term] = []
    for name, clash in sorted(clashes(spoken).items()):
        codes[name] = every([clash, *map(negation, before)])
        before.append(clash)
    for code, says in ((FORBIDDEN, "forbid"), (REQUIRED, "require"), (PERMITTED, "permit")):
        codes[code] = every([left[says], *map(negation, before)])
        before.append(left[says])
    codes[SILENT] = every(map(negation, before))
    return codes


def clashes(spoken: Sequence[Speech]) -> dict[str, Term]:
    """Where a require and a forbid both stand, with no cited precedence between them."""
    found: dict[str, Term] = {}
    for require in (s for s in spoken if s.says == "require"):
        for forbid in (s for s in spoken if s.says == "forbid"):
            both = every([require.left, forbid.left])
            if not is_no(both):
                name = f"{CONFLICT}{require.pack.id}/{forbid.pack.id}"
                found[name] = either([found[name], both] if name in found else [both])
    return found


def with_open_laws(encoder: Encoder, spoken: Sequence[Speech]) -> dict[str, Term]:
    """The codes, left open where only law that is a draft, or is not encoded, would have spoken."""
    standing, law = encoder.standing, encoder.vocabulary.law
    codes = weighed(spoken)
    for pack in standing.drafts:
        speaks = either(speech.own for speech in of_pack(encoder, pack))
        if is_no(speaks):
            continue
        would = weighed(speeches(encoder, (*standing.packs, pack)))
        free = every([speaks, negation(_firm(encoder, spoken, pack)), law(f"{pack.id} (draft)")])
        codes = _left_open(codes, free, would)
    for pack, statement in standing.unencoded:
        name = f"{pack.id} (not encoded before {statement.day})"
        free = every([negation(_firm(encoder, spoken, pack)), law(name)])
        codes = _turned(codes, free, {OPEN: YES})
    return codes


def _firm(encoder: Encoder, spoken: Sequence[Speech], pack: Pack) -> Term:
    """Where something stands that would not give way to `pack` by a cited statement."""
    return either(speech.left for speech in spoken if not encoder.standing.prevails(pack, speech.pack))


def _left_open(codes: Codes, free: Term, would: Codes) -> dict[str, Term]:
    """Silence is no silence where a draft would speak, whatever it would say."""
    silent = codes[SILENT]
    open_ = {code: every([term, negation(silent)]) for code, term in would.items()}
    open_[OPEN] = either([silent, open_.get(OPEN, NO)])
    return _turned(codes, free, open_)


def _turned(codes: Codes, free: Term, would: Codes) -> dict[str, Term]:
    names = dict.fromkeys((*codes, *would))
    return {name: if_(free, would.get(name, NO), codes.get(name, NO)) for name in names}
