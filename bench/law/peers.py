"""The peers' own environment, and one process for each engine that is measured."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LIST = ROOT / "bench" / "peers.txt"
FOLDER = Path(sys.prefix) / "peers"
PYTHON = FOLDER / "bin" / "python"


def installed() -> dict[str, str]:
    """Each package of the list, with why it could not be installed; an empty text means that it is there."""
    stamp = FOLDER / "peers.json"
    wanted = hashlib.sha256(LIST.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists():
        kept: dict[str, Any] = json.loads(stamp.read_text())
        if kept["list"] == wanted:
            return dict(kept["problems"])
    uv = _installer()
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(FOLDER)], check=True)
    problems = {line: _install(uv, line) for line in _listed()}
    stamp.write_text(json.dumps({"list": wanted, "problems": problems}))
    return problems


def _listed() -> list[str]:
    lines = (line.strip() for line in LIST.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _installer() -> str:
    """The installer that `./dev` uses: the machine's, else the one it keeps in its own environment."""
    kept = [Path(sys.prefix) / "installer" / "bin" / "uv", Path(sys.prefix) / "bin" / "uv"]
    found = shutil.which("uv") or next((str(path) for path in kept if path.exists()), None)
    if found is None:
        raise FileNotFoundError("no installer: run this as `./dev bench law`")
    return found


def _install(uv: str, package: str) -> str:
    command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    asks = re.search(r"depends on (Python[<>=.\d]+)", done.stderr)
    return f"asks for {asks[1]}" if asks else " ".join(done.stderr.split())[:200]


class Worker:
    """One engine's process, asked line by line."""

    def __init__(self, engine: str, python: str) -> None:
        self.engine = engine
        self.said = Path(tempfile.mkstemp()[1])
        with self.said.open("wb") as said:
            self.program = subprocess.Popen(
                [python, "-m", "bench.law.worker", engine],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    def ask(self, *line: object) -> Any:
        """What the engine's process answers. Raises RuntimeError where it ended, with its last words."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        try:
            print(json.dumps(line), file=self.program.stdin, flush=True)
            answer = self.program.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            words = self.said.read_text(errors="replace").strip().splitlines()
            raise RuntimeError(f"{self.engine}: {words[-1] if words else 'ended without a word'}")
        return json.loads(answer)

    def end(self) -> None:
        """Closes its input, at which it stops."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.close()
        self.program.stdout.close()
        self.program.wait(timeout=30)
        self.said.unlink()


@contextmanager
def workers(engines: dict[str, str]) -> Iterator[dict[str, Worker]]:
    """A process for each engine, by its name, with the Python that runs it."""
    started: dict[str, Worker] = {}
    try:
        for engine, python in engines.items():
            started[engine] = Worker(engine, python)
        yield started
    finally:
        for worker in started.values():
            worker.end()
