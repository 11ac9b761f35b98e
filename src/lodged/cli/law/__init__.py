"""`lodged law`: asks the law engine, checks law packs, works with them; one file a verb, found when it is asked for."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Sequence

from lodged.cli.law.shown import problem_as_json
from lodged.problem import ProblemsError

VERBS = {
    "decide": "what the law says of one question",
    "check": "problems in packs",
    "cases": "run the worked cases in packs",
    "format": "write packs in canonical form",
    "prove": "prove a sentence about the law for all facts, or show a case that breaks it",
    "gaps": "cases of which no rule speaks",
    "conflicts": "cases in which one authority requires what another forbids",
    "findings": "rules that never apply, add nothing, or are always overridden",
    "diff": "what two dates, two places or two folders of packs answer differently",
    "replay": "decide many recorded cases from a CSV or Parquet file",
}


def run(arguments: Sequence[str]) -> int:
    """Run one verb. Exit 0 done, 1 a case or check failed, 2 the input is wrong."""
    asked, go = _asked(arguments)
    try:
        return go(asked)
    except ProblemsError as error:
        if not asked.json:
            raise
        shown = {"problems": [problem_as_json(problem) for problem in error.problems]}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        print(error, file=sys.stderr)
        return 2


def _asked(arguments: Sequence[str]) -> tuple[argparse.Namespace, Callable[[argparse.Namespace], int]]:
    """The arguments as the verb's own parser reads them; only that verb's file is loaded."""
    parser = argparse.ArgumentParser(prog="lodged law", description="Ask, check and compare the law packs.")
    verbs = parser.add_subparsers(required=True, metavar="VERB", dest="verb")
    for name, words in VERBS.items():
        verb = verbs.add_parser(name, help=words, description=words)
        if arguments and arguments[0] == name:
            importlib.import_module(f"lodged.cli.law.{name}").add_arguments(verb)
        verb.add_argument("--json", action="store_true", help="answer as JSON")
    asked = parser.parse_args(arguments)
    go: Callable[[argparse.Namespace], int] = importlib.import_module(f"lodged.cli.law.{asked.verb}").go
    return asked, go
