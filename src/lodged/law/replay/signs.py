"""How the tests of a law see one value of a fact: a small whole number, equal for values that no test tells apart."""

from collections.abc import Iterable

from lodged.law.fact import YES_NO, Fact
from lodged.law.measure import section_of

Tests = frozenset[frozenset[str]]


def mask(fact: Fact, tests: Tests, value: object) -> int:
    """Which of the tests a value meets, one bit each.

    >>> from lodged.law.fact import FACTS
    >>> mask(FACTS["paper.box"], frozenset({frozenset({"1"}), frozenset({"1", "both"})}), "both")
    2
    """
    met = (_meets(fact, test, value) for test in sorted(tests, key=sorted))
    return sum(1 << place for place, holds in enumerate(met) if holds)


def _meets(fact: Fact, test: frozenset[str], value: object) -> bool:
    if isinstance(value, frozenset):
        return bool(test & value)
    if fact.type == "text":
        return section_of(str(value), tuple(test))
    return value in test


def sign(fact: Fact, tests: Tests, value: object) -> int:
    """The number of a value's cell, from 1; 0 is kept for a value not known (None).

    >>> from lodged.law.fact import FACTS
    >>> [sign(FACTS["person.registrant"], frozenset(), value) for value in (None, False, True)]
    [0, 1, 2]
    """
    if value is None:
        return 0
    if fact.type == YES_NO:
        return 2 if value is True else 1
    seen = mask(fact, tests, value)
    return 1 + (_masks(fact, tests).index(seen) if fact.choices and fact.type == "one-of" else seen)


def signs(fact: Fact, tests: Tests) -> int:
    """How many numbers `sign` can give, the 0 included."""
    if fact.type == YES_NO:
        return 3
    return 1 + (len(_masks(fact, tests)) if fact.choices and fact.type == "one-of" else 1 << len(tests))


def _masks(fact: Fact, tests: Tests) -> list[int]:
    return sorted({mask(fact, tests, choice) for choice in fact.choices})


def ladder(value: str, cuts: Iterable[tuple[float, bool]]) -> tuple[str, int]:
    """The cell of an amount among cuts as SQL, 0 where it is not known; and how many there are.

    >>> ladder("v1", {(48.0, True)})
    ('CASE WHEN v1 IS NULL THEN 0 ELSE 1 + (v1 > 48.0)::INTEGER END', 3)
    """
    ordered = sorted(cuts)
    steps = "".join(f" + ({value} {'>' if beyond else '>='} {number})::INTEGER" for number, beyond in ordered)
    return f"CASE WHEN {value} IS NULL THEN 0 ELSE 1{steps} END", len(ordered) + 2
