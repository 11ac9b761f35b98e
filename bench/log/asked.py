"""A measurement in a process of its own, so that its memory and its office are nobody else's."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def of(module: str, *arguments: str, python: str = sys.executable) -> dict[str, Any]:
    """Run a module that prints one JSON object on its last line; raises `RuntimeError` with its last words."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))
    }
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [python, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module}: {(done.stderr.strip().splitlines() or ['ended without a word'])[-1]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
