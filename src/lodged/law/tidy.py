"""Rewrites the law blocks of a literate pack in canonical form and leaves the prose and the cases as they are."""

from lodged.law.lex import has_remark
from lodged.law.parse import read_block
from lodged.law.scan import blocks, lines_of
from lodged.law.written import written, written_header


def tidied(markdown: str, where: str) -> str:
    """The same file with every law block in canonical form. A remark inside a block keeps it as it was.

    Raises ProblemsError where a block cannot be read.
    """
    lines = lines_of(markdown)
    for block in reversed(blocks(markdown, where)):
        if block.kind != "law" or has_remark(block.text) or not block.text.strip():
            continue
        pack, statements = read_block(block, where)
        parts = ([written_header(pack)] if pack else []) + [written(statement) for statement in statements]
        start = block.line - 1
        lines[start : start + len(lines_of(block.text))] = ["\n\n".join(parts) + "\n"]
    return "".join(lines)
