"""The reference page of the law language is itself a pack: it parses, means something, its cases come out, nothing is left out."""

from pathlib import Path

import pytest
from lark import Tree

from lodged.law.fact import ACTS, DUTIES, TYPES
from lodged.law.packs import Packs, load
from lodged.law.parse import parse_file
from lodged.law.scan import KINDS, blocks
from lodged.law.spelling import grammar, keywords
from lodged.law.tidy import tidied
from lodged.law.tree import LEVELS, STATUSES, Statement
from lodged.law.worked import failures, unsound

PAGE = Path(__file__).parents[2] / "docs" / "law-language.md"
TEXT = PAGE.read_text(encoding="utf-8")
START = {"law": "law", "case": "cases"}
# These lines of the grammar only choose among others, and leave no trace of their own.
CHOICES = {"statement", "condition", "conjunction", "negation", "test", "value"}


@pytest.fixture(scope="module")
def page() -> Packs:
    return load(PAGE)


def trees(kind: str) -> list[Tree]:
    return [grammar(START[kind]).parse(block.text + "\n") for block in blocks(TEXT, "page.md") if block.kind == kind]


def test_the_page_is_a_pack_whose_cases_come_out(page: Packs) -> None:
    assert [str(problem) for problem in [*unsound(page), *failures(page)]] == []
    assert len(page.cases) >= 10


def test_the_page_shows_every_statement(page: Packs) -> None:
    shown = {type(statement).__name__ for pack in page.packs for statement in pack.statements}
    assert shown == {kind.__name__ for kind in Statement.__args__}


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_the_grammar_is_shown_in_an_example(kind: str) -> None:
    used = {str(node.data) for tree in trees(kind) for node in tree.iter_subtrees()}
    lines = {start: {str(rule.alias or rule.origin.name) for rule in grammar(start).rules} for start in START.values()}
    named = lines["law"] if kind == "law" else lines["cases"] - lines["law"]
    assert len(named) > 5
    assert {name for name in named if not name.startswith("_")} - CHOICES - used == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_language_is_shown_in_an_example(kind: str) -> None:
    text = " ".join(block.text for block in blocks(TEXT, "page.md") if block.kind == kind)
    seen = set(text.replace("(", " ").replace(")", " ").replace(",", " ").replace("[", " ").split())
    words = (
        set(keywords("law").values())
        if kind == "law"
        else set(keywords("cases").values()) - set(keywords("law").values())
    )
    assert words - seen == set()


def test_every_act_level_status_type_is_named() -> None:
    for word in (*ACTS, *DUTIES, *LEVELS, *STATUSES, *TYPES):
        assert word in TEXT


def test_the_examples_stand_in_canonical_form() -> None:
    assert tidied(TEXT, PAGE.name) == TEXT


def test_a_value_of_each_kind_is_given_in_a_case() -> None:
    _, cases = parse_file(TEXT, PAGE.name)
    values = [value for case in cases for _, value in case.facts]
    assert {str, list} <= {type(value) for value in values}
    assert [] in values
    assert any(isinstance(value, list) and value and isinstance(value[0], dict) for value in values)
