"""A letter cannot be given what must not leave the house, nor be less than an answer."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, get_args, get_type_hints

import pytest
from tests.letter.invented import MADE_AT, NO_HOLD, a_letter

from lodged.letter import ActAnswer, AnswerLetter, Citation, Reviewer
from lodged.letter.answer import ACTS, ITEMS

CITED = (Citation("8 U.S.C. § 1373(a)"),)
ALL_THAT_A_LETTER_HOLDS = {
    "AnswerLetter": {
        "custodian", "recipient", "paper", "received", "acts", "at", "reviewer", "candidate", "draft", "demo"
    },
    "Custodian": {"name", "office", "address", "called"},
    "Recipient": {"office", "address"},
    "SendersPaper": {"form", "edition", "reference", "dated", "subject"},
    "Received": {"number", "at", "index"},
    "ActAnswer": {"act", "effect", "citations", "chooses", "item"},
    "Citation": {"text"},
    "Reviewer": {"role", "name"},
}  # fmt: skip


def values_within(kind: type) -> dict[str, set[str]]:
    found = {kind.__name__: {field.name for field in fields(kind)}}
    for hint in get_type_hints(kind).values():
        for inner in (hint, *get_args(hint)):
            if is_dataclass(inner) and isinstance(inner, type):
                found |= values_within(inner)
    return found


def test_a_letter_has_a_place_for_the_effect_the_citation_and_the_recipients_own_paper_and_for_nothing_else() -> None:
    assert values_within(AnswerLetter) == ALL_THAT_A_LETTER_HOLDS


@pytest.mark.parametrize(
    "extra", ["needs", "readings", "challenges", "would_change", "person", "convictions", "sentence", "note", "because"]
)
def test_what_stays_in_the_house_is_refused(extra: str) -> None:
    with pytest.raises(TypeError):
        a_letter(**{extra: "CANARY"})
    values: dict[str, Any] = {"act": "hold", "effect": "forbidden", "citations": CITED, extra: "CANARY"}
    with pytest.raises(TypeError):
        ActAnswer(**values)


@pytest.mark.parametrize("effect", ["not_known", "contested"])
def test_an_open_question_cites_nothing_since_that_would_tell_which_law_is_in_doubt(effect: str) -> None:
    with pytest.raises(ValueError, match="cites nothing"):
        ActAnswer("hold", effect, CITED)


@pytest.mark.parametrize("effect", ["required", "forbidden"])
def test_a_decided_effect_has_a_citation(effect: str) -> None:
    with pytest.raises(ValueError, match="without a citation"):
        ActAnswer("hold", effect)


def test_an_empty_citation_is_refused() -> None:
    with pytest.raises(ValueError, match="cites nothing"):
        Citation(" ")


@pytest.mark.parametrize("act", ["record_request", "give_copy", "inform_person", "await", "release", ""])
def test_duties_within_the_house_are_not_answered_in_a_letter(act: str) -> None:
    with pytest.raises(ValueError, match="is not an act that a letter answers"):
        ActAnswer(act, "required", CITED)


def test_an_effect_nobody_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="`maybe` is not an effect"):
        ActAnswer("hold", "maybe")


@pytest.mark.parametrize("effect", ["required", "forbidden", "not_known"])
def test_only_where_the_law_leaves_a_choice_is_there_one(effect: str) -> None:
    with pytest.raises(ValueError, match="nothing to choose"):
        ActAnswer("hold", effect, CITED if effect in ("required", "forbidden") else (), chooses=True)


@pytest.mark.parametrize(("act", "item"), [("hold", "release_date"), ("disclose", "favourite colour")])
def test_an_item_belongs_to_a_request_to_disclose(act: str, item: str) -> None:
    with pytest.raises(ValueError, match="is not an item"):
        ActAnswer(act, "not_known", item=item)


def test_every_act_and_item_has_its_words() -> None:
    assert {ActAnswer(act, "not_known").deed for act in ACTS} == set(ACTS.values())
    assert {ActAnswer("disclose", "not_known", item=item).deed for item in ITEMS} == set(ITEMS.values())


def test_a_letter_that_answers_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no answer"):
        a_letter(acts=())


@pytest.mark.parametrize("mark", ["candidate", "draft"])
def test_nobody_has_agreed_to_a_candidate_or_a_draft(mark: str) -> None:
    with pytest.raises(ValueError, match="nobody has agreed"):
        a_letter(**{mark: True})


def test_a_letter_that_may_be_sent_names_who_agreed() -> None:
    with pytest.raises(ValueError, match="names its reviewer"):
        a_letter(reviewer=None)


def test_an_hour_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        a_letter(at=datetime(2026, 11, 25, 9, 12))


def test_the_marks_of_a_letter_follow_its_standing() -> None:
    words = [mark.word for mark in a_letter(candidate=True, draft=True, demo=True, reviewer=None).marks]
    assert words == ["DEMONSTRATION — invented people", "CANDIDATE"]
    assert [mark.word for mark in a_letter(draft=True, reviewer=None).marks] == ["DRAFT"]
    assert a_letter(acts=(NO_HOLD,), reviewer=Reviewer("Captain"), at=MADE_AT).marks == ()
