"""An office under test: made once by a real start, copied for each fault, used in a process of its own each time."""

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from lodged.office.home import Home

CUSTODIAN = "us-ny-nyc/doc"
Expected = Mapping[str, str]  # number of a receipt -> SHA-256 of the file that was handed out
Tell = Callable[[Mapping[str, str]], None]
Deed = Callable[[Tell], None]
Watch = Callable[[int], "subprocess.Popen[str]"]


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process told before it ended, and how it ended: its exit code, or the negative of the signal that killed it."""

    told: tuple[Mapping[str, str], ...]
    code: int

    @property
    def handed_out(self) -> Expected:
        """The receipts among what was told."""
        return {one["number"]: one["sha256"] for one in self.told if "number" in one}


def say(said: Mapping[str, str]) -> None:
    """Print one JSON line."""
    print(json.dumps(said), flush=True)


def prepare(home: Path) -> Expected:
    """A new office with its tables and two papers, made by a real start; then Django is set up in this process.

    Gives the receipts handed out so far. `DATABASE_URL` names the database, else it is SQLite in the folder.
    """
    run = [sys.executable, "-m", "faults.first", str(home)]
    made = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout
    os.environ |= {"LODGED_HOME": str(home), "LODGED_CUSTODIAN": CUSTODIAN, "LODGED_DEMO": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "lodged.office.desk.settings"
    django.setup()
    importlib.import_module("faults.deeds")  # here, so that no forked process has to
    return Ended(tuple(map(json.loads, made.splitlines())), 0).handed_out


def database() -> str:
    """The name of the database that the office stands on."""
    return str(connection.display_name)


def copied(home: Path, to: Path) -> Path:
    """The same office in another folder, which is emptied first."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(home, to))


def take_in(document: bytes) -> Deed:
    """The deed of taking one paper in."""
    return lambda tell: importlib.import_module("faults.deeds").take_in(document, tell)


def careless(document: bytes) -> tuple[Deed, ...]:
    """The same deed with nothing ever synced, and with files synced and folders not."""
    deeds = importlib.import_module("faults.deeds")
    kinds = (deeds.take_in_carelessly, deeds.take_in_without_folders)
    return tuple(partial(kind, document) for kind in kinds)


def wrong_with(home: Path, expected: Expected, quiet: bool = False) -> list[str]:
    """Open the office after a fault: everything that is wrong with it, nothing where it is whole and can go on."""
    deeds = importlib.import_module("faults.deeds")
    ended = within(home, lambda tell: deeds.opened_again(expected, b"the paper after", tell), quiet=quiet)
    wrong = [one["wrong"] for one in ended.told if "wrong" in one]
    if not wrong and not any("whole" in one for one in ended.told):
        wrong.append("it cannot be opened, or cannot take in the next paper")
    return wrong


def within(home: Path, deed: Deed, watch: Watch | None = None, quiet: bool = False) -> Ended:
    """Do a deed in an office, in a forked process; `watch` gets hold of it by its number before the deed begins."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _as_child(home, deed, writing, watch is not None, quiet)
    os.close(writing)
    watcher = None
    if watch is not None:
        os.waitpid(child, os.WUNTRACED)
        watcher = watch(child)
        os.kill(child, signal.SIGCONT)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().splitlines(keepends=True)
    _, status = os.waitpid(child, 0)
    if watcher is not None:
        watcher.communicate()
    told = tuple(json.loads(line) for line in lines if line.endswith(b"\n"))
    return Ended(told, os.waitstatus_to_exitcode(status))


def _as_child(home: Path, deed: Deed, writing: int, watched: bool, quiet: bool) -> None:
    """Never returns: the process ends with the deed, as it would at the end of a verb."""
    code = 1
    try:
        settings.HOME = Home(home)
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = str(home / "lodged.sqlite3")
        if watched:
            os.kill(os.getpid(), signal.SIGSTOP)
        deed(lambda said: _say(writing, said))
        code = 0
    except BaseException:
        if not quiet:
            traceback.print_exc()
    finally:
        os._exit(code)


def _say(descriptor: int, said: Mapping[str, str]) -> None:
    os.write(descriptor, json.dumps(said).encode() + b"\n")
