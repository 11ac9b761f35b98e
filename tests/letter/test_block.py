"""Blocks say what a thing is; a table that does not add up is refused."""

import pytest

from lodged.letter.block import Citation, Figures, Note, Signature, Steps, Strong, Table, block_data


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="without rows"):
        Table(("a",), (), (1,))


@pytest.mark.parametrize(
    ("rows", "widths"), [(((("a",),),), (1, 1)), (((("a",), ("b",)),), (1,)), (((("a",), ("b",)), (("c",),)), (1, 1))]
)
def test_a_table_has_a_cell_and_a_width_for_each_word_of_its_head(rows: tuple, widths: tuple) -> None:
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        Table(("one", "two"), rows, widths)


def test_a_table_keeps_the_kind_of_each_line() -> None:
    table = Table(("law",), (((Strong("Forbidden"), Citation("§ 1"), Figures("00ff"), "plain"),),), (1,))
    assert block_data(table) == {
        "kind": "table",
        "head": ["law"],
        "widths": [1],
        "rows": [
            [
                [
                    {"kind": "strong", "text": "Forbidden"},
                    {"kind": "citation", "text": "§ 1"},
                    {"kind": "figures", "text": "00ff"},
                    {"kind": "plain", "text": "plain"},
                ]
            ]
        ],
    }


def test_notes_steps_and_signatures_are_named_for_what_they_are() -> None:
    assert block_data(Note("UNWITNESSED", "Nobody.")) == {"kind": "note", "word": "UNWITNESSED", "text": "Nobody."}
    assert block_data(Steps((("one",),))) == {"kind": "steps", "steps": [[{"kind": "plain", "text": "one"}]]}
    assert block_data(Signature("Respectfully,", ("A",)))["lines"] == ["A"]
