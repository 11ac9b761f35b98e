"""`lodged read` and `lodged score` as commands."""

import json
from pathlib import Path

import pytest
from tests.page import files

from lodged.cli import run

LETTER = str(files.SAMPLES / "letter.tif")


def test_read_gives_each_page_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(files.DETAINER), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    first, second = told["pages"]
    assert (first["page"], first["form"], first["edition"], first["text"]) == (1, "i-247a", "3/17", None)
    assert set(first["fields"]["name"]) == {"value", "doubt", "second", "box"}
    assert first["boxes"]["b1b"]["value"] is True
    assert second["form"] == "i-200"
    assert told["papers"][0]["pages"] == [1, 2]


def test_read_gives_an_unknown_page_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", LETTER, "--json"]) == 0
    (page,) = json.loads(capsys.readouterr().out)["pages"]
    assert page["form"] is None
    assert "visitor rule book" in page["text"]


def test_read_speaks_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", LETTER]) == 0
    told = capsys.readouterr().out
    assert told.startswith("page 1: no known form, seems to be a letter\n")
    assert told.endswith("paper 1: no known form, page 1\n")


def test_read_says_that_less_was_read_than_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.tif"
    broken.write_bytes(files.tiff_broken_on_page_two())
    assert run(["read", str(broken)]) == 3
    assert "damaged after page 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "is a directory"), ("none.tif", "no such file"), ("empty", "is empty"), ("junk", "not a TIFF")],
)
@pytest.mark.parametrize("verb", ["read", "score"])
def test_what_cannot_be_read_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str, name: str, said: str
) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "junk").write_bytes(b"\x00\x01junk")
    assert run([verb, str(tmp_path / name), *([str(tmp_path)] if verb == "score" else [])]) == 2
    error = capsys.readouterr().err
    assert said in error or (verb == "score" and "is not a truth file" in error)


def test_score_counts_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("truth.json", "p040_L1.tif"):
        (tmp_path / name).write_bytes((files.PAGES / name).read_bytes())
    assert run(["score", str(tmp_path / "truth.json"), str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == 1
    assert told["groups"]["L1 typed"]["form"] == {"right": 1, "of": 1, "percent": 100.0}


def test_score_of_a_folder_without_the_faxes_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", str(files.PAGES / "truth.json"), str(tmp_path)]) == 2
    assert "holds none of the files" in capsys.readouterr().err
