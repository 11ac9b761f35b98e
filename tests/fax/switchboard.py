"""The first process of a small world of its own: devices, network and processes that nobody outside sees.

It is started under unshare(1) and obeys lines of JSON on its standard input; at their end it ends, and whatever it
started ends with it, because the kernel ends a process namespace with its first process.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

NODES = ("null", "zero", "full", "random", "urandom", "tty", "ptmx")
SIOCSIFFLAGS, UP_AND_RUNNING = 0x8914, 0x1 | 0x40  # netdevice(7)


def main(folder: Path) -> None:
    """Set the world up, say `ready`, then do what is asked, one line at a time."""
    set_up(folder)
    running: dict[str, subprocess.Popen[bytes]] = {}
    say({"ready": True})
    for line in sys.stdin:
        say(obey(json.loads(line), running))


def set_up(folder: Path) -> None:
    """Loopback, and private devices; what is named in `over/` covers the same path of the machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP_AND_RUNNING))
    mount("--make-rprivate", "/")
    devices = folder / "dev"
    mount("-t", "tmpfs", "-o", "mode=755", "dev", str(devices))
    for name in NODES:
        found = os.stat(f"/dev/{name}")
        os.mknod(devices / name, found.st_mode, found.st_rdev)
        os.chmod(devices / name, 0o666)
    (devices / "pts").mkdir()
    (devices / "fd").symlink_to("/proc/self/fd")
    mount("--bind", "/dev/pts", str(devices / "pts"))
    mount("--move", str(devices), "/dev")
    for over in sorted((folder / "over").iterdir()):
        if Path("/etc", over.name).exists():
            mount("--bind", str(over), f"/etc/{over.name}")


def obey(order: dict[str, Any], running: dict[str, subprocess.Popen[bytes]]) -> dict[str, Any]:
    """Start a daemon by name, kill it at once, or run a command to its end."""
    if "start" in order:
        log = open(order["log"], "ab")  # noqa: SIM115  (it is the daemon's from here on)
        running[order["start"]] = subprocess.Popen(order["command"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return {"started": order["start"]}
    if "kill" in order:
        victim = running.pop(order["kill"])
        victim.send_signal(signal.SIGKILL)
        return {"killed": order["kill"], "code": victim.wait()}
    done = subprocess.run(order["run"], capture_output=True, text=True, check=False, env=order["env"])
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def mount(*arguments: str) -> None:
    subprocess.run([shutil.which("mount") or "/bin/mount", *arguments], check=True)


def say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
