"""Finds the law blocks, the case blocks, in a literate Markdown pack and keeps their line numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from lodged.problem import Problem, ProblemsError

KINDS = ("law", "case")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its kind (`law` or `case`), the file's line its text begins on, and that text."""

    kind: str
    line: int
    text: str


def blocks(markdown: str, where: str) -> tuple[Block, ...]:
    """Every law and case block of a pack in order; other fences and the prose are passed over.

    Raises ProblemsError where a fence is never closed, or where a block's kind is misspelt.

    >>> blocks("Words.\\n```law\\nrule a\\n```\\n", "a.md")
    (Block(kind='law', line=3, text='rule a\\n'),)
    """
    found, problems = scanned(markdown, where)
    if problems:
        raise ProblemsError(problems)
    return tuple(found)


def scanned(markdown: str, where: str) -> tuple[list[Block], list[Problem]]:
    """The blocks that are whole, and what is wrong with the others' fences."""
    found: list[Block] = []
    problems: list[Problem] = []
    lines = lines_of(markdown)
    at = 0
    while at < len(lines):
        fence = _fence(lines[at])
        if not fence:
            at += 1
            continue
        kind = _kind(lines[at], fence)
        end = _end(lines, at, fence, kind)
        if end is None or not _closes(lines[end], fence):
            problems.append(_never_closed(lines, at, end, fence, f"{where}, line {at + 1}"))
            at = len(lines) if end is None else end
            continue
        problems += _misspelt(kind, f"{where}, line {at + 1}")
        if kind in KINDS:
            found.append(Block(kind, at + 2, "".join(lines[at + 1 : end])))
        at = end + 1
    return found, problems


def lines_of(text: str) -> list[str]:
    """The lines of a text as an editor numbers them: only a line feed ends one.

    >>> lines_of("a\\x0cb\\nc")
    ['a\\x0cb\\n', 'c']
    """
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _fence(line: str) -> str:
    """The fence a line opens with, or nothing: three or more backticks or tildes."""
    bare = _bare(line)
    mark = bare[:1]
    length = len(bare) - len(bare.lstrip(mark)) if mark and mark in "`~" else 0
    return mark * length if length >= 3 else ""


def _bare(line: str) -> str:
    return line.strip().lstrip("\ufeff")  # some editors write a byte order mark before the first line


def _kind(line: str, fence: str) -> str:
    return _bare(line)[len(fence) :].strip()


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return bare.startswith(fence) and not bare.strip(fence[0])


def _end(lines: list[str], start: int, fence: str, kind: str) -> int | None:
    """The line that closes a block; of a law or case block also one that opens the next, since it cannot stand inside."""
    for at in range(start + 1, len(lines)):
        if _closes(lines[at], fence):
            return at
        opened = _fence(lines[at])
        if kind in KINDS and opened and _kind(lines[at], opened) in KINDS:
            return at
    return None


def _never_closed(lines: list[str], at: int, end: int | None, fence: str, where: str) -> Problem:
    kind = _kind(lines[at], fence)
    what = f"the `{kind}` block is never closed" if kind else "this block is never closed"
    before = "at its end" if end is None else f"above line {end + 1}, where the next block begins"
    return Problem(where, what, f"write {fence} {before}")


def _misspelt(kind: str, where: str) -> Iterator[Problem]:
    """A block that was meant to be read and would be passed over, for one letter."""
    for known in KINDS:
        if kind != known and (kind.lower() in (known, known + "s") or sorted(kind.lower()) == sorted(known)):
            yield Problem(where, f"`{kind}` is no kind of block and would not be read", f"did you mean `{known}`?")
