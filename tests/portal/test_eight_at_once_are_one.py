"""The same request sent eight times at the same moment is one submission, on a real server and a real file."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.portal.eight_at_once import TIMES


def test_one_arrival_and_one_answer(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))}
    ours = {
        "LODGED_HOME": str(tmp_path / "office"),
        "LODGED_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "lodged.office.desk.settings",
    }
    command = [sys.executable, "-m", "tests.portal.eight_at_once"]
    root = Path(__file__).parents[2]
    ran = subprocess.run(command, env=kept | ours, cwd=root, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert len(told["answers"]) == TIMES
    assert {answer[:3] for answer in told["answers"]} == {"201"}
    assert len(set(told["answers"])) == 1
    assert told["arrivals"] == 1
