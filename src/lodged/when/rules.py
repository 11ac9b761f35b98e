"""The rules by which a period may be counted, each with its citation."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from lodged.problem import Problem, ProblemsError

LONGEST = 10_000
"""Days or hours; a longer period is taken for a slip of the pen."""

_RULE_ID = re.compile(r"(?P<family>[a-z0-9.-]+):(?P<length>[0-9]{1,9})(?P<unit>[dh])")


class Way(Enum):
    """The ways of counting; no two of them give the same end for every start."""

    COURT_DAYS_ROLLED = auto()
    COURT_HOURS_ROLLED = auto()
    HOURS_THAT_COUNT = auto()
    EVERY_HOUR = auto()
    EVERY_DAY = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """How a period is counted, where the law says so, what it says.

    `ends_hold` is true of the 48-hour clocks alone: the Civil Rules govern periods of courts, never the end of a hold.
    """

    id: str
    cite: str
    says: str
    way: Way
    length: int
    ends_hold: bool = False

    @property
    def needs_calendar(self) -> bool:
        """Whether some days are left out, or cannot be the last."""
        return self.way not in {Way.EVERY_HOUR, Way.EVERY_DAY}

    @property
    def needs_hour(self) -> bool:
        """Whether hours are counted, so that a day alone is no start."""
        return self.way in {Way.COURT_HOURS_ROLLED, Way.HOURS_THAT_COUNT, Way.EVERY_HOUR}


@dataclass(frozen=True, slots=True)
class _Family:
    """The rules that differ in their length alone; `only` is the one length that a hold's clock has."""

    cite: str
    says: str
    way: Way
    unit: str
    example: int
    only: int | None = None


_FAMILIES = {
    "frcp-6a1": _Family(
        "Fed. R. Civ. P. 6(a)(1)",
        "leave out the day of the event, count every day, move a last day that is a Saturday, Sunday or legal holiday",
        Way.COURT_DAYS_ROLLED,
        "d",
        14,
    ),
    "frcp-6a2": _Family(
        "Fed. R. Civ. P. 6(a)(2)",
        "count every hour from the event; an end on a Saturday, Sunday or legal holiday moves to the same time of the"
        " next day that is none",
        Way.COURT_HOURS_ROLLED,
        "h",
        72,
    ),
    "8cfr287.7": _Family(
        "8 C.F.R. § 287.7(d)",
        "at most 48 hours, Saturdays, Sundays and holidays excluded",
        Way.HOURS_THAT_COUNT,
        "h",
        48,
        only=48,
    ),
    "i-247a": _Family(
        "DHS Form I-247A",
        "at most 48 hours beyond the time of release; the form excludes no day",
        Way.EVERY_HOUR,
        "h",
        48,
        only=48,
    ),
    "nypd-14-154": _Family(
        "N.Y.C. Admin. Code § 14-154(b)(2)",
        "at most 48 hours, Saturdays, Sundays and holidays excluded",
        Way.HOURS_THAT_COUNT,
        "h",
        48,
        only=48,
    ),
    "face": _Family(
        "the face of the paper",
        "the number of days from receipt that the issuer printed; the issuer's date is not moved",
        Way.EVERY_DAY,
        "d",
        14,
    ),
}


def rule(rule_id: str) -> Rule:
    """The rule of this id, such as `frcp-6a1:14d`; raises ProblemsError, whose mend names the rules.

    >>> rule("8cfr287.7:48h").cite
    '8 C.F.R. § 287.7(d)'
    >>> rule("frcp-6a1:21d").length
    21
    """
    written = _RULE_ID.fullmatch(rule_id)
    family = _FAMILIES.get(written["family"]) if written else None
    if written is None or family is None or written["unit"] != family.unit:
        raise ProblemsError([_unknown(rule_id)])
    length = int(written["length"])
    if family.only not in {None, length}:
        raise ProblemsError([Problem("rule", f"`{rule_id}`: {family.cite} knows {family.only} hours", _mend())])
    if not 1 <= length <= LONGEST:
        raise ProblemsError([Problem("rule", f"`{rule_id}` is not a length of time", f"give 1 to {LONGEST}")])
    canonical = f"{written['family']}:{length}{family.unit}"
    return Rule(canonical, family.cite, family.says, family.way, length, ends_hold=family.only is not None)


def rule_ids() -> tuple[str, ...]:
    """One id of each kind of rule; those without a fixed length take any number.

    >>> rule_ids()
    ('frcp-6a1:14d', 'frcp-6a2:72h', '8cfr287.7:48h', 'i-247a:48h', 'nypd-14-154:48h', 'face:14d')
    """
    return tuple(f"{name}:{family.example}{family.unit}" for name, family in _FAMILIES.items())


def hold_rule_ids() -> tuple[str, ...]:
    """The rules that may say when a hold ends; no rule of court procedure is among them.

    >>> hold_rule_ids()
    ('8cfr287.7:48h', 'i-247a:48h', 'nypd-14-154:48h')
    """
    return tuple(rule_id for rule_id in rule_ids() if rule(rule_id).ends_hold)


def _unknown(rule_id: str) -> Problem:
    close = get_close_matches(rule_id, rule_ids(), n=1)
    meant = f"did you mean `{close[0]}`? " if close else ""
    return Problem("rule", f"`{rule_id}` is not a rule", meant + _mend())


def _mend() -> str:
    any_number = ", ".join(name for name, family in _FAMILIES.items() if family.only is None)
    return f"the rules are {', '.join(rule_ids())}; {any_number} take any number"
