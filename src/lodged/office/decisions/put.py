"""A question that somebody at the screen puts to the law: an invented case, carried in the page's address, kept nowhere."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from lodged.law import Decision, Question
from lodged.law.fact import Fact, as_json
from lodged.office.decisions.library import declared
from lodged.office.decisions.sentences import NOT_IN_SETS, SETS, holds, noun, or_list, value_words
from lodged.problem import Problem, ProblemsError

LONGEST_LINK, LONGEST_TEXT = 6000, 60_000  # of an address as browsers and proxies carry it; of what it unpacks to
BROKEN = Problem("address", "this address holds no question", "start a new one, or copy the whole address")
CONVICTIONS = "person.convictions"


@dataclass(frozen=True, slots=True)
class Put:
    """Which custodian, which act, at which moment (with its offset), and the facts given so far, in their order.

    A fact given as None was answered “I don't know”: the law takes it as not known, and it is not asked again.
    """

    custodian: str
    act: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question) -> "Put":
        """The same question as one that was put."""
        facts = {name: as_json(value) for name, value in question.facts.items()}
        return cls(question.custodian, question.act, question.at, facts)

    @classmethod
    def read(cls, link: str) -> "Put":
        """The question that an address carries; raises ProblemsError where it carries none."""
        try:
            told = json.loads(_unpacked(link))
            put = cls(told["custodian"], told["act"], datetime.fromisoformat(told["at"]), dict(told["facts"]))
        except (ValueError, KeyError, TypeError, RecursionError, zlib.error, binascii.Error):
            raise ProblemsError([BROKEN]) from None
        put.question()
        return put

    @property
    def link(self) -> str:
        """The question as one part of an address."""
        told = json.dumps(self.to_json(), separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode().rstrip("=")

    def to_json(self) -> dict[str, object]:
        """The question as `lodged law decide` reads it."""
        return {"custodian": self.custodian, "act": self.act, "at": self.at.isoformat(), "facts": dict(self.facts)}

    def question(self) -> Question:
        """The question as the law engine takes it; raises ProblemsError where it is none."""
        return Question(self.custodian, self.act, self.at, self.facts, declared())

    # ---- answers

    def value(self, name: str) -> object:
        """What was answered; None where nothing was, or it is not known. `person.convictions[0].on` names one part."""
        place, part = element(name)
        rows = self.facts.get(CONVICTIONS)
        if place is None:
            return self.facts.get(name)
        return rows[place].get(part) if isinstance(rows, list) and place < len(rows) else None

    def answered(self, name: str) -> bool:
        """Whether a fact was answered, be it with “I don't know”."""
        place, part = element(name)
        rows = self.facts.get(CONVICTIONS)
        if place is None:
            return name in self.facts
        return isinstance(rows, list) and place < len(rows) and part in rows[place]

    def with_answer(self, name: str, value: object) -> "Put":
        """The same with one fact answered; a changed answer keeps its place in the order."""
        place, part = element(name)
        rows = self.facts.get(CONVICTIONS)
        if place is None:
            return replace(self, facts={**self.facts, name: value})
        if not isinstance(rows, list) or place >= len(rows):
            return self
        changed = [{**row, part: value} if number == place else row for number, row in enumerate(rows)]
        return replace(self, facts={**self.facts, CONVICTIONS: changed})

    def without(self, name: str) -> "Put":
        """The same with one answer taken back."""
        return replace(self, facts={other: value for other, value in self.facts.items() if other != name})

    def next(self, decision: Decision) -> str | None:
        """The fact to ask for now: the one that settles most, then the others that matter; None where all were asked."""
        wanted = [decision.ask_first, *decision.needs] if decision.ask_first else list(decision.needs)
        return next((name for name in wanted if name and not self.answered(name)), None)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is known, one clause a fact, in the order it was given."""
        return tuple(words for name, value in self.facts.items() if (words := known(name, value)))


def _unpacked(link: str) -> bytes:
    if not link or len(link) > LONGEST_LINK:
        raise ValueError("no address of ours")
    packed = base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))
    opened = zlib.decompressobj()
    text = opened.decompress(packed, LONGEST_TEXT)
    if opened.unconsumed_tail or not opened.eof:
        raise ValueError("too long")
    return text


def element(name: str) -> tuple[int | None, str]:
    """The place and the part that a need inside the list of convictions names.

    >>> element("person.convictions[2].on"), element("paper.signed")
    ((2, 'on'), (None, ''))
    """
    if not name.startswith(f"{CONVICTIONS}["):
        return None, ""
    number, _, part = name.removeprefix(f"{CONVICTIONS}[").partition("]")
    return (int(number), part.lstrip(".")) if number.isdigit() else (None, "")


def fact_of(name: str) -> Fact | None:
    """The declared fact of a name; of a part of a conviction, that field."""
    place, part = element(name)
    if place is None:
        return declared().get(name)
    return next((one for one in declared()[CONVICTIONS].fields if one.name == part), None)


def known(name: str, value: object) -> str:
    """A fact and its value as a clause; empty where it is not known.

    >>> known("paper.signed", False), known("paper.form", "i-247a"), known("paper.asks", ["hold"])
    ('the paper is not signed by its issuer', 'the paper is a Form I-247A', 'the paper asks for a hold past release')
    >>> known("person.convictions", [])
    'there are no convictions'
    """
    fact = fact_of(name)
    match value:
        case None:
            return ""
        case bool():
            return holds(name.rpartition("].")[2], fact, yes=value)
        case list() | tuple() if name == CONVICTIONS:
            return (
                "convictions: " + "; ".join(_conviction(row) for row in value) if value else "there are no convictions"
            )
        case list() | tuple():
            said = (
                or_list([value_words(name, str(one)) for one in value]).replace(" or ", " and ") if value else "nothing"
            )
            return f"{SETS.get(name, noun(name, fact) + ' is')} {said}"
        case str() if name == CONVICTIONS:
            return f"convictions: {value}"
        case str() if name in NOT_IN_SETS:
            return f"{SETS[name]} {value_words(name, value)}"
    place, part = element(name)
    lead = f"of conviction {place + 1}, {noun(part, fact)}" if place is not None else noun(name, fact)
    return f"{lead} is {value_words(part or name, str(value))}"


def _conviction(row: Mapping[str, object]) -> str:
    where = " ".join(str(row[name]) for name in ("state", "code", "section") if row.get(name))
    more = list(_more(row))
    return (where or "one conviction") + (f" ({', '.join(more)})" if more else "")


def _more(row: Mapping[str, object]) -> Iterator[str]:
    for name in ("class", "grade", "adjudication"):
        if row.get(name):
            yield str(row[name]).replace("_", " ")
    if row.get("on"):
        yield f"judgment of {row['on']}"
    if row.get("days_incarcerated") is not None:
        yield f"{row['days_incarcerated']} days in prison or jail"
    if isinstance(row.get("violent_or_serious"), bool):
        yield "violent or serious" if row["violent_or_serious"] else "not violent or serious"
