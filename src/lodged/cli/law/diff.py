"""`lodged law diff`: what two dates, two places or two folders of packs answer differently."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lodged.cli.law.asked import acts, add_acts, read_day, side_of
from lodged.cli.law.plainly import plainly
from lodged.cli.law.shown import show
from lodged.law import CUSTODIANS, Packs, load
from lodged.law.check import ALL_ACTS
from lodged.law.fact import nearest
from lodged.law.prove import Difference, Side, differences
from lodged.law.prove.changed import changed
from lodged.law.prove.differ import MOST
from lodged.law.prove.say import memo
from lodged.problem import Problem, ProblemsError

Pair = tuple[Side, Side]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this verb takes."""
    kinds = "CUSTODIAN@DATE, or a folder of packs"
    parser.add_argument("old", metavar="OLD", help=kinds)
    parser.add_argument("new", metavar="NEW", help=kinds)
    add_acts(parser)
    parser.add_argument(
        "--by", action="append", default=[], metavar="CUSTODIAN", help="of two folders: for this one only"
    )
    parser.add_argument("--on", metavar="DATE", help="of two folders: the law as of this day; else today")
    parser.add_argument("--cases", type=int, default=MOST, metavar="N", help="cases shown of each change (default 2)")


def go(asked: argparse.Namespace) -> int:
    """Compare; 0 whether or not they differ."""
    if asked.cases < 1:
        raise ProblemsError([Problem("--cases", f"`{asked.cases}` shows nothing", "give 1 or more")])
    wanted = acts(asked, ALL_ACTS)
    pairs = _pairs(asked)
    found = [(pair, differences(*pair, wanted, asked.cases)) for pair in pairs]
    memos = [_memo(pair, wanted, differing) for pair, differing in found if differing or len(pairs) == 1]
    same = [pair[0].custodian for pair, differing in found if not differing]
    if len(pairs) > 1 and same:
        memos.append(f"No difference for: {', '.join(same)}.")
    show(asked, {"comparisons": [_as_json(pair, wanted, differing) for pair, differing in found]}, "\n\n\n".join(memos))
    return 0


def _memo(pair: Pair, wanted: list[str], found: list[Difference]) -> str:
    old, new = pair
    return memo(old, new, wanted, found, changed(old, new, wanted), plainly([old.packs, new.packs]))


def _as_json(pair: Pair, wanted: list[str], found: list[Difference]) -> dict[str, object]:
    gone, come = changed(*pair, wanted)
    return {
        "old": str(pair[0]),
        "new": str(pair[1]),
        "equivalent": not found,
        "only_old": [one.to_json() for one in gone],
        "only_new": [one.to_json() for one in come],
        "differences": [difference.to_json() for difference in found],
    }


# ---- the two sides


@dataclass(frozen=True, slots=True)
class _Spec:
    """One side as it was written: packs, and a custodian on a day where it names them."""

    packs: Packs
    custodian: str = ""
    day: date | None = None


def _spec(text: str) -> _Spec:
    custodian, at, day = text.partition("@")
    if at and custodian in CUSTODIANS:
        return _Spec(load(), custodian, read_day(day, text))
    if Path(text).exists():
        return _Spec(load(Path(text)))
    if at:
        raise ProblemsError([Problem(text, f"`{custodian}` is not a known custodian", nearest(custodian, CUSTODIANS))])
    mend = "write CUSTODIAN@DATE, like us-ny/sheriff@2018-11-14, or name a folder of packs"
    raise ProblemsError([Problem(text, f"`{text}` is neither a custodian on a day nor a folder", mend)])


def _pairs(asked: argparse.Namespace) -> list[Pair]:
    """The sides to compare; two folders are compared for every custodian, or for those named."""
    old, new = _spec(asked.old), _spec(asked.new)
    named = old if old.custodian else new
    if named.custodian:
        return [(_side(old, named), _side(new, named))]
    unknown = [name for name in asked.by if name not in CUSTODIANS]
    if unknown:
        raise ProblemsError(
            [Problem("--by", f"`{n}` is not a known custodian", nearest(n, CUSTODIANS)) for n in unknown]
        )
    day = read_day(asked.on, "--on") if asked.on else None
    return [(side_of(old.packs, name, day), side_of(new.packs, name, day)) for name in asked.by or CUSTODIANS]


def _side(spec: _Spec, named: _Spec) -> Side:
    """A side; a folder takes the custodian and the day of the other."""
    return side_of(spec.packs, spec.custodian or named.custodian, spec.day or named.day)
