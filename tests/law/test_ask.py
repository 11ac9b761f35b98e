"""Questions to the law: every mistake is named at once, with the nearest right word."""

from datetime import date, datetime

import pytest

from lodged.law import ProblemsError, Question

GOOD = {
    "custodian": "us-ny-nyc/doc",
    "act": "hold",
    "at": "2020-01-17T14:05:00-05:00",
    "facts": {"paper.form": "i-247a"},
}


def said(**changes: object) -> str:
    with pytest.raises(ProblemsError) as caught:
        Question.from_json({**GOOD, **changes})
    return str(caught.value)


def test_a_question_is_read() -> None:
    facts = {
        "paper.asks": ["hold", "notify"],
        "person.arrested_on": "2020-01-02",
        "paper.signed": None,
        "hold.hours": 2,
    }
    question = Question.from_json({**GOOD, "facts": facts})
    assert question.facts == {
        "paper.asks": frozenset({"hold", "notify"}),
        "person.arrested_on": date(2020, 1, 2),
        "hold.hours": 2,
    }


@pytest.mark.parametrize(
    ("custodian", "at", "day"),
    [
        ("us-ny-nyc/doc", "2014-12-14T04:59:59+00:00", date(2014, 12, 13)),
        ("us-ny-nyc/doc", "2014-12-14T05:00:00+00:00", date(2014, 12, 14)),
        ("us-ca/sheriff", "2018-01-01T05:00:00+00:00", date(2017, 12, 31)),
        ("us/custodian", "2020-07-01T04:00:00+00:00", date(2020, 7, 1)),
    ],
)
def test_the_day_is_the_custodians_own(custodian: str, at: str, day: date) -> None:
    assert Question(custodian, "hold", datetime.fromisoformat(at)).day == day


def test_every_problem_is_named_at_once() -> None:
    words = said(
        custodian="us-ny-nyc/dock", act="hodl", at="2020-01-17T14:05:00", facts={"paper.from": "x", "paper.box": "3"}
    )
    for piece in ("us-ny-nyc/doc`?", "`hodl`", "offset", "`paper.form`", "`3` is not a value of `paper.box`"):
        assert piece in words


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("paper.signed", "yes", "true or false"),
        ("paper.signed", 1, "true or false"),
        ("hold.hours", -1, "not negative"),
        ("hold.hours", float("nan"), "not negative"),
        ("hold.hours", True, "not negative"),
        ("person.arrested_on", "17 Jan 2020", "YYYY-MM-DD"),
        ("person.release_moment", "2020-01-17T14:05:00", "offset"),
        ("paper.asks", "hold", "a list with any of"),
        ("paper.asks", ["hodl"], "did you mean `hold`?"),
        ("paper.asks", [1], "a list with any of"),
        ("person.convictions", {}, "a list of elements"),
        ("person.convictions", ["robbery"], "is not a conviction"),
        ("person.convictions", [{"sektion": "160.15"}], "did you mean `section`?"),
        ("person.convictions", [{"on": "2020"}], "person.convictions[0].on"),
        ("paper.edition", "", "words"),
        ("person.arrested_on", "0001-01-01", "1900 to 2199"),
        ("person.release_moment", "9999-12-31T23:59:00-05:00", "1900 to 2199"),
        ("person.convictions", [{}] * 101, "at most 100"),
    ],
)
def test_a_value_of_the_wrong_kind_is_a_problem(fact: str, value: object, words: str) -> None:
    assert words in said(facts={fact: value})


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_nobody_meant_is_a_problem(at: str) -> None:
    assert "outside the years" in said(at=at)


def test_disclose_must_say_what() -> None:
    assert "does not say what" in said(act="disclose")
    assert "does not say what" in said(act="disclose", facts={"inquiry.item": None})


@pytest.mark.parametrize("given", [None, [], "x", 3])
def test_what_is_no_object_is_a_problem(given: object) -> None:
    with pytest.raises(ProblemsError, match="no JSON object"):
        Question.from_json(given)


@pytest.mark.parametrize("key", ["custodian", "act", "at"])
def test_a_missing_key_is_named(key: str) -> None:
    assert f"`{key}` is missing" in said(**{key: None})


def test_an_unknown_key_is_named() -> None:
    assert "did you mean `facts`?" in said(fact={})


def test_facts_that_are_no_object_are_a_problem() -> None:
    assert "no JSON object" in said(facts=["x"])
