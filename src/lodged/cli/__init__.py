"""The command line: finds the verb's own file and runs it, so that no verb pays for another's imports."""

import ast
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from lodged.problem import ProblemsError

WRONG_INPUT = 2


def verbs() -> list[str]:
    """The verbs there are: one file each in this folder."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def usage(known: Sequence[str]) -> str:
    """How the command is called, with a line for each verb; no verb's own imports are run for it."""
    lines = [f"  {verb:<8} {_tells(verb)}" for verb in known]
    return "\n".join(["usage: lodged VERB …", "", *lines, "", "`lodged VERB --help` tells more of each"])


def _tells(verb: str) -> str:
    """What a verb's file says of itself in its first line, without the verb's own name."""
    found = importlib.util.find_spec(f"lodged.cli.{verb}")
    source = Path(found.origin).read_text(encoding="utf-8") if found is not None and found.origin else ""
    said = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0].removeprefix(f"`lodged {verb}`").lstrip(": ")
    return said[:1].upper() + said[1:]


def run(arguments: Sequence[str]) -> int:
    """Run one verb with its arguments and give its exit code: 0 done, 1 failed, 2 wrong input, 3 less is proved."""
    known = verbs()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage(known))
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
