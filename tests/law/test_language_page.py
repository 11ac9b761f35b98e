"""The reference page of the law language is itself a pack: it parses, means something, and its cases come out."""

from pathlib import Path

import lodged.law
from lodged.law.packs import Source, read
from lodged.law.tree import Statement
from lodged.law.worked import failures

PAGE = Path(__file__).parents[2] / "docs" / "law-language.md"


def test_the_page_is_a_pack_whose_cases_come_out() -> None:
    packs = read([Source("law-language.md", PAGE.read_text(encoding="utf-8"))])
    assert [str(problem) for problem in failures(packs)] == []
    assert len(packs.cases) == 7


def test_the_page_shows_every_construct() -> None:
    packs = read([Source("law-language.md", PAGE.read_text(encoding="utf-8"))])
    shown = {type(statement).__name__ for statement in packs.packs[0].statements}
    every = {kind.__name__ for kind in Statement.__args__}
    # A table needs a file beside it, a settled question another pack: both are shown in the running text.
    assert every - shown == {"Table", "Settles"}
    assert lodged.law.load().packs
