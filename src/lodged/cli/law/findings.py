"""`lodged law findings`: rules that never apply, add nothing, or are always overridden."""

import argparse

from lodged.cli.law.asked import acts, add_acts, add_scope, sides
from lodged.cli.law.shown import show
from lodged.law.check import ALL_ACTS
from lodged.law.prove import findings
from lodged.law.prove.say import all_findings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    add_scope(parser)
    add_acts(parser)


def go(asked: argparse.Namespace) -> int:
    """Show each rule that makes no difference to anybody asked about."""
    found = findings(sides(asked), acts(asked, ALL_ACTS))
    show(asked, {"findings": [finding.to_json() for finding in found]}, all_findings(found))
    return 0
