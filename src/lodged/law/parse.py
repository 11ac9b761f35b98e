"""Reads law blocks, case blocks, into their shape, with every mistake of grammar as a problem on its line."""

import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lodged.law.automaton import UnreadableError, Word, automaton
from lodged.law.lex import INVISIBLE, case_by_case, near_words, short, too_deep, too_long
from lodged.law.scan import Block, scanned
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
    problems = too_long(block.text, block.line, where)
    if problems:
        return [], problems, set()
    try:
        return _found(_words(block, start), start, reader), reader.problems, set()
    except UnreadableError:
        return _read_in_parts(block, start, where)


def _found(words: Sequence[Word], start: str, reader: "_Reader") -> list[Any]:
    """What a block says. A `let` may end in the name of another: then only line ends tell it from a fact with a value.

    Raises UnreadableError.
    """
    told = len(reader.problems)
    try:
        return list(automaton(start).read(words, reader))
    except UnreadableError:
        if start != "cases":
            raise
    del reader.problems[told:]
    return [part for some in case_by_case(words) for part in automaton(start).read(some, reader)]


def _words(block: Block, start: str) -> list[Word]:
    """The words of a block. Raises UnreadableError where a person could not read them as they stand."""
    words = automaton(start).words(block.text, block.line)
    if INVISIBLE.search(block.text) or too_deep(words) is not None:
        raise UnreadableError
    return words


def _read_in_parts(block: Block, start: str, where: str) -> tuple[list[Any], list[Problem], set[str]]:
    """A block with mistakes, statement by statement; only this needs the parser generator, so it is loaded here."""
    read = importlib.import_module("lodged.law.statements").read_by_statement(block, start, where)
    if not read.problems:
        what, mend = f"the `{block.kind}` block cannot be read", "write one statement a paragraph"
        read.problems.append(Problem(f"{where}, line {block.line}", what, mend))
    reader = _Reader(where)
    found = [part for words in read.statements for part in automaton(start).read(words, reader)]
    return found, read.problems + reader.problems, read.lost


# ---- from the grammar's tree to ours -------------------------------------------------------------

_SAME = object()
_OPS = {"more_than": "more than", "less_than": "less than", "at_least": "at least", "at_most": "at most"}
_ORDERS = {"before": "before", "after": "after", "not_before": "not before", "not_after": "not after"}


def _constant(word: str) -> Callable[..., str]:
    return lambda self, line, children: word


class _Reader:
    """Each method takes what one line of the grammar found, and where it begins, and gives its value in `tree`."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []

    def _refuse(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(f"{self.where}, line {line}", what, mend))

    def _day(self, word: Word) -> date:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            try:
                return date.fromisoformat(word)
            except ValueError:
                self._refuse(word.line or 0, f"`{word}` is a day that does not exist", "look at the month and the day")
        elif word != UNSAID:
            self._refuse(word.line or 0, f"`{short(word)}` is not a day", "write it as YYYY-MM-DD")
        return date.max

    def _number(self, word: Word) -> float:
        if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", word):
            if word != UNSAID:
                mend = "write it in digits, like 48, or 0.5; at most nine before the point, four after it"
                self._refuse(word.line or 0, f"`{short(word)}` is not a number", mend)
            return 1
        number = float(word)
        return int(number) if number.is_integer() else number

    # blocks

    def law(self, line: int, children: list[Any]) -> list[Any]:
        return children

    def cases(self, line: int, children: list[Any]) -> list[Any]:
        return children

    # pieces

    def words(self, line: int, children: list[Word]) -> tuple[str, ...]:
        return tuple(children)  # each word keeps its line, so that a problem with it can name it

    def cite(self, line: int, children: list[Word]) -> str:
        text = str(children[0])[1:-1].strip()
        if not text:
            self._refuse(line, '`cite ""` cites nothing', "name the section, the case or the form")
        return text

    def span(self, line: int, children: list[Any]) -> Span:
        start = None if isinstance(children[0], tuple) else self._day(children[0])
        end = next((child[0] for child in children if isinstance(child, tuple)), None)
        if start and end and end <= start and end != date.max:
            self._refuse(line, f"`until {end}` does not come after `from {start}`", "turn the days round")
        return Span(start, end)

    def until(self, line: int, children: list[Word]) -> tuple[date]:
        return (self._day(children[0]),)

    def uses(self, line: int, children: list[Any]) -> list[str]:
        return list(children[0])

    def effect(self, line: int, children: list[Word]) -> str:
        return str(children[0])

    def when(self, line: int, children: list[Condition]) -> tuple[str, Condition]:
        return "when", children[0]

    def unless(self, line: int, children: list[Condition]) -> tuple[str, Condition]:
        return "unless", children[0]

    def overrides(self, line: int, children: list[Any]) -> tuple[str, tuple[tuple[str, ...], str]]:
        return "overrides", (children[0], children[1])

    def chosen(self, line: int, children: list[Any]) -> tuple[str, ...]:
        return children[0] if children else ()

    def type(self, line: int, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return str(children[0]), children[1] if len(children) > 1 else ()

    def choices(self, line: int, children: list[Any]) -> tuple[str, ...]:
        return tuple(children[0])

    def reading(self, line: int, children: list[Any]) -> Reading:
        return Reading(str(children[0]), str(children[1])[1:-1], children[2])

    # statements

    def pack(self, line: int, children: list[Any]) -> Pack:
        name, level, binds = str(children[0]), str(children[1]), children[2]
        span = next((child for child in children if isinstance(child, Span)), Span())
        uses = next((tuple(child) for child in children if isinstance(child, list)), ())
        rest = [child for child in children[3:] if isinstance(child, str)]
        return Pack(name, level, binds, str(rest[0]), rest[1], span, uses, (), line)

    def define(self, line: int, children: list[Any]) -> Define:
        span = children[2] if isinstance(children[2], Span) else Span()
        return Define(str(children[0]), children[1], children[-1], span, line)

    def default(self, line: int, children: list[Any]) -> Default:
        return Default(str(children[0]), children[1], children[2], children[3], line)

    def table(self, line: int, children: list[Any]) -> Table:
        return Table(str(children[0]), str(children[1])[1:-1], children[2], line)

    def fact(self, line: int, children: list[Any]) -> FactLine:
        type_, choices = children[1]
        return FactLine(str(children[0]), type_, choices, str(children[2])[1:-1], line)

    def rule(self, line: int, children: list[Any]) -> Rule:
        name, *rest, cite = children
        span = rest.pop(0) if isinstance(rest[0], Span) else Span()
        effect, acts, *clauses = rest
        when = next((value for kind, value in clauses if kind == "when"), ALWAYS)
        unless = next((value for kind, value in clauses if kind == "unless"), NEVER)
        overrides = tuple(value for kind, value in clauses if kind == "overrides")
        return Rule(str(name), effect, acts, cite, when, unless, span, overrides, line)

    def question(self, line: int, children: list[Any]) -> Question:
        return Question(str(children[0]), str(children[1])[1:-1], tuple(children[2:]), line)

    def settles(self, line: int, children: list[Any]) -> Settles:
        return Settles(str(children[0]), str(children[1]), children[2], line)

    def challenge(self, line: int, children: list[Any]) -> Challenge:
        name, acts, *rest, cite = children
        span = next((child for child in rest if isinstance(child, Span)), Span())
        when = next((child[1] for child in rest if isinstance(child, tuple)), ALWAYS)
        return Challenge(str(name), acts, cite, when, span, line)

    def every_hour(self, line: int, children: list[Any]) -> Clock:
        return Clock(str(children[0]), "", children[1], line)

    def working_hours(self, line: int, children: list[Any]) -> Clock:
        return Clock(str(children[0]), str(children[1]), children[2], line)

    def constraint(self, line: int, children: list[Any]) -> Constraint:
        given = children[0] if len(children) == 3 else ALWAYS
        return Constraint(given, children[-2], children[-1], line)

    def prevails(self, line: int, children: list[Any]) -> Prevails:
        return Prevails(children[0], children[1], children[2], False, line)

    def yields(self, line: int, children: list[Any]) -> Prevails:
        return Prevails(children[0], children[1], children[2], True, line)

    def unencoded(self, line: int, children: list[Any]) -> Unencoded:
        return Unencoded(self._day(children[0]), children[1], children[2], line)

    # conditions

    def either(self, line: int, children: list[Condition]) -> Condition:
        return children[0] if len(children) == 1 else Either(tuple(children), line)

    def every(self, line: int, children: list[Condition]) -> Condition:
        return children[0] if len(children) == 1 else All(tuple(children), line)

    def negated(self, line: int, children: list[Condition]) -> Condition:
        return Not(children[0], line)

    def group(self, line: int, children: list[Condition]) -> Condition:
        return children[0]

    def name(self, line: int, children: list[Word]) -> Condition:
        return Name(str(children[0]), line)

    def is_one(self, line: int, children: list[Word]) -> Condition:
        return Is(str(children[0]), (str(children[1]),), line)

    def is_text(self, line: int, children: list[Word]) -> Condition:
        return Is(str(children[0]), (str(children[1])[1:-1],), line)

    def is_not(self, line: int, children: list[Word]) -> Condition:
        return Not(self.is_one(line, children), line)

    def is_any(self, line: int, children: list[Any]) -> Condition:
        return Is(str(children[0]), children[1], line)

    def measure(self, line: int, children: list[Any]) -> Condition:
        return Measure(str(children[0]), children[1], self._number(children[2]), line)

    def has_one(self, line: int, children: list[Word]) -> Condition:
        return Has(str(children[0]), (str(children[1]),), line)

    def has_any(self, line: int, children: list[Any]) -> Condition:
        return Has(str(children[0]), children[1], line)

    def order_of(self, line: int, children: list[Any]) -> Condition:
        return Order(str(children[0]), children[1], children[2], line)

    def instant(self, line: int, children: list[Word]) -> str:
        if children[0][:1].isdigit():
            self._day(children[0])
        return str(children[0])

    def within(self, line: int, children: list[Any]) -> Condition:
        ref, number, other, *rest = children
        years = self._number(number)
        if years != int(years) or not 1 <= years <= LONGEST_LOOK_BACK:
            mend = f"count in whole years, from 1 to {LONGEST_LOOK_BACK}"
            self._refuse(line, f"`{number}` years is no look-back", mend)
        plus = next((word for kind, word in rest if kind == "plus"), "")
        leap = any(kind == "leap" for kind, _ in rest)
        return Within(str(ref), int(years), other, plus, leap, line)

    def plus(self, line: int, children: list[Word]) -> tuple[str, str]:
        return "plus", str(children[0])

    def leap(self, line: int, children: list[Word]) -> tuple[str, str]:
        return "leap", ""

    def held(self, line: int, children: list[Any]) -> Condition:
        return Held(children[0], self._number(children[1]), str(children[2]), line)

    def some(self, line: int, children: list[Any]) -> Condition:
        return Some(str(children[0]), str(children[1]), children[2], line)

    more_than, less_than, at_least, at_most = (_constant(op) for op in _OPS.values())
    before, after, not_before, not_after = (_constant(op) for op in _ORDERS.values())

    # worked cases

    def let(self, line: int, children: list[Any]) -> tuple[Any, ...]:
        return "let", str(children[0]), children[1:]

    def case(self, line: int, children: list[Any]) -> tuple[str, Case]:
        words = [child for child in children if isinstance(child, str)]
        act, *custodian, at, effect = (str(word) for word in words)
        facts: Any = tuple(child for child in children if isinstance(child, tuple) and len(child) == 3)
        tails = [child for child in children if isinstance(child, tuple) and len(child) == 2]
        tail = {kind: tuple(value for k, v in tails if k == kind for value in v) for kind in _TAILS}
        return "case", Case(act, custodian[0] if custodian else "", at, facts, effect, **tail, line=line)

    def same_as(self, line: int, children: list[Word]) -> tuple[str, object, int]:
        return children[0], _SAME, line

    def fact_given(self, line: int, children: list[Any]) -> tuple[str, object, int]:
        return children[0], children[1], line

    def scalar(self, line: int, children: list[Any]) -> object:
        return children[0]

    def word(self, line: int, children: list[Word]) -> object:
        return str(children[0])

    def text(self, line: int, children: list[Word]) -> object:
        return str(children[0])[1:-1]

    def empty_set(self, line: int, children: list[Any]) -> object:
        return []

    empty_list = empty_set

    def a_set(self, line: int, children: list[Any]) -> object:
        return list(children[0])

    def a_list(self, line: int, children: list[Any]) -> object:
        return list(children)

    def element(self, line: int, children: list[Any]) -> object:
        return dict(children)

    def pair(self, line: int, children: list[Any]) -> tuple[str, object]:
        return str(children[0]), children[1]

    def citing(self, line: int, children: list[Word]) -> tuple[str, tuple[str, ...]]:
        return "citing", (str(children[0])[1:-1],)

    def needing(self, line: int, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "needing", children[0]

    def asking(self, line: int, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "asking", children[0]

    def challenged(self, line: int, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "challenged", children[0]

    def due(self, line: int, children: list[Any]) -> tuple[str, tuple[str, ...]]:
        return "due", children[0]


_TAILS = ("citing", "needing", "asking", "challenged", "due")
