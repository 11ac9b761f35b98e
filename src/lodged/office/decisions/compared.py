"""Two laws held side by side, act by act: which rules are only on one side, which changed, which are the same; and the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.safestring import SafeString

from lodged.law import ACTS, CUSTODIANS, DUTIES, Decision, Packs
from lodged.law.standing import standing
from lodged.law.tree import Define, Pack, Rule
from lodged.law.written import said, written
from lodged.office.decisions.consult import consult
from lodged.office.decisions.own import law
from lodged.office.decisions.plain import Wording
from lodged.office.decisions.put import Put
from lodged.office.decisions.typical import PAPERS, Paper, facts_for
from lodged.office.decisions.why import named_in
from lodged.problem import ProblemsError

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a custodian on a day."""

    custodian: str
    day: date

    @property
    def name(self) -> str:
        """Who it is, in words."""
        name = CUSTODIANS[self.custodian].name
        return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule in force on one side: its pack, its name, its citation, in words; `text` is what tells it from another."""

    pack: str
    name: str
    cite: str
    words: SafeString
    text: str
    own: str


@dataclass(frozen=True, slots=True)
class ByAct:
    """The rules of one act on both sides: pairs that stand on both but changed, those on one side only, how many are the same."""

    act: str
    changed: tuple[tuple[Stated, Stated], ...]
    left: tuple[Stated, ...]
    right: tuple[Stated, ...]
    same: int

    @property
    def differs(self) -> bool:
        """Whether anything is not the same."""
        return bool(self.changed or self.left or self.right)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says about a paper."""

    effect: str
    cites: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A typical paper about which the two sides answer differently."""

    act: str
    paper: Paper
    left: Answer
    right: Answer


def rules_side_by_side(left: Side, right: Side) -> list[ByAct]:
    """Every act and duty about which some rule stands on either side."""
    return [one for act in (*ACTS, *DUTIES) if (one := _by_act(act, left, right)).differs or one.same]


def answers_side_by_side(left: Side, right: Side) -> tuple[list[Differing], int]:
    """The typical papers whose answers differ, and how many were tried."""
    tried = [(act, paper) for act in ACTS for paper in PAPERS if act in paper.acts]
    both = [(act, paper, _answer(left, act, paper), _answer(right, act, paper)) for act, paper in tried]
    found = [Differing(act, paper, one, other) for act, paper, one, other in both if _told(one) != _told(other)]
    return found, len(tried)


def stated_rules(library: Packs, side: Side, act: str) -> list[Stated]:
    """The rules in force on one side that speak of an act, in the order of their packs."""
    stand = standing(library, CUSTODIANS[side.custodian], side.day, act, frozenset())
    return [stated(library, pack, rule, side.day) for pack in stand.packs for rule in stand.rules(pack)]


def stated(library: Packs, pack: Pack, rule: Rule, day: date) -> Stated:
    """One rule in words, with the definitions it uses as they stand on the day."""
    meant = "\n".join(sorted(_definitions(library, pack, rule, day)))
    own = written(rule)
    return Stated(pack.id, rule.name, rule.cite, Wording().rule(rule), f"{own}\n{meant}", own)


def _by_act(act: str, left: Side, right: Side) -> ByAct:
    lefts = {(one.pack, one.name): one for one in stated_rules(law(left.custodian), left, act)}
    rights = {(one.pack, one.name): one for one in stated_rules(law(right.custodian), right, act)}
    shared = [key for key in lefts if key in rights]
    changed = tuple((lefts[key], rights[key]) for key in shared if lefts[key].text != rights[key].text)
    return ByAct(
        act,
        changed,
        tuple(one for key, one in lefts.items() if key not in rights),
        tuple(one for key, one in rights.items() if key not in lefts),
        len(shared) - len(changed),
    )


def _definitions(library: Packs, pack: Pack, rule: Rule, day: date) -> Iterator[str]:
    """Every definition that the rule uses, directly or through another, as text."""
    waiting = [(name, pack) for part in (rule.when, rule.unless) for name in named_in(part)]
    seen: set[str] = set()
    while waiting:
        name, home = waiting.pop()
        for define, where in library.definitions(home, name):
            if name not in seen and define.span.covers(day):
                seen.add(name)
                yield _meaning(define)
                waiting += [(inner, where) for inner in named_in(define.means)]


def _meaning(define: Define) -> str:
    return f"{define.name} as {said(define.means)}"


def _answer(side: Side, act: str, paper: Paper) -> Answer:
    at = datetime.combine(side.day, NOON, CUSTODIANS[side.custodian].zone)
    put = Put(side.custodian, act, at, facts_for(paper, act))
    try:
        decision: Decision = consult(put.question())
    except ProblemsError:
        return Answer("not_known", (), put.link)
    return Answer(decision.effect, decision.citations, put.link)


def _told(answer: Answer) -> str:
    return answer.effect
