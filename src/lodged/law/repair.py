"""Finds the smallest change that lets a statement be read on: a word put in, left out, or spelt another way."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from lark import Lark, Token
from lark.exceptions import UnexpectedToken

from lodged.law.spelling import keywords, token

Parser = Any  # the interactive parser of lark, whose methods have no types
AHEAD = 12  # how many words must be read on for a change to count as fully right; statements are about this long

# What may be missing as a whole: the clauses of the grammar, most likely first.
CLAUSES: tuple[tuple[str, ...], ...] = (
    ("CITE", "STRING"),
    ("FORBID", "WORD"),
    ("AS", "WORD"),
    ("STATUS", "WORD"),
    ("BINDS", "WORD"),
    ("LEVEL", "WORD"),
    ("FROM", "WORD"),
    ("FOR", "WORD"),
    ("IS", "WORD"),
    ("WHEN", "WORD"),
    ("FROM", "STRING"),
    ("AT", "WORD"),
    ("TO", "WORD"),
    ("BY", "WORD"),
    ("READING", "WORD", "STRING", "CITE", "STRING"),
    ("COUNTING", "EVERY", "HOUR"),
    ("WORD", "STRING"),
    ("ARROW", "WORD"),
    ("OF", "WORD"),
    ("CITE", "STRING", "CITE", "STRING"),
)
# Words that lawyers write for the language's own.
SYNONYMS = {
    "if": "when",
    "where": "when",
    "whenever": "when",
    "except": "unless",
    "prohibit": "forbid",
    "prohibits": "forbid",
    "ban": "forbid",
    "allow": "permit",
    "allows": "permit",
    "may": "permit",
    "must": "require",
    "oblige": "require",
    "citation": "cite",
    "source": "cite",
    "cites": "citing",
    "cite": "citing",
    "needs": "needing",
    "asks": "asking",
    "since": "from",
    "till": "until",
    "greater": "more",
    "fewer": "less",
    "equals": "is",
    "are": "is",
    "supersedes": "overrides",
    "given": "with",
}
_JOINING = {"AND": ("COMMA",), "OR": ("COMMA",), "COMMA": ("AND", "OR")}


@dataclass(frozen=True, slots=True)
class Repair:
    """From the word at `at`, `cut` words give way to `put`; then the statement reads up to the word at `reach`."""

    kind: str
    at: int
    cut: int
    put: tuple[Token, ...]
    reach: int

    def applied(self, words: Sequence[Token]) -> list[Token]:
        """The statement with the change made."""
        return [*words[: self.at], *self.put, *words[self.at + self.cut :]]


class Trial:
    """The words of one statement read up to the first that does not fit; the last three places are kept to go back to."""

    def __init__(self, lark: Lark, start: str, words: Sequence[Token]) -> None:
        self.start = start
        self.words = [*words, token("$END", "", words[-1] if words else None)]
        self._places: dict[int, Parser] = {}
        self.at = self._read(lark)

    def _read(self, lark: Lark) -> int | None:
        """The place of the first word that does not fit; the parser as it stood there and shortly before is kept."""
        parser = _fresh(lark, self.start)
        at = next((place for place, word in enumerate(self.words) if not _fits(parser, word)), None)
        if at is not None:
            parser = _fresh(lark, self.start)
            for place, word in enumerate(self.words[: at + 1]):
                if place > at - 3:
                    self._places[place] = parser.copy(deepcopy_values=False)
                _fits(parser, word)
        return at

    @property
    def expected(self) -> set[str]:
        """The kinds of word that may stand at the first that does not fit."""
        assert self.at is not None
        return set(self._places[self.at].accepts()) | (
            {"$END"} if _fits(self._places[self.at].copy(deepcopy_values=False), self.words[-1]) else set()
        )

    def best(self) -> Repair | None:
        """The change after which most can be read; of equals the likeliest. None where no change helps."""
        assert self.at is not None
        wanted = min(self.at + 2, len(self.words))
        tried = [repair for repair in self._tries() if repair.reach >= wanted]
        return max(tried, key=lambda repair: repair.reach, default=None)

    def _tries(self) -> Iterator[Repair]:
        assert self.at is not None
        at, words, expected = self.at, self.words, self.expected
        yield from self._respelt(at)
        yield from self._put(at, CLAUSES[:1])
        if words[at].type in keywords(self.start):
            yield self._try("name", at, 1, (token("WORD", str(words[at]), words[at]),))
        if expected == {"STRING"}:
            yield from self._quoted(at)
        for other in _JOINING.get(words[at].type, ()):
            yield self._try("join", at, 1, (token(other, other.lower(), words[at]),))
        yield from self._respelt(at - 1)
        if "." in words[at]:
            yield from self._put(at, [("AND",)])
        yield from self._put(at, [(kind,) for kind in sorted(expected - {"$END"}, key=_likely)])
        yield from self._put(at, CLAUSES[1:])
        if at < len(words) - 1:
            for kind in sorted(expected - {"$END"}) if len(expected) < 4 else ():
                yield self._try("spelt", at, 1, (token(kind, stand_in(kind, self.start), words[at]),))
            yield self._try("out", at, 1, ())
        if at and words[at - 1].type in keywords(self.start):
            yield self._try("name", at - 1, 1, (token("WORD", str(words[at - 1]), words[at - 1]),))
        yield from self._respelt(at - 2)

    def _respelt(self, at: int) -> Iterator[Repair]:
        if at not in self._places or self.words[at].type not in ("WORD", "WHERE", "HAS", "CITE"):
            return
        known = {word: kind for kind, word in keywords(self.start).items()}
        written = str(self.words[at]).lower()[:30]
        meant = [word for word in (SYNONYMS.get(written),) if word in known]
        for word in [*meant, *get_close_matches(written, known, n=4, cutoff=0.6)]:
            yield self._try("spelt", at, 1, (token(known[word], word, self.words[at]),))

    def _quoted(self, at: int) -> Iterator[Repair]:
        """What stands up to the citation, or on the rest of the line, taken as words in quotation marks."""
        end = at
        while self.words[end].type not in ("CITE", "STRING", "$END") and self.words[end].line == self.words[at].line:
            end += 1
        if end > at:
            yield self._try("quote", at, end - at, (token("STRING", '"…"', self.words[at]),))

    def _put(self, at: int, clauses: Sequence[tuple[str, ...]]) -> Iterator[Repair]:
        before = self.words[at - 1] if at else self.words[at]
        for clause in clauses:
            yield self._try("put", at, 0, tuple(token(kind, stand_in(kind, self.start), before) for kind in clause))

    def _try(self, kind: str, at: int, cut: int, put: tuple[Token, ...]) -> Repair:
        parser = self._places[at].copy(deepcopy_values=False)
        if not all(_fits(parser, word) for word in put):
            return Repair(kind, at, cut, put, -1)
        place = at + cut
        for word in self.words[place : place + AHEAD]:
            if not _fits(parser, word):
                break
            place += 1
        return Repair(kind, at, cut, put, place)


def _fresh(lark: Lark, start: str) -> Parser:
    parser: Parser = lark.parse_interactive("", start=start)
    quiet = copy(parser.parser_state.parse_conf)
    quiet.callbacks = {}  # only whether it fits is asked, so nothing is built
    parser.parser_state.parse_conf = quiet
    return parser


def _fits(parser: Parser, word: Token) -> bool:
    try:
        parser.feed_token(word)
    except UnexpectedToken:
        return False
    return True


def _likely(kind: str) -> tuple[int, str]:
    order = ("WORD", "STRING", "COMMA", "RPAR", "WITH", "OF", "FROM", "IS", "ARROW", "AND")
    return (order.index(kind) if kind in order else len(order), kind)


def stand_in(kind: str, start: str) -> str:
    """What is put where a word of this kind is missing; `…` stands for whatever the writer meant."""
    return _SHOWN.get(kind) or keywords(start).get(kind, kind.lower())


_SHOWN = {"WORD": "…", "STRING": '"…"', "COMMA": ",", "ARROW": "->", "LPAR": "(", "RPAR": ")"} | {
    "LSQB": "[",
    "RSQB": "]",
    "LBRACE": "{",
    "RBRACE": "}",
}
