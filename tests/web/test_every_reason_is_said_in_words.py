"""No fact of the law is shown by the name it is filed under, whatever its value."""

from typing import Any

import pytest

from lodged.law.fact import FACTS, Fact
from lodged.office.desk.pages.stated import stated

VALUES: dict[str, tuple[Any, ...]] = {
    "yes-no": (True, False),
    "date": ("2026-11-24",),
    "moment": ("2026-11-24T16:52:00-05:00",),
    "number": (0, 1, 47),
    "text": ("SDDO",),
    "list": ([], [{"code": "PL", "section": "120.05", "days_incarcerated": 3}], [{}, {"violent_or_serious": True}]),
}


def values(fact: Fact) -> list[Any]:
    """A few values of a fact's kind, every choice among them."""
    if fact.type == "one-of":
        return list(fact.choices)
    if fact.type == "set-of":
        return [[], *[[choice] for choice in fact.choices], list(fact.choices)]
    return list(VALUES[fact.type])


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_a_sentence_in_words(name: str) -> None:
    for value in values(FACTS[name]):
        words = stated(name, value)
        assert len(words.split()) >= 3, words
        assert name not in words
        assert "_" not in words
        assert not words.endswith("none"), words
        assert "is answered" not in words, "a fallback: the fact has no sentence of its own"
        assert "the answer to" not in words


def test_a_part_of_a_conviction_is_a_sentence_too() -> None:
    assert (
        stated("person.convictions[0].on", "2019-05-31") == "conviction 1: the day of its judgment is Fri 31 May 2019"
    )
    assert stated("person.convictions[1].violent_or_serious", False).startswith("conviction 2: it is not violent")


def test_two_convictions_are_told_apart() -> None:
    rows = [{"code": "PL", "section": "120.05", "class": "felony"}, {"code": "VTL", "section": "1192(2)"}]
    assert stated("person.convictions", rows) == "a conviction: PL 120.05, felony; a conviction: VTL 1192(2)"
