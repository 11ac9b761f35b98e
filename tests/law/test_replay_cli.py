"""`lodged law replay` at a terminal: counts, files, and problems told in words."""

import importlib
import json
from pathlib import Path
from types import ModuleType

import pyarrow.parquet as pq
import pytest

from lodged.cli import run

TEXT = "at,custodian,act,paper.form,warrant.signed_by,state\n"
ROWS = "2019-06-01,us-ny/sheriff,hold,i-247d,none,NEW YORK\n" * 2 + "2017-06-01,us-ny/sheriff,hold,i-247d,none,\n"


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(TEXT + ROWS, encoding="utf-8")
    return path


def replay(recorded: Path, *more: str) -> int:
    return run(["law", "replay", str(recorded), "--out", str(recorded.parent / "out.parquet"), *more])


def test_counts_come_first_and_files_last(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(recorded, "--by", "state") == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[0] == "3 cases: 3 decided in 2 states, 0 put aside"
    assert "  forbidden  2" in lines
    assert "  NEW YORK   forbidden  2" in lines
    assert "  (nothing)  not_known  1" in lines
    assert lines[-1] == f"decided rows: {recorded.parent / 'out.parquet'}"
    assert "deciding" in shown.err


def test_quiet_says_nothing_beside(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(recorded, "--quiet") == 0
    assert capsys.readouterr().err == ""


def test_json_holds_every_count(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded.write_text(TEXT + ROWS + "2019-02-30,us-ny/sheriff,hold,i-247d,none,\n", encoding="utf-8")
    assert replay(recorded, "--quiet", "--json", "--by", "state", "--as-of", "2020-01-01") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["decided"], found["bad"]) == (4, 3, 1)
    assert found["effects"] == {"forbidden": 2, "not_known": 1}
    assert {"from": "not_known", "to": "forbidden", "cases": 1} in found["turned"]
    assert {"by": {"state": "NEW YORK"}, "effect": "forbidden", "other_effect": "forbidden", "cases": 2} in found[
        "counts"
    ]
    assert pq.read_metadata(found["files"]["out"]).num_rows == 3
    assert pq.read_table(found["files"]["bad"]).to_pylist()[0]["row"] == 4


def test_options_go_before_the_file_and_the_map(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(recorded, "--custodian", "us-wa/sheriff", "--act", "interview", "--json", "--quiet") == 0
    assert json.loads(capsys.readouterr().out)["effects"] == {"not_known": 3}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--custodian", "us-ny/sherif"], "did you mean `us-ny/sheriff`"),
        (["--act", "holdd"], "`holdd` is not a known act"),
        (["--by", "stat"], "the file has no column `stat`"),
        (["--as-of", "soon"], "`soon` is not a date"),
        (["--against", "us-ny/sheriff"], "names no day"),
        (["--against", "us-ny/sherif@2019-01-01"], "is not a known custodian"),
        (["--map", "nowhere.toml"], "the map cannot be read"),
        (["--with-draft", "us-ny/none"], "is no draft pack"),
        (["--law", "nowhere"], "holds no law pack"),
    ],
)
def test_what_is_wrong_is_told_with_a_mend(
    recorded: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(recorded, "--quiet", *more) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("head.csv", TEXT.encode(), "a header and no row"),
        ("junk.csv", b"\xff\xfe\x00junk\n\x00", "cannot be read as text"),
        ("broken.csv", TEXT.encode() + b"2019-06-01,\xff,hold,,,\n", "cannot be read as text"),
        ("junk.parquet", b"PAR1 is not enough", "this is no Parquet file"),
        ("other.csv", b"name,colour\nx,red\n", "the file has no column `at`"),
    ],
)
def test_files_that_are_no_cases_are_told(
    name: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert replay(path, "--quiet") == 2
    assert said in capsys.readouterr().err


def test_missing_files_and_folders_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(tmp_path / "nowhere.csv", "--quiet") == 2
    assert "there is no such file" in capsys.readouterr().err
    (tmp_path / "folder").mkdir()
    assert replay(tmp_path / "folder", "--quiet") == 2
    assert "holds no .parquet file" in capsys.readouterr().err


def test_cases_are_never_written_over(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = recorded.read_bytes()
    assert run(["law", "replay", str(recorded), "--out", str(recorded), "--quiet"]) == 2
    assert "is the file of cases itself" in capsys.readouterr().err
    assert run(["law", "replay", str(recorded), "--out", str(recorded.parent / "no" / "out.parquet"), "--quiet"]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert recorded.read_bytes() == before


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    recorded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = importlib.import_module

    def without(name: str, package: str | None = None) -> ModuleType:
        if name.endswith("replay.duck"):
            raise ModuleNotFoundError("No module named 'duckdb'", name="duckdb")
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without)
    assert replay(recorded, "--quiet") == 2
    assert "pip install 'lodged[replay]'" in capsys.readouterr().err
