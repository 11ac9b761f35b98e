"""What the command says of itself, and what it says to somebody who gave it the wrong file or name."""

from pathlib import Path

import pikepdf
import pytest

from lodged.cli import run, verbs
from lodged.office.custodians import custodian
from lodged.office.desk.told import COLUMNS, folded
from lodged.problem import ProblemsError


def test_each_verb_has_a_line_that_tells_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for verb in verbs():
        (line,) = [line for line in lines if line.startswith(f"  {verb} ")]
        assert len(line.split()) > 4
        assert "`" not in line


def test_a_locked_pdf_says_what_to_ask_the_sender(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "enc.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert run(["read", str(file)]) == 2
    said = capsys.readouterr().err
    assert "the PDF is encrypted" in said
    assert "without" in said
    assert "password" in said


@pytest.mark.parametrize(
    ("text", "what"), [("", "the file is empty"), ("booking_no,last\n", "the roster lists nobody")]
)
def test_an_empty_roster_is_one_problem_with_a_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, what: str
) -> None:
    roster, query = tmp_path / "roster.csv", tmp_path / "query.json"
    roster.write_text(text)
    query.write_text('{"name": "RUIZ, ANA"}')
    assert run(["match", str(query), "--roster", str(roster)]) == 2
    said = capsys.readouterr().err
    assert said.count(str(roster)) == 1
    assert what in said
    assert "export" in said


def test_a_custodian_that_nobody_is_names_three_and_not_all() -> None:
    with pytest.raises(ProblemsError) as wrong:
        custodian("nope")
    assert wrong.value.problems[0].mend.count("/") == 3


def test_no_line_for_a_terminal_is_wider_than_one(tmp_path: Path) -> None:
    assert all(
        len(part) <= COLUMNS for part in folded("✖ HOLD   FORBIDDEN  " + "N.Y.C. Admin. Code § 9-131(b)(1); " * 9)
    )
    assert folded("short") == ["short"]
