"""Reads a block statement by statement, so that each mistake is told and what stands beside it is still read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lark import Token

from lodged.law.lex import DEEPEST, case_by_case, short, too_deep
from lodged.law.mistake import misplaced, mistake
from lodged.law.repair import Trial
from lodged.law.scan import Block
from lodged.law.spelling import grammar, words_of
from lodged.problem import Problem

STARTS = frozenset(
    ["PACK", "DEFINE", "DEFAULT", "TABLE", "FACT", "RULE", "QUESTION", "SETTLES", "CHALLENGE", "CLOCK"]
    + ["CONSTRAINT", "PREVAILS", "YIELDS"]
)
MENDS = 5  # mistakes told of one statement: after so many, what is left is a guess


@dataclass(slots=True)
class Read:
    """What could be read of a block: statements by their words, the problems, the names of those that could not be read."""

    statements: list[Sequence[Token]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)


def read_by_statement(block: Block, start: str, where: str) -> Read:
    """Every statement of a block on its own; a mistake is told, mended in the smallest way, and reading goes on."""
    words, problems = words_of(block.text, block.line, start, where)
    found = Read(problems=problems)
    told = {problem.where for problem in problems}
    for number, statement in enumerate(_law(words) if start == "law" else case_by_case(words)):
        if number and statement[0].type == "PACK":
            line = f"{where}, line {statement[0].line}"
            found.problems.append(Problem(line, "a second `pack` stands in one block", "begin a new block with ```law"))
        _one(statement, start, where, found, told)
    return found


def _one(words: Sequence[Token], start: str, where: str, found: Read, told: set[str]) -> None:
    deep = too_deep(words)
    if deep is not None:
        what = f"brackets and `not` stand more than {DEEPEST} deep at `{short(deep)}`"
        found.problems.append(Problem(f"{where}, line {deep.line}", what, "name parts of the condition with `define`"))
        found.lost |= _name(words)
        return
    for _ in range(MENDS):
        if not words:
            return
        trial = Trial(grammar(start), start, words)
        if trial.at is None:
            found.statements.append(words)
            return
        repair = None if misplaced(trial) else trial.best()
        problem = mistake(trial, repair, where)
        if problem.where not in told:
            found.problems.append(problem)
        if repair is None:
            break
        words = repair.applied(words)
    found.lost |= _name(words)


def _name(words: Sequence[Token]) -> set[str]:
    return {str(word) for word in words[:2]}


def _law(words: Sequence[Token]) -> Iterator[list[Token]]:
    """One statement after another: each begins with its keyword, on a new line or after words in quotation marks."""
    statement: list[Token] = []
    for place, word in enumerate(words):
        encoded = word.type == "NOT" and place + 1 < len(words) and words[place + 1].type == "ENCODED"
        if statement and (word.type in STARTS or encoded):
            before = statement[-1]
            if before.line != word.line or before.type == "STRING":
                yield statement
                statement = []
        statement.append(word)
    if statement:
        yield statement
