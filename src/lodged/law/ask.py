"""A question to the law: which custodian, which act, at which moment, with which facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lodged.law.custodians import CUSTODIANS, Custodian
from lodged.law.fact import ACTS, DUTIES, FACTS, Fact, checked, in_our_time, nearest
from lodged.problem import Problem, ProblemsError

KEYS = ("custodian", "act", "at", "facts")


@dataclass(frozen=True, slots=True)
class Question:
    """One act of one custodian at one moment. A fact left out, or None, is not known.

    Values may be plain JSON or already typed; ProblemsError lists every problem at once.

    >>> Question("us-ny-nyc/doc", "hold", datetime.fromisoformat("2020-01-17T23:30:00-08:00"), {}).day
    datetime.date(2020, 1, 18)
    """

    custodian: str
    act: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    declared: Mapping[str, Fact] = field(default_factory=lambda: FACTS, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = [*_named("custodian", self.custodian, CUSTODIANS), *_named("act", self.act, (*ACTS, *DUTIES))]
        if not isinstance(self.at, datetime) or self.at.tzinfo is None:
            problems.append(Problem("at", f"`{self.at}` is no moment with an offset", _MOMENT))
        elif not in_our_time(self.at):
            problems.append(Problem("at", f"`{self.at}` lies outside the years 1900 to 2199", _MOMENT))
        facts, found = _checked_facts(self.facts, self.declared)
        problems += found
        if self.act == "disclose" and "inquiry.item" not in facts and "inquiry.item" not in _names(found):
            mend = f"add `inquiry.item`: one of {', '.join(FACTS['inquiry.item'].choices)}"
            problems.append(Problem("facts", "`disclose` does not say what", mend))
        if problems:
            raise ProblemsError(problems)
        object.__setattr__(self, "facts", facts)

    @property
    def place(self) -> Custodian:
        """The custodian asked about."""
        return CUSTODIANS[self.custodian]

    @property
    def day(self) -> date:
        """The custodian's local date at the moment asked about: it decides which law is in force."""
        return self.at.astimezone(self.place.zone).date()

    @classmethod
    def from_json(cls, given: object, declared: Mapping[str, Fact] | None = None) -> "Question":
        """A question from plain JSON. Raises ProblemsError listing every problem.

        `declared` adds facts that packs declare beyond the fixed ones.
        """
        if not isinstance(given, Mapping):
            raise ProblemsError([Problem("question", "this is no JSON object", f"give: {', '.join(KEYS)}")])
        problems = [
            Problem("question", f"`{key}` is not a key", nearest(str(key), KEYS)) for key in given if key not in KEYS
        ]
        problems += [
            Problem("question", f"`{key}` is missing", _HOW[key]) for key in KEYS[:3] if given.get(key) is None
        ]
        facts = given.get("facts") or {}
        if not isinstance(facts, Mapping):
            problems.append(Problem("facts", f"`{facts}` is no JSON object", "give facts by name: {}"))
            facts = {}
        at = _moment(given.get("at"), problems)
        stand_in = at or datetime.fromisoformat("2000-01-01T00:00:00+00:00")
        custodian, act = given.get("custodian") or "us/custodian", given.get("act") or "hold"
        try:
            question = cls(str(custodian), str(act), stand_in, facts, declared or FACTS)
        except ProblemsError as error:
            raise ProblemsError([*problems, *error.problems]) from None
        if problems:
            raise ProblemsError(problems)
        return question


_MOMENT = "write it with its offset, like 2020-01-17T14:05:00-05:00"
_HOW = {
    "custodian": f"give one of: {', '.join(CUSTODIANS)}",
    "act": f"give one of: {', '.join((*ACTS, *DUTIES))}",
    "at": "give the moment with its offset, like 2020-01-17T14:05:00-05:00",
}


def _moment(given: object, problems: list[Problem]) -> datetime | None:
    if given is None:
        return None
    if isinstance(given, datetime) and given.tzinfo:
        return given
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        problems.append(Problem("at", f"`{given}` is no moment with an offset", _MOMENT))
        return None
    return at


def _named(where: str, word: str, known: Iterable[str]) -> list[Problem]:
    known = list(known)
    return [] if word in known else [Problem(where, f"`{word}` is not a known {where}", nearest(str(word), known))]


def _names(problems: list[Problem]) -> str:
    return " ".join(problem.where for problem in problems)


def _checked_facts(
    given: Mapping[str, object], declared: Mapping[str, Fact]
) -> tuple[dict[str, object], list[Problem]]:
    facts: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in declared:
            problems.append(Problem("facts", f"`{name}` is not a declared fact", nearest(str(name), declared)))
        elif value is not None:
            facts[name], found = checked(declared[name], value, name)
            problems += found
    return facts, problems
