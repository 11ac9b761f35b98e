"""Questions to the law: every mistake is named at once, with the nearest right word."""

from datetime import date, datetime

import pytest

from lodged.law import ProblemsError, Question
from lodged.law.ask import from_text

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
        ("person.arrested_on", "20200117", "YYYY-MM-DD"),
        ("person.arrested_on", "2020-W03-5", "YYYY-MM-DD"),
        ("person.arrested_on", "2020-01-17T00:00:00-05:00", "YYYY-MM-DD"),
        ("person.release_moment", "2020-W03-5T10:00-05:00", "offset"),
        ("hold.hours", 1e12, "to 1000000"),
        ("hold.hours", "2", "not negative"),
        ("paper.edition", "x" * 2001, "at most 2000"),
        ("paper.edition", "a\u202eb", "invisible"),
        ("paper.edition", "\ud800", "invisible"),
        ("paper.form", "\ud800", "\\ud800"),
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


@pytest.mark.parametrize("facts", [[], "", 0, False, ["x"], "hold.hours"])
def test_facts_that_are_empty_but_no_object_are_a_problem_too(facts: object) -> None:
    assert "no JSON object" in said(facts=facts)


@pytest.mark.parametrize("key", ["custodian", "act"])
@pytest.mark.parametrize("value", [0, False, ["hold"], {}, 3.5])
def test_a_custodian_or_act_that_is_no_word_is_a_problem(key: str, value: object) -> None:
    assert "no word in quotation marks" in said(**{key: value})


@pytest.mark.parametrize("at", ["2020-01-17", "20200117T140500-0500", "2020-W03-5T10:00-05:00", 5, "", "now"])
def test_a_moment_is_written_in_one_way(at: object) -> None:
    assert "no moment with an offset" in said(at=at)


def test_an_unknown_custodian_is_told_the_nearest_not_all() -> None:
    assert said(custodian="us-ny-nyc/nypdd").endswith("did you mean `us-ny-nyc/nypd`?")
    assert said(custodian="nope").endswith("it is written like `us-ny-nyc/doc`")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"act": "hold", "act": "notify"}', "q.json: `act` is given twice"),
        ('{"facts": {"paper.box": "1", "paper.box": "2"}}', "`paper.box` is given twice"),
        ('{"facts": {"person.convictions": [{"on": "2020-01-01", "on": null}]}}', "`on` is given twice"),
        ('{"facts": {"hold.hours": NaN}}', "`NaN` is no number"),
        ('{"facts": {"hold.hours": -Infinity}}', "`-Infinity` is no number"),
        ("9" * 5000, "a number cannot be read"),
        ("[" * 100_000, "too deep"),
        ('{"act": "\\ud800"}', "only half there"),
        ('{\n"act": hold}', "q.json, line 2: this is no JSON"),
    ],
)
def test_json_that_says_two_things_or_none_is_a_problem(text: str, words: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        from_text(text, "q.json")
    assert words in str(caught.value)
    assert all(problem.mend for problem in caught.value.problems)


def test_json_is_read_also_behind_a_byte_order_mark() -> None:
    assert from_text('\ufeff{"act": "hold"}', "q.json") == {"act": "hold"}
