"""Deciding: dates, clocks, constraints, precedence, drafts, adoption, each by a small example."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lodged.law import Decision, ProblemsError, Question, decide, load
from lodged.law.cells import hour_cells
from lodged.law.packs import Packs, Source, read
from lodged.law.probe import Tests

DETAINER = {"paper.form": "i-247a", "paper.box": "1", "paper.signed": True, "paper.cancelled": False}
WITH_I200 = {
    **DETAINER,
    "paper.attached": ["i-200"],
    "paper.attached_signed": True,
    "warrant.signed_by": "dhs_officer",
    "warrant.authorizes": "civil_custody",
}
NOTHING_WITH_IT = {**DETAINER, "warrant.signed_by": "none"}
FREE = {"order.enjoins_compliance": False, "person.proved_citizen": False, "local.forbids": False, "hold.hours": 2}


def ask(custodian: str, act: str, at: str, facts: dict, **more: object) -> Decision:
    return decide(load(), Question(custodian, act, datetime.fromisoformat(at), facts), **more)


def law(*texts: str) -> Packs:
    return read([Source(f"{place}.md", f"```law\n{text}\n```\n") for place, text in enumerate(texts)])


def hold(packs: Packs, at: str = "2024-01-01T12:00:00-05:00", **facts: object) -> Decision:
    given = {name.replace("__", "."): value for name, value in facts.items()}
    return decide(packs, Question("us/custodian", "hold", datetime.fromisoformat(at), given))


ONE = 'pack us/a level local binds us status confirmed cite "A"\n'
OTHER = 'pack us/b level local binds us status confirmed cite "B"\n'
LATER = 'pack us/a level local binds us in force from 2025-01-01 status confirmed cite "A"\n'


# ---- dates


@pytest.mark.parametrize(
    ("at", "effect"),
    [
        ("2019-12-31T23:59:59-05:00", "permitted"),
        ("2020-01-01T00:00:00-05:00", "forbidden"),
        ("2020-12-31T23:59:59-05:00", "forbidden"),
        ("2021-01-01T00:00:00-05:00", "permitted"),
        ("2020-01-01T04:59:59+00:00", "permitted"),
    ],
)
def test_a_rule_speaks_from_its_first_day_and_no_longer_on_its_last(at: str, effect: str) -> None:
    packs = law(ONE + 'rule r in force from 2020-01-01 until 2021-01-01\n  forbid hold\n  cite "R"')
    decision = hold(packs, at)
    assert decision.effect == effect
    assert decision.basis == ("rule" if effect == "forbidden" else "silence")


def test_a_pack_out_of_force_says_nothing() -> None:
    packs = law(LATER + 'rule r\n  forbid hold cite "R"')
    assert hold(packs).basis == "silence"
    assert hold(packs, "2025-01-01T00:00:00-05:00").effect == "forbidden"


def test_a_definition_may_change_on_a_day() -> None:
    packs = law(
        ONE
        + 'define bad as person.registrant in force until 2020-01-01 cite "old"\n'
        + 'define bad as person.in_custody in force from 2020-01-01 cite "new"\n'
        + 'rule r\n  forbid hold when bad\n  cite "R"'
    )
    facts = {"person__registrant": True, "person__in_custody": False}
    assert hold(packs, "2019-06-01T12:00:00-04:00", **facts).effect == "forbidden"
    assert hold(packs, **facts).effect == "permitted"


# ---- authorities


def test_a_local_may_does_not_lift_a_state_must_not() -> None:
    state = 'pack us/s level state binds us status confirmed cite "S"\nrule r\n  forbid hold cite "S 1"'
    assert hold(law(ONE + 'rule p\n  permit hold cite "P"', state)).effect == "forbidden"


def test_a_permit_that_prevails_by_a_cited_statement_lifts_a_forbid_and_says_so() -> None:
    local = ONE + 'rule r\n  forbid hold cite "R"'
    federal = (
        'pack us/f level federal binds us status confirmed cite "F"\n'
        'rule p\n  permit hold when person.registrant cite "P"\nprevails over local for hold cite "art. VI"'
    )
    packs = law(local, federal)
    lifted = hold(packs, person__registrant=True)
    assert lifted.effect == "permitted"
    assert lifted.reasons[0].prevails == (("us/a", "art. VI"),)
    assert hold(packs, person__registrant=False).effect == "forbidden"
    assert hold(packs).needs == ("person.registrant",)


def test_opposite_commands_without_precedence_are_contested() -> None:
    packs = law(
        ONE + 'rule r\n  forbid hold cite "R"',
        OTHER + 'rule q\n  require hold cite "Q"',
    )
    decision = hold(packs)
    assert decision.effect == "contested"
    assert decision.readings[0].id == "conflict:us/b/us/a"
    assert decision.readings[0].effects == {"A": "required", "B": "forbidden"}
    assert decision.readings[0].cites == {"A": "Q", "B": "R"}


def test_an_unless_that_is_met_is_a_cited_permit_and_an_unmet_when_is_silence() -> None:
    packs = law(ONE + 'rule r\n  forbid hold\n  when person.in_custody\n  unless person.registrant\n  cite "R"')
    met = hold(packs, person__in_custody=True, person__registrant=True)
    assert (met.effect, met.basis, met.reasons[0].says) == ("permitted", "rule", "permit")
    unmet = hold(packs, person__in_custody=False)
    assert (unmet.effect, unmet.basis, unmet.reasons) == ("permitted", "silence", ())


def test_a_rule_overrides_another_of_its_own_pack() -> None:
    packs = law(
        ONE
        + 'rule r\n  forbid hold cite "R"\n'
        + 'rule q\n  permit hold when person.registrant overrides r cite "because" cite "Q"'
    )
    assert hold(packs, person__registrant=True).effect == "permitted"
    assert hold(packs, person__registrant=False).effect == "forbidden"


# ---- not known, contested


def test_a_gap_that_cannot_matter_is_not_asked() -> None:
    packs = law(ONE + 'rule r\n  forbid hold when person.registrant or not person.registrant\n  cite "R"')
    assert hold(packs).effect == "forbidden"


def test_tests_on_one_fact_are_tied() -> None:
    packs = law(
        ONE
        + "rule r\n  forbid hold when person.days_incarcerated is more than 48 "
        + 'and not person.days_incarcerated is more than 24\n  cite "R"'
    )
    assert hold(packs).effect == "permitted"


def test_recent_implies_ever() -> None:
    packs = law(
        ONE
        + "rule r\n  forbid hold\n  when any conviction c where (c.adjudication is adult and c.on within 5 years before today) "
        + 'and not (any conviction d where (d.adjudication is adult))\n  cite "R"'
    )
    assert hold(packs).effect == "permitted"


def test_facts_and_readings_that_both_matter_are_not_known_with_both_lists() -> None:
    packs = law(
        ONE
        + 'question Q "?" reading A "a" cite "a" reading B "b" cite "b"\n'
        + 'rule r\n  forbid hold when person.registrant and Q is A\n  cite "R"'
    )
    decision = hold(packs)
    assert (decision.effect, decision.needs, decision.ask_first) == (
        "not_known",
        ("person.registrant",),
        "person.registrant",
    )
    assert [reading.id for reading in decision.readings] == ["Q"]
    assert hold(packs, person__registrant=True).effect == "contested"
    assert hold(packs, person__registrant=False).effect == "permitted"


def test_ask_first_is_the_fact_that_settles_most() -> None:
    packs = law(
        ONE + 'rule r\n  forbid hold when paper.signed and (person.registrant or person.in_custody)\n  cite "R"'
    )
    decision = hold(packs)
    assert decision.needs == ("paper.signed", "person.in_custody", "person.registrant")
    assert decision.ask_first == "paper.signed"


def test_a_default_stands_until_the_fact_is_given() -> None:
    decision = ask(
        "us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", {"paper.form": "i-247a", "warrant.signed_by": "none"}
    )
    assert decision.effect == "forbidden"
    given = {"paper.form": "i-247g", "paper.asks": ["hold"], "warrant.signed_by": "none"}
    assert "9-131(b)(1)" in " ".join(ask("us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", given).citations)


# ---- convictions


def robbery(**fields: object) -> dict:
    conviction = {
        "code": "PL",
        "section": "160.15",
        "state": "NY",
        "class": "felony",
        "on": "2015-01-15",
        "adjudication": "adult",
    }
    conviction |= {name.removesuffix("_"): value for name, value in fields.items()}
    return {name: value for name, value in conviction.items() if value is not None}


WARRANT = {
    **DETAINER,
    **FREE,
    "warrant.signed_by": "article_iii_judge",
    "warrant.authorizes": "criminal_arrest",
    "warrant.names_person": True,
    "warrant.came_with_detainer": True,
    "person.terrorist_screening_match": False,
    "person.days_incarcerated": 0,
    "person.arrested_on": "2020-01-15",
}


def doc(*convictions: dict, **more: object) -> Decision:
    facts = {**WARRANT, "person.convictions": list(convictions), **{k.replace("__", "."): v for k, v in more.items()}}
    return ask("us-ny-nyc/doc", "hold", "2020-02-20T11:00:00-05:00", {k: v for k, v in facts.items() if v is not None})


@pytest.mark.parametrize(
    ("conviction", "effect"),
    [
        (robbery(), "permitted"),
        (robbery(on="2015-01-14"), "forbidden"),
        (robbery(on="2015-01-14", days_incarcerated=1), "permitted"),
        (robbery(on="2020-01-15"), "permitted"),
        (robbery(on="2020-01-16"), "forbidden"),
        (robbery(adjudication="youthful_offender"), "forbidden"),
        (robbery(adjudication="juvenile"), "forbidden"),
        (robbery(section="155.30"), "forbidden"),
        (robbery(section="155.30", violent_or_serious=True), "permitted"),
        (robbery(violent_or_serious=False), "forbidden"),
        (robbery(class_="misdemeanor"), "forbidden"),
        (robbery(section="265.02(1)"), "forbidden"),
        (robbery(section="265.02(3)"), "permitted"),
        (robbery(code="VTL", section="600"), "permitted"),
    ],
)
def test_which_convictions_count_in_new_york_city(conviction: dict, effect: str) -> None:
    assert doc(conviction).effect == effect


@pytest.mark.parametrize(
    ("conviction", "needs"),
    [
        (robbery(on=None), ("person.convictions[0].on",)),
        (robbery(adjudication=None), ("person.convictions[0].adjudication",)),
        (robbery(section=None), ("person.convictions[0].section",)),
        (robbery(class_=None), ("person.convictions[0].class",)),
        (robbery(section="265.02"), ("person.convictions[0].violent_or_serious",)),
        (robbery(section="110"), ("person.convictions[0].violent_or_serious",)),
        (robbery(state="NJ"), ("person.convictions[0].violent_or_serious",)),
        (robbery(state=None), ()),
    ],
)
def test_a_missing_field_is_named_like_the_place_it_is_missing_from(conviction: dict, needs: tuple) -> None:
    decision = doc(conviction)
    assert decision.needs == needs
    assert decision.effect == ("not_known" if needs else "permitted")


def test_days_in_prison_matter_only_where_they_could_reach_far_enough() -> None:
    assert doc(robbery(on="2014-06-01"), person__days_incarcerated=None).needs == ("person.days_incarcerated",)
    assert doc(robbery(on="2018-06-01"), person__days_incarcerated=None).effect == "permitted"
    assert doc(robbery(on="2014-06-01", days_incarcerated=0), person__days_incarcerated=None).effect == "forbidden"
    both = doc(robbery(on="2014-06-01"), person__days_incarcerated=None, person__arrested_on=None)
    assert both.needs == ("person.arrested_on", "person.days_incarcerated")


def test_a_leap_day_counts_as_the_28th() -> None:
    leap = {**WARRANT, "person.convictions": [robbery(on="2016-02-29")], "person.arrested_on": "2021-02-28"}
    assert ask("us-ny-nyc/doc", "hold", "2021-04-01T11:00:00-04:00", leap).effect == "permitted"
    leap["person.arrested_on"] = "2021-03-01"
    assert ask("us-ny-nyc/doc", "hold", "2021-04-01T11:00:00-04:00", leap).effect == "forbidden"


def test_a_difference_between_reviewer_and_table_is_reported() -> None:
    assert "does not list it" in doc(robbery(section="155.30", violent_or_serious=True)).notes[0]
    assert doc(robbery()).notes == ()


# ---- hours


@pytest.mark.parametrize(("hours", "effect"), [(48, "permitted"), (48.01, "forbidden"), (0, "permitted")])
def test_forty_eight_hours_are_allowed_and_not_a_minute_more(hours: float, effect: str) -> None:
    assert doc(robbery(), hold__hours=hours).effect == effect


def test_hours_counted_on_two_clocks_that_disagree_ask_q1() -> None:
    friday = {
        **WARRANT,
        "person.convictions": [robbery()],
        "hold.hours": None,
        "person.release_moment": "2020-02-21T10:00:00-05:00",
    }
    assert ask("us-ny-nyc/doc", "hold", "2020-02-23T09:00:00-05:00", friday).effect == "permitted"
    assert [r.id for r in ask("us-ny-nyc/doc", "hold", "2020-02-23T11:00:00-05:00", friday).readings] == ["Q1"]
    assert ask("us-ny-nyc/doc", "hold", "2020-02-25T11:00:00-05:00", friday).effect == "forbidden"


def test_the_nypd_clock_is_named_by_its_own_law() -> None:
    facts = {
        "paper.form": "i-247d",
        "paper.cancelled": False,
        "warrant.signed_by": "none",
        "person.terrorist_screening_match": True,
    }
    facts["person.release_moment"] = "2016-06-10T09:00:00-04:00"
    assert ask("us-ny-nyc/nypd", "release", "2016-06-12T10:00:00-04:00", facts).effect == "permitted"
    assert ask("us-ny-nyc/nypd", "release", "2016-06-14T09:01:00-04:00", facts).effect == "required"


def test_hours_that_no_clock_counts_are_a_problem() -> None:
    with pytest.raises(ProblemsError, match="hold.hours"):
        doc(robbery(), person__release_moment="2020-02-20T01:00:00-05:00")


def test_a_year_without_a_calendar_is_a_problem() -> None:
    facts = {**WITH_I200, **FREE, "hold.hours": None, "person.release_moment": "2093-02-20T01:00:00-05:00"}
    with pytest.raises(ProblemsError, match="release_moment"):
        ask("us/custodian", "hold", "2093-02-20T09:00:00-05:00", facts)


# ---- constraints


def test_given_facts_that_break_a_constraint_are_a_problem_naming_both() -> None:
    facts = {"warrant.signed_by": "none", "paper.attached": ["judicial_warrant"]}
    with pytest.raises(ProblemsError) as caught:
        ask("us/custodian", "hold", "2024-01-01T12:00:00-05:00", facts)
    assert "warrant.signed_by" in str(caught.value)
    assert "paper.attached" in str(caught.value)


def test_a_completion_that_breaks_a_constraint_does_not_count() -> None:
    facts = {**WITH_I200, **FREE, "person.proved_citizen": None, "person.proved_citizen_or_lawful": False}
    assert ask("us/custodian", "hold", "2024-01-01T12:00:00-05:00", facts).needs == ()


def test_q6_read_as_required_implies_q5_read_so() -> None:
    facts = {
        "paper.form": "i-138",
        "inquiry.item": "home_address",
        "inquiry.purpose": "civil_immigration",
        "inquiry.item_public": False,
    }
    facts |= {"order.enforces_subpoena": False, "order.enjoins_compliance": False}
    decision = ask("us-ca/sheriff", "answer", "2020-02-20T12:00:00-08:00", facts)
    assert decision.readings[0].effects == {"A": "required", "B": "forbidden"}


# ---- drafts, unencoded law, adoption


def test_a_draft_leaves_silence_open_and_names_itself() -> None:
    facts = {
        "paper.form": "i-247g",
        "warrant.signed_by": "none",
        "order.enjoins_compliance": False,
        "local.forbids": False,
    }
    decision = ask("us-il/sheriff", "notify", "2024-02-13T09:00:00-06:00", facts)
    assert decision.to_json()["needs"] == [{"law": "us-il/805#15 (draft)"}]
    assert (decision.effect, decision.ask_first, decision.draft_law_used) == ("not_known", None, False)
    assert decision.draft_would_say[0].effect == "forbidden"
    asked = ask("us-il/sheriff", "notify", "2024-02-13T09:00:00-06:00", facts, with_draft=["us-il/805#15"])
    assert (asked.effect, asked.draft_law_used) == ("forbidden", True)


def test_a_draft_goes_before_an_open_question_which_is_listed() -> None:
    decision = ask("us-il/sheriff", "hold", "2024-02-13T09:00:00-06:00", {**WITH_I200, **FREE})
    assert decision.effect == "not_known"
    assert decision.laws == ("us-il/805#15 (draft)",)
    assert [reading.id for reading in decision.readings] == ["Q2"]


def test_a_draft_does_not_move_what_enacted_law_decides() -> None:
    decision = ask("us-ny/sheriff", "hold", "2026-07-01T09:00:00-04:00", WITH_I200)
    assert decision.effect == "forbidden"
    assert decision.draft_would_say[0].pack == "us-ny/2026-package"


def test_law_that_no_pack_holds_leaves_the_effect_open() -> None:
    decision = ask("us-ny-nyc/doc", "disclose", "2014-12-13T23:59:00-05:00", {"inquiry.item": "home_address", **FREE})
    assert decision.laws == ("us-ny-nyc/9-131 (not encoded before 2014-12-14)",)
    assert decision.effect == "not_known"


def test_an_unknown_draft_is_a_problem() -> None:
    with pytest.raises(ProblemsError, match="no draft pack"):
        ask("us-il/sheriff", "hold", "2024-02-13T09:00:00-06:00", {}, with_draft=["us-il/806"])


def test_adopted_means_every_pack_used() -> None:
    first = ask("us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", NOTHING_WITH_IT)
    assert not first.adopted
    every = frozenset(first.packs_used)
    again = ask("us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", NOTHING_WITH_IT, adopted=every)
    assert again.adopted
    less = every - {first.packs_used[0]}
    assert not ask("us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", NOTHING_WITH_IT, adopted=less).adopted


def test_silence_is_adopted_by_nobody() -> None:
    assert not ask("us/custodian", "await", "2020-01-17T12:00:00-05:00", {}, adopted=frozenset({"x@y"})).adopted


# ---- explaining


def test_a_reason_shows_the_facts_that_made_it_hold_and_no_others() -> None:
    facts = {**DETAINER, "warrant.signed_by": "none", "person.registrant": True, "person.convictions": []}
    decision = ask("us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", facts)
    reason = next(reason for reason in decision.reasons if reason.pack == "us-ny-nyc/9-131")
    assert [because.fact for because in reason.because] == ["paper.form", "warrant.signed_by"]
    assert reason.in_force == (date(2014, 12, 14), None)


def test_the_json_has_the_keys_that_were_agreed() -> None:
    keys = list(ask("us-ny-nyc/doc", "hold", "2020-01-17T12:00:00-05:00", {}).to_json())
    assert keys[:13] == [
        "effect",
        "basis",
        "law_as_of",
        "draft_law_used",
        "reasons",
        "adopted",
        "needs",
        "ask_first",
        "readings",
        "challenges",
        "draft_would_say",
        "would_change",
        "duties",
    ]


def test_duties_come_with_the_act_they_belong_to() -> None:
    facts = {
        **WITH_I200,
        **FREE,
        "person.in_custody": True,
        "paper.served_on_person": True,
        "person.proved_citizen_or_lawful": False,
    }
    held = ask("us-tx/sheriff", "hold", "2025-03-11T09:00:00-05:00", facts)
    assert [(duty.act, duty.effect) for duty in held.duties] == [("inform_person", "required")]
    told = ask("us-ca/sheriff", "notify", "2025-03-11T09:00:00-07:00", facts)
    assert {duty.act for duty in told.duties} == {"give_copy", "tell_person"}
    assert ask("us-ca/sheriff", "give_copy", "2025-03-11T09:00:00-07:00", facts).duties == ()


@pytest.mark.parametrize("hours", [2, 0])
def test_over_a_weekend_the_hours_of_either_clock_may_be_given(hours: float) -> None:
    facts = {**WITH_I200, **FREE, "hold.hours": hours, "person.release_moment": "2022-03-19T10:00:00-04:00"}
    question = Question("us/custodian", "hold", datetime.fromisoformat("2022-03-19T12:00:00-04:00"), facts)
    assert decide(load(), question).effect == "contested"


def test_a_decided_effect_never_leaves_without_a_citation() -> None:
    facts = {
        "paper.form": "i-247g",
        "paper.attached": [],
        "warrant.signed_by": "none",
        "person.convictions": [],
        "person.terrorist_screening_match": False,
        "inquiry.purpose": "civil_immigration",
        "inquiry.item_public": False,
        "order.enjoins_compliance": False,
        "order.enforces_subpoena": False,
    }
    question = Question("us-ny-nyc/doc", "notify", datetime.fromisoformat("2025-08-05T10:00:00-04:00"), facts)
    decision = decide(load(), question)
    assert decision.effect == "forbidden"
    assert any("9-131" in cite for cite in decision.citations)


def test_where_the_clocks_change_the_same_instant_has_the_same_answer() -> None:
    there = datetime(2026, 3, 9, 12, tzinfo=ZoneInfo("America/New_York"))  # a Monday, after the night that lost an hour
    facts = {**WITH_I200, "order.enjoins_compliance": False, "person.proved_citizen": False, "local.forbids": False}
    answers = [
        decide(load(), Question("us/custodian", "hold", at, facts)).to_json() for at in (there, there.astimezone(UTC))
    ]
    assert answers[0] == answers[1]
    cells = hour_cells(
        CLOCKS, there, {"form": "", "regulation": "us-federal"}, lambda since, _: passed(since, there) - 24
    )
    assert cells == hour_cells(
        CLOCKS,
        there.astimezone(UTC),
        {"form": "", "regulation": "us-federal"},
        lambda since, _: passed(since, there) - 24,
    )


CLOCKS = Tests(spans={("more than", 48, "form"), ("more than", 48, "regulation")})


def passed(since: datetime, at: datetime) -> float:
    return (at.astimezone(UTC) - since.astimezone(UTC)).total_seconds() / 3600
