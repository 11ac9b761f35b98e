"""Reads the words of a block by tables made from the grammar (`tabled.py`): LALR(1), as in Aho, Lam, Sethi, Ullman § 4.7.

The tables are what the parser generator makes of `grammar.lark`; so a law that is rightly written needs no generator. One
that is not is read again by `statements.py`, which says what is wrong.
"""

import functools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

TABLES = "grammar.json"
END = "$END"


class Word(str):
    """A word of a text with its kind in the grammar, and the line it stands on."""

    __slots__ = ("line", "type")
    line: int
    type: str


class Worded(Protocol):
    """What is read: any word that knows its kind and its line."""

    @property
    def type(self) -> str: ...

    @property
    def line(self) -> int | None: ...


class UnreadableError(Exception):
    """The words are not those of the grammar; where and why is for `statements.py` to say."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One line of the grammar: which of its parts are kept, which of them are lists that are opened."""

    origin: str
    reads: str
    size: int
    kept: tuple[tuple[int, bool], ...]
    single: bool

    def children(self, values: list[Any]) -> list[Any]:
        """The parts that a reader is given."""
        found: list[Any] = []
        for place, opened in self.kept:
            if not opened:
                found.append(values[place])
            elif found:
                found += values[place]
            else:
                found = values[place]  # a list that grows word by word is not copied each time
        return found


class Automaton:
    """The tables of one kind of block."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.keywords: Mapping[str, str] = tables["keywords"]
        self._marks: Mapping[str, str] = tables["marks"]
        kinds = [f"(?P<WORD>{tables['word']})", f"(?P<STRING>{tables['string']})", *tables["passed_over"]]
        kinds += [f"(?P<MARK>{'|'.join(re.escape(mark) for mark in self._marks)})"]
        self._scan = re.compile("|".join(kinds))
        self._rules = [
            _Rule(origin, reads, size, tuple((place, opened) for place, opened in kept), single)
            for origin, reads, size, kept, single in tables["rules"]
        ]
        self._states: list[dict[str, int]] = tables["states"]
        self._last: int = tables["last"]

    def is_name(self, text: str) -> bool:
        """Is the text one word that may stand as a name?"""
        found = self._scan.fullmatch(text)
        return found is not None and found.lastgroup == "WORD" and text not in self.keywords

    def words(self, text: str, first: int) -> list[Word]:
        """The words of a text whose first line has the number `first`. Raises UnreadableError at what is none."""
        found: list[Word] = []
        keywords, marks = self.keywords, self._marks
        for number, line in enumerate(text.split("\n"), first):
            end = 0
            for match in self._scan.finditer(line):
                if match.start() != end:
                    raise UnreadableError
                end = match.end()
                kind = match.lastgroup
                if kind is not None:
                    word = Word(match.group())
                    word.line = number
                    word.type = kind if kind == "STRING" else (keywords if kind == "WORD" else marks).get(word, kind)
                    found.append(word)
            if end != len(line):
                raise UnreadableError
        return found

    def read(self, words: Sequence[Worded], reader: object) -> Any:
        """What `reader` makes of the words: its method for each line of the grammar gets the line number and the parts.

        Raises UnreadableError where the words are not those of the grammar.
        """
        calls, stacks = self._calls(reader), _Stacks([0], [], [0])
        for word in words:
            self._follow(word.type, calls, stacks)
            stacks.push(self._states[stacks.states[-1]][word.type], word, word.line or 0)
        self._follow(END, calls, stacks)
        return stacks.values[-1]

    def _calls(self, reader: object) -> list[Callable[[int, list[Any]], Any]]:
        return [getattr(reader, rule.reads, _parts) for rule in self._rules]

    def _follow(self, kind: str, calls: Sequence[Callable[[int, list[Any]], Any]], stacks: "_Stacks") -> None:
        """Joins what stands on the stacks into lines of the grammar, until the next word can be laid on them."""
        states = self._states
        while True:
            action = states[stacks.states[-1]].get(kind)
            if action is None:
                raise UnreadableError
            if action >= 0:
                return
            rule = self._rules[-action - 1]
            parts, line = stacks.pop(rule)
            value = parts[0] if rule.single and len(parts) == 1 else calls[-action - 1](line, parts)
            stacks.push(states[stacks.states[-1]][rule.origin], value, line)
            if kind == END and stacks.states[-1] == self._last:
                return


def _parts(line: int, parts: list[Any]) -> list[Any]:
    """What a line of the grammar comes to that no reader reads: a list inside another line."""
    return parts


@dataclass(slots=True)
class _Stacks:
    """Where the reading stands: states, what was read in each, the line where that begins."""

    states: list[int]
    values: list[Any]
    lines: list[int]

    def push(self, state: int, value: Any, line: int) -> None:
        self.states.append(state)
        self.values.append(value)
        self.lines.append(line)

    def pop(self, rule: _Rule) -> tuple[list[Any], int]:
        """The parts of a line of the grammar, with the number of the line where they begin."""
        size = rule.size
        if not size:
            return [], 0
        parts, line = rule.children(self.values[-size:]), self.lines[-size]
        del self.states[-size:], self.values[-size:], self.lines[-size:]
        return parts, line


@functools.cache
def automaton(start: str) -> Automaton:
    """The tables that read `law` or `cases`."""
    text = Path(__file__).with_name(TABLES).read_text(encoding="utf-8")
    return Automaton(json.loads(text)[start])
