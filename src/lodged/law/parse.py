"""Reads law blocks, case blocks, into their shape, with every mistake of grammar as a problem on its line."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lark import Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from lodged.law.lex import INVISIBLE, grammar, short, too_long
from lodged.law.mistake import near_words
from lodged.law.scan import Block, scanned
from lodged.law.statements import Read, is_deep, read_by_statement
from lodged.law.tree import (
    ALWAYS,
    NEVER,
    All,
    Case,
    Challenge,
    Clock,
    Condition,
    Constraint,
    Default,
    Define,
    Either,
    FactLine,
    Has,
    Held,
    Is,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Prevails,
    Question,
    Reading,
    Rule,
    Settles,
    Some,
    Span,
    Statement,
    Table,
    Unencoded,
    Within,
)
from lodged.problem import Problem, ProblemsError

Meta = Any
LONGEST_LOOK_BACK = 150  # years: longer than any life on record
UNSAID = "…"  # stands where the writer left a word out; the problem was told already


class HalfReadError(ProblemsError):
    """Mistakes of grammar, with what could be read beside them: `packs`, and the names of statements that are `lost`."""

    def __init__(self, problems: Iterable[Problem], packs: Iterable[Pack] = (), lost: Iterable[str] = ()) -> None:
        super().__init__(problems)
        self.packs = tuple(packs)
        self.lost = frozenset(lost)


def parse_file(markdown: str, where: str) -> tuple[tuple[Pack, ...], tuple[Case, ...]]:
    """The packs and the worked cases of one literate file, in order.

    `where` names the file in problems. Raises HalfReadError with every mistake of grammar, in the order of lines.
    """
    found, problems = scanned(markdown, where)
    packs: list[Pack] = []
    cases: list[Case] = []
    lost: set[str] = set()
    lets: dict[str, tuple[tuple[str, object], ...]] = {}
    headless = bool(problems)
    for block in found:
        read, wrong, missed = _read(block, "law" if block.kind == "law" else "cases", where)
        problems += wrong
        lost |= missed
        if block.kind == "case":
            cases += _cases(read, lets, where, problems)
        elif not _join(packs, read) and not headless:
            headless = True
            if not wrong:
                problems.append(Problem(f"{where}, line {block.line}", "a rule stands before any `pack`", _BEGIN))
    if problems:
        raise HalfReadError(sorted(problems, key=_place), packs, lost)
    return tuple(packs), tuple(cases)


_BEGIN = 'begin with: pack ID level LEVEL binds CUSTODIAN in force from DAY status confirmed cite "…"'


def _place(problem: Problem) -> int:
    return int(problem.where.rpartition(" ")[2])


def _join(packs: list[Pack], read: Sequence[Any]) -> bool:
    """Add what a block holds to the packs; false where statements stand before any pack."""
    for part in read:
        if isinstance(part, Pack):
            packs.append(part)
        elif packs:
            packs[-1] = replace(packs[-1], statements=(*packs[-1].statements, part))
        else:
            return False
    return True


def _cases(read: Sequence[Any], lets: dict[str, Any], where: str, problems: list[Problem]) -> list[Case]:
    found = []
    for kind, *rest in read:
        if kind == "let":
            lets[rest[0]] = _given(rest[1], lets, where, problems)
        else:
            case = rest[0]
            found.append(replace(case, facts=_given(case.facts, lets, where, problems)))
    return found


def _given(
    pairs: Sequence[Any], lets: dict[str, Any], where: str, problems: list[Problem]
) -> tuple[tuple[str, object], ...]:
    facts: dict[str, object] = {}
    for name, value, line in pairs:
        if value is not _SAME:
            facts.pop(name, None)  # the name keeps the line on which it was said last
            facts[name] = value
        elif name in lets:
            facts.update(lets[name])
        elif name != UNSAID:
            mend = near_words(name, lets) or f"say first: let {name} be FACT VALUE, …"
            problems.append(Problem(f"{where}, line {line}", f"`{name}` was not given by a `let` above", mend))
    return tuple(facts.items())


def read_block(block: Block, where: str) -> tuple[Pack | None, tuple[Statement, ...]]:
    """The pack header (where the block has one) and the statements of one law block. Raises ProblemsError."""
    read, problems, _ = _read(block, "law", where)
    if problems:
        raise ProblemsError(problems)
    pack = next((part for part in read if isinstance(part, Pack)), None)
    return pack, tuple(part for part in read if not isinstance(part, Pack))


def _read(block: Block, start: str, where: str) -> tuple[list[Any], list[Problem], set[str]]:
    """The statements, or cases, of a block; the mistakes in it; the names of what could not be read."""
    reader = _Reader(where)
    text = "\n" * (block.line - 1) + block.text
    read = Read(problems=too_long(block.text, block.line, where))
    if read.problems:
        return [], read.problems, read.lost
    try:
        if INVISIBLE.search(block.text) or is_deep(block, start):
            read = read_by_statement(block, start, where)
        else:
            read.trees.append(grammar(start).parse(text))
    except UnexpectedInput as error:
        read = read_by_statement(block, start, where)
        if not read.problems:
            what, mend = f"the `{block.kind}` block cannot be read", "write one statement a paragraph"
            read.problems.append(Problem(f"{where}, line {max(error.line, block.line)}", what, mend))
    found = [part for tree in read.trees for part in reader.transform(tree)]
    return found, read.problems + reader.problems, read.lost


# ---- from the grammar's tree to ours -------------------------------------------------------------

_SAME = object()
_OPS = {"more_than": "more than", "less_than": "less than", "at_least": "at least", "at_most": "at most"}
_ORDERS = {"before": "before", "after": "after", "not_before": "not before", "not_after": "not after"}


def _constant(word: str) -> Callable[..., str]:
    return lambda self, children: word


@v_args(meta=True)
class _Reader(Transformer[Any, Any]):
    """Each method takes what one line of the grammar found and gives its value in `tree`."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.problems: list[Problem] = []

    def _refuse(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(f"{self.where}, line {line}", what, mend))

    def _day(self, word: Token) -> date:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            try:
                return date.fromisoformat(word)
            except ValueError:
                self._refuse(word.line or 0, f"`{word}` is a day that does not exist", "look at the month and the day")
        elif word != UNSAID:
            self._refuse(word.line or 0, f"`{short(word)}` is not a day", "write it as YYYY-MM-DD")
        return date.max

    def _number(self, word: Token) -> float:
        if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", word):
            if word != UNSAID:
                mend = "write it in digits, like 48, or 0.5; at most nine before the point, four after it"
                self._refuse(word.line or 0, f"`{short(word)}` is not a number", mend)
            return 1
        number = float(word)
        return int(number) if number.is_integer() else number

    # blocks

    def law(self, meta: Meta, children: list[Any]) -> list[Any]:
        return children

    def cases(self, meta: Meta, children: list[Any]) -> list[Any]:
        return children

    # pieces

    def words(self, meta: Meta, children: list[Token]) -> tuple[str, ...]:
        return tuple(children)  # each word keeps its line, so that a problem with it can name it

    def cite(self, meta: Meta, children: list[Token]) -> str:
        text = str(children[0])[1:-1].strip()
        if not text:
            self._refuse(meta.line, '`cite ""` cites nothing', "name the section, the case or the form")
        return text

    def span(self, meta: Meta, children: list[Any]) -> Span:
        start = self._day(children[0]) if isinstance(children[0], Token) else None
        end = next((child[0] for child in children if isinstance(child, tuple)), None)
        if start and end and end <= start and end != date.max:
            self._refuse(meta.line, f"`until {end}` does not come after `from {start}`", "turn the days round")
        return Span(start, end)

    def until(self, meta: Meta, children: list[Token]) -> tuple[date]:
        return (self._day(children[0]),)

    def uses(self, meta: Meta, children: list[Any]) -> list[str]:
        return list(children[0])

    def effect(self, meta: Meta, children: list[Token]) -> str:
        return str(children[0])

    def when(self, meta: Meta, children: list[Condition]) -> tuple[str, Condition]:
        return "when", children[0]

    def unless(self, meta: Meta, children: list[Condition]) -> tuple[str, Condition]:
        return "unless", children[0]

    def overrides(self, meta: Meta, children: list[Any]) -> tuple[str, tuple[tuple[str, ...], str]]:
        return "overrides", (children[0], children[1])

    def chosen(self, meta: Meta, children: list[Any]) -> tuple[str, ...]:
        return children[0] if children else ()

    def type(self, meta: Meta, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return str(children[0]), children[1] if len(children) > 1 else ()

    def choices(self, meta: Meta, children: list[Any]) -> tuple[str, ...]:
        return tuple(children[0])

    def reading(self, meta: Meta, children: list[Any]) -> Reading:
        return Reading(str(children[0]), str(children[1])[1:-1], children[2])

    # statements

    def pack(self, meta: Meta, children: list[Any]) -> Pack:
        name, level, binds = str(children[0]), str(children[1]), children[2]
        span = next((child for child in children if isinstance(child, Span)), Span())
        uses = next((tuple(child) for child in children if isinstance(child, list)), ())
        rest = [child for child in children[3:] if isinstance(child, str)]
        return Pack(name, level, binds, str(rest[0]), rest[1], span, uses, (), meta.line)

    def define(self, meta: Meta, children: list[Any]) -> Define:
        span = children[2] if isinstance(children[2], Span) else Span()
        return Define(str(children[0]), children[1], children[-1], span, meta.line)

    def default(self, meta: Meta, children: list[Any]) -> Default:
        return Default(str(children[0]), children[1], children[2], children[3], meta.line)

    def table(self, meta: Meta, children: list[Any]) -> Table:
        return Table(str(children[0]), str(children[1])[1:-1], children[2], meta.line)

    def fact(self, meta: Meta, children: list[Any]) -> FactLine:
        type_, choices = children[1]
        return FactLine(str(children[0]), type_, choices, str(children[2])[1:-1], meta.line)

    def rule(self, meta: Meta, children: list[Any]) -> Rule:
        name, *rest, cite = children
        span = rest.pop(0) if isinstance(rest[0], Span) else Span()
        effect, acts, *clauses = rest
        when = next((value for kind, value in clauses if kind == "when"), ALWAYS)
        unless = next((value for kind, value in clauses if kind == "unless"), NEVER)
        overrides = tuple(value for kind, value in clauses if kind == "overrides")
        return Rule(str(name), effect, acts, cite, when, unless, span, overrides, meta.line)

    def question(self, meta: Meta, children: list[Any]) -> Question:
        return Question(str(children[0]), str(children[1])[1:-1], tuple(children[2:]), meta.line)

    def settles(self, meta: Meta, children: list[Any]) -> Settles:
        return Settles(str(children[0]), str(children[1]), children[2], meta.line)

    def challenge(self, meta: Meta, children: list[Any]) -> Challenge:
        name, acts, *rest, cite = children
        span = next((child for child in rest if isinstance(child, Span)), Span())
        when = next((child[1] for child in rest if isinstance(child, tuple)), ALWAYS)
        return Challenge(str(name), acts, cite, when, span, meta.line)

    def every_hour(self, meta: Meta, children: list[Any]) -> Clock:
        return Clock(str(children[0]), "", children[1], meta.line)

    def working_hours(self, meta: Meta, children: list[Any]) -> Clock:
        return Clock(str(children[0]), str(children[1]), children[2], meta.line)

    def constraint(self, meta: Meta, children: list[Any]) -> Constraint:
        given = children[0] if len(children) == 3 else ALWAYS
        return Constraint(given, children[-2], children[-1], meta.line)

    def prevails(self, meta: Meta, children: list[Any]) -> Prevails:
        return Prevails(children[0], children[1], children[2], False, meta.line)

    def yields(self, meta: Meta, children: list[Any]) -> Prevails:
        return Prevails(children[0], children[1], children[2], True, meta.line)

    def unencoded(self, meta: Meta, children: list[Any]) -> Unencoded:
        return Unencoded(self._day(children[0]), children[1], children[2], meta.line)

    # conditions

    def either(self, meta: Meta, children: list[Condition]) -> Condition:
        return children[0] if len(children) == 1 else Either(tuple(children), meta.line)

    def every(self, meta: Meta, children: list[Condition]) -> Condition:
        return children[0] if len(children) == 1 else All(tuple(children), meta.line)

    def negated(self, meta: Meta, children: list[Condition]) -> Condition:
        return Not(children[0], meta.line)

    def group(self, meta: Meta, children: list[Condition]) -> Condition:
        return children[0]

    def name(self, meta: Meta, children: list[Token]) -> Condition:
        return Name(str(children[0]), meta.line)

    def is_one(self, meta: Meta, children: list[Token]) -> Condition:
        return Is(str(children[0]), (str(children[1]),), meta.line)

    def is_text(self, meta: Meta, children: list[Token]) -> Condition:
        return Is(str(children[0]), (str(children[1])[1:-1],), meta.line)

    def is_not(self, meta: Meta, children: list[Token]) -> Condition:
        return Not(self.is_one(meta, children), meta.line)

    def is_any(self, meta: Meta, children: list[Any]) -> Condition:
        return Is(str(children[0]), children[1], meta.line)

    def measure(self, meta: Meta, children: list[Any]) -> Condition:
        return Measure(str(children[0]), children[1], self._number(children[2]), meta.line)

    def has_one(self, meta: Meta, children: list[Token]) -> Condition:
        return Has(str(children[0]), (str(children[1]),), meta.line)

    def has_any(self, meta: Meta, children: list[Any]) -> Condition:
        return Has(str(children[0]), children[1], meta.line)

    def order_of(self, meta: Meta, children: list[Any]) -> Condition:
        return Order(str(children[0]), children[1], children[2], meta.line)

    def instant(self, meta: Meta, children: list[Token]) -> str:
        if children[0][:1].isdigit():
            self._day(children[0])
        return str(children[0])

    def within(self, meta: Meta, children: list[Any]) -> Condition:
        ref, number, other, *rest = children
        years = self._number(number)
        if years != int(years) or not 1 <= years <= LONGEST_LOOK_BACK:
            mend = f"count in whole years, from 1 to {LONGEST_LOOK_BACK}"
            self._refuse(meta.line, f"`{number}` years is no look-back", mend)
        plus = next((word for kind, word in rest if kind == "plus"), "")
        leap = any(kind == "leap" for kind, _ in rest)
        return Within(str(ref), int(years), other, plus, leap, meta.line)

    def plus(self, meta: Meta, children: list[Token]) -> tuple[str, str]:
        return "plus", str(children[0])

    def leap(self, meta: Meta, children: list[Token]) -> tuple[str, str]:
        return "leap", ""

    def held(self, meta: Meta, children: list[Any]) -> Condition:
        return Held(children[0], self._number(children[1]), str(children[2]), meta.line)

    def some(self, meta: Meta, children: list[Any]) -> Condition:
        return Some(str(children[0]), str(children[1]), children[2], meta.line)

    more_than, less_than, at_least, at_most = (v_args(inline=False)(_constant(op)) for op in _OPS.values())
    before, after, not_before, not_after = (v_args(inline=False)(_constant(op)) for op in _ORDERS.values())

    # worked cases

    def let(self, meta: Meta, children: list[Any]) -> tuple[Any, ...]:
        return "let", str(children[0]), children[1:]

    def case(self, meta: Meta, children: list[Any]) -> tuple[str, Case]:
        words = [child for child in children if isinstance(child, Token)]
        act, *custodian, at, effect = (str(word) for word in words)
        facts: Any = tuple(child for child in children if isinstance(child, tuple) and len(child) == 3)
        tails = [child for child in children if isinstance(child, tuple) and len(child) == 2]
        tail = {kind: tuple(value for k, v in tails if k == kind for value in v) for kind in _TAILS}
        return "case", Case(act, custodian[0] if custodian else "", at, facts, effect, **tail, line=meta.line)

    def same_as(self, meta: Meta, children: list[Token]) -> tuple[str, object, int]:
        return children[0], _SAME, meta.line

    def fact_given(self, meta: Meta, children: list[Any]) -> tuple[str, object, int]:
        return children[0], children[1], meta.line

    def scalar(self, meta: Meta, children: list[Any]) -> object:
        return children[0]

    def word(self, meta: Meta, children: list[Token]) -> object:
        return str(children[0])

    def text(self, meta: Meta, children: list[Token]) -> object:
        return str(children[0])[1:-1]

    def empty_set(self, meta: Meta, children: list[Any]) -> object:
        return []

    empty_list = empty_set

    def a_set(self, meta: Meta, children: list[Any]) -> object:
        return list(children[0])

    def a_list(self, meta: Meta, children: list[Any]) -> object:
        return list(children)

    def element(self, meta: Meta, children: list[Any]) -> object:
        return dict(children)

    def pair(self, meta: Meta, children: list[Any]) -> tuple[str, object]:
        return str(children[0]), children[1]

    def citing(self, meta: Meta, children: list[Token]) -> tuple[str, tuple[str, ...]]:
        return "citing", (str(children[0])[1:-1],)

    def needing(self, meta: Meta, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "needing", children[0]

    def asking(self, meta: Meta, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "asking", children[0]

    def challenged(self, meta: Meta, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "challenged", children[0]

    def due(self, meta: Meta, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "due", children[0]


_TAILS = ("citing", "needing", "asking", "challenged", "due")
