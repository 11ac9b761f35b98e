"""How long a newcomer waits: a clone, no environment, an empty package cache, until the sign-in page answers."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.results import Figure

HERE = Path(__file__).parent.parent
RUNS = 3
LONGEST = 300


def measure() -> list[Figure]:
    """Cold set-up to the first page, then the next start of the same clone."""
    cold, warm = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            clone = Path(folder) / "clone"
            subprocess.run(["git", "clone", "--quiet", str(HERE), str(clone)], check=True)
            environment = _bare(Path(folder))
            cold.append(_until_first_page(clone, environment))
            warm.append(_until_first_page(clone, environment))
    return [
        Figure("cold set-up to first page", "s", tuple(cold), 60),
        Figure("next start to first page", "s", tuple(warm), 5),
    ]


def _bare(folder: Path) -> dict[str, str]:
    """An environment without caches and without an installer on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LODGED_", "DATABASE_URL", "VIRTUAL_ENV"))
    }
    path = ":".join(one for one in kept["PATH"].split(":") if not shutil.which("uv", path=one))
    return kept | {
        "PATH": path,
        "HOME": str(folder / "home"),
        "UV_CACHE_DIR": str(folder / "uv"),
        "PIP_NO_CACHE_DIR": "1",
        "LODGED_HOME": str(folder / "office"),
    }


def _until_first_page(clone: Path, environment: dict[str, str]) -> float:
    port = _free_port()
    started = time.perf_counter()
    program = subprocess.Popen(
        ["./dev", "demo", "--port", str(port)],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/sign-in", program, started)
        return time.perf_counter() - started
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(timeout=30)


def _wait_for(url: str, program: subprocess.Popen[bytes], started: float) -> None:
    while time.perf_counter() - started < LONGEST:
        if program.poll() is not None:
            raise RuntimeError(
                f"the demonstration ended early:\n{program.stderr.read().decode() if program.stderr else ''}"
            )
        try:
            with urllib.request.urlopen(url, timeout=2) as page:
                if page.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise TimeoutError(f"no page at {url} within {LONGEST} s")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
