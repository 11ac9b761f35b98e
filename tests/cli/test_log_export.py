"""`lodged log export`: an office's log is written out by one command and audited by the next."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lodged.cli import run


def lodged(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "lodged.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=kept | {"LODGED_HOME": str(home)}, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which one file has come, which nobody can read as a paper."""
    folder = tmp_path_factory.mktemp("export") / "office"
    paper = folder.parent / "paper"
    paper.write_bytes(b"no paper at all")
    done = lodged(folder, "demo", "--once", "--keep", "--json", "--paper", str(paper))
    assert done.returncode == 0, done.stderr
    return folder


def test_what_is_written_out_is_audited(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = lodged(home, "log", "export", str(tmp_path / "log"), "--json")
    assert done.returncode == 0, done.stderr
    size = json.loads(done.stdout)["size"]
    assert run(["log", "audit", str(tmp_path / "log"), "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["size"], found["opened"]) == (True, size, 0)
    assert size > 0


def test_opened_entries_are_for_an_auditor(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lodged(home, "log", "export", str(tmp_path / "log"), "--opened").returncode == 0
    run(["log", "audit", str(tmp_path / "log"), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["opened"] == found["size"]


def test_where_no_office_is_or_no_folder_can_be_is_2(home: Path, tmp_path: Path) -> None:
    nowhere = lodged(tmp_path / "nothing", "log", "export", str(tmp_path / "log"))
    assert (nowhere.returncode, "no office here" in nowhere.stderr) == (2, True)
    assert not (tmp_path / "nothing").exists()
    (tmp_path / "file").write_text("a file")
    taken = lodged(home, "log", "export", str(tmp_path / "file"))
    assert (taken.returncode, "this is a file" in taken.stderr) == (2, True)


def test_the_offices_own_records_are_hashed_again_and_a_changed_document_is_named(home: Path) -> None:
    whole = lodged(home, "log", "recheck")
    assert (whole.returncode, "are as they were sealed" in whole.stdout) == (0, True)
    (document,) = (path for path in (home / "documents").rglob("*") if path.is_file())
    before = document.read_bytes()
    document.chmod(0o600)
    document.write_bytes(before + b"!")
    changed = lodged(home, "log", "recheck", "--json")
    document.write_bytes(before)
    found = json.loads(changed.stdout)
    assert (changed.returncode, found["ok"]) == (1, False)
    assert [fault["where"] for fault in found["faults"]] == ["arrival L-2026-00001"]
