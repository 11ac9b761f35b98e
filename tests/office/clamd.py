"""A real clamd of our own, with one signature: the harmless text that every scanner knows (EICAR)."""

import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In two halves, so that no scanner on a developer's machine takes this file away.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
KNOWN_AS = "Test.Invented.UNOFFICIAL"
STREAM_MEGABYTES = 1


@contextmanager
def clamd(folder: Path) -> Iterator[Path]:
    """Its socket, from when it answers to the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "test.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Test.Invented\n")
    socket, settings = folder / "socket", folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {folder}\nForeground yes\nStreamMaxLength {STREAM_MEGABYTES}M\n"
        f"LogFile {folder}/log\n"
    )
    process = subprocess.Popen(
        ["clamd", "--config-file", str(settings)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        while not socket.exists():
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
        yield socket
    finally:
        process.terminate()
        process.wait()
