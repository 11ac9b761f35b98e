"""A machine makes up requests from the description of the API, sends them to a live server, and holds each answer to it."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from lodged.office.portal.models import Key, Submission
from tests.portal.conftest import Program

pytestmark = [pytest.mark.api, pytest.mark.xdist_group("browser")]
EXAMPLES = "5"  # of each operation beyond the edges that are always tried: the whole stays within seconds
PLENTY = 10_000_000


def test_every_answer_is_as_declared(live_server: LiveServer, program: Program, tmp_path: Path) -> None:
    Key.objects.filter(pk=program.key.pk).update(
        per_hour=PLENTY, per_day=PLENTY, asks_per_minute=PLENTY, bytes_per_day=PLENTY * 1000
    )
    program.submit()
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/api/v1/openapi.json"]
    command += ["--header", f"Authorization: Bearer {program.issued.secret}", "--checks", "all"]
    command += ["--max-examples", EXAMPLES, "--seed", "1", "--generation-database", "none", "--no-color"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Fuzzing" in ran.stdout
    assert Submission.objects.count() > 1
