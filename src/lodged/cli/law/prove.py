"""`lodged law prove`: proves a sentence about the law for all facts, or shows a case that breaks it."""

import argparse

from lodged.cli.law.asked import add_scope, sides
from lodged.cli.law.plainly import plainly
from lodged.cli.law.shown import show
from lodged.law.prove import Proof, prove, read_property
from lodged.law.prove.proof import BROKEN, UNSETTLED
from lodged.law.prove.say import proofs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    example = "like: never hold allowed unless warrant_for_custody"
    parser.add_argument("property", metavar="PROPERTY", help=f"never|always ACT EFFECT [when …] [unless …], {example}")
    add_scope(parser)


def go(asked: argparse.Namespace) -> int:
    """0 where it holds for all facts, 1 where a case breaks it, 3 where it hangs on a question that is not settled."""
    chosen = sides(asked)
    wanted = read_property(asked.property, chosen[0].packs)
    found = prove(wanted, chosen)
    shown = {"property": wanted.text, "holds": _code(found) == 0, "proofs": [proof.to_json() for proof in found]}
    show(asked, shown, proofs(wanted.text, found, plainly([chosen[0].packs])))
    return _code(found)


def _code(found: list[Proof]) -> int:
    verdicts = {proof.verdict for proof in found}
    return 1 if BROKEN in verdicts else 3 if UNSETTLED in verdicts else 0
