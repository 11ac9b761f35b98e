"""The child that opens files: what it can still do, what it sees, and what becomes of it where bubblewrap does not run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.page import files

from lodged.page import open_document, sandbox
from lodged.page.limits import DEFAULT
from lodged.page.mends import mend
from lodged.page.walls import BUBBLEWRAP, LIMITS, POSSIBLE, Walls

FAX = files.DETAINER.read_bytes()


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test finds out anew what runs on this machine."""
    monkeypatch.setattr(sandbox, "_given_up", {})


def told_inside(code: str, way: str) -> list[list[str]]:
    """What a few lines of Python print, run in the same walls as the child that opens files."""
    whole = sandbox.command(way, DEFAULT)
    inside = [*whole[: whole.index("-m")], "-c", code]
    told = subprocess.run(inside, env=sandbox.environment(), capture_output=True, check=True, cwd="/")
    found: list[list[str]] = json.loads(told.stdout)
    return found


def test_the_trials_notice_a_child_that_gave_nothing_up() -> None:
    code = "import json; from lodged.page.rights import still_possible; print(json.dumps(still_possible()))"
    free = subprocess.run([sys.executable, "-c", code], env=sandbox.environment(), capture_output=True, check=True)
    assert set(json.loads(free.stdout)) >= {"files", "writing", "processes", "programs"}


@pytest.mark.parametrize("way", [BUBBLEWRAP, LIMITS])
def test_in_whichever_way_a_file_is_opened_its_reader_can_do_nothing_else(way: str) -> None:
    (walls,) = [open_document(FAX, way=each).walls for each in sandbox.ways() if each == way] or [Walls(way)]
    assert walls == Walls(way, (), "")


def test_inside_bubblewrap_there_is_neither_machine_nor_home_nor_document() -> None:
    code = "import json, os; print(json.dumps([os.listdir('/'), sorted(os.environ)]))"
    seen, variables = told_inside(code, BUBBLEWRAP) if BUBBLEWRAP in sandbox.ways() else (["usr"], ["LANG"])
    assert not set(seen) & {"etc", "proc", "sys", "var", "boot", "srv", "run", "home"}
    assert not [name for name in variables if name.startswith(("LODGED", "DJANGO", "DATABASE"))]


def test_bubblewrap_that_is_not_there_is_done_without_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    opened = open_document(FAX)
    assert len(opened.pages) == 2
    assert opened.walls is not None
    assert (opened.walls.by, opened.walls.why) == (LIMITS, sandbox.NOT_INSTALLED)
    assert "network" not in opened.walls.lacks
    assert "without bubblewrap (it is not installed)" in opened.walls.words()


def test_bubblewrap_that_the_kernel_forbids_is_tried_once_and_its_own_word_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tried = tmp_path / "tried"
    forbidden = tmp_path / "bwrap"
    said = "bwrap: No permissions to create new namespace"
    forbidden.write_text(f'#!/bin/sh\necho x >> {tried}\necho "{said}" >&2\nexit 1\n')
    forbidden.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    first, second = open_document(FAX), open_document(FAX)
    assert [len(first.pages), len(second.pages)] == [2, 2]
    assert first.walls == second.walls
    assert first.walls is not None
    assert (first.walls.by, first.walls.why) == (LIMITS, said)
    assert tried.read_text() == "x\n"


def test_where_no_child_can_be_started_nothing_is_opened_until_one_can(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sandbox, "CHILD", "lodged.page.no_such_module")
        opened = open_document(FAX)
    assert (opened.pages, opened.walls) == ((), None)
    assert opened.trouble == "the reader of files could not be started on this machine"
    assert "Tell whoever runs this machine" in mend(opened.trouble)
    assert len(open_document(FAX).pages) == 2


def test_what_is_lacking_is_said_in_words() -> None:
    every = Walls(LIMITS, tuple(POSSIBLE), "it is not installed").words()
    assert all(words in every for words in POSSIBLE.values())
