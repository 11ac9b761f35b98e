"""The tables by which a law is read are those of the grammar, and read exactly what the parser generator reads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Tree
from lark.exceptions import UnexpectedInput

from lodged.law import tabled
from lodged.law.automaton import TABLES, UnreadableError, automaton
from lodged.law.packs import packaged
from lodged.law.scan import blocks
from lodged.law.spelling import grammar

BLOCKS = [
    ("law" if block.kind == "law" else "cases", block.text)
    for source in packaged()
    for block in blocks(source.markdown, source.name)
]
NAMES = sorted({str(rule.alias or rule.origin.name) for start in tabled.STARTS for rule in grammar(start).rules})


def _made(name: str) -> Callable[..., Any]:
    return lambda self, line, children: (name, line, [*children])


class Trees:
    """A reader that keeps what the grammar found as it is."""


for _name in NAMES:
    if not _name.startswith("_"):
        setattr(Trees, _name, _made(_name))


def by_tables(start: str, text: str) -> object:
    try:
        return automaton(start).read(automaton(start).words(text, 1), Trees())
    except UnreadableError:
        return None


def by_generator(start: str, text: str) -> object:
    try:
        return _plain(grammar(start).parse(text))
    except UnexpectedInput:
        return None


def _plain(node: object) -> object:
    if isinstance(node, Tree):
        return str(node.data), getattr(node.meta, "line", 0), [_plain(child) for child in node.children]
    return str(node)


def test_the_tables_are_those_of_the_grammar() -> None:
    written = Path(tabled.__file__).with_name(TABLES).read_text(encoding="utf-8")
    assert written == tabled.written(tabled.tables()), "run: python -m lodged.law.tabled"


def test_every_block_of_the_packaged_law_is_read_alike() -> None:
    assert len(BLOCKS) > 100
    for start, text in BLOCKS:
        found = by_tables(start, text)
        assert found is not None
        assert found == by_generator(start, text)


@given(st.sampled_from(BLOCKS), st.data())
@settings(max_examples=120, deadline=None)
def test_a_block_with_a_word_lost_doubled_or_moved_is_read_or_refused_alike(
    block: tuple[str, str], data: st.DataObject
) -> None:
    start, text = block
    words = [*automaton(start).words(text, 1)][: data.draw(st.integers(1, 60))]
    at = data.draw(st.integers(0, len(words) - 1))
    change = data.draw(st.sampled_from(["lost", "doubled", "moved", "kept"]))
    taken = words.pop(at) if change in ("lost", "moved") else words[at]
    if change in ("doubled", "moved"):
        words.insert(data.draw(st.integers(0, len(words))), taken)
    changed = data.draw(st.sampled_from([" ", "\n"])).join(words)
    assert by_tables(start, changed) == by_generator(start, changed)


@given(st.sampled_from(tabled.STARTS), st.text("ab1-.>\"'#,()[]{} \n\t\u00a0\x0céor not", max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_characters_are_read_or_refused_alike(start: str, text: str) -> None:
    assert by_tables(start, text) == by_generator(start, text)


@pytest.mark.parametrize(
    "word", ["i-247a", "us-ny-nyc/9-131", "person.convictions[0].on", "§", "a b", " a", "a\n", "unless", ""]
)
def test_a_name_is_what_the_generator_takes_for_one(word: str) -> None:
    read = by_generator("law", f"settles {word} is A cite {chr(34)}c{chr(34)}")
    assert automaton("law").is_name(word) == (read is not None and word == word.strip())


def test_words_keep_their_lines() -> None:
    found = automaton("law").words('define a\n  # why\n  as b cite "c"', 7)
    assert [(str(word), word.type, word.line) for word in found][:4] == [
        ("define", "DEFINE", 7),
        ("a", "WORD", 7),
        ("as", "AS", 9),
        ("b", "WORD", 9),
    ]
