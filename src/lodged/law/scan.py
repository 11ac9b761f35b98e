"""Finds the law blocks, the case blocks, in a literate Markdown pack and keeps their line numbers."""

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

    Raises ProblemsError where a fence is never closed.

    >>> blocks("Words.\\n```law\\nrule a\\n```\\n", "a.md")
    (Block(kind='law', line=3, text='rule a\\n'),)
    """
    found: list[Block] = []
    lines = markdown.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        fence = _fence(lines[at])
        if not fence:
            at += 1
            continue
        end = _end(lines, at, fence)
        if end is None:
            kind = lines[at].strip().strip("`~") or "block"
            raise ProblemsError([Problem(f"{where}, line {at + 1}", f"`{kind}` is never closed", f"add `{fence}`")])
        kind = lines[at].strip()[len(fence) :].strip()
        if kind in KINDS:
            found.append(Block(kind, at + 2, "".join(lines[at + 1 : end])))
        at = end + 1
    return tuple(found)


def _fence(line: str) -> str:
    """The fence a line opens with, or nothing: three or more backticks or tildes."""
    bare = line.strip()
    mark = bare[:1]
    length = len(bare) - len(bare.lstrip(mark)) if mark and mark in "`~" else 0
    return mark * length if length >= 3 else ""


def _end(lines: list[str], start: int, fence: str) -> int | None:
    for at in range(start + 1, len(lines)):
        closing = lines[at].strip()
        if closing.startswith(fence) and not closing.strip(fence[0]):
            return at
    return None
