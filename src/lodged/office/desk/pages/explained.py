"""A decision put into sentences: what its one line says, each reason with its facts, what may not be shown to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from lodged.law.fact import Fact
from lodged.law.speak import SUCH_THAT
from lodged.office.decisions.library import declared
from lodged.office.decisions.models import Decision
from lodged.office.decisions.prose import words_for
from lodged.office.desk.lexicon import sensitive
from lodged.office.desk.pages.stated import stated
from lodged.office.desk.templatetags.names import fact as fact_words

HIDDEN = "known to counsel and release officers"


@dataclass(frozen=True, slots=True)
class Reader:
    """What the person at the screen may see: sensitive facts, and whose booking the first person chose."""

    sensitive: bool
    choice: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact as a reader may see it, with where it comes from."""

    fact: str
    value: Any
    source: str
    place: str
    hidden: bool = False

    @property
    def statement(self) -> str:
        """The fact as one sentence's words, where it may be shown."""
        return "" if self.hidden else stated(self.fact, self.value)


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that holds, with our words for its paragraph and the facts that made it hold."""

    pack: str
    version: str
    rule: str
    cite: str
    says: str
    since: str | None
    until: str | None
    holds: str
    words: SafeString
    because: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that together would change the effect, each in words; True marks words of the law's own language."""

    facts: tuple[tuple[str, bool], ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One decision, ready to be read."""

    decision: Decision
    line: str
    cite: str
    reasons: tuple[Reason, ...]
    facts: tuple[Shown, ...]
    needs: tuple[str, ...]
    needs_law: tuple[str, ...]
    question: Fact | None
    question_hidden: bool
    changes: tuple[Change, ...]


def explained(decision: Decision, reader: Reader) -> Explained:
    """A decision as one reader may see it."""
    body = decision.body
    rows = {row["fact"]: _shown(row, reader) for row in decision.facts}
    reasons = tuple(_reason(told, rows, reader) for told in body["reasons"])
    first = body.get("ask_first")
    return Explained(
        decision=decision,
        line=_line(body, reasons),
        cite=str(body["reasons"][0]["cite"]) if body["reasons"] else "",
        reasons=reasons,
        facts=tuple(rows.values()),
        needs=tuple(need["fact"] for need in body["needs"] if "fact" in need),
        needs_law=tuple(need["law"] for need in body["needs"] if "law" in need),
        question=_question(first) if first else None,
        question_hidden=bool(first) and sensitive(first) and not reader.sensitive,
        changes=tuple(_change(told) for told in body["would_change"]),
    )


def _line(body: Mapping[str, Any], reasons: tuple[Reason, ...]) -> str:
    """Why, in one line under the effect."""
    match body["effect"]:
        case "not_known":
            return _depends(body["needs"])
        case "contested":
            return "the law is not settled: " + ", ".join(reading["id"] for reading in body["readings"])
    if body["basis"] == "silence":
        return "no rule in force speaks of it: the custodian may choose"
    shown = [stated(one.fact, one.value) for one in reasons[0].because] if reasons else []
    return "; ".join(shown[:2]) if shown else "by rule"


def _depends(needs: Iterable[Mapping[str, str]]) -> str:
    facts = [fact_words(need["fact"]) for need in needs if "fact" in need]
    laws = [need["law"] for need in needs if "law" in need]
    parts = []
    if facts:
        parts.append(
            f"{len(facts)} fact{'s' if len(facts) > 1 else ''}: {', '.join(facts[:3])}{' …' if len(facts) > 3 else ''}"
        )
    if laws:
        parts.append("law that is not encoded: " + ", ".join(laws))
    return "depends on " + " and on ".join(parts) if parts else "depends on what is not known"


def _shown(row: Mapping[str, Any], reader: Reader) -> Shown:
    name = row["fact"]
    if sensitive(name) and not reader.sensitive:
        return Shown(name, HIDDEN, "", "", hidden=True)
    if row["source"] == "roster" and not reader.choice:
        return Shown(name, "hidden until you have chosen", "roster", "", hidden=True)
    return Shown(name, row["value"], row["source"], row["place"])


def _reason(told: Mapping[str, Any], rows: Mapping[str, Shown], reader: Reader) -> Reason:
    since, until = (told.get("in_force") or [None, None])[:2]
    return Reason(
        pack=told["pack"],
        version=told.get("version", ""),
        rule=told["rule"],
        cite=told["cite"],
        says=told["says"],
        since=since,
        until=until,
        holds=str(told.get("holds", "yes")),
        words=words_for(told["pack"], told["rule"]),
        because=tuple(_because(one, rows, reader) for one in told.get("because", ())),
    )


def _because(one: Mapping[str, Any], rows: Mapping[str, Shown], reader: Reader) -> Shown:
    """The fact as the rule used it; its source is the row it came from, or the law itself where it was implied."""
    name = one["fact"]
    if name in rows:
        return rows[name]
    return _shown({"fact": name, "value": one.get("value"), "source": "follows from the paper", "place": ""}, reader)


def _question(name: str) -> Fact:
    """The declared fact to ask for; an element of a list is asked for as the whole list."""
    return declared().get(name.partition("[")[0]) or Fact(name, "text", fact_words(name))


def _change(told: Mapping[str, Any]) -> Change:
    changes = ((stated(name, value), str(value).startswith(SUCH_THAT)) for name, value in told["if"].items())
    return Change(tuple(changes), told["effect"])
