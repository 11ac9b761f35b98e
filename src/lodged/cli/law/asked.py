"""Which custodians on which day the analysing verbs of `lodged law` are asked about."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lodged.law import CUSTODIANS, Packs, load
from lodged.law.check import ALL_ACTS
from lodged.law.fact import in_our_time, nearest
from lodged.law.prove import Side
from lodged.office.desk.clock import now
from lodged.problem import Problem, ProblemsError


def add_scope(parser: argparse.ArgumentParser) -> None:
    """`--by`, `--on`, `--law`, which say whose law on which day, and as which packs have it."""
    parser.add_argument("--by", action="append", default=[], metavar="CUSTODIAN", help="ask of this one only")
    parser.add_argument("--on", metavar="DATE", help="the law as of this day; today where it is left out")
    parser.add_argument("--law", type=Path, metavar="DIR", help="packs to use instead of those that come with lodged")


def add_acts(parser: argparse.ArgumentParser) -> None:
    """`--act`, once for each act."""
    parser.add_argument("--act", action="append", default=[], metavar="ACT", help="look at this act only")


def sides(asked: argparse.Namespace) -> list[Side]:
    """The sides asked about. Raises ProblemsError for a custodian or a day that is none."""
    packs = load(asked.law)
    unknown = [name for name in asked.by if name not in CUSTODIANS]
    if unknown:
        what = "is not a known custodian"
        raise ProblemsError([Problem("--by", f"`{name}` {what}", nearest(name, CUSTODIANS)) for name in unknown])
    day = read_day(asked.on, "--on") if asked.on else None
    return [side_of(packs, name, day) for name in asked.by or CUSTODIANS]


def side_of(packs: Packs, custodian: str, day: date | None) -> Side:
    """One side; without a day, today as it is there."""
    return Side(packs, custodian, day or now().astimezone(CUSTODIANS[custodian].zone).date())


def acts(asked: argparse.Namespace, otherwise: Sequence[str]) -> list[str]:
    """The acts asked about. Raises ProblemsError for one that is none."""
    unknown = [act for act in asked.act if act not in ALL_ACTS]
    if unknown:
        raise ProblemsError(
            [Problem("--act", f"`{act}` is not a known act", nearest(act, ALL_ACTS)) for act in unknown]
        )
    return asked.act or list(otherwise)


def read_day(text: str, where: str) -> date:
    """A day. Raises ProblemsError for what is none, or lies outside the years a paper can have."""
    mend = "write it as YYYY-MM-DD, in the years 1900 to 2199"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ProblemsError([Problem(where, f"`{text}` is not a day", mend)]) from None
    if not in_our_time(day):
        raise ProblemsError([Problem(where, f"`{text}` is not a day the law is known for", mend)])
    return day
