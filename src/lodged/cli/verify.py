"""`lodged verify`: whether a receipt is whole, what it proves, and what it does not; offline, and by anybody."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from lodged.log.errors import LogError
from lodged.log.policy import Policy, parse_policy, trust
from lodged.log.receipt import check
from lodged.log.verdict import Verdict
from lodged.problem import Problem, ProblemsError

TRUSTED, REFUSED, CONSISTENT = 0, 1, 3
LARGEST = 256 * 1024 * 1024  # bytes; a receipt is a page and a document a fax: anything larger is a wrong file


def run(arguments: Sequence[str]) -> int:
    """Check one receipt: 0 trusted, 1 refused, 2 a file that cannot be read, 3 consistent but vouched for by nobody."""
    asked = _parser().parse_args(arguments)
    trusted, problems = _try_trust(asked.trust)
    receipt, more = _try_file(asked.receipt, "receipt")
    document, most = _try_file(asked.document, "document") if asked.document else (None, ())
    if wrong := (*more, *most, *problems):
        raise ProblemsError(wrong)
    verdict = check(receipt or b"", document, trusted)
    print(json.dumps(verdict.record(), ensure_ascii=False, indent=2) if asked.json else _spoken(verdict))
    if not verdict.ok:
        return REFUSED
    return TRUSTED if verdict.trusted else CONSISTENT


def read_trust(text: str | None) -> Policy | None:
    """Trust as the command line takes it: a key in one line, or the path of a policy; raises `ProblemsError`."""
    found, problems = _try_trust(text)
    if problems:
        raise ProblemsError(problems)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged verify", description=__doc__)
    parser.add_argument("receipt", metavar="RECEIPT", help="the receipt as it was handed over, PDF or attachment")
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", help="the document it is for, byte for byte")
    parser.add_argument("--trust", metavar="KEY|POLICY", help="the log's key, as its custodian publishes it, or a file")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _try_trust(text: str | None) -> tuple[Policy | None, tuple[Problem, ...]]:
    if text is None:
        return None, ()
    try:
        return trust(text), ()
    except LogError as error:
        not_a_key = str(error)
    if "+" in text and not Path(text).exists():
        return None, (Problem("--trust", not_a_key, "copy the whole line of the key, or name the file of a policy"),)
    content, problems = _try_file(text, "policy")
    if content is None:
        return None, problems
    try:
        return _policy(content.decode()), ()
    except (LogError, UnicodeDecodeError) as error:
        mend = "a policy has lines `log KEY` and `quorum none`, or witnesses and their quorum (c2sp.org/tlog-policy)"
        return None, (Problem(text, str(error), mend),)


def _policy(content: str) -> Policy:
    """A policy, or a file that holds nothing but the one line of a key."""
    return trust(content.strip()) if len(content.split()) == 1 else parse_policy(content)


def _try_file(name: str, what: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a file, or why there are none to be had."""
    path = Path(name)
    try:
        if path.is_dir():
            return None, (Problem(name, f"this is a folder, not a {what}", "name the file itself"),)
        if not path.exists():
            return None, (Problem(name, "there is no such file", f"name the {what} as it was saved"),)
        if not path.is_file():
            return None, (Problem(name, "this is not a file", f"save the {what} to a file first"),)
        if path.stat().st_size > LARGEST:
            mend = f"a {what} is smaller than {LARGEST // 2**20} MB"
            return None, (Problem(name, "this file is too large", mend),)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return None, (Problem(name, f"this file cannot be read: {reason}", "check its name and who may read it"),)
    if not content:
        return None, (Problem(name, "this file is empty", f"save the {what} again"),)
    return content, ()


def _spoken(verdict: Verdict) -> str:
    if not verdict.ok:
        return f"Refused: {verdict.why}.\n{verdict.does_not_prove}"
    return f"{verdict.proves}\n{verdict.does_not_prove}"
