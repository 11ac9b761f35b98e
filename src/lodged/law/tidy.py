"""Rewrites the law blocks of a literate pack in canonical form and leaves the prose and the cases as they are."""

from lodged.law.parse import read_block
from lodged.law.scan import blocks
from lodged.law.written import written, written_header


def tidied(markdown: str, where: str) -> str:
    """The same file with every law block in canonical form. Comments inside a block keep it as it was.

    Raises ProblemsError where a block cannot be read.
    """
    lines = markdown.splitlines(keepends=True)
    for block in reversed(blocks(markdown, where)):
        if block.kind != "law" or "#" in _outside_words(block.text):
            continue
        pack, statements = read_block(block, where)
        parts = ([written_header(pack)] if pack else []) + [written(statement) for statement in statements]
        start = block.line - 1
        lines[start : start + len(block.text.splitlines())] = ["\n\n".join(parts) + "\n"]
    return "".join(lines)


def _outside_words(text: str) -> str:
    """The text where a comment could stand: a line's part that begins with # after space."""
    return "".join("#" for line in text.splitlines() if line.lstrip().startswith("#") or " #" in line.split('"')[0])
