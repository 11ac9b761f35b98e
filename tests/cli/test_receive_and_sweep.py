"""`lodged receive` and `lodged sweep`, run as a fax server's hook and a timer run them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.office.faxes import SAMPLES, file, spool

from lodged.log import check
from lodged.office.home import Home

LETTER = SAMPLES / "letter.tif"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A demonstration's folder in which nothing has been taken in yet."""
    home = Home(tmp_path_factory.mktemp("intake") / "office")
    home.claim_for_demonstration()
    return home


def lodged(home: Home, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: kept for name, kept in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "lodged.cli", *arguments]
    return subprocess.run(
        command, env=environment | {"LODGED_HOME": str(home.folder)}, capture_output=True, check=False, timeout=120
    )


def told(home: Home, *arguments: str, code: int = 0) -> Any:
    done = lodged(home, *arguments, "--json")
    assert done.returncode == code, done.stderr.decode()
    return json.loads(done.stdout)


def test_a_hook_hands_a_call_over_and_gets_the_receipt_on_standard_output(home: Home, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool", 3127)
    done = lodged(
        home,
        "receive",
        str(folder / file(3127)),
        "--channel",
        "fax",
        "--spool",
        str(folder),
        "--receipt",
        "-",
        "--json",
    )
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads(done.stderr)
    verdict = check(done.stdout, LETTER.read_bytes(), None)
    assert (verdict.ok, verdict.document_matches, verdict.number) == (True, True, said["arrival"]["number"])
    assert (said["new"], said["arrival"]["channel"], said["arrival"]["pages"]) == (True, "fax", 1)
    assert (said["arrival"]["evidence"]["commid"], said["log"]["witnessed"]) == ("000003127", False)


def test_a_sweep_beside_an_office_that_is_open_waits_for_nobody(home: Home, tmp_path: Path) -> None:
    told(home, "sweep", "--spool", str(spool(tmp_path / "first", 3122)))
    holding = home.hold()
    try:
        said = told(
            home, "sweep", "--spool", str(spool(tmp_path / "second", 3125)), "--receipts", str(tmp_path / "out")
        )
    finally:
        os.close(holding)
    (one,) = said["taken_in"]
    assert (one["file"], one["commid"], one["pages"], one["log_row"]) == (file(3125), "000003125", 2, False)
    assert check(Path(one["receipt"]).read_bytes(), (tmp_path / "second" / file(3125)).read_bytes(), None).ok


def test_a_cut_file_is_said_and_the_exit_code_says_that_less_is_proved(home: Home, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool", 3121)
    (folder / file(3121)).write_bytes((folder / file(3121)).read_bytes()[:9000])
    said = told(home, "sweep", "--spool", str(folder), code=3)
    assert (said["taken_in"], said["left"][0]["file"], said["left"][0]["waits"]) == ([], file(3121), False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("receive", "{out}/nothing.tif", "--channel", "fax"), "there is no such file"),
        (("receive", "{out}", "--channel", "fax"), "there is no such file"),
        (("receive", "{out}/empty.tif", "--channel", "fax"), "the file is empty"),
        (("receive", str(LETTER), "--channel", "fax", "--spool", "{out}"), "there is no `recvq` in"),
        (("receive", str(LETTER), "--channel", "counter"), "nobody took it in"),
        (("receive", str(LETTER), "--channel", "counter", "--by", "nobody"), "nobody here signs in as `nobody`"),
        (("receive", str(LETTER), "--channel", "fax", "--custodian", "us-xx"), "`us-xx` is not a custodian"),
        (("receive", str(LETTER), "--channel", "pigeon"), "invalid choice: 'pigeon'"),
        (("sweep", "--spool", "{out}"), "there is no `recvq` in"),
    ],
)
def test_what_is_wrong_is_said_with_a_mend(home: Home, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    (tmp_path / "empty.tif").touch()
    done = lodged(home, *(one.format(out=tmp_path) for one in arguments))
    assert (done.returncode, words in done.stderr.decode(), b"Traceback" in done.stderr) == (2, True, False)


def test_real_papers_are_refused_while_the_office_is_not_fit_for_them(tmp_path: Path) -> None:
    done = lodged(Home(tmp_path / "real"), "receive", str(LETTER), "--channel", "fax")
    assert done.returncode == 2
    assert b"not encrypted at rest" in done.stderr
    assert not (tmp_path / "real").exists()
