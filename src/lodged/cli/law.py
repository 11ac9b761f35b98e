"""`lodged law`: asks the law engine, checks law packs, runs their worked cases, writes them in canonical form."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from lodged.law import Decision, Packs, Question, decide, load
from lodged.law.check import declared_facts
from lodged.law.packs import read, sources_in
from lodged.law.speak import spoken
from lodged.law.tidy import tidied
from lodged.law.worked import failures
from lodged.problem import Problem, ProblemsError

FAILED = 1


def run(arguments: Sequence[str]) -> int:
    """Run one of decide, check, cases, format. Exit 0 done, 1 a case or format failed, 2 the input is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.go(asked))
    except ProblemsError as error:
        if not asked.json:
            raise
        print(json.dumps({"problems": [_as_json(p) for p in error.problems]}, ensure_ascii=False, indent=2))
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged law", description="Ask and check the law packs.")
    verbs = parser.add_subparsers(required=True, metavar="decide|check|cases|format")
    ask = verbs.add_parser("decide", help="what the law says of one question")
    ask.add_argument("question", metavar="QUESTION.json|-", help="a file, or - for standard input")
    ask.add_argument("--law", type=Path, metavar="DIR", help="packs to use instead of those that come with lodged")
    ask.add_argument("--with-draft", action="append", default=[], metavar="PACK", help="decide by this draft as well")
    ask.add_argument("--adopted", action="append", default=[], metavar="PACK@VERSION", help="counsel adopted this pack")
    ask.set_defaults(go=_decide)
    for name, go, words in (
        ("check", _check, "problems in packs"),
        ("cases", _cases, "run the worked cases in packs"),
        ("format", _format, "write packs in canonical form"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        verb.set_defaults(go=go)
        if name == "format":
            verb.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would change")
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="answer as JSON")
    return parser


def _as_json(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "what": problem.what, "mend": problem.mend}


def _show(asked: argparse.Namespace, as_json: object, words: str) -> None:
    print(json.dumps(as_json, ensure_ascii=False, indent=2) if asked.json else words)


# ---- decide


def _decide(asked: argparse.Namespace) -> int:
    packs = load(asked.law)
    question = Question.from_json(_question(asked.question), declared_facts(packs.packs))
    decision: Decision = decide(packs, question, frozenset(asked.adopted), asked.with_draft)
    _show(asked, decision.to_json(), spoken(decision))
    return 0


def _question(name: str) -> object:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemsError([Problem(name, f"cannot be read as text: {error}", "give a JSON file, or `-`")]) from None
    if not text.strip():
        raise ProblemsError([Problem(name, "the question is empty", "give JSON with custodian, act, at, facts")])
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ProblemsError([Problem(name, f"this is no JSON: {error}", "give an object in { }")]) from None


# ---- check, cases, format


def _library(paths: Sequence[Path]) -> Packs:
    if not paths:
        return load()
    return read([source for path in paths for source in sources_in(path)])


def _check(asked: argparse.Namespace) -> int:
    packs = _library(asked.paths)
    count = f"{len(packs.packs)} packs read, nothing wrong"
    _show(asked, {"packs": {pack.id: packs.versions[pack.id] for pack in packs.packs}, "problems": []}, count)
    return 0


def _cases(asked: argparse.Namespace) -> int:
    packs = _library(asked.paths)
    if not packs.cases:
        raise ProblemsError([Problem("cases", "there is no worked case in these packs", "add a ```case block")])
    failed = failures(packs)
    lines = [str(problem) for problem in failed] + [f"{len(packs.cases)} cases, {len(failed)} differences"]
    _show(asked, {"cases": len(packs.cases), "failed": [_as_json(p) for p in failed]}, "\n".join(lines))
    return FAILED if failed else 0


def _format(asked: argparse.Namespace) -> int:
    if not asked.paths:
        raise ProblemsError([Problem("format", "no path is given", "name a file or folder of packs")])
    changed = []
    for path in asked.paths:
        for source in sources_in(path):
            text = tidied(source.markdown, source.name)
            if text != source.markdown:
                changed.append(source.name)
                if not asked.check:
                    Path(source.name).write_text(text, encoding="utf-8")
    verb = "would change" if asked.check else "changed"
    _show(asked, {"changed": changed}, "\n".join(f"{name}: {verb}" for name in changed) or "nothing to change")
    return FAILED if asked.check and changed else 0
