"""`lodged log export`: the office's log, written into a folder up to its newest signed head."""

import argparse
import json
import os
from pathlib import Path

from lodged.cli._office import open_office
from lodged.log import LogError
from lodged.office.home import DEMONSTRATION, Home, HomeInUseError
from lodged.problem import Problem, ProblemsError


def run(asked: argparse.Namespace) -> int:
    """Write it out and say how many entries there are; raises `ProblemsError` for a folder that cannot be used."""
    home, folder = Home.from_environment(), Path(asked.place)
    if not home.head.exists():
        mend = "set LODGED_HOME to the office's folder"
        raise ProblemsError([Problem(str(home.folder), "there is no office here that has a log", mend)])
    if folder.exists() and not folder.is_dir():
        raise ProblemsError([Problem(asked.place, "this is a file", "name a folder; it is made where there is none")])
    demo = (home.folder / DEMONSTRATION).exists()
    custodian = os.environ.get("LODGED_CUSTODIAN") or "us-ny-nyc/doc"
    try:
        size: int = open_office(home.folder, "lodged.office.seals.written_out", custodian, demo).write_out(
            folder, opened=asked.opened
        )
    except HomeInUseError as error:
        raise ProblemsError(
            [Problem("office", str(error), "end the other one, or export when it is closed")]
        ) from error
    except (OSError, LogError) as error:
        raise ProblemsError([Problem(asked.place, f"the log cannot be written: {error}", "mend that first")]) from error
    told = {"size": size, "folder": str(folder), "opened": asked.opened}
    print(
        json.dumps(told, ensure_ascii=False, indent=2) if asked.json else f"{size} entries were written to `{folder}`."
    )
    return 0
