"""Says in words what is wrong with a text the grammar does not accept."""

from collections.abc import Iterable
from difflib import get_close_matches

from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from lodged.problem import Problem


def near_words(word: str, known: Iterable[str]) -> str:
    """The known words closest to one, as a mend; empty where none is close."""
    near = get_close_matches(word, list(known), n=2)
    return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else ""


_CLAUSES = {
    "CITE": 'cite "…"',
    "WHEN": "when CONDITION",
    "UNLESS": "unless CONDITION",
    "WORD": "a name",
    "STRING": 'words in "…"',
    "_ARROW": "-> EFFECT",
}


def mistake(error: UnexpectedInput, text: str, where: str) -> Problem:
    """The problem behind an error of the parser, with the line the writer would look at."""
    if isinstance(error, UnexpectedCharacters):
        line = text.splitlines()[error.line - 1].strip()
        what = f"`{error.char}` has no meaning here: `{line}`"
        return Problem(f"{where}, line {error.line}", what, 'close every "…" on its own line, and use words only')
    expected = _expected(error)
    if _wants_citation(error):
        at, name = _statement_before(text, _line_of(error, text))
        return Problem(f"{where}, line {at}", f"`{name}` has no citation", 'add: cite "…", the section it comes from')
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        last = len(text.rstrip().splitlines())
        return Problem(f"{where}, line {last}", "the text ends too soon", f"here may follow: {expected}")
    assert isinstance(error, UnexpectedToken)
    near = near_words(str(error.token), [word.lower() for word in _allowed(error)])
    mend = near or f"here may follow: {expected}"
    return Problem(f"{where}, line {error.token.line}", f"`{error.token}` is not expected here", mend)


def _allowed(error: UnexpectedInput) -> set[str]:
    """The kinds of word that may stand here."""
    found: set[str] = set(getattr(error, "accepts", None) or getattr(error, "expected", None) or ())
    return found


def _wants_citation(error: UnexpectedInput) -> bool:
    if not isinstance(error, UnexpectedToken) or "CITE" not in _allowed(error):
        return False
    return error.token.type in _STARTS or error.token.type == "$END"


_STARTS = frozenset(
    [
        "PACK",
        "DEFINE",
        "DEFAULT",
        "TABLE",
        "FACT",
        "RULE",
        "QUESTION",
        "SETTLES",
        "CHALLENGE",
        "CLOCK",
        "CONSTRAINT",
        "PREVAILS",
        "YIELDS",
        "READING",
    ]
)


def _line_of(error: UnexpectedInput, text: str) -> int:
    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(text.splitlines()) + 1 if ended else error.line


def _statement_before(text: str, line: int) -> tuple[int, str]:
    lines = text.splitlines()
    for at in range(min(line, len(lines) + 1) - 2, -1, -1):
        if lines[at].split(" ", 1)[0].upper() in _STARTS:
            return at + 1, lines[at].strip()
    return line, lines[line - 1].strip()


def _expected(error: UnexpectedInput) -> str:
    words = sorted(_CLAUSES.get(name, f"`{name.lower()}`") for name in _allowed(error) if not name.startswith("_"))
    return ", ".join(words[:8]) if words else "nothing"
