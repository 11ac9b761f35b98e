"""`lodged demo`: the newcomer's one command, run as a newcomer runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lodged.cli import run

TOP_KEYS = {"arrival", "log", "papers", "person", "matter", "decisions", "files"}


def demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return spoken("--json", *arguments)


def spoken(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: kept for name, kept in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "lodged.cli", "demo", "--once", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)


def told(out: Path, *arguments: str) -> dict[str, object]:
    done = demo("--out", str(out), *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    assert set(found) >= TOP_KEYS
    return found


def test_the_sample_fax_comes_out_as_promised(tmp_path: Path) -> None:
    found = json.loads(json.dumps(told(tmp_path)))
    assert found["arrival"]["number"] == "L-2026-00001" or found["arrival"]["number"].startswith("L-")
    assert (found["papers"][0]["form"], found["papers"][0]["asks"]) == ("i-247a", ["hold", "notify"])
    assert found["papers"][0]["fields"]["name"]["value"] == "MERINO-PEREZ, MARCO ANTONIO"
    assert (found["person"]["state"], found["person"]["booking"]) == ("candidate", "J26-25693")
    assert [(one["act"], one["effect"], one["candidate"]) for one in found["decisions"]] == [
        ("hold", "forbidden", True),
        ("notify", "forbidden", True),
    ]
    assert all((tmp_path / name).read_bytes() for name in found["files"].values())
    assert not (tmp_path / ".office").exists(), "the data goes when the demonstration ends"
    assert run(["log", "audit", str(tmp_path / "log"), "--trust", str(tmp_path / found["files"]["policy"])]) == 0


def test_its_receipt_is_trusted_with_its_key_and_refused_once_altered(tmp_path: Path) -> None:
    files = json.loads(json.dumps(told(tmp_path)["files"]))
    receipt, document, policy = (tmp_path / files[name] for name in ("receipt", "document", "policy"))
    assert run(["verify", str(receipt)]) == 3
    assert run(["verify", str(receipt), str(document), "--trust", str(policy)]) == 0
    body = bytearray(receipt.read_bytes())
    body[len(body) // 3] ^= 1
    receipt.write_bytes(body)
    assert run(["verify", str(receipt)]) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.tif", b"", "empty"),
        ("broken.tif", b"II*\0\x08\0\0\0 and then nothing that makes sense", ""),
        ("words.pdf", b"%PDF-1.7\nnot really", ""),
    ],
)
def test_a_file_nobody_can_read_is_received_and_sealed_all_the_same(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    found = json.loads(json.dumps(told(tmp_path / "out", "--paper", str(tmp_path / name))))
    assert found["papers"][0]["trouble"]
    assert reason in found["papers"][0]["trouble"]
    assert found["decisions"] == []
    assert "a clerk must look" in found["waits_for"][0]
    assert run(["verify", str(tmp_path / "out" / found["files"]["receipt"])]) == 3


def test_an_own_roster_is_read_and_its_unknown_columns_are_told(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("booking_no,last,first,dob,a_number,shoe_size\nX-1,MERINO-PEREZ,MARCO,1962-11-24,A053740075,9\n")
    done = spoken("--roster", str(roster), "--out", str(tmp_path / "o"))
    assert done.returncode == 0, done.stderr
    assert "`shoe_size` is not known" in done.stderr
    assert "booking X-1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--paper", "nowhere.tif"], "`nowhere.tif` is not a file"),
        (["--custodian", "us-ny-nyc/dok"], "did you mean us-ny-nyc/doc"),
        (["--port", "0"], "`0` is not a port"),
        (["--roster", "/"], "`/` is not a file"),
    ],
)
def test_what_a_person_can_get_wrong_is_said_before_anything_is_set_up(arguments: list[str], said: str) -> None:
    done = demo(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_story_plays_both_kinds_of_state_and_ends_with_counts(tmp_path: Path) -> None:
    done = demo("--story", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    steps = json.loads(done.stdout)["steps"]
    effects = {
        step["custodian"]: {one["effect"] for one in step["told"]["decisions"]} for step in steps if step["told"]
    }
    assert effects["us-tx/sheriff"] == {"required"}
    assert effects["us-ny-nyc/doc"] == {"forbidden"}
    reports = [step["report"] for step in steps if step["report"]]
    assert [report["nil"] for report in reports] == [False, False, False, False, True]
    assert all(len(row["entries"]) == row["count"] for report in reports for row in report["figures"])
    assert any(step["not_built"] for step in steps)


def test_a_folder_with_other_files_is_never_taken_for_its_own(tmp_path: Path) -> None:
    (tmp_path / "my-own-file.txt").write_text("precious")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))
    }
    command = [sys.executable, "-m", "lodged.cli", "demo", "--once"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment | {"LODGED_HOME": str(tmp_path)}, check=False
    )
    assert done.returncode == 2
    assert "holds other files" in done.stderr
    assert (tmp_path / "my-own-file.txt").read_text() == "precious"
