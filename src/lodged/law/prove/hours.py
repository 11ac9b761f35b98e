"""Hours held past release, on every clock that a law names: one figure for all, or counted from one moment of release."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lodged.law.prove.door import Term, z3
from lodged.law.prove.terms import constant, implies, negation
from lodged.law.prove.vocabulary import HOURS, Vocabulary
from lodged.law.tree import Clock, Held
from lodged.when import WhenError, calendar, hours_counted

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Split:
    """A moment of release from which the clocks count differently, with what each of them counts to `at`."""

    term: Term
    release: datetime
    amounts: dict[str, float]


class Hours:
    """The tests of hours that laws make. `at` is the moment asked about; without it all clocks show the same figure."""

    def __init__(self, vocabulary: Vocabulary, at: datetime | None, zone: ZoneInfo) -> None:
        self.vocabulary = vocabulary
        self.at = at
        self.zone = zone
        self.clocks: dict[str, Clock] = {}
        self.tests: dict[tuple[str, float, str], Term] = {}
        self.splits: list[Split] = []

    def held(self, op: str, hours: float, clock: Clock) -> Term:
        """`held OP HOURS hours by CLOCK`."""
        if op in ("more than", "at least"):
            other = {"more than": "at most", "at least": "less than"}[op]
            return negation(self.held(other, hours, clock))
        self.clocks[clock.name] = clock
        key = (op, hours, clock.name)
        if key not in self.tests:
            means = Held(op, hours, clock.name)
            self.tests[key] = self.vocabulary.free(f"held {op} {hours:g} by {clock.name}", HOURS, means)
        return self.tests[key]

    def axioms(self) -> Iterator[Term]:
        """What the tests say of the figures. Ask for it when the whole law has been encoded."""
        if not self.tests:
            return
        figure = self.vocabulary.number(HOURS)
        self.splits = list(self._splits())
        alone = [negation(split.term) for split in self.splits]
        for (op, hours, clock), term in self.tests.items():
            plain = term == (figure < hours if op == "less than" else figure <= hours)
            yield implies(z3.And(*alone), plain) if alone else plain
            for split in self.splits:
                yield implies(split.term, term == constant(below(op, split.amounts[clock], hours)))

    def since(self, release: datetime) -> Iterator[Term]:
        """What the tests say once the moment of release is known. Raises WhenError as `counted`."""
        amounts = self.counted(release)
        for (op, hours, clock), term in self.tests.items():
            yield term == constant(below(op, amounts[clock], hours))

    def counted(self, release: datetime) -> dict[str, float]:
        """What each clock counts from a moment of release to `at`. Raises WhenError where its calendar has no such year."""
        assert self.at is not None
        if release >= self.at:
            return dict.fromkeys(self.clocks, 0.0)
        return {
            name: hours_counted(release, self.at, self.zone, calendar(clock.calendar) if clock.calendar else None)
            for name, clock in self.clocks.items()
        }

    def _splits(self) -> Iterator[Split]:
        """The first minute after each number of hours, where a clock that leaves days out has not got there yet."""
        if self.at is None:
            return
        for hours in sorted({hours for _, hours, _ in self.tests}):
            release = self.at - timedelta(hours=hours) - MINUTE
            try:
                amounts = self.counted(release)
            except WhenError:
                return
            if any(amount > hours for amount in amounts.values()) and any(a <= hours for a in amounts.values()):
                yield Split(z3.Bool(f"released at {release.isoformat()}"), release, amounts)


def below(op: str, amount: float, hours: float) -> bool:
    """Is an amount `less than`, or `at most`, so many hours?"""
    return amount < hours if op == "less than" else amount <= hours
