"""The walls around the child that opens files: bubblewrap where it runs, else limits and rules of the kernel alone.

Inside bubblewrap there is no network, no process of anybody else, and no file but Python, its libraries and this
package, all read-only: no /etc, no home, no document but the one on standard input.
"""

import importlib.util
import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import lodged
from lodged.page.limits import Limits
from lodged.page.walls import BUBBLEWRAP, LIMITS

CHILD = "lodged.page.child"
LIBRARIES = ("PIL", "pikepdf", "pypdfium2", "rapidfuzz")  # what the child, or its package, imports from elsewhere
SYSTEM = ("/lib", "/lib64", "/lib32", "/usr/lib", "/usr/lib64")
DEVICES = ("/dev/null", "/dev/urandom")
NOT_INSTALLED = "it is not installed"
EVERY_WALL = ("--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--chdir", "/")

# way -> why it does not run on this machine, found out by trying once in each process
_given_up: dict[str, str] = {}


def ways() -> list[str]:
    """The ways of shutting a child in that are not known to fail here, the strongest first."""
    if shutil.which("bwrap") is None:
        give_up(BUBBLEWRAP, NOT_INSTALLED)
    return [way for way in (BUBBLEWRAP, LIMITS) if way not in _given_up]


def give_up(way: str, why: str) -> None:
    """Remember that a way does not run here, and why. The last way is never given up: it is tried again each time."""
    if way != LIMITS:
        _given_up[way] = why


def why_not(way: str) -> str:
    """Why a way was given up; empty where it was not."""
    return _given_up.get(way, "")


def command(way: str, limits: Limits) -> list[str]:
    """What to run, with the file on standard input."""
    python = os.path.realpath(sys.executable)
    child = [python, "-S", "-s", "-P", "-B", "-m", CHILD, json.dumps(asdict(limits))]
    if way == LIMITS:
        return child
    walls = [part for place in _shown(python) for part in ("--ro-bind", place, place)]
    links = [part for name in SYSTEM if os.path.islink(name) for part in ("--symlink", os.readlink(name), name)]
    devices = [part for name in DEVICES for part in ("--dev-bind", name, name)]
    return [shutil.which("bwrap") or "bwrap", *EVERY_WALL, *walls, *links, *devices, "--remount-ro", "/", "--", *child]


def environment() -> dict[str, str]:
    """The child's whole environment: where its modules lie, and nothing of ours."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(_module_roots()), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}


def _module_roots() -> list[str]:
    roots = [Path(lodged.__file__).parents[1]]
    for name in LIBRARIES:
        found = importlib.util.find_spec(name)
        if found is not None and found.origin is not None:
            roots.append(Path(found.origin).parents[1])
    return list(dict.fromkeys(str(root) for root in roots))


def _shown(python: str) -> Iterator[str]:
    """What is shown inside, read-only, outer folders before inner ones."""
    ours, *foreign = _module_roots()
    mine = ours if ours in foreign else str(Path(lodged.__file__).parent)
    told = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sysconfig.get_config_var("LIBDIR")]
    places = {mine, python, *foreign, *(place for place in told if place)}
    places.update(name for name in SYSTEM if os.path.isdir(name) and not os.path.islink(name))
    for place in sorted(place for place in places if os.path.exists(place)):
        if not any(place.startswith(outer + os.sep) for outer in places):
            yield place
