"""`python -m faults.postgres COMMAND…`: a PostgreSQL of our own for as long as a command runs, its address in DATABASE_URL."""

import os
import shlex
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def main(command: Sequence[str]) -> int:
    """Give the command's own exit code."""
    with tempfile.TemporaryDirectory(prefix="lodged-postgres-") as folder, running(Path(folder)) as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server with nothing in it on a free port of this machine, from Debian's packages; its address."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]
    cluster, port = folder / "cluster", _free_port()
    cluster.mkdir()
    folder.chmod(0o755)
    if os.getuid() == 0:
        subprocess.run(["chown", "postgres", str(cluster)], check=True)
    _run(programs / "initdb", "-D", cluster, "-A", "trust", "-U", "postgres")
    options = f"-p {port} -k {cluster} -h 127.0.0.1"
    _run(programs / "pg_ctl", "-D", cluster, "-w", "-l", cluster / "log", "-o", options, "start")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        _run(programs / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")


def _run(*command: object) -> None:
    """Run as the user `postgres` where we are root, since the server refuses root."""
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["su", "postgres", "-s", "/bin/sh", "-c", shlex.join(words)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
