"""`lodged law format`: writes packs in canonical form."""

import argparse
from pathlib import Path

from lodged.cli.law.shown import show
from lodged.law.packs import sources_in
from lodged.law.tidy import tidied
from lodged.problem import Problem, ProblemsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would change")


def go(asked: argparse.Namespace) -> int:
    """Write what is not in canonical form; with `--check` only name it."""
    if not asked.paths:
        raise ProblemsError([Problem("format", "no path is given", "name a file or folder of packs")])
    changed = [name for path in asked.paths for name in _changed(path, write=not asked.check)]
    verb = "would change" if asked.check else "changed"
    show(asked, {"changed": changed}, "\n".join(f"{name}: {verb}" for name in changed) or "nothing to change")
    return 1 if asked.check and changed else 0


def _changed(path: Path, *, write: bool) -> list[str]:
    changed = []
    for source in sources_in(path):
        text = tidied(source.markdown, source.name)
        if text != source.markdown:
            changed.append(source.name)
            if write:
                Path(source.name).write_text(text, encoding="utf-8")
    return changed
