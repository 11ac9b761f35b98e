"""`lodged sweep` as whoever keeps the fax server calls it, in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lodged.cli import run

DATA = Path(__file__).parents[1] / "dispute" / "data"
START = (
    "import sys; from pathlib import Path; from lodged.cli._office import open_office;"
    "clock = open_office(Path(sys.argv[1]), 'lodged.office.desk.clock', 'us-ny-nyc/doc', demo=True);"
    "from lodged.office.seals import heads; heads.start(clock.now())"
)


def called(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL", "DJANGO_"))
    }
    environment = {**kept, "LODGED_HOME": str(home), "LODGED_DEMO": "1"}
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=environment, check=False, timeout=120
    )


def test_an_orphan_is_taken_in_once_and_what_is_left_is_named(tmp_path: Path) -> None:
    shutil.copytree(DATA / "spool", tmp_path / "spool")
    home = tmp_path / "office"
    started = called(home, "-c", START, str(home))
    assert started.returncode == 0, started.stderr
    first = called(home, "-m", "lodged.cli", "sweep", "--spool", str(tmp_path / "spool"), "--json")
    told = json.loads(first.stdout)
    assert first.returncode == 3
    assert [one["file"] for one in told["taken"]] == ["recvq/fax000003125.tif"]
    assert "the call broke off" in {one["file"]: one["why"] for one in told["left"]}["recvq/fax000003129.tif"]
    again = called(home, "-m", "lodged.cli", "sweep", "--spool", str(tmp_path / "spool"))
    assert again.stdout.startswith("spool: 0 taken in, 1 known already, 10 left")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--spool", "{tmp}"], "there is no fax server's spool here"),
        (["--spool", "{spool}"], "there is no office here"),
        (["--spool", "{spool}", "--custodian", "us-ny-nyc/dog"], "is not a custodian"),
    ],
)
def test_wrong_input_ends_with_two(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], what: str
) -> None:
    monkeypatch.setenv("LODGED_HOME", str(tmp_path / "none"))
    assert run(["sweep", *(one.format(tmp=tmp_path, spool=DATA / "spool") for one in arguments)]) == 2
    assert what in capsys.readouterr().err
