"""`lodged law check`: every problem in law packs, in the cases that stand in them."""

import argparse
from pathlib import Path

from lodged.cli.law.shown import library, problem_as_json, show
from lodged.law.check import unused_in
from lodged.law.worked import unsound
from lodged.problem import ProblemsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")


def go(asked: argparse.Namespace) -> int:
    """Read the packs; problems are raised, each with its line. What is used nowhere is remarked, and is no problem."""
    packs = library(asked.paths)
    problems = unsound(packs)
    if problems:
        raise ProblemsError(problems)
    remarks = unused_in(packs.packs, packs.files)
    lines = [*(f"remark: {problem}" for problem in remarks), f"{len(packs.packs)} packs read, nothing wrong"]
    shown = {
        "packs": {pack.id: packs.versions[pack.id] for pack in packs.packs},
        "problems": [],
        "remarks": [problem_as_json(problem) for problem in remarks],
    }
    show(asked, shown, "\n".join(lines))
    return 0
