"""Splits a block that cannot be read as it stands into words; what is no word is said and stood in for."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters

from lodged.law.lex import INVISIBLE, short
from lodged.problem import Problem

MOST = 20  # problems of spelling told for one block; a file that is no law text would bring thousands


@functools.cache
def grammar(start: str) -> Lark:
    """The parser for `law` or `cases`."""
    return Lark(_text(), start=start, parser="lalr", lexer="basic", propagate_positions=True)


@functools.cache
def _lexer(start: str) -> Lark:
    return Lark(_text(), start=start, parser=None, lexer="basic")


def _text() -> str:
    return Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")


@functools.cache
def keywords(start: str) -> dict[str, str]:
    """The language's own words, by the names the grammar gives them.

    >>> keywords("law")["CITE"]
    'cite'
    """
    strings = {t.name: t.pattern.value for t in grammar(start).terminals if t.pattern.type == "str"}
    return {name: word for name, word in strings.items() if word.isalnum()}


def token(kind: str, text: str, near: Token | None = None) -> Token:
    """A word that nobody wrote, standing where another stands."""
    return Token.new_borrow_pos(kind, text, near) if near is not None else Token(kind, text, 0, 1, 1, 1, 1, 0)


def words_of(text: str, first: int, start: str, where: str) -> tuple[list[Token], list[Problem]]:
    """The words of a block whose text begins on line `first`, and the problems of spelling in it."""
    found: list[Token] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), first):
        seen = INVISIBLE.sub("", line)
        if seen != line:
            problems += _invisible(line, number, where)
        for word in _line(seen, start):
            if isinstance(word, Token):
                word.line = word.end_line = number
                found.append(word)
            else:
                problems.append(Problem(f"{where}, line {number}", *word))
                if len(problems) >= MOST:
                    return found, problems
    return found, problems


def _invisible(line: str, number: int, where: str) -> Iterator[Problem]:
    for match in list(INVISIBLE.finditer(line))[:3]:
        before = line[: match.start()].split()
        after = f"after `{INVISIBLE.sub('', before[-1])[-30:]}`" if before else "at the beginning of the line"
        what = f"an invisible character (U+{ord(match[0]):04X}) stands {after}"
        yield Problem(f"{where}, line {number}", what, "delete it, or write the line again by hand")


def _line(line: str, start: str) -> Iterator[Token | tuple[str, str]]:
    """The words of one line, in order; in place of what is none, what is wrong and its mend, then a word to go on with."""
    at = 0
    while at < len(line):
        words: list[Token] = []
        try:
            for word in _lexer(start).lex(line[at:]):
                words.append(word)
            yield from words
            return
        except UnexpectedCharacters as error:
            bad = at + (error.pos_in_stream or 0)
        ends = at + (words[-1].end_pos or 0) if words else at
        if words and ends == bad and words[-1].type in ("WORD", words[-1].upper()) and line[bad] not in "\"'<>=!&|;":
            begin = at + (words.pop().start_pos or 0)
        else:
            begin = bad
        yield from words
        found = _strange(line, begin, bad, start)
        yield found[0]
        yield from found[1]
        at = found[2]


_CLOSING = {"“": "”", "„": "“", "”": "”", "«": "»", "‘": "’", "’": "’", "'": "'", "`": "`"}
_SIGNS = {
    "=": "is",
    "==": "is",
    "!=": "is not",
    "<>": "is not",
    "≠": "is not",
    ">": "is more than",
    "<": "is less than",
    ">=": "is at least",
    "≥": "is at least",
    "<=": "is at most",
    "≤": "is at most",
    "&": "and",
    "&&": "and",
    "|": "or",
    "||": "or",
    "!": "not",
    "→": "->",
    "⇒": "->",
    "=>": "->",
    "–>": "->",
    "—>": "->",
    "-->": "->",
}
_RUN = re.compile(r"[^\s\",(){}\[\]]+")

Strange = tuple[tuple[str, str], list[Token], int]


def _strange(line: str, begin: int, bad: int, start: str) -> Strange:
    """What is wrong where `line[bad]` cannot be read, words to go on with, the place to go on from."""
    mark = line[bad]
    if mark == '"':
        return _quoted(line, bad, len(line), f"`{short(line[bad:])}` is never closed", line[bad + 1 :].strip())
    if begin == bad and mark in _CLOSING:
        end = line.find(_CLOSING[mark], bad + 1)
        end = len(line) if end < 0 else end + 1
        kind = "single" if mark in "'‘’" else "other" if mark == "`" else "curly"
        inner = line[bad + 1 : end].rstrip("”“»’'`").strip()
        what = f"`{short(line[bad:end].strip())}` does not stand in straight double quotation marks, but in {kind} ones"
        return _quoted(line, bad, end, what, inner)
    if begin == bad and mark == "§":
        end = line.find('"', bad)
        end = len(line) if end < 0 else end
        inner = line[bad:end].strip()
        return _quoted(line, bad, end, f"`{short(inner)}` stands outside quotation marks", inner)
    run = _RUN.match(line, begin)
    text = run[0] if run else line[bad]
    sign = next((s for s in sorted(_SIGNS, key=len, reverse=True) if line.startswith(s, bad)), "")
    if begin == bad and sign:
        told = (f"`{sign}` is no word of the language", f"write `{_SIGNS[sign]}`")
        return told, list(_lexer(start).lex(_SIGNS[sign])), bad + len(sign)
    end = begin + len(text)
    if re.fullmatch(r"[-−+]\d[\d.]*", text):
        told = (
            f"`{text}` is no number of the language",
            "numbers are written in digits alone, like 48; none is negative",
        )
        return told, [token("WORD", "0")], end
    if mark.isalpha() or begin < bad:
        what = f"`{short(text)}` is no name: `{mark}` is not a plain letter or digit"
        return (what, 'names use a to z, digits and - _ . / : + §; other words stand in "…"'), [token("WORD", "…")], end
    return (f"`{short(text)}` has no meaning here", 'take it out, or put the words in "…"'), [], end


def _quoted(line: str, begin: int, end: int, what: str, inner: str) -> Strange:
    return (what, f'write: "{short(inner)}", opened and closed on the same line'), [token("STRING", '"…"')], end
