"""The command line: finds the verb's own file and runs it, so that no verb pays for another's imports."""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import NoReturn

from lodged.problem import ProblemsError

WRONG_INPUT = 2


def verbs() -> list[str]:
    """The verbs there are: one file each in this folder."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def run(arguments: Sequence[str]) -> int:
    """Run one verb with its arguments and give its exit code: 0 done, 1 failed, 2 wrong input, 3 less is proved."""
    known = verbs()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print("usage: lodged VERB …\n\nverbs: " + ", ".join(known) + "\n\n`lodged VERB --help` tells more of each")
        return 0 if arguments else WRONG_INPUT
    if arguments[0] not in known:
        print(f"`{arguments[0]}` is not a verb of lodged\n  the verbs are: {', '.join(known)}", file=sys.stderr)
        return WRONG_INPUT
    verb = importlib.import_module(f"lodged.cli.{arguments[0]}")
    try:
        code: int = verb.run(arguments[1:])
    except ProblemsError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    return code


def main() -> NoReturn:
    """The entry point of the installed `lodged` command."""
    try:
        code = run(sys.argv[1:])
    except BrokenPipeError:
        code = 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        code = 130
    sys.exit(code)
