"""`lodged law conflicts`: cases in which one rule requires what another forbids, and nothing says which goes first."""

import argparse

from lodged.cli.law.asked import acts, add_acts, add_scope, sides
from lodged.cli.law.plainly import plainly
from lodged.cli.law.shown import show
from lodged.law.check import ALL_ACTS
from lodged.law.prove import conflicts
from lodged.law.prove.say import all_conflicts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    add_scope(parser)
    add_acts(parser)


def go(asked: argparse.Namespace) -> int:
    """1 where there is a conflict."""
    chosen = sides(asked)
    found = conflicts(chosen, acts(asked, ALL_ACTS))
    words = all_conflicts(found, plainly([chosen[0].packs]))
    show(asked, {"conflicts": [conflict.to_json() for conflict in found]}, words)
    return 1 if found else 0
