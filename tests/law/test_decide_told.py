"""What a decision tells of itself: custodian, act, duties with their citations, drafts it was asked by, what it cannot count."""

from datetime import datetime

import pytest

from lodged.law import Packs, ProblemsError, Question, decide
from lodged.law.decision import Due
from lodged.law.packs import Source, read

AT = datetime.fromisoformat("2024-03-01T12:00:00-05:00")
HEAD = 'pack us/a level federal binds us status confirmed cite "A"\n\n'
HOLD = 'rule hold\n  forbid hold\n  unless person.registrant\n  cite "§ 1"\n\n'
COPY = 'rule copy\n  require give_copy\n  when paper.signed\n  cite "§ 2"\n\n'
DRAFT = 'pack us/draft level federal binds us status draft cite "Bill 1"\n\n'
DRAFT += 'rule d\n  require hold, give_copy cite "§ 1 of Bill 1"\n'
OTHER = 'pack us/later level federal binds us status draft cite "Bill 2"\n\nrule l\n  forbid interview cite "§ 1 of Bill 2"\n'


def library(*texts: str) -> Packs:
    return read([Source(f"law{place}.md", f"```law\n{text}```\n") for place, text in enumerate(texts)])


def ask(packs: Packs, facts: dict | None = None, with_draft: tuple[str, ...] = (), act: str = "hold"):
    return decide(packs, Question("us/custodian", act, AT, facts or {}), with_draft=with_draft)


def problem(packs: Packs, **more: object) -> str:
    with pytest.raises(ProblemsError) as caught:
        ask(packs, **more)
    return str(caught.value)


def test_a_decision_names_its_custodian_its_act_and_what_would_change_it() -> None:
    decision = ask(library(HEAD + HOLD), {"person.registrant": False})
    assert (decision.custodian, decision.act, decision.effect) == ("us/custodian", "hold", "forbidden")
    assert [(dict(c.changes), c.effect) for c in decision.would_change] == [({"person.registrant": True}, "permitted")]


def test_a_challenge_that_arises_is_named_with_its_case() -> None:
    packs = library(HEAD + HOLD + 'challenge suit to hold\n  when paper.signed\n  cite "A v. B"\n')
    named = [(c.id, c.cite) for c in ask(packs, {"paper.signed": True}).challenges]
    assert named == [("suit", "A v. B")]
    assert ask(packs, {"paper.signed": False}).challenges == ()


@pytest.mark.parametrize(("facts", "effect"), [({"paper.signed": True}, "required"), ({}, "not_known")])
def test_a_duty_is_told_with_the_rule_that_it_rests_on(facts: dict, effect: str) -> None:
    assert ask(library(HEAD + HOLD + COPY), facts).duties == (Due("give_copy", effect, "§ 2"),)


def test_no_duty_is_told_where_no_rule_makes_one() -> None:
    assert ask(library(HEAD + HOLD + COPY), {"paper.signed": False}).duties == ()
    assert ask(library(HEAD + HOLD)).duties == ()


def test_a_duty_that_only_a_draft_or_an_unencoded_law_may_make_is_told_with_that_law() -> None:
    assert ask(library(HEAD + HOLD, DRAFT)).duties == (Due("give_copy", "not_known", "Bill 1"),)
    older = HEAD + HOLD + 'not encoded before 2025-01-01 for give_copy cite "The act as it was"\n'
    assert ask(library(older)).duties == (Due("give_copy", "not_known", "The act as it was"),)
    assert ask(library(older, DRAFT)).duties == (Due("give_copy", "not_known", "Bill 1"),)


def test_a_draft_decides_the_act_and_its_duties_only_where_it_is_named() -> None:
    packs = library(HEAD + COPY, DRAFT, OTHER)
    without, by_it = ask(packs), ask(packs, with_draft=("us/draft",))
    assert (without.effect, without.laws, without.draft_law_used) == ("not_known", ("us/draft (draft)",), False)
    assert (by_it.effect, by_it.draft_law_used) == ("required", True)
    assert by_it.duties == (Due("give_copy", "required", "§ 2"),)
    assert ask(packs).to_json() == without.to_json()
    assert ask(packs, act="interview", with_draft=("us/draft",)).effect == "not_known"


def test_the_packs_of_the_duties_are_among_those_used() -> None:
    decision = ask(
        library(HEAD + HOLD, COPY.join(['pack us/b level federal binds us status confirmed cite "B"\n\n', ""]))
    )
    assert [used.partition("@")[0] for used in decision.packs_used] == ["us/a", "us/b"]


def test_an_unknown_draft_is_told_with_those_there_are() -> None:
    drafts = library(HEAD + HOLD, DRAFT, OTHER)
    assert problem(drafts, with_draft=("us/a", "us/draft")) == (
        "with_draft: `us/a` is no draft pack\n  the drafts are: us/draft, us/later"
    )
    assert problem(library(HEAD + HOLD), with_draft=("us/x", "us/b")) == (
        "with_draft: `us/b` is no draft pack\n  the drafts are: none\n"
        "with_draft: `us/x` is no draft pack\n  the drafts are: none"
    )


def test_hours_that_no_calendar_counts_are_told_with_a_way_out() -> None:
    clock = 'clock form leaving out weekends and holidays of us-federal\n  cite "8 C.F.R."\n\n'
    packs = library(HEAD + clock + 'rule long\n  forbid hold\n  when held more than 48 hours by form\n  cite "§ 1"\n')
    at = datetime.fromisoformat("2150-03-01T12:00:00-05:00")
    facts = {"person.release_moment": "2150-02-20T12:00:00-05:00"}
    with pytest.raises(ProblemsError) as caught:
        decide(packs, Question("us/custodian", "hold", at, facts))
    assert str(caught.value) == (
        "person.release_moment: the calendar `us-federal` lists the years 2005 to 2035, not `2150`\n"
        "  add the calendar's year, or give `hold.hours` instead of `person.release_moment`"
    )
