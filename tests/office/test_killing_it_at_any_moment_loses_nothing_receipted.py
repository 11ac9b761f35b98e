"""SIGKILL at twenty instants, each followed by a start: what had a receipt is still there, to the byte, and still proves itself."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import lodged
from lodged.log import check, trust
from lodged.log.sign import load_key

KILLS = 20
EARLIEST = 0.2  # share of a whole run: before that there is only Python to kill
FAX = Path(lodged.__file__).parent / "samples" / "faxes" / "detainer-with-warrant.tif"
Receipts = dict[str, tuple[str, bytes]]


def start(home: Path, paper: Path) -> subprocess.Popen[bytes]:
    """The demonstration on one paper, its data kept."""
    command = [sys.executable, "-m", "lodged.cli", "demo", "--once", "--keep", "--json", "--paper", str(paper)]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))
    }
    return subprocess.Popen(
        command, env=environment | {"LODGED_HOME": str(home)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def receipts(home: Path) -> Receipts:
    """Every receipt that stands in the database, with the hash of its document."""
    if not (home / "lodged.sqlite3").exists():
        return {}
    connection = sqlite3.connect(home / "lodged.sqlite3")
    try:
        rows = connection.execute(
            "SELECT number, a.sha256, r.body FROM seals_receipt r JOIN arrivals_arrival a USING (number)"
        ).fetchall()
    except sqlite3.OperationalError:  # killed before the tables were there
        return {}
    finally:
        connection.close()
    return {number: (digest, body) for number, digest, body in rows}


def papers(folder: Path) -> Iterator[Path]:
    """A fax and a file that cannot be read, in turn, no two alike."""
    for number in range(KILLS):
        path = folder / f"paper-{number}"
        head = FAX.read_bytes() if number % 2 else b"no paper at all"
        path.write_bytes(head + b"\n%d" % number)
        yield path


def instant(number: int, whole: float) -> float:
    """Spread over a run that takes `whole` seconds, the same shares at each test run."""
    share = int.from_bytes(sha256(b"%d" % number).digest()[:4]) / 2**32
    return whole * (EARLIEST + (1 - EARLIEST) * share)


def finished(home: Path, paper: Path) -> float:
    """Run to the end; gives the seconds it took on this machine, as busy as it is."""
    started = time.perf_counter()
    program = start(home, paper)
    errors = program.communicate(timeout=180)[1].decode()
    assert program.returncode == 0, errors
    return time.perf_counter() - started


@pytest.mark.kills
def test_what_had_a_receipt_survives_twenty_kills(tmp_path: Path) -> None:
    home = tmp_path / "office"
    first = tmp_path / "first"
    first.write_bytes(FAX.read_bytes() + b"\nfirst")
    whole = finished(home, first)
    seen = receipts(home)
    killed = 0
    for number, paper in enumerate(papers(tmp_path)):
        program = start(home, paper)
        time.sleep(instant(number, whole))
        if program.poll() is None:
            program.send_signal(signal.SIGKILL)
            killed += 1
        program.wait(timeout=60)
        now = receipts(home)
        assert {name: now.get(name) for name in seen} == seen
        seen = now
    finished(home, paper)
    after = receipts(home)
    assert killed >= KILLS // 2
    assert len(after) > 2
    assert {name: after[name] for name in seen} == seen
    check_each(home, after)


def check_each(home: Path, after: Receipts) -> None:
    """Each receipt proves its own document, and the number of arrivals has no gap."""
    key = load_key(home / "keys" / "log.pem")
    for digest, body in after.values():
        document = (home / "documents" / digest[:2] / digest).read_bytes()
        verdict = check(body, document, trust(key.vkey))
        assert (verdict.ok, verdict.trusted, verdict.document_matches) == (True, True, True)
    assert sorted(after) == [f"{name[:7]}{place:05d}" for place, name in enumerate(sorted(after), start=1)]
