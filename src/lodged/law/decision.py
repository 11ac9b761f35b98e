"""A decision: the effect of the law on one question, with the day, the rules and the facts it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

EFFECTS = ("required", "permitted", "forbidden", "contested", "not_known")
BASES = ("rule", "silence")


@dataclass(frozen=True, slots=True)
class Because:
    """A fact that made a rule hold, and its value as plain JSON."""

    fact: str
    value: object


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that supports the effect. `holds` is `yes`, or why it only may: `not_known`, `contested`."""

    pack: str
    version: str
    rule: str
    cite: str
    says: str
    in_force: tuple[date | None, date | None]
    holds: str
    because: tuple[Because, ...]
    prevails: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.cite:
            raise ValueError("a reason cites")


@dataclass(frozen=True, slots=True)
class OpenReading:
    """A question of law that is not settled, with the effect, the citation of each reading."""

    id: str
    effects: Mapping[str, str]
    cites: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Challenged:
    """An open argument against a rule in force; it does not change the effect."""

    id: str
    cite: str


@dataclass(frozen=True, slots=True)
class WouldSay:
    """What a draft pack would say, had it been enacted."""

    pack: str
    effect: str


@dataclass(frozen=True, slots=True)
class WouldChange:
    """Changes of facts (as plain JSON), none to spare, that lead to another decided effect."""

    changes: Mapping[str, object]
    effect: str


@dataclass(frozen=True, slots=True)
class Due:
    """A duty that comes with the act."""

    act: str
    effect: str
    cite: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the law says of one act at one moment, and why.

    It cannot be made without the custodian's local day, nor, where a rule decides, without a citation; what is not
    known is always named. `needs` are facts, `laws` those drafts or unencoded laws that leave the effect open.
    """

    custodian: str
    act: str
    effect: str
    basis: str
    law_as_of: date
    draft_law_used: bool
    reasons: tuple[Reason, ...]
    adopted: bool
    packs_used: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    ask_first: str | None = None
    readings: tuple[OpenReading, ...] = ()
    challenges: tuple[Challenged, ...] = ()
    draft_would_say: tuple[WouldSay, ...] = ()
    would_change: tuple[WouldChange, ...] = ()
    duties: tuple[Due, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.effect not in EFFECTS or self.basis not in BASES:
            raise ValueError(f"`{self.effect}` by `{self.basis}` is no decision")
        if not isinstance(self.law_as_of, date):
            raise ValueError("a decision names its day")
        decided = self.effect in EFFECTS[:3]
        if decided and self.basis == "rule" and not self.reasons:
            raise ValueError("a decision by a rule cites it")
        if self.effect in ("required", "forbidden") and self.basis == "silence":
            raise ValueError("silence neither requires nor forbids")
        if self.effect == "contested" and not self.readings:
            raise ValueError("a contested decision names its readings")
        if self.effect == "not_known" and not (self.needs or self.laws):
            raise ValueError("a decision that is not known names what it needs")

    @property
    def citations(self) -> tuple[str, ...]:
        """The citations of the rules that hold, each once, in order.

        Where every reading forbids, each by another rule, none holds alone: then all that lead to the effect are cited.
        """
        holding = [reason for reason in self.reasons if reason.holds == "yes"]
        decided = self.effect in EFFECTS[:3]
        return tuple(dict.fromkeys(reason.cite for reason in holding or (self.reasons if decided else ())))

    def to_json(self) -> dict[str, object]:
        """The decision as plain JSON, whole. It stays inside the house: what may leave is `gate.outgoing`."""
        return {
            "effect": self.effect,
            "basis": self.basis,
            "law_as_of": self.law_as_of.isoformat(),
            "draft_law_used": self.draft_law_used,
            "reasons": [_reason(reason) for reason in self.reasons],
            "adopted": self.adopted,
            "needs": [*({"fact": fact} for fact in self.needs), *({"law": law} for law in self.laws)],
            "ask_first": self.ask_first,
            "readings": [{"id": r.id, "effects": dict(r.effects), "cites": dict(r.cites)} for r in self.readings],
            "challenges": [{"id": c.id, "cite": c.cite} for c in self.challenges],
            "draft_would_say": [{"pack": d.pack, "effect": d.effect} for d in self.draft_would_say],
            "would_change": [{"if": dict(w.changes), "effect": w.effect} for w in self.would_change],
            "duties": [{"act": d.act, "effect": d.effect, "cite": d.cite} for d in self.duties],
            "notes": list(self.notes),
        }


def _reason(reason: Reason) -> dict[str, object]:
    shown: dict[str, object] = {
        "pack": reason.pack,
        "rule": reason.rule,
        "cite": reason.cite,
        "says": reason.says,
        "in_force": [day.isoformat() if day else None for day in reason.in_force],
        "holds": reason.holds,
        "because": [{"fact": because.fact, "value": because.value} for because in reason.because],
        "version": reason.version,
    }
    if reason.prevails:
        shown["prevails"] = [{"over": over, "cite": cite} for over, cite in reason.prevails]
    return shown
