"""`lodged law replay`: decides many recorded cases from a CSV or Parquet file."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from lodged.cli.law.shown import library, show
from lodged.law.check import declared_facts
from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import nearest
from lodged.law.replay import Asked, CaseMap, Count, Other, Outcome, map_named, replay
from lodged.problem import Problem, ProblemsError
from lodged.when import parse_day

_EXTRAS = {"duckdb": "replay", "pyarrow": "replay", "pyspark": "spark"}
_WIDTH = 24  # characters of the bar
_FEW = 40  # lines of counts shown; all are in --json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    parser.add_argument(
        "cases", type=Path, metavar="CASES", help="a .parquet or .csv file, or a folder of .parquet files"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.parquet", help="where the decided rows go")
    parser.add_argument("--bad", type=Path, metavar="BAD.parquet", help="where rows go that cannot be read, and why")
    parser.add_argument(
        "--map", default="", metavar="MAP.toml", help="which column is which fact, or a map by its name"
    )
    parser.add_argument("--custodian", default="", metavar="ID", help="the custodian of every case")
    parser.add_argument("--act", default="", help="the act asked of every case")
    parser.add_argument("--law", type=Path, metavar="DIR", help="packs to use instead of those that come with lodged")
    parser.add_argument(
        "--with-draft", action="append", default=[], metavar="PACK", help="decide by this draft as well"
    )
    parser.add_argument("--by", action="append", default=[], metavar="COLUMN", help="count by this column of the file")
    parser.add_argument("--keep", action="store_true", help="write the columns of the file as well")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--as-of", metavar="DATE", help="decide by the law of this day as well, and tell what differs")
    other.add_argument("--against", metavar="CUSTODIAN@DATE", help="the same with another custodian's law")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="one machine, or many")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")


def go(asked: argparse.Namespace) -> int:
    """Decide every row; 0 when all came out, those that cannot be read put aside."""
    out, bad = _targets(asked)
    packs = library([asked.law] if asked.law else [])
    map_ = map_named(asked.map, declared_facts(packs.packs)) if asked.map else CaseMap()
    wanted = Asked(
        packs,
        asked.map,
        asked.custodian,
        asked.act,
        frozenset(asked.with_draft),
        _other(asked),
        tuple(asked.by),
        asked.keep,
    )
    module = _engine("duck" if asked.engine == "duckdb" else "spark")
    progress = _silent if asked.quiet else _Bar(sys.stderr.isatty())
    with module.opened_engine(asked.cases, map_, out, bad) as engine:
        found = replay(engine, wanted, progress)
    show(asked, _as_json(found, wanted, out, bad, asked.engine), _in_words(found, wanted, out, bad))
    return 0


def _targets(asked: argparse.Namespace) -> tuple[Path, Path]:
    """Where rows go: never over the cases themselves, never both to one place."""
    out = asked.out
    bad = asked.bad or out.with_name(f"{out.stem}.bad.parquet")
    problems = []
    for option, path in (("--out", out), ("--bad", bad)):
        if path.resolve() == asked.cases.resolve():
            problems.append(Problem(option, f"`{path}` is the file of cases itself", "name another file"))
        elif not path.parent.is_dir():
            problems.append(Problem(option, f"there is no folder `{path.parent}`", "make it, or name another"))
        elif path.is_dir() and not (option == "--out" and asked.engine == "spark"):
            problems.append(Problem(option, f"`{path}` is a folder", "name a file that ends in .parquet"))
    if out.resolve() == bad.resolve():
        problems.append(Problem("--bad", f"`{bad}` is the file of --out", "name another file"))
    if problems:
        raise ProblemsError(problems)
    return out, bad


def _other(asked: argparse.Namespace) -> Other | None:
    """The law to hold against, where one is asked for."""
    if not asked.as_of and not asked.against:
        return None
    custodian, mark, day = ("", "@", asked.as_of) if asked.as_of else asked.against.partition("@")
    option = "--as-of" if asked.as_of else "--against"
    if not mark:
        raise ProblemsError([Problem(option, f"`{asked.against}` names no day", "write us-ny/sheriff@2018-11-14")])
    if custodian and custodian not in CUSTODIANS:
        raise ProblemsError(
            [Problem(option, f"`{custodian}` is not a known custodian", nearest(custodian, CUSTODIANS))]
        )
    read = parse_day(day, option)
    if isinstance(read, Problem):
        raise ProblemsError([read])
    return Other(read, custodian)


def _engine(name: str) -> ModuleType:
    """The module of an engine, or what to install."""
    try:
        return importlib.import_module(f"lodged.law.replay.{name}")
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _EXTRAS:
            raise
        what, mend = f"`{missing}` is not installed", f"pip install 'lodged[{_EXTRAS[missing]}]'"
        raise ProblemsError([Problem("replay", what, mend)]) from None


# ---- progress


def _silent(step: str, share: float) -> None:
    pass


@dataclass(slots=True)
class _Bar:
    """A bar on a terminal; else a line for each new step."""

    drawn: bool
    last: str = ""

    def __call__(self, step: str, share: float) -> None:
        if self.drawn:
            full = round(share * _WIDTH)
            end = "\n" if share >= 1 else ""
            bar = "█" * full + "░" * (_WIDTH - full)
            print(f"\r{bar} {share:4.0%} {step:<28}", end=end, file=sys.stderr, flush=True)
        elif step != self.last:
            print(f"{share:4.0%} {step}", file=sys.stderr, flush=True)
        self.last = step


# ---- what is shown


def _as_json(found: Outcome, wanted: Asked, out: Path, bad: Path, engine: str) -> dict[str, object]:
    return {
        "rows": found.rows,
        "decided": found.decided,
        "bad": found.bad,
        "states": found.states,
        "effects": dict(found.effects),
        "turned": [{"from": a, "to": b, "cases": n} for (a, b), n in sorted(found.turned.items())],
        "counts": [_count(count, wanted.by) for count in found.counts],
        "files": {"out": str(out), "bad": str(bad) if found.bad else None},
        "engine": engine,
        "map": found.map_title or None,
    }


def _count(count: Count, by: Sequence[str]) -> dict[str, object]:
    shown: dict[str, object] = {"by": dict(zip(by, count.values, strict=True)), "effect": count.effect}
    return shown | ({"other_effect": count.other} if count.other else {}) | {"cases": count.cases}


def _in_words(found: Outcome, wanted: Asked, out: Path, bad: Path) -> str:
    lines = [f"{found.rows:,} cases: {found.decided:,} decided in {found.states:,} states, {found.bad:,} put aside"]
    lines += _table([(effect, f"{cases:,}") for effect, cases in found.effects.items()])
    if wanted.other:
        whose = f"{wanted.other.custodian}'s law" if wanted.other.custodian else "the law"
        lines += ["", f"under {whose} as of {wanted.other.day}:"]
        turned = [(f"{a} -> {b}", f"{n:,}") for (a, b), n in sorted(found.turned.items())]
        lines += _table(turned)
    if found.counts:
        lines += ["", f"by {', '.join(wanted.by)}:"]
        rows = [_shown(count) for count in found.counts]
        lines += _table(rows[:_FEW])
        lines += [f"… and {len(rows) - _FEW} more lines; --json has them all"] if len(rows) > _FEW else []
    lines += ["", f"decided rows: {out}"] + ([f"rows put aside, and why: {bad}"] if found.bad else [])
    return "\n".join(lines)


def _shown(count: Count) -> tuple[str, ...]:
    values = ("(nothing)" if value in (None, "") else str(value) for value in count.values)
    return (*values, f"{count.effect} -> {count.other}" if count.other else count.effect, f"{count.cases:,}")


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their columns under each other; the last is a number."""
    if not rows:
        return []
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  " + "  ".join([*(c.ljust(w) for c, w in zip(row[:-1], widths, strict=False)), row[-1].rjust(widths[-1])])
        for row in rows
    ]
