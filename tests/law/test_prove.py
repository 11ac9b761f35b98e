"""Properties proved and refuted, gaps, conflicts, rules that make no difference: on the packs, and on tiny laws."""

from datetime import date

import pytest

from lodged.law import CUSTODIANS, Packs, load
from lodged.law.packs import Source, read
from lodged.law.prove import Finding, Proof, Side, conflicts, findings, gaps, prove, read_property
from lodged.law.tree import All, Is, Name, Not
from lodged.problem import ProblemsError

DAY = date(2026, 6, 1)
HEAD = 'pack us/a level federal binds us status confirmed cite "A"\n\n'


def law(*packs: str) -> Packs:
    return read([Source(f"{place}.md", f"```law\n{text}\n```\n") for place, text in enumerate(packs)])


def alone(packs: Packs, custodian: str = "us/custodian") -> list[Side]:
    return [Side(packs, custodian, DAY)]


def proved(text: str, packs: Packs, custodian: str = "us/custodian") -> Proof:
    (found,) = prove(read_property(text, packs), alone(packs, custodian))
    return found


# ---- the sentence


@pytest.mark.parametrize(
    "text",
    [
        "never hold permitted unless federal_judge",
        "no hold is permitted without federal_judge",
        "hold is never permitted unless federal_judge",
        "  Never hold  permitted\n unless federal_judge ",
    ],
)
def test_one_property_can_be_said_in_several_ways(text: str) -> None:
    found = read_property(text, load())
    assert (found.always, found.acts, found.effects) == (False, ("hold",), ("permitted",))
    assert found.unless == Name("federal_judge")


def test_a_property_may_name_acts_effects_and_both_clauses() -> None:
    text = "always hold, notify forbidden or contested when paper.form is i-247g and not paper.signed unless person.registrant"
    found = read_property(text, load())
    assert (found.always, found.acts, found.effects) == (True, ("hold", "notify"), ("forbidden", "contested"))
    assert found.when == All((Is("paper.form", ("i-247g",)), Not(Name("paper.signed"))))


def test_allowed_is_permitted_or_required_and_any_act_is_every_act() -> None:
    found = read_property("never any act allowed when person.proved_citizen", load())
    assert found.effects == ("permitted", "required")
    assert "tell_bail_judge" in found.acts


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "`` is no sentence about an act and its effect"),
        ("hold it", "`hold it` is no sentence"),
        ("never holt permitted", "`holt` is not a known act"),
        ("never hold permited", "`permited` is not an effect"),
        ("never hold permitted when persn.registrant", "`persn.registrant` is not a declared fact"),
        ("never hold permitted when paper.form is i-247b", "`i-247b` is not a known value"),
        ("never hold permitted unless paper.signed unless person.registrant", "`unless` stands twice"),
        ("never hold permitted when (paper.signed", "never closed"),
        ("never hold permitted when", "a clause has no condition"),
    ],
)
def test_a_sentence_that_means_nothing_is_a_problem_in_the_users_own_words(text: str, what: str) -> None:
    with pytest.raises(ProblemsError) as error:
        read_property(text, load())
    assert what in str(error.value)
    assert str(error.value).startswith("property: ")


def test_a_word_that_means_two_things_is_asked_back() -> None:
    with pytest.raises(ProblemsError, match="`judicial_warrant` means different things in"):
        proved("never hold allowed unless judicial_warrant", load(), "us-tx/sheriff")


# ---- proved, broken, unsettled

SMALL = HEAD + 'rule no\n  forbid hold\n  unless person.registrant and person.charge_serious\n  cite "§ 1"\n'


def test_a_property_is_proved_for_all_facts() -> None:
    assert proved("never hold allowed unless person.registrant", law(SMALL)).verdict == "holds"
    assert not proved("never hold allowed unless person.registrant", law(SMALL)).idle


def test_a_property_that_never_comes_up_is_said_to_be_idle() -> None:
    found = proved("never hold required", law(SMALL))
    assert (found.verdict, found.idle) == ("holds", True)


def test_a_broken_property_shows_its_least_case_and_what_decide_says_of_it() -> None:
    found = proved("never hold allowed unless paper.signed", law(SMALL))
    assert found.verdict == "broken"
    assert found.case is not None
    assert found.case.words == ("not paper.signed", "person.charge_serious", "person.registrant")
    assert found.answer is not None
    assert (found.answer.replayed, found.answer.expected, found.answer.cites) == (True, "permitted", ("§ 1",))


def test_a_property_that_hangs_on_a_reading_is_unsettled_and_names_it() -> None:
    text = (
        HEAD
        + 'question R1 "?" reading A "a" cite "a" reading B "b" cite "b"\n\nrule no\n  forbid hold\n  when R1 is B\n  cite "§ 1"\n'
    )
    found = proved("always hold forbidden", law(text))
    assert found.verdict == "unsettled"
    assert found.case is not None
    assert found.case.words == ("R1 is A",)
    assert found.answer is not None
    assert found.answer.expected == "contested"
    assert proved("always hold contested", law(text)).verdict == "holds"


def test_a_draft_that_would_speak_leaves_a_property_unsettled() -> None:
    draft = 'pack us/d level federal binds us status draft cite "D"\n\nrule no\n  forbid hold\n  cite "§ 2"\n'
    found = proved("never hold forbidden", law(HEAD + 'rule r\n  forbid notify\n  cite "§ 1"\n', draft))
    assert found.verdict == "holds"  # where a draft would speak into silence, the answer is that it is not known
    assert proved("always hold permitted", law(HEAD, draft)).verdict == "unsettled"


@pytest.mark.parametrize("custodian", CUSTODIANS)
def test_nobody_may_hold_where_nothing_asks_for_it_and_no_judge_signed(custodian: str) -> None:
    asked = "always hold forbidden when not asks_for_hold and not warrant_for_custody"
    assert proved(asked, load(), custodian).verdict == "holds"


def test_after_wells_no_new_york_sheriff_holds_without_a_judge_and_texas_must() -> None:
    assert proved("never hold allowed unless judge", load(), "us-ny/sheriff").verdict == "holds"
    texas = proved("never hold allowed unless judge", load(), "us-tx/sheriff")
    assert texas.verdict == "broken"
    assert texas.answer is not None
    assert texas.answer.expected == "required"
    assert any("2A.060" in cite for cite in texas.answer.cites)
    assert texas.answer.replayed


def test_a_counter_example_may_need_a_list_of_convictions_and_shows_one() -> None:
    found = proved("never notify permitted when listed_offense", load(), "us-ca/sheriff")
    assert found.case is not None
    assert found.answer is not None
    assert found.answer.replayed
    assert "person.convictions" in found.case.facts
    assert "listed_offense" in found.case.words


# ---- gaps


def test_an_act_no_rule_speaks_of_is_a_gap_whole() -> None:
    (found,) = gaps(alone(law(SMALL)), ["notify"])
    assert (found.whole, found.replayed) == (True, True)


def test_a_gap_is_the_least_case_in_which_the_paper_asks_and_the_law_is_silent() -> None:
    text = HEAD + 'rule r\n  forbid notify\n  when paper.asks has notify and person.registrant\n  cite "§ 1"\n'
    (found,) = gaps(alone(law(text)), ["notify"])
    assert (found.whole, found.replayed) == (False, True)
    assert found.case.words == ("paper.asks has notify", "not person.registrant")


def test_there_is_no_gap_where_every_case_is_spoken_of_or_a_draft_would_speak() -> None:
    draft = 'pack us/d level federal binds us status draft cite "D"\n\nrule no\n  forbid notify\n  cite "§ 2"\n'
    assert gaps(alone(law(SMALL)), ["hold"]) == []
    assert gaps(alone(law(SMALL, draft)), ["notify"]) == []


def test_every_gap_of_the_packs_is_confirmed_by_decide() -> None:
    sides = [Side(load(), custodian, DAY) for custodian in ("us-ny-nyc/doc", "us-fl/sheriff", "us-ct/police")]
    found = gaps(sides)
    assert found
    assert all(gap.replayed for gap in found)


# ---- conflicts

MUST = (
    'pack us/must level state binds us status confirmed cite "M"\n\n'
    'rule must\n  require hold\n  when paper.signed\n  cite "§ M"\n'
)


def test_a_require_against_a_forbid_is_a_conflict_unless_a_precedence_is_cited() -> None:
    (found,) = conflicts(alone(law(SMALL, MUST)), ["hold"])
    assert (found.require.rule, found.forbid.rule, found.forbid.line) == ("must", "no", 4)
    assert "paper.signed" in found.case.words
    assert (found.answer.expected, found.replayed) == ("contested", True)
    assert conflicts(alone(law(SMALL, MUST + '\nprevails over federal for hold\n  cite "P"\n')), ["hold"]) == []


def test_the_packs_hold_no_conflict() -> None:
    assert conflicts(Side(load(), custodian, DAY) for custodian in ("us-tx/sheriff", "us-fl/sheriff")) == []


# ---- findings


def found_in(text: str) -> list[tuple[str, str, list[str]]]:
    return [_short(finding) for finding in findings(alone(law(HEAD + text)), ["hold"])]


def _short(finding: Finding) -> tuple[str, str, list[str]]:
    return finding.kind, finding.rule.rule, [rule.rule for rule in finding.by]


def test_a_rule_whose_conditions_exclude_each_other_is_vacuous() -> None:
    text = 'rule r\n  forbid hold\n  when paper.box is 1 and paper.box is 2\n  cite "§ 1"\n'
    assert found_in(text) == [("vacuous", "r", [])]


def test_a_constraint_can_make_a_rule_vacuous() -> None:
    text = (
        'constraint person.registrant implies paper.signed\n  cite "c"\n\n'
        'rule r\n  forbid hold\n  when person.registrant and not paper.signed\n  cite "§ 1"\n'
    )
    assert found_in(text) == [("vacuous", "r", [])]


def test_a_rule_that_says_what_another_says_is_redundant() -> None:
    text = (
        'rule r\n  forbid hold\n  when paper.signed or person.registrant\n  cite "§ 1"\n\n'
        'rule s\n  forbid hold\n  when not (not person.registrant and not paper.signed)\n  cite "§ 2"\n'
    )
    assert found_in(text) == [("redundant", "s", ["r"])]


def test_a_rule_inside_a_wider_one_is_shadowed_also_by_two_together() -> None:
    narrow = 'rule r\n  permit hold\n  when paper.signed and person.registrant\n  cite "§ 1"\n\n'
    wide = 'rule s\n  permit hold\n  when paper.signed\n  cite "§ 2"\n'
    assert found_in(narrow + wide) == [("shadowed", "r", ["s"])]
    one = 'rule s\n  forbid hold\n  when paper.signed and person.registrant\n  cite "§ 2"\n\n'
    two = 'rule t\n  forbid hold\n  when paper.signed and not person.registrant\n  cite "§ 3"\n\n'
    under = 'rule r\n  forbid hold\n  when paper.signed and person.in_custody\n  cite "§ 1"\n'
    kind, rule, by = found_in(one + two + under)[0]
    assert (kind, rule, sorted(by)) == ("shadowed", "r", ["s", "t"])


def test_a_permit_that_is_always_forbidden_is_overridden() -> None:
    text = (
        'rule r\n  permit hold\n  when paper.signed and person.registrant\n  cite "§ 1"\n\n'
        'rule s\n  forbid hold\n  when paper.signed\n  cite "§ 2"\n'
    )
    assert found_in(text) == [("overridden permit", "r", ["s"])]


def test_a_forbid_that_is_always_lifted_is_overridden() -> None:
    forbid = HEAD + 'rule r\n  forbid hold\n  when paper.signed\n  cite "§ 1"\n'
    over = (
        'pack us/b level state binds us status confirmed cite "B"\n\n'
        'rule s\n  permit hold\n  cite "§ 2"\n\nprevails over us/a for hold\n  cite "P"\n'
    )
    assert [_short(one) for one in findings(alone(law(forbid, over)), ["hold"])] == [("overridden", "r", ["s"])]


def test_a_rule_is_named_with_the_line_it_stands_on() -> None:
    text = HEAD + 'rule r\n  forbid hold\n  when paper.box is 1 and paper.box is 2\n  cite "§ 1"\n'
    (found,) = findings(alone(law(text)))
    assert (found.rule.file, found.rule.line, found.acts) == ("0.md", 4, ("hold",))


def test_every_rule_of_the_packs_makes_a_difference_to_somebody_it_binds() -> None:
    sides = [Side(load(), custodian, DAY) for custodian in ("us-ny-nyc/doc", "us-ca/sheriff", "us-tx/sheriff")]
    assert [
        str(one.rule) for one in findings(sides, ["hold", "notify"]) if one.rule.pack.startswith(("us-ny-nyc", "us-ca"))
    ] == []
