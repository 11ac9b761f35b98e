"""A question to the law: which custodian, which act, at which moment, with which facts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from lodged.law.custodians import CUSTODIANS, Custodian
from lodged.law.fact import ACTS, DUTIES, FACTS, MOMENT_WRITTEN, Fact, checked, in_our_time, nearest
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
        for key in ("custodian", "act"):
            if given.get(key) is not None and not isinstance(given[key], str):
                raise ProblemsError([Problem(key, f"`{_cut(given[key])}` is no word in quotation marks", _HOW[key])])
        problems = [
            Problem("question", f"`{_cut(key)}` is not a key", nearest(str(key), KEYS))
            for key in given
            if key not in KEYS
        ]
        problems += [
            Problem("question", f"`{key}` is missing", _HOW[key]) for key in KEYS[:3] if given.get(key) is None
        ]
        facts = given.get("facts")
        if facts is None:
            facts = {}
        if not isinstance(facts, Mapping):
            problems.append(Problem("facts", f"`{_cut(facts)}` is no JSON object", "give facts by name: {}"))
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


def from_text(text: str, where: str) -> object:
    """The JSON of a question. Raises ProblemsError where it is none, or where it says one thing twice.

    `where` names the file. Numbers that are none (NaN, Infinity) and halves of characters are refused.
    """
    twice: list[str] = []

    def told(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twice.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(pairs)

    def refused(name: str) -> object:
        raise ValueError(f"`{name}` is no number")

    try:
        given: object = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=told, parse_constant=refused)
        json.dumps(given, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        line = f"{where}, line {error.lineno}" if error.lineno > 1 else where
        raise ProblemsError([Problem(line, f"this is no JSON: {error.msg}", "give an object in { }")]) from None
    except RecursionError:
        raise ProblemsError(
            [Problem(where, "brackets stand too deep within one another", "give an object in { }")]
        ) from None
    except UnicodeEncodeError:
        raise ProblemsError([Problem(where, "a character is only half there", "write it whole, in UTF-8")]) from None
    except ValueError as error:
        raise ProblemsError(
            [Problem(where, f"a number cannot be read: {error}", "write it in digits, like 48")]
        ) from None
    if twice:
        raise ProblemsError([Problem(where, f"`{_cut(name)}` is given twice", "keep one of them") for name in twice])
    return given


def _cut(value: object) -> str:
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 60 else text[:59] + "…"


_MOMENT = "write it with its offset, like 2020-01-17T14:05:00-05:00"
_OWN = 'leave it out, or declare it in a pack: fact NAME TYPE "the question"'
_HOW = {
    "custodian": "give one like `us-ny-nyc/doc`",
    "act": f"give one of: {', '.join((*ACTS, *DUTIES))}",
    "at": "give the moment with its offset, like 2020-01-17T14:05:00-05:00",
}


def _moment(given: object, problems: list[Problem]) -> datetime | None:
    if given is None:
        return None
    if isinstance(given, datetime) and given.tzinfo:
        return given
    try:
        written = isinstance(given, str) and MOMENT_WRITTEN.fullmatch(given)
        at = datetime.fromisoformat(str(given)) if written else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        problems.append(Problem("at", f"`{_cut(given)}` is no moment with an offset", _MOMENT))
        return None
    return at


def _named(where: str, word: str, known: Iterable[str]) -> list[Problem]:
    known = list(known)
    if word in known:
        return []
    near = get_close_matches(str(word), known, n=1, cutoff=0.35)
    mend = f"did you mean `{near[0]}`?" if near else f"it is written like `{known[0]}`"
    return [Problem(where, f"`{_cut(word)}` is not a known {where}", mend)]


def _names(problems: list[Problem]) -> str:
    return " ".join(problem.where for problem in problems)


def _checked_facts(
    given: Mapping[str, object], declared: Mapping[str, Fact]
) -> tuple[dict[str, object], list[Problem]]:
    facts: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in declared:
            problems.append(
                Problem("facts", f"`{_cut(name)}` is not a declared fact", nearest(str(name), declared) or _OWN)
            )
        elif value is not None:
            facts[name], found = checked(declared[name], value, name)
            problems += found
    return facts, problems
