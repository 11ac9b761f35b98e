"""`lodged score`: how well a folder of faxes is read, held against what is really on them."""

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lodged.cli.read import bytes_of
from lodged.page import ReadPage, open_document
from lodged.page.read import read_pages
from lodged.page.score import Score, TruePage, TruthError, file_of, hold_against, true_pages
from lodged.problem import Problem, ProblemsError

SHAPE = "give the list of forms (`id`, `kind`, `hand`, `values`, `boxes`) or the `packets` of received faxes"


def run(arguments: Sequence[str]) -> int:
    """Read every page the truth names and lies in the folder; tell what was right."""
    parser = argparse.ArgumentParser(prog="lodged score", description="Read a folder of faxes and count what is right.")
    parser.add_argument("truth", type=Path, help="JSON: what is really on the pages")
    parser.add_argument("folder", type=Path, help="where the faxes lie")
    parser.add_argument("--json", action="store_true", help="as JSON, every mistake included")
    options = parser.parse_args(arguments)
    pages = [truth for truth in _truth(options.truth) if file_of(options.folder, truth)]
    if not pages:
        raise ProblemsError(
            [Problem(f"`{options.folder}`", "holds none of the files the truth names", "name their folder")]
        )
    scores, seconds = _scores(options.folder, pages)
    told = _told(scores, len(pages), seconds)
    print(json.dumps(told, ensure_ascii=False, indent=1) if options.json else _table(told))
    return 0


def _truth(file: Path) -> list[TruePage]:
    try:
        return true_pages(json.loads(bytes_of(file)))
    except (TruthError, ValueError) as error:
        raise ProblemsError([Problem(f"`{file}`", f"is not a truth file: {error}", SHAPE)]) from error


def _scores(folder: Path, pages: Sequence[TruePage]) -> tuple[dict[str, Score], float]:
    """A score for each group and for all, and the processor seconds the reading took."""

    @lru_cache(maxsize=1)
    def read(file: Path) -> tuple[ReadPage, ...]:
        return read_pages(open_document(bytes_of(file)).pages)

    scores: dict[str, Score] = {}
    before = time.process_time()
    for number, truth in enumerate(pages, start=1):
        file = file_of(folder, truth)
        found = {page.page: page for page in read(file)} if file else {}
        for name in (truth.group, "all"):
            hold_against(truth, found.get(truth.page), scores.setdefault(name, Score()))
        if sys.stderr.isatty():
            print(f"\r{number} of {len(pages)}", end="", file=sys.stderr)
    return scores, time.process_time() - before


def _told(scores: dict[str, Score], pages: int, seconds: float) -> dict[str, Any]:
    return {
        "pages": pages,
        "groups": {name: score.as_dict() for name, score in sorted(scores.items())},
        "mistakes": scores["all"].mistakes,
        "cpu_seconds_per_page": round(seconds / pages, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _table(told: dict[str, Any]) -> str:
    rows = [
        f"{told['pages']} pages, {told['cpu_seconds_per_page']} processor seconds each, {told['peak_mb']} MB at most"
    ]
    for name, counts in told["groups"].items():
        for what, count in counts.items():
            rows.append(f"{name:<16} {what:<24} {count['right']:>5} of {count['of']:>5}  {count['percent']:>5} %")
    return "\n".join(rows)
