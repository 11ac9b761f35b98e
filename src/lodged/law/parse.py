"""Reads law blocks, case blocks, into their shape, with every mistake of grammar as a problem on its line."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

from lodged.law.mistake import mistake, near_words
from lodged.law.scan import Block, blocks
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


@functools.cache
def _grammar(start: str) -> Lark:
    text = resources.files("lodged.law").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, start=start, parser="lalr", lexer="basic", propagate_positions=True)


def parse_file(markdown: str, where: str) -> tuple[tuple[Pack, ...], tuple[Case, ...]]:
    """The packs and the worked cases of one literate file, in order.

    `where` names the file in problems. Raises ProblemsError with the first mistake of every block.
    """
    problems: list[Problem] = []
    packs: list[Pack] = []
    cases: list[Case] = []
    lets: dict[str, tuple[tuple[str, object], ...]] = {}
    for block in blocks(markdown, where):
        try:
            if block.kind == "law":
                _join(packs, read_block(block, where), block, where)
            else:
                cases += _cases(_read(block, "cases", where), lets, where)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return tuple(packs), tuple(cases)


def _join(packs: list[Pack], read: tuple[Pack | None, tuple[Statement, ...]], block: Block, where: str) -> None:
    pack, statements = read
    if pack is not None:
        packs.append(pack)
    if not packs:
        what = "a rule stands before any `pack`"
        mend = 'begin with: pack ID level LEVEL binds CUSTODIAN in force from DAY status confirmed cite "…"'
        raise ProblemsError([Problem(f"{where}, line {block.line}", what, mend)])
    packs[-1] = replace(packs[-1], statements=packs[-1].statements + statements)


def _cases(read: Sequence[Any], lets: dict[str, Any], where: str) -> list[Case]:
    found = []
    for kind, *rest in read:
        if kind == "let":
            lets[rest[0]] = _given(rest[1], lets, where)
        else:
            case = rest[0]
            found.append(replace(case, facts=_given(case.facts, lets, where)))
    return found


def _given(pairs: Sequence[Any], lets: dict[str, Any], where: str) -> tuple[tuple[str, object], ...]:
    facts: dict[str, object] = {}
    for name, value, line in pairs:
        if value is not _SAME:
            facts[name] = value
        elif name in lets:
            facts.update(lets[name])
        else:
            mend = near_words(name, lets) or f"say first: let {name} be FACT VALUE, …"
            raise ProblemsError([Problem(f"{where}, line {line}", f"`{name}` was not given by a `let` above", mend)])
    return tuple(facts.items())


def read_block(block: Block, where: str) -> tuple[Pack | None, tuple[Statement, ...]]:
    """The pack header (where the block has one) and the statements of one law block."""
    read: tuple[Pack | None, tuple[Statement, ...]] = _read(block, "law", where)
    return read


def _read(block: Block, start: str, where: str) -> Any:
    text = "\n" * (block.line - 1) + block.text
    try:
        return _Reader(where).transform(_grammar(start).parse(text))
    except UnexpectedInput as error:
        raise ProblemsError([mistake(error, text, where)]) from None
    except VisitError as error:
        if isinstance(error.orig_exc, ProblemsError):
            raise error.orig_exc from None
        raise


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

    def _refuse(self, line: int, what: str, mend: str) -> ProblemsError:
        return ProblemsError([Problem(f"{self.where}, line {line}", what, mend)])

    def _day(self, word: Token) -> date:
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise self._refuse(word.line or 0, f"`{word}` is not a day", "write it as YYYY-MM-DD") from None

    def _number(self, word: Token) -> float:
        try:
            number = float(word)
        except ValueError:
            raise self._refuse(word.line or 0, f"`{word}` is not a number", "write it in digits, like 48") from None
        return int(number) if number.is_integer() else number

    # blocks

    def law(self, meta: Meta, children: list[Any]) -> tuple[Pack | None, tuple[Statement, ...]]:
        pack = children[0] if children and isinstance(children[0], Pack) else None
        rest = children[1:] if pack else children
        return pack, tuple(rest)

    def cases(self, meta: Meta, children: list[Any]) -> list[Any]:
        return children

    # pieces

    def words(self, meta: Meta, children: list[Token]) -> tuple[str, ...]:
        return tuple(str(word) for word in children)

    def cite(self, meta: Meta, children: list[Token]) -> str:
        text = str(children[0])[1:-1].strip()
        if not text:
            raise self._refuse(meta.line, '`cite ""` cites nothing', "name the section, the case or the form")
        return text

    def span(self, meta: Meta, children: list[Any]) -> Span:
        start = self._day(children[0]) if isinstance(children[0], Token) else None
        end = next((child[0] for child in children if isinstance(child, tuple)), None)
        if start and end and end <= start:
            raise self._refuse(meta.line, f"`until {end}` does not come after `from {start}`", "turn the days round")
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
        return str(children[0])

    def within(self, meta: Meta, children: list[Any]) -> Condition:
        ref, number, other, *rest = children
        years = self._number(number)
        if years != int(years):
            raise self._refuse(meta.line, f"`{number}` is not a whole number of years", "count in whole years")
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
        return str(children[0]), _SAME, meta.line

    def fact_given(self, meta: Meta, children: list[Any]) -> tuple[str, object, int]:
        return str(children[0]), children[1], meta.line

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
