"""`lodged match`, as others call it."""

import io
import json
from importlib import resources
from types import SimpleNamespace

import pytest

from lodged.cli import run

ROSTER = "booking_no,last,first,dob,a_number\nJ26-1,RUIZ,ANA,1962-03-08,053740075\nJ26-2,RUIZ,ANA,1990-09-09,\n"


@pytest.fixture
def files(tmp_path):
    query, roster = tmp_path / "query.json", tmp_path / "roster.csv"
    query.write_text(json.dumps({"name": "RUIZ, ANA", "dob": "1962-03-08", "a_number": "A053 740 075"}))
    roster.write_text(ROSTER)
    return SimpleNamespace(query=query, roster=roster, arguments=["match", str(query), "--roster", str(roster)])


def test_json_has_the_frozen_keys(files, capsys):
    assert run([*files.arguments, "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["candidates"]
    assert (first["booking"], first["rank"], first["identifiers_agreeing"], first["alarms"]) == ("J26-1", 1, 2, [])
    assert first["reasons"][0] == "A-number 053740075 is the same"
    assert "same surname, other birth date" in second["alarms"]
    assert second["identifiers_agreeing"] == 0


def test_the_sample_roster_answers(files, capsys):
    files.query.write_text(json.dumps({"name": "VIDAL, ZOE", "dob": "1973-07-26", "a_number": "A241 257 786"}))
    roster = resources.files("lodged") / "samples" / "roster.csv"
    assert run(["match", str(files.query), "--roster", str(roster), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["state"], said["candidates"], said["roster"]["people"]) == ("not_known", [], 40)


def test_without_json_it_speaks_in_sentences(files, capsys):
    assert run(files.arguments) == 0
    said = capsys.readouterr().out
    assert "a person must say whether it is the one" in said
    assert "ALARM: same surname, other birth date" in said


def test_a_query_may_come_from_standard_input(files, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(files.query.read_bytes())))
    assert run(["match", "-", "--roster", str(files.roster), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["candidates"][0]["booking"] == "J26-1"


def test_doubts_about_the_roster_are_told_and_the_search_goes_on(files, capsys):
    files.roster.write_text(ROSTER.replace("1990-09-09", "31/31/1999") + ",LI,,,\n")
    assert run([*files.arguments, "--json"]) == 0
    said = capsys.readouterr()
    assert "line 3" in said.err
    assert "line 4" in said.err
    roster = json.loads(said.out)["roster"]
    assert (roster["people"], roster["set_aside"], len(roster["problems"])) == (2, 1, 2)


def test_citizenship_changes_not_one_character_of_the_answer(files, capsys):
    answers = set()
    for cells in (("PERU", "CUBA"), ("CUBA", "PERU"), ("", "USA")):
        lines = [f"{line},{cell}" for line, cell in zip(ROSTER.splitlines(), ("citizenship", *cells), strict=True)]
        files.roster.write_text("\n".join(lines))
        for said in ("PERU", "USA"):
            files.query.write_text(json.dumps({"name": "RUIZ, ANA", "dob": "1962-03-08", "citizenship": said}))
            assert run([*files.arguments, "--json"]) == 0
            answers.add(capsys.readouterr().out)
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("query", "mend"),
    [
        ("", "LAST, FIRST"),
        ("[]", "LAST, FIRST"),
        ("{", "LAST, FIRST"),
        ("[" * 100_000, "LAST, FIRST"),
        ("{}", "give a `name`"),
        ('{"name": "RUIZ, ANA", "dob": "31/31/1999"}', "YYYY-MM-DD"),
        ('{"name": ["RUIZ"]}', "write it in quotes"),
    ],
)
def test_a_wrong_query_is_told_how_to_mend_it(files, capsys, query, mend):
    files.query.write_text(query)
    assert run(files.arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert mend in said.err


@pytest.mark.parametrize(
    ("document", "mend"),
    [
        (b"", "the columns are"),
        (b"\x89PNG\0", "export"),
        (b"booking_no,last\n", "export"),
        (b"name\nRUIZ\n", "the columns are"),
    ],
)
def test_a_wrong_roster_is_told_how_to_mend_it(files, capsys, document, mend):
    files.roster.write_bytes(document)
    assert run(files.arguments) == 2
    assert mend in capsys.readouterr().err


def test_files_that_cannot_be_read_are_problems(files, capsys, tmp_path):
    for arguments in (
        ["match", str(tmp_path / "none.json"), "--roster", str(files.roster)],
        ["match", str(files.query), "--roster", str(tmp_path)],
        ["match", str(files.query), "--roster", "\0"],
        ["match", str(files.query), "--roster", str(files.roster), "--zone", "Mars/Base"],
    ):
        assert run(arguments) == 2
        assert capsys.readouterr().err


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_that_shows_nobody_is_refused(files, capsys, limit):
    with pytest.raises(SystemExit) as caught:
        run([*files.arguments, "--limit", limit])
    assert caught.value.code == 2
    assert "--limit" in capsys.readouterr().err
