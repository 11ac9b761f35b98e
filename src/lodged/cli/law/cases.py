"""`lodged law cases`: runs the worked cases that stand in packs."""

import argparse
from pathlib import Path

from lodged.cli.law.shown import library, problem_as_json, show
from lodged.law.worked import failures
from lodged.problem import Problem, ProblemsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")


def go(asked: argparse.Namespace) -> int:
    """Run every case; 1 where one comes out otherwise."""
    packs = library(asked.paths)
    if not packs.cases:
        raise ProblemsError([Problem("cases", "there is no worked case in these packs", "add a ```case block")])
    failed = failures(packs)
    lines = [str(problem) for problem in failed] + [f"{len(packs.cases)} cases, {len(failed)} differences"]
    shown = {"cases": len(packs.cases), "failed": [problem_as_json(problem) for problem in failed]}
    show(asked, shown, "\n".join(lines))
    return 1 if failed else 0
