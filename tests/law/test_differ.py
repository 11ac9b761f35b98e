"""What two laws answer differently: complete, least, confirmed by `decide`, and nothing where they are the same."""

from datetime import date

import pytest

from lodged.law import CUSTODIANS, Packs, load
from lodged.law.check import ALL_ACTS
from lodged.law.packs import Source, read
from lodged.law.prove import Difference, Side, differences
from lodged.law.prove.changed import changed
from lodged.law.prove.say import memo
from lodged.problem import ProblemsError

HEAD = 'pack us/a level federal binds us status confirmed cite "A"\n\n'


def law(text: str) -> Packs:
    return read([Source("a.md", f"```law\n{HEAD}{text}```\n")])


def side(text: str) -> Side:
    return Side(law(text), "us/custodian", date(2026, 6, 1))


def at(spec: str) -> Side:
    custodian, _, day = spec.partition("@")
    return Side(load(), custodian, date.fromisoformat(day))


def changes(found: list[Difference]) -> set[tuple[str, str, str]]:
    return {(one.act, *one.change) for one in found}


@pytest.mark.parametrize("custodian", CUSTODIANS)
def test_a_law_does_not_differ_from_itself(custodian: str) -> None:
    assert differences(Side(load(), custodian, date(2026, 6, 1)), Side(load(), custodian, date(2026, 6, 1))) == []


def test_the_same_law_in_other_words_does_not_differ() -> None:
    one = side('rule r\n  forbid hold\n  unless paper.signed and person.registrant\n  cite "§ 1"\n')
    two = side(
        'rule r\n  forbid hold\n  when not paper.signed or not person.registrant\n  cite "§ 1"\n\n'
        'rule s\n  permit hold\n  when person.registrant and paper.signed\n  cite "§ 1"\n'
    )
    assert differences(one, two) == []


def test_a_difference_is_the_least_case_with_both_effects_and_both_citations() -> None:
    old = side(
        'rule r\n  forbid hold\n  unless paper.signed and warrant.signed_by is one of state_judge, dhs_officer\n  cite "§ 1"\n'
    )
    new = side('rule r\n  forbid hold\n  unless paper.signed and warrant.signed_by is state_judge\n  cite "§ 2"\n')
    (found,) = differences(old, new)
    assert (found.act, found.change, found.more) == ("hold", ("permitted", "forbidden"), False)
    assert found.case.words == ("paper.signed", "warrant.signed_by is dhs_officer")
    assert dict(found.case.facts) == {"paper.signed": True, "warrant.signed_by": "dhs_officer"}
    assert (found.old.cites, found.new.cites, found.replayed) == (("§ 1",), ("§ 2",), True)


def test_values_that_change_alike_stand_together_in_one_case() -> None:
    old = side('rule r\n  forbid hold\n  when paper.form is one of i-200, i-205\n  cite "§ 1"\n')
    (found,) = differences(old, side('rule r\n  forbid notify\n  when paper.form is i-138\n  cite "§ 1"\n'), ["hold"])
    assert found.case.words == ("paper.form is one of i-200, i-205",)


def test_numbers_are_told_by_their_bounds_and_replayed_with_one_that_lies_within() -> None:
    old = side('rule r\n  forbid hold\n  when person.days_incarcerated is more than 10\n  cite "§ 1"\n')
    new = side('rule r\n  forbid hold\n  when person.days_incarcerated is more than 20\n  cite "§ 1"\n')
    (found,) = differences(old, new)
    assert found.case.words == ("person.days_incarcerated is more than 10", "person.days_incarcerated is at most 20")
    assert 10 < found.case.facts["person.days_incarcerated"] <= 20


def test_each_change_shows_so_many_cases_and_says_whether_there_are_more() -> None:
    old = side('rule r\n  forbid hold\n  when paper.signed or person.registrant or person.in_custody\n  cite "§ 1"\n')
    new = side('rule r\n  forbid notify\n  cite "§ 1"\n')
    assert [one.more for one in differences(old, new, ["hold"], 2)] == [False, True]
    assert [one.more for one in differences(old, new, ["hold"], 3)] == [False, False, False]


LOOK_BACK = (
    "rule r\n  forbid hold\n  when any conviction c where (c.class is felony "
    'and c.on within {years} years before person.arrested_on leap days as the 28th)\n  cite "§ 1"\n'
)


def test_two_look_backs_differ_by_a_conviction_that_really_lies_between_them() -> None:
    (found,) = differences(side(LOOK_BACK.format(years=5)), side(LOOK_BACK.format(years=4)), ["hold"])
    (conviction,) = found.case.facts["person.convictions"]
    arrested = found.case.facts["person.arrested_on"]
    assert found.change == ("forbidden", "permitted")
    assert conviction["on"].year in (arrested.year - 5, arrested.year - 4)
    assert found.replayed


def test_lists_that_cannot_be_are_no_difference() -> None:
    wide = LOOK_BACK.format(years=5)
    both = wide.replace("rule r", "rule s").replace("5 years", "3 years") + "\n" + wide
    assert differences(side(wide), side(both), ["hold"]) == []  # who was convicted within 3 years was within 5


def test_a_fact_declared_otherwise_on_the_two_sides_is_refused() -> None:
    rule = 'rule r\n  forbid hold\n  when paper.colour is white\n  cite "§ 1"\n'
    one = side('fact paper.colour one-of of white, pink "?"\n\n' + rule)
    two = side('fact paper.colour one-of of white, blue "?"\n\n' + rule)
    with pytest.raises(ProblemsError, match="`paper.colour` is declared differently"):
        differences(one, two)


# ---- three comparisons that lawyers ask for


def test_wells_turned_a_contested_hold_into_a_forbidden_one_and_nothing_else() -> None:
    old, new = at("us-ny/sheriff@2018-11-13"), at("us-ny/sheriff@2018-11-14")
    found = differences(old, new)
    assert changes(found) == {("hold", "contested", "forbidden")}
    assert all(one.replayed for one in found)
    assert {reading.id for reading in found[0].old.decision.readings} == {"Q2", "Q3"}
    assert found[0].new.cites == ("People ex rel. Wells v. DeMarco, 168 A.D.3d 31 (2d Dept 2018)",)
    text = memo(old, new, ALL_ACTS, found, changed(old, new, ALL_ACTS))
    assert "hold: contested on 2018-11-13, forbidden on 2018-11-14." in text
    assert "Only on 2018-11-14: us-ny/wells, rule no-civil-arrest (forbid hold)." in " ".join(text.split())
    assert max(len(line) for line in text.splitlines()) <= 80


def test_new_yorks_local_law_63_of_2026_widens_who_counts_as_asking_and_leaves_holds_alone() -> None:
    old, new = at("us-ny-nyc/doc@2026-01-28"), at("us-ny-nyc/doc@2026-01-29")
    found = differences(old, new)
    assert all(one.replayed for one in found)
    assert ("disclose", "permitted", "forbidden") in changes(found)
    assert "hold" not in {one.act for one in found}
    gone, come = changed(old, new, ALL_ACTS)
    assert any("Local Law 63 of 2026" in one.place.cite for one in come)
    assert not any("Local Law 63 of 2026" in one.place.cite for one in gone)


def test_texas_requires_the_hold_that_california_forbids() -> None:
    old, new = at("us-tx/sheriff@2026-06-01"), at("us-ca/sheriff@2026-06-01")
    found = differences(old, new)
    assert all(one.replayed for one in found)
    first = found[0]
    assert (first.act, first.change) == ("hold", ("required", "forbidden"))
    assert any("2A.060" in cite for cite in first.old.cites)
    assert any("7284.6(a)(1)(B)" in cite for cite in first.new.cites)
    assert {("give_copy", "permitted", "required"), ("inform_person", "required", "permitted")} <= changes(found)
    text = memo(old, new, ALL_ACTS, found, changed(old, new, ALL_ACTS))
    assert text.index("IN SHORT") < text.index("THE LAW") < text.index("\nHOLD\n") < text.index("\nNOTIFY\n")


def test_an_empty_comparison_says_so() -> None:
    one = at("us-fl/sheriff@2026-06-01")
    text = memo(one, one, ["hold"], [], ([], []))
    assert "No difference. For every set of facts, both laws give the same effect (hold)." in " ".join(text.split())
