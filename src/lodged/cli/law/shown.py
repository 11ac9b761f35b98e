"""How the verbs of `lodged law` read packs and show what they found."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from lodged.law import Packs, load
from lodged.law.packs import read, sources_in
from lodged.problem import Problem, ProblemsError


def problem_as_json(problem: Problem) -> dict[str, str]:
    """A problem as plain JSON."""
    return {"where": problem.where, "what": problem.what, "mend": problem.mend}


def show(asked: argparse.Namespace, as_json: object, words: str) -> None:
    """Print one or the other, as `--json` asks."""
    print(json.dumps(as_json, ensure_ascii=False, indent=2) if asked.json else words)


def library(paths: Sequence[Path]) -> Packs:
    """The packs of some files and folders as one library; those that come with the program where none is named.

    A file or folder without a pack is a problem: no law would be silence, and silence permits.
    """
    if not paths:
        return load()
    sources = {path: sources_in(path) for path in paths}
    packs = read([source for found in sources.values() for source in found])
    holding = set(packs.files.values())
    empty = [path for path, found in sources.items() if not holding & {source.name for source in found}]
    if empty:
        mend = "write a block that begins with ```law and then: pack ID level LEVEL binds CUSTODIAN …"
        raise ProblemsError([Problem(str(path), "holds no pack", mend) for path in empty])
    return packs
