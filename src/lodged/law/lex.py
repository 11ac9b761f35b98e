"""What the words of the language may look like: names, remarks, what a reader cannot see or could not follow."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import TypeVar

from lodged.law.automaton import Worded, automaton
from lodged.problem import Problem

W = TypeVar("W", bound=Worded)

DEEPEST = 30  # brackets and `not` within one another: no statute goes deeper, and no reader follows
LONGEST = 20_000  # characters in one line; the longest definition of the packaged law has 200

# Characters that a reader cannot see, in a text that counsel adopts by reading it (Unicode categories Cc and Cf).
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def too_long(text: str, first: int, where: str) -> list[Problem]:
    """Lines too long to be read by a person, and by this program in reasonable time."""
    found = []
    for number, line in enumerate(text.split("\n"), first):
        if len(line) > LONGEST:
            what = f"this line has {len(line)} characters: `{line[:30]}…`"
            found.append(Problem(f"{where}, line {number}", what, f"break it into lines of at most {LONGEST}"))
    return found


def short(text: str) -> str:
    """Words quoted in a problem, cut where they are long.

    >>> short("a" * 100)[-3:], len(short("a" * 100))
    ('aa…', 60)
    """
    return text if len(text) <= 60 else text[:59] + "…"


def near_words(word: str, known: Iterable[str]) -> str:
    """The known words closest to one, as a mend; empty where none is close."""
    near = get_close_matches(word, list(known), n=2)
    return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else ""


def too_deep(words: Sequence[W]) -> W | None:
    """The first word at which brackets and `not` stand more than `DEEPEST` within one another."""
    opened: list[int] = []
    depth = nots = 0
    for word in words:
        if word.type == "NOT":
            nots += 1
        elif word.type == "LPAR":
            opened.append(nots + 1)
            depth += nots + 1
            nots = 0
        else:
            nots = 0
            if word.type == "RPAR" and opened:
                depth -= opened.pop()
        if depth + nots > DEEPEST:
            return word
    return None


_REMARK = re.compile(r'"[^"\n]*"|[^\s",(){}\[\]#][^\s",(){}\[\]]*|(#)')


@functools.cache
def is_word(text: str) -> bool:
    """May the text stand as a name or a value without quotation marks?

    >>> is_word("i-247a"), is_word("unless"), is_word("two words")
    (True, False, False)
    """
    return automaton("law").is_name(text)


def has_remark(text: str) -> bool:
    """Does a remark (`# …`) stand in a block? A `#` inside a name or inside quotation marks is none.

    >>> has_remark("rule r # why"), has_remark('uses us/a#b cite "§ # 5"')
    (True, False)
    """
    return any(match[1] for match in _REMARK.finditer(text))


_ENDS_A_CASE = frozenset(["WORD", "STRING", "RSQB", "RBRACE", "NOTHING"])


def case_by_case(words: Sequence[W]) -> Iterator[list[W]]:
    """One case or `let` after another: each begins a line, where the line before is no unfinished list."""
    statement: list[W] = []
    for word in words:
        if statement and word.line != statement[-1].line and _begins_a_case(word, statement[-1]):
            yield statement
            statement = []
        statement.append(word)
    if statement:
        yield statement


def _begins_a_case(word: Worded, before: Worded) -> bool:
    return word.type == "LET" or (word.type == "WORD" and before.type in _ENDS_A_CASE)
