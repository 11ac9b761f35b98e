"""A law pack as people read it: headings, paragraphs and lists in our words, each rule beside its paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lodged.office.decisions.library import packs, prose

HEADING = re.compile(r"^(#{1,4})\s+(.*)$")
BULLET = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(.*)$")
CODE, BOLD = re.compile(r"`([^`]+)`"), re.compile(r"\*\*([^*]+)\*\*")
SLANTED = re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?!\w)")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a pack: `kind` is `heading`, `text`, `list`, `law` or `case`; `level` only of a heading.

    `at` is the line of the file on which the text of a fenced block begins, counted from 1.
    """

    kind: str
    lines: tuple[str, ...]
    level: int = 0
    names: tuple[str, ...] = ()
    at: int = 0

    @property
    def text(self) -> str:
        """The lines as one text."""
        return ("\n" if self.kind in {"law", "case", "code"} else " ").join(self.lines)

    @property
    def html(self) -> SafeString:
        """A paragraph or heading with its bold words and names marked; everything else is escaped."""
        return inline(self.text)

    @property
    def points(self) -> list[SafeString]:
        """The points of a list."""
        return [inline(line) for line in self.lines]


def inline(text: str) -> SafeString:
    """One line of Markdown: names in backticks and bold words are marked, links keep their words.

    >>> inline("**no** `hold` <b>")
    '<b>no</b> <code>hold</code> &lt;b&gt;'
    """
    made = BOLD.sub(r"<b>\1</b>", LINK.sub(r"\1", escape(text)))
    made = CODE.sub(r"<code>\1</code>", SLANTED.sub(r"<i>\1</i>", made))
    return mark_safe(made)  # noqa: S308  (escaped first; only the marks above are added)


@cache
def blocks(pack_id: str) -> tuple[Block, ...]:
    """A pack's file, piece by piece; raises KeyError for a pack nobody knows."""
    return tuple(_blocks(prose(pack_id).splitlines()))


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch of prose with the rules that follow it, and their worked cases."""

    prose: tuple[Block, ...]
    rules: tuple[Block, ...]
    cases: tuple[Block, ...]


def pairs(pack_id: str) -> list[Pair]:
    """A pack's file as prose beside rules, paragraph by paragraph; the title is left to the page."""
    found: list[Pair] = []
    words: list[Block] = []
    rules: list[Block] = []
    cases: list[Block] = []
    for number, block in enumerate(blocks(pack_id)):
        if block.kind in {"heading", "text", "list"} and (rules or cases):
            found.append(Pair(tuple(words), tuple(rules), tuple(cases)))
            words, rules, cases = [], [], []
        if number or block.kind != "heading":
            {"heading": words, "text": words, "list": words, "case": cases}.get(block.kind, rules).append(block)
    found.append(Pair(tuple(words), tuple(rules), tuple(cases)))
    return found


def words_for(pack_id: str, rule: str) -> SafeString:
    """The paragraph that stands before a rule: what the law says there, in our words. Empty where there is none."""
    before = ""
    for block in blocks(pack_id) if pack_id in packs().files else ():
        if block.kind in {"text", "list"}:
            before = block.text
        if block.kind == "law" and rule in block.names:
            return inline(before)
    return inline("")


def _blocks(lines: list[str]) -> Iterator[Block]:
    waiting: list[str] = []
    bullets: list[str] = []
    fence: tuple[str, int, list[str]] | None = None
    for number, line in enumerate([*lines, ""], start=1):
        if fence is not None:
            if line.startswith("```"):
                yield _fenced(*fence)
                fence = None
            else:
                fence[2].append(line)
            continue
        heading, bullet = HEADING.match(line), BULLET.match(line)
        if bullets and line.startswith("  ") and not bullet:
            bullets[-1] += " " + line.strip()
            continue
        if heading or bullet or line.startswith("```") or not line.strip():
            yield from _paragraph(waiting)
        if bullets and not bullet:
            yield Block("list", tuple(bullets))
            bullets = []
        if line.startswith("```"):
            fence = (line.removeprefix("```").strip() or "code", number + 1, [])
        elif heading:
            yield Block("heading", (heading[2],), len(heading[1]))
        elif bullet:
            bullets.append(bullet[1])
        elif line.strip():
            waiting.append(line.strip())


def _paragraph(waiting: list[str]) -> Iterator[Block]:
    if waiting:
        yield Block("text", tuple(waiting))
        waiting.clear()


def _fenced(kind: str, at: int, lines: list[str]) -> Block:
    names = tuple(line.split()[1] for line in lines if line.startswith("rule ") and len(line.split()) > 1)
    return Block(kind.split()[0], tuple(lines), names=names, at=at)
