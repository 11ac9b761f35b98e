"""`lodged log export`: the office's log, written into a folder up to its newest signed head."""

import argparse
import json
from pathlib import Path

from lodged.cli._office import open_to_read
from lodged.log import LogError
from lodged.problem import Problem, ProblemsError


def run(asked: argparse.Namespace) -> int:
    """Write it out and say how many entries there are; raises `ProblemsError` for a folder that cannot be used."""
    folder = Path(asked.place)
    if folder.exists() and not folder.is_dir():
        raise ProblemsError([Problem(asked.place, "this is a file", "name a folder; it is made where there is none")])
    office = open_to_read("lodged.office.seals.written_out")
    try:
        size: int = office.write_out(folder, opened=asked.opened)
    except (OSError, LogError) as error:
        raise ProblemsError([Problem(asked.place, f"the log cannot be written: {error}", "mend that first")]) from error
    told = {"size": size, "folder": str(folder), "opened": asked.opened}
    print(
        json.dumps(told, ensure_ascii=False, indent=2) if asked.json else f"{size} entries were written to `{folder}`."
    )
    return 0
