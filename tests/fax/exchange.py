"""Two HylaFAX servers and two software modems that call each other, set up in one folder and gone with it."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

PROGRAMS = ("faxq", "faxgetty", "hfaxd", "iaxmodem", "sendfax", "unshare", "mount", "sudo", "setpriv")
ROOT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NAMESPACES = ("--mount", "--net", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc")
EXAMPLE = Path("/usr/share/doc/iaxmodem/examples/config.ttyIAX")
REPLACED = ("FAXNumber:", "LocalIdentifier:", "GettyArgs:", "RecvFileMode:", "LogFileMode:")
# Seconds until a modem that was busy sending is looked at again, and until a call that was not answered is tried again.
SOON = (
    "PollLockWait: 1",
    "PollModemWait: 1",
    "ModemResetDelay: 100",
    "ModemSoftResetCmdDelay: 100",
    *(f"JobReq{why}: 5" for why in ("Busy", "NoAnswer", "NoCarrier", "NoFCon", "DataConn", "Other")),
)
LONGEST_CALL_S = 150
AHEAD = ("nice", "-n", "-10")  # the modems are software: on a busy machine they must not starve


class ExchangeError(Exception):
    """The exchange cannot be set up here, or something it was waiting for did not come."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One fax server: its name, its modem, its number, the port where its clients reach it, its spool."""

    name: str
    line: int
    number: str
    port: int
    spool: Path

    @property
    def modem(self) -> str:
        return f"ttyIAX{self.line}"

    def rows(self, kind: str) -> list[list[str]]:
        """The rows of one kind (`SEND`, `RECV`, `CALL`) in its log."""
        log = self.spool / "log/xferfaxlog"
        lines = log.read_text().splitlines() if log.exists() else []
        split = [[column.strip('"') for column in line.split("\t")] for line in lines]
        return [columns for columns in split if columns[1] == kind]

    def received(self) -> list[Path]:
        return sorted((self.spool / "recvq").glob("fax*.tif"))

    def traces(self) -> list[str]:
        """The names of the traces of its calls, the newest last."""
        return sorted(path.name for path in (self.spool / "log").glob("c0*"))

    def called_at(self, commid: str) -> datetime:
        """When the trace of a call was last written, a little after its last page."""
        return datetime.fromtimestamp((self.spool / "log" / f"c{commid}").stat().st_mtime, UTC)

    def newest_trace(self) -> str:
        """The trace of the newest call, as far as it is written."""
        return _read(self.spool / "log" / self.traces()[-1]) if self.traces() else ""


class Exchange:
    """The world with both machines in it; `with` sets it up and takes it down whole."""

    def __init__(self) -> None:
        missing = [name for name in PROGRAMS if shutil.which(name, path=ROOT_PATH) is None]
        if missing:
            raise ExchangeError(f"`{'`, `'.join(missing)}` missing; `./dev fax` installs what a real fax needs")
        self.folder = Path(tempfile.mkdtemp(prefix="lodged-fax-"))
        self.folder.chmod(0o755)  # the servers run as uucp and must reach their spools
        self.sender = Machine("sender", 0, "15125550100", 4600, self.folder / "sender")
        self.city = Machine("city", 1, "15125550199", 4559, self.folder / "city")
        self.world: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        try:
            self._lay_out()
            command = ["unshare", *NAMESPACES, sys.executable, str(Path(__file__).with_name("switchboard.py"))]
            self.world = subprocess.Popen(
                [*command, str(self.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            self._answer()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.world is not None:
            self.world.communicate(timeout=20)  # the end of its input is the end of that world
        shutil.rmtree(self.folder)

    def open(self) -> None:
        """Plug both modems in, start both servers, wait until both can send."""
        for machine in (self.sender, self.city):
            self.start(machine, "iaxmodem", *AHEAD, "iaxmodem", machine.modem)
        for machine in (self.sender, self.city):
            self.start(machine, "faxq", "faxq", "-D", "-q", str(machine.spool))
            self.start(
                machine, "hfaxd", "hfaxd", "-d", "-q", str(machine.spool), "-l", "127.0.0.1", "-i", str(machine.port)
            )
            self.answer(machine)
        self._until_idle()

    def answer(self, machine: Machine) -> None:
        """Start the process that takes calls; HylaFAX is installed so that init(8) does this."""
        self.start(machine, "faxgetty", *AHEAD, "faxgetty", "-q", str(machine.spool), machine.modem)

    def start(self, machine: Machine, program: str, *command: str) -> None:
        name = f"{machine.name}-{program}"
        self._ask({"start": name, "command": list(command), "log": str(self.folder / "log" / name)})

    def kill(self, machine: Machine, program: str) -> None:
        """SIGKILL, and wait until it is gone."""
        self._ask({"kill": f"{machine.name}-{program}"})

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command in that world to its end."""
        environment = {"PATH": ROOT_PATH, "TMPDIR": str(self.folder), "LANG": "C.UTF-8", "HOME": str(self.folder)}
        done = self._ask({"run": list(command), "env": environment | dict(env or {})})
        return subprocess.CompletedProcess(command, done["code"], done["out"], done["err"])

    def send(self, *files: Path) -> str:
        """Fax files from the sender's machine to the city once both can; gives the job's number at once."""
        self._until_idle()
        options = ("-h", f"127.0.0.1:{self.sender.port}", "-n", "-d", self.city.number)
        done = self.run("sendfax", *options, *map(str, files))
        if done.returncode:
            raise ExchangeError(done.stderr)
        return done.stdout.split()[3]

    def confirmation(self, job: str) -> str:
        """Wait for the end of a job and give what the sender's machine has to show for it: a row a try, and its job file."""
        kept = self.sender.spool / "doneq" / f"q{job}"
        self.until(lambda: "state:7" in _read(kept), f"job {job} does not end")
        tries = ["\t".join(row) for row in self.sender.rows("SEND") if row[4] == job]
        sheet = "\n".join([*tries, _read(kept)])
        (self.folder / f"confirmation-{job}.txt").write_text(sheet)
        return sheet

    def until(self, ready: Callable[[], object], otherwise: str) -> None:
        """Wait until something is there; raises ExchangeError, with what both servers say, when a call would be over."""
        end = time.monotonic() + LONGEST_CALL_S
        while not ready():
            if time.monotonic() > end:
                raise ExchangeError(f"{otherwise} (waited {LONGEST_CALL_S} s)\n{self._state()}")
            time.sleep(0.02)

    def _until_idle(self) -> None:
        for machine in (self.sender, self.city):
            self.until(partial(_idle, machine), f"the modem of the {machine.name} is not ready")

    def _state(self) -> str:
        """What both servers say of themselves, for whoever looks for what went wrong."""
        asked = (("faxstat", "-h", f"127.0.0.1:{machine.port}", "-s", "-d") for machine in (self.sender, self.city))
        told = [self.run(*command).stdout for command in asked]
        for machine in (self.sender, self.city):
            for name in ("xferfaxlog", "lodged", *machine.traces()[-1:]):
                told += [f"{machine.name}: {name}", *_read(machine.spool / "log" / name).splitlines()[-15:]]
        return "\n".join(told)

    def _lay_out(self) -> None:
        for name in ("dev", "log", "locks", "over/iaxmodem", "over/sudoers.d"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "locks").chmod(0o1777)
        (self.folder / "over/hosts").write_text(f"127.0.0.1 localhost {_hostname()}\n")
        (self.folder / "over/resolv.conf").write_text("")
        for machine, other in ((self.sender, self.city), (self.city, self.sender)):
            (self.folder / "over/iaxmodem" / machine.modem).write_text(_modem(machine, other))
            shutil.copytree("/var/spool/hylafax", machine.spool, symlinks=True, ignore=_old)
            subprocess.run(["chown", "-R", "--reference=/var/spool/hylafax", str(machine.spool)], check=True)
            shutil.copytree("/etc/hylafax", machine.spool / "etc", symlinks=True)
            shutil.chown(machine.spool / "etc/hosts.hfaxd", "uucp", "uucp")
            locks = f"UUCPLockDir: {self.folder / 'locks'}\n"
            (machine.spool / "etc/config").write_text(f"{locks}LogFacility: daemon\nNotifyCmd: bin/nothing\n")
            (machine.spool / "etc" / f"config.{machine.modem}").write_text(_class1(machine) + locks)
            for name in ("log/seqf", "log/xferfaxlog"):  # the first to write makes it, and a sender runs as root
                (machine.spool / name).write_text("1" if name.endswith("seqf") else "")
                (machine.spool / name).chmod(0o600)
                shutil.chown(machine.spool / name, "uucp", "uucp")
            script(machine.spool / "bin/nothing", "#!/bin/sh\nexit 0\n")

    def _ask(self, order: Mapping[str, Any]) -> Any:
        assert self.world is not None
        assert self.world.stdin is not None
        self.world.stdin.write(json.dumps(order) + "\n")
        self.world.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self.world is not None
        assert self.world.stdout is not None
        line = self.world.stdout.readline()
        if not line:
            raise ExchangeError("a world of its own cannot be made here: it takes root and unshare(2)")
        return json.loads(line)


def script(path: Path, text: str) -> None:
    """Write a program."""
    path.write_text(text)
    path.chmod(0o755)


def _modem(machine: Machine, other: Machine) -> str:
    lines = (
        f"device /dev/{machine.modem}",
        "owner uucp:uucp",
        "mode 660",
        f"port {4570 + machine.line}",
        "refresh 0",
        f"server 127.0.0.1:{4570 + other.line}",
        "peername x",
        "secret x",
        f"cidname {machine.name.upper()}",
        f"cidnumber {machine.number}",
        "codec slinear",
    )
    return "\n".join(lines) + "\n"


def _class1(machine: Machine) -> str:
    """The modem's configuration as iaxmodem's package gives it, with this machine's names."""
    kept = [line for line in EXAMPLE.read_text().splitlines() if not line.startswith(REPLACED)]
    own = (
        f"FAXNumber: +{machine.number}",
        f'LocalIdentifier: "{machine.name.upper()} {machine.number[1:]}"',
        "FaxRcvdCmd: bin/nothing",
        *SOON,
    )
    return "\n".join([*kept, *own]) + "\n"


def _old(folder: str, names: list[str]) -> list[str]:
    """What a machine's own spool may hold of its own work is not copied; neither is its configuration."""
    work = ("recvq", "sendq", "doneq", "docq", "log", "archive", "status", "client", "tmp", "pollq")
    if folder == "/var/spool/hylafax":
        return [name for name in names if name == "etc" or name.startswith("FIFO")]
    return names if Path(folder).name in work else []


def _idle(machine: Machine) -> bool:
    return "Running and idle" in _read(machine.spool / "status" / machine.modem)


def _hostname() -> str:
    return Path("/proc/sys/kernel/hostname").read_text().strip()


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
