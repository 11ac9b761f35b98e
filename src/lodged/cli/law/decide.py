"""`lodged law decide`: what the law says of one question."""

import argparse
import sys
from pathlib import Path

from lodged.cli.law.shown import library, show
from lodged.law import Decision, Question, decide
from lodged.law.ask import from_text
from lodged.law.check import declared_facts
from lodged.law.speak import spoken
from lodged.problem import Problem, ProblemsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    parser.add_argument("question", metavar="QUESTION.json|-", help="a file, or - for standard input")
    parser.add_argument("--law", type=Path, metavar="DIR", help="packs to use instead of those that come with lodged")
    parser.add_argument(
        "--with-draft", action="append", default=[], metavar="PACK", help="decide by this draft as well"
    )
    parser.add_argument(
        "--adopted", action="append", default=[], metavar="PACK@VERSION", help="counsel adopted this pack"
    )


def go(asked: argparse.Namespace) -> int:
    """Decide, then show the decision."""
    packs = library([asked.law] if asked.law else [])
    question = Question.from_json(_question(asked.question), declared_facts(packs.packs))
    decision: Decision = decide(packs, question, frozenset(asked.adopted), asked.with_draft)
    show(asked, decision.to_json(), spoken(decision))
    return 0


def _question(name: str) -> object:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemsError(
            [Problem(name, "cannot be read: it is no UTF-8 text", "give a JSON file, or `-`")]
        ) from None
    except (OSError, ValueError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise ProblemsError([Problem(name, what, "give a JSON file, or `-`")]) from None
    if not text.strip():
        raise ProblemsError([Problem(name, "the question is empty", "give JSON with custodian, act, at, facts")])
    return from_text(text, name)
