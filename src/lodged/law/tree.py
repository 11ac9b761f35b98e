"""The shape of a law text after it was read: conditions and statements, each with the line it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

EFFECTS = ("require", "permit", "forbid")
LEVELS = ("court", "federal", "state", "local", "agency")
STATUSES = ("confirmed", "draft")


def _line() -> int:
    return field(default=0, compare=False)


# ---- conditions ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A yes-no fact, a definition, or a yes-no field of a listed element, by its name."""

    ref: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Is:
    """`ref is value`, `ref is one of a, b`; of a question: the reading that is taken."""

    ref: str
    values: tuple[str, ...]
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Has:
    """`ref has value`, `ref has any of a, b`: a set fact holds at least one of the values."""

    ref: str
    values: tuple[str, ...]
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Measure:
    """`ref is more than 48`; `op` is one of `more than`, `less than`, `at least`, `at most`."""

    ref: str
    op: str
    number: float
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Order:
    """`ref before other`; `op` is `before`, `after`, `not before` or `not after`; `other` a date, a fact or `today`."""

    ref: str
    op: str
    other: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Within:
    """`ref within N years before other`, that day included; `plus` names a number of days that reach further back."""

    ref: str
    years: int
    other: str
    plus: str = ""
    leap: bool = False
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Held:
    """`held more than 48 hours by CLOCK`: hours held past release, counted on a clock that a pack names."""

    op: str
    hours: float
    clock: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Some:
    """`any conviction c where (…)`: at least one element of a list meets the condition."""

    kind: str
    var: str
    where: "Condition"
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition fails."""

    part: "Condition"
    line: int = _line()


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no parts hold always."""

    parts: tuple["Condition", ...]
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds; no parts hold never."""

    parts: tuple["Condition", ...]
    line: int = _line()


Leaf = Name | Is | Has | Measure | Order | Within | Held | Some
Condition = Leaf | Not | All | Either
ALWAYS = All(())
NEVER = Either(())


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The tests a condition is made of; those inside `any … where` are not opened.

    >>> [leaf.ref for leaf in leaves(All((Name("a"), Not(Name("b")))))]
    ['a', 'b']
    """
    match condition:
        case Not(part):
            yield from leaves(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield condition


# ---- statements ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Dates in force: from the first day on, and until (not including) the second."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Is `day` in force?

        >>> Span(date(2014, 12, 14), date(2020, 1, 1)).covers(date(2020, 1, 1))
        False
        """
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Define:
    """A name for a condition, so that rules read as the statute does."""

    name: str
    means: Condition
    cite: str
    span: Span = Span()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Default:
    """What a fact is taken to be when nobody gave it and the condition holds."""

    fact: str
    values: tuple[str, ...]
    when: Condition
    cite: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Table:
    """A versioned table of offences that answers `violent_or_serious` of a conviction nobody reviewed."""

    name: str
    file: str
    cite: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that a pack declares beyond the fixed ones."""

    name: str
    type: str
    choices: tuple[str, ...]
    question: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Rule:
    """Require, permit or forbid acts, when a condition holds and unless another does."""

    name: str
    effect: str
    acts: tuple[str, ...]
    cite: str
    when: Condition = ALWAYS
    unless: Condition = NEVER
    span: Span = Span()
    overrides: tuple[tuple[tuple[str, ...], str], ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text, and who reads it so."""

    choice: str
    words: str
    cite: str


@dataclass(frozen=True, slots=True)
class Question:
    """An unsettled question of law, with its readings."""

    name: str
    words: str
    readings: tuple[Reading, ...]
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Settles:
    """An authority that settles a question for the custodians it binds."""

    question: str
    choice: str
    cite: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Challenge:
    """An open argument against a rule in force: listed beside the effect, which it does not change."""

    name: str
    acts: tuple[str, ...]
    cite: str
    when: Condition = ALWAYS
    span: Span = Span()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Clock:
    """A way to count hours held; `calendar` is empty where every hour counts."""

    name: str
    calendar: str
    cite: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Constraint:
    """Two facts that go together: a completion that breaks it does not count."""

    given: Condition
    then: Condition
    cite: str
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Prevails:
    """A cited statement that this pack goes before others (or, turned, gives way to them) for some acts."""

    over: tuple[str, ...]
    acts: tuple[str, ...]
    cite: str
    turned: bool = False
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Unencoded:
    """Before this day there was law that the pack does not hold."""

    day: date
    acts: tuple[str, ...]
    cite: str
    line: int = _line()


Statement = (
    Define
    | Default
    | Table
    | FactLine
    | Rule
    | Question
    | Settles
    | Challenge
    | Clock
    | Constraint
    | Prevails
    | Unencoded
)


@dataclass(frozen=True, slots=True)
class Pack:
    """One statute, regulation, holding or policy: whom it binds, since when, how sure, and what it says."""

    id: str
    level: str
    binds: tuple[str, ...]
    status: str
    cite: str
    span: Span = Span()
    uses: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: a question in the text and what the law must answer."""

    act: str
    custodian: str
    at: str
    facts: tuple[tuple[str, object], ...]
    effect: str
    citing: tuple[str, ...] = ()
    needing: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    challenged: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    line: int = _line()
