"""How the foreign programs are built and asked."""

import os
import subprocess
from pathlib import Path

from tests.foreign.evidence import Shown

HERE = Path(__file__).parent
GO_CODE = "/usr/share/gocode"  # where Debian's golang-golang-x-mod-dev puts it
PROGRAMS = ("go", "node")
Commands = dict[str, list[str]]


def built(program: Path) -> Commands:
    """How each program is called; the Go one is built first, offline, from Debian's packages alone."""
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": GO_CODE, "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", str(program), "."], cwd=HERE / "go", env=environment, check=True)
    return {"go": [str(program)], "node": ["node", str(HERE / "node" / "verify.js")]}


def ask(command: list[str], shown: Shown) -> tuple[int, str]:
    """The program's exit code and the sentence that it says."""
    done = subprocess.run([*command, str(shown.log), str(shown.evidence)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip() or done.stderr.strip()
