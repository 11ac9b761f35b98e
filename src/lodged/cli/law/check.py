"""`lodged law check`: every problem in law packs."""

import argparse
from pathlib import Path

from lodged.cli.law.shown import library, show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")


def go(asked: argparse.Namespace) -> int:
    """Read the packs; problems are raised, each with its line."""
    packs = library(asked.paths)
    count = f"{len(packs.packs)} packs read, nothing wrong"
    show(asked, {"packs": {pack.id: packs.versions[pack.id] for pack in packs.packs}, "problems": []}, count)
    return 0
