"""Makes the tables that `automaton.py` reads by, out of `grammar.lark`: `python -m lodged.law.tabled` writes them anew.

They stand in the project as a file, and a test holds them to the grammar.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift

from lodged.law.automaton import TABLES
from lodged.law.spelling import grammar

STARTS = ("law", "cases")


def tables() -> dict[str, Any]:
    """The tables of both kinds of block as plain JSON, the same whatever order the generator worked in."""
    return {start: _tables(grammar(start), start) for start in STARTS}


def written(tables: Mapping[str, Any]) -> str:
    """The tables as the text of their file: one state, one line of the grammar a line."""
    return json.dumps(tables, ensure_ascii=False, indent=None, separators=(",", ":")).replace("},{", "},\n{") + "\n"


def _tables(made: Lark, start: str) -> dict[str, Any]:
    patterns = {terminal.name: terminal.pattern for terminal in made.terminals}
    words = {name: pattern.value for name, pattern in patterns.items() if pattern.type == "str"}
    passed_over = sorted(patterns[name].to_regexp() for name in made.ignore_tokens)
    rules = sorted(made.rules, key=_words_of)
    return {
        "keywords": {word: name for name, word in sorted(words.items()) if word.isalnum()},
        "marks": {word: name for name, word in sorted(words.items()) if not word.isalnum()},
        "word": patterns["WORD"].to_regexp(),
        "string": patterns["STRING"].to_regexp(),
        "passed_over": passed_over,
        "rules": [_rule(rule) for rule in rules],
        **_states(made, start, {rule: place for place, rule in enumerate(rules)}),
    }


def _words_of(rule: Any) -> tuple[str, str, list[str]]:
    return str(rule.origin.name), str(rule.alias or ""), [str(symbol.name) for symbol in rule.expansion]


def _rule(rule: Any) -> list[Any]:
    """Origin, the reader's method, how many parts it has, which are kept (and opened), whether one alone stands for it."""
    keeps_all = rule.options.keep_all_tokens
    kept = [
        [place, not symbol.is_term and symbol.name.startswith("_")]
        for place, symbol in enumerate(rule.expansion)
        if not symbol.is_term or keeps_all or not symbol.filter_out
    ]
    reads = str(rule.alias or rule.origin.name)
    return [str(rule.origin.name), reads, len(rule.expansion), kept, bool(rule.options.expand1 and not rule.alias)]


def _states(made: Any, start: str, rules: Mapping[Any, int]) -> dict[str, Any]:
    """The states, numbered as they are reached; a shift is the next state, a reduction the rule's place, from -1 down."""
    table = made.parser.parser._parse_table  # the generator has no other way to give its tables
    numbers = {table.start_states[start]: 0}
    states: list[dict[str, int]] = []
    waiting = list(numbers)
    for state in waiting:
        row = {}
        for symbol, (action, argument) in sorted(table.states[state].items()):
            if action is not Shift:
                row[str(symbol)] = -1 - rules[argument]
                continue
            if argument not in numbers:
                numbers[argument] = len(numbers)
                waiting.append(argument)
            row[str(symbol)] = numbers[argument]
        states.append(row)
    return {"last": numbers[table.end_states[start]], "states": states}


if __name__ == "__main__":
    Path(__file__).with_name(TABLES).write_text(written(tables()), encoding="utf-8")
