"""`lodged demo`: the main job on a real fax, from the bytes to a drafted answer, then the web to look at it."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lodged.cli._office import open_office
from lodged.office.custodians import custodian
from lodged.office.home import ForeignFolderError, Home, HomeInUseError
from lodged.problem import Problem, ProblemsError

LARGEST = 200 * 2**20  # bytes read into memory at all; what a page may hold is decided when it is opened


def run(arguments: Sequence[str]) -> int:
    """Set up a demonstration office, run the main job, then serve it or, with `--once`, end."""
    options = _parser().parse_args(arguments)
    folder = _folder(options)
    _check(options)
    teller = _Teller(quiet=options.json)
    teller("opening the office")
    home = Home(folder)
    try:
        home.claim_for_demonstration()
        demonstration = open_office(folder, "lodged.office.desk.demonstration", options.custodian, demo=True)
    except (HomeInUseError, ForeignFolderError) as error:
        raise ProblemsError(
            [Problem("office", str(error), "end the other one, or set LODGED_HOME to an empty folder")]
        ) from error
    try:
        return _play(demonstration, options, teller)
    finally:
        if not options.keep:
            home.remove_demonstration()


def _play(demonstration: Any, options: argparse.Namespace, teller: "_Teller") -> int:
    office = demonstration.set_up(options.custodian, options.roster, teller)
    doors = None if options.once else demonstration.Doors(options.port)
    if options.story:
        played = demonstration.play_story(office, teller)
        _say(played, demonstration.tell_story(played), options.json)
    else:
        arrival = demonstration.take_in(office, options.paper, teller)
        told = demonstration.told(arrival, demonstration.write_files(arrival, options.out))
        _say(told, demonstration.one_screen(told), options.json)
    if doors is None:
        return 0
    code: int = doors.stay_open(office, options.keep)
    return code


def _say(told: dict[str, Any], words: str, as_json: bool) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=1) if as_json else words)
    sys.stdout.flush()


class _Teller:
    """Tells each step with the seconds since the start, on stderr, so that stdout holds the answer alone."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.started = time.monotonic()

    def __call__(self, step: str) -> None:
        if not self.quiet:
            print(f"{time.monotonic() - self.started:6.1f} s  {step}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged demo", description="The main job on a real fax, then the web.")
    parser.add_argument("--once", action="store_true", help="run the main job, print what came of it, and end")
    parser.add_argument("--paper", type=Path, metavar="FILE", help="your own TIFF, PDF, PNG or JPEG")
    parser.add_argument("--roster", type=Path, metavar="FILE.csv", help="your own roster")
    parser.add_argument("--custodian", default="us-ny-nyc/doc", metavar="ID", help="whose law is asked")
    parser.add_argument("--story", action="store_true", help="play a whole week with invented people")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where receipts and letters are written")
    parser.add_argument("--keep", action="store_true", help="keep the office's data when the demonstration ends")
    parser.add_argument("--port", type=int, default=8000, help="where the web is served on this machine")
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    return parser


def _folder(options: argparse.Namespace) -> Path:
    """The office's folder: the same at every start, so that a demonstration that was killed is taken up again."""
    if named := os.environ.get("LODGED_HOME"):
        return Path(named)
    if options.out is not None:
        return Path(options.out) / ".office"
    return Path.home() / ".local/share/lodged-demo"


def _check(options: argparse.Namespace) -> None:
    """Everything a person can get wrong, before anything is set up."""
    problems = []
    for name in ("paper", "roster"):
        path = getattr(options, name)
        if path is not None and not path.is_file():
            problems.append(Problem(f"--{name}", f"`{path}` is not a file", "give the path of a file that can be read"))
        elif path is not None and path.stat().st_size > LARGEST:
            problems.append(Problem(f"--{name}", f"`{path}` is larger than 200 MB", "split it; no fax is that large"))
    if options.out is not None and options.out.exists() and not options.out.is_dir():
        problems.append(Problem("--out", f"`{options.out}` is a file", "give a folder; it is made where there is none"))
    if not 0 < options.port < 65536:
        problems.append(Problem("--port", f"`{options.port}` is not a port", "give a number from 1 to 65535"))
    try:
        custodian(options.custodian)
    except ProblemsError as error:
        problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
