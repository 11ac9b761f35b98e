"""`lodged law gaps`: cases of which no rule speaks, although the paper asks for the act."""

import argparse

from lodged.cli.law.asked import acts, add_acts, add_scope, sides
from lodged.cli.law.plainly import plainly
from lodged.cli.law.shown import show
from lodged.law import ACTS
from lodged.law.prove import gaps
from lodged.law.prove.say import all_gaps


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    add_scope(parser)
    add_acts(parser)


def go(asked: argparse.Namespace) -> int:
    """Show one gap of each act that has any."""
    chosen = sides(asked)
    found = gaps(chosen, acts(asked, ACTS))
    show(asked, {"gaps": [gap.to_json() for gap in found]}, all_gaps(found, plainly([chosen[0].packs])))
    return 0
