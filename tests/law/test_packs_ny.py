"""What the federal, New York State and New York City packs say as a whole: no case of one line shows it."""

import re
from collections.abc import Iterator
from datetime import datetime
from importlib import resources

import pytest

from lodged.law import Decision, Question, decide, load
from lodged.law.check import declared_facts
from lodged.law.tree import Pack, Prevails, Rule
from lodged.law.worked import as_question

NYC = ("us-ny-nyc/doc", "us-ny-nyc/nypd", "us-ny-nyc/probation")
FORM = {"paper.form": "i-247a", "paper.box": "1", "paper.signed": True, "paper.cancelled": False}
I200 = {"paper.attached": ["i-200"], "paper.attached_signed": True, "warrant.signed_by": "dhs_officer"}
JUDGE = {
    "warrant.signed_by": "us_magistrate_judge",
    "warrant.authorizes": "criminal_arrest",
    "warrant.names_person": True,
}
FREE = {"hold.hours": 2, "order.enjoins_compliance": False, "person.proved_citizen": False, "local.forbids": False}
LETTER = {"paper.form": "letter", "paper.asks": ["notify", "information"], "inquiry.item": "home_address", **FREE}
CIVIL = {**LETTER, "inquiry.purpose": "civil_immigration", "order.enforces_subpoena": False}
CRIME = {**LETTER, "inquiry.purpose": "criminal_investigation", "order.enforces_subpoena": False}
NOTHING_FOUND = {"person.convictions": [], "person.terrorist_screening_match": False}


def asked(custodian: str, act: str, day: str, facts: dict[str, object]) -> Decision:
    moment = datetime.fromisoformat(f"{day}T12:00:00-05:00")
    return decide(load(), Question(custodian, act, moment, facts, declared_facts(load().packs)))


def mine() -> list[Pack]:
    return [pack for pack in load().packs if re.match(r"us/|us-ny", pack.id)]


# ---- a detainer is a request


def test_no_federal_pack_requires_anything_but_a_courts_answer() -> None:
    required = {
        act
        for pack in mine()
        if pack.id.startswith("us/") and pack.id != "us/local-ban-on-answers"
        for rule in pack.statements
        if isinstance(rule, Rule) and rule.effect == "require"
        for act in rule.acts
    }
    assert required == {"answer"}


@pytest.mark.parametrize("act", ["hold", "notify", "interview", "transfer"])
@pytest.mark.parametrize("custodian", ["us/custodian", "us-ny/sheriff", *NYC])
def test_a_complete_detainer_obliges_nobody_in_new_york(custodian: str, act: str) -> None:
    facts = {
        **FORM,
        **I200,
        **FREE,
        **NOTHING_FOUND,
        "paper.served_on_person": True,
        "person.arrested_on": "2019-09-01",
    }
    assert asked(custodian, act, "2019-10-08", facts).effect != "required"


# ---- Local Law 63 of 2026


@pytest.mark.parametrize(
    ("custodian", "act", "facts", "before", "after"),
    [
        ("us-ny-nyc/doc", "disclose", {**CIVIL, "requester.only_in_part": True}, "permitted", "forbidden"),
        ("us-ny-nyc/doc", "notify", {**CIVIL, "requester.only_in_part": True}, "permitted", "forbidden"),
        ("us-ny-nyc/doc", "disclose", CIVIL, "forbidden", "forbidden"),
        ("us-ny-nyc/doc", "disclose", CRIME, "permitted", "permitted"),
        ("us-ny-nyc/nypd", "disclose", {**CRIME, "inquiry.immigration_crime": True}, "permitted", "contested"),
        ("us-ny-nyc/nypd", "record_request", {**CRIME, "inquiry.immigration_crime": True}, "permitted", "required"),
        ("us-ny-nyc/probation", "record_request", {**CRIME, "inquiry.proxy_law": True}, "permitted", "required"),
    ],
)
def test_the_answers_that_local_law_63_changed(
    custodian: str, act: str, facts: dict[str, object], before: str, after: str
) -> None:
    given = {**facts, **NOTHING_FOUND}
    assert asked(custodian, act, "2026-01-28", given).effect == before
    assert asked(custodian, act, "2026-01-29", given).effect == after


# ---- challenges arise only beside what they challenge


@pytest.mark.parametrize("signer", ["us_magistrate_judge", "state_judge"])
def test_no_argument_against_an_officers_hold_stands_beside_a_judges_warrant(signer: str) -> None:
    facts = {**FORM, **JUDGE, **FREE, "warrant.signed_by": signer, "warrant.came_with_detainer": True}
    found = asked("us-ny-nyc/nypd", "hold", "2016-06-10", {**facts, "person.terrorist_screening_match": True})
    assert found.effect == "permitted"
    assert {challenge.id for challenge in found.challenges} & {"Q2", "Q3", "Q9"} == set()


def test_no_argument_against_a_hold_stands_where_the_window_has_run_out() -> None:
    facts = {**FORM, **I200, **FREE, "paper.form": "i-247d", "person.terrorist_screening_match": True, "hold.hours": 49}
    found = asked("us-ny-nyc/nypd", "hold", "2016-06-10", facts)
    assert (found.effect, found.challenges) == ("forbidden", ())


@pytest.mark.parametrize("custodian", ["us-ny/sheriff", *NYC, "us-ca/sheriff", "us-wa/sheriff", "us-ma/sheriff"])
def test_service_is_not_argued_where_the_custodians_own_law_forbids_the_hold(custodian: str) -> None:
    facts = {
        **FORM,
        **I200,
        **FREE,
        **NOTHING_FOUND,
        "paper.served_on_person": False,
        "warrant.authorizes": "civil_custody",
    }
    found = asked(custodian, "hold", "2021-09-14", facts)
    assert found.effect == "forbidden"
    assert "Q9" not in {challenge.id for challenge in found.challenges}


# ---- the draft of 2026


@pytest.mark.parametrize("act", ["notify", "disclose", "interview", "transfer"])
def test_the_package_of_2026_does_not_reach_a_criminal_inquiry(act: str) -> None:
    found = asked("us-ny/sheriff", act, "2026-06-01", CRIME)
    assert (found.effect, found.laws) == ("permitted", ())


def test_a_hold_that_wells_forbids_stays_forbidden_beside_the_draft() -> None:
    found = asked("us-ny/sheriff", "hold", "2026-06-01", {**FORM, **I200, **FREE})
    assert found.effect == "forbidden"
    assert any("Wells" in reason.cite for reason in found.reasons)


# ---- a writ to bring a prisoner


@pytest.mark.parametrize("custodian", ["us/custodian", "us-ny/sheriff", *NYC])
def test_a_judges_writ_moves_a_prisoner_and_is_never_a_plain_no_to_holding(custodian: str) -> None:
    writ = {"paper.form": "habeas_writ", "warrant.signed_by": "article_iii_judge", "warrant.names_person": True, **FREE}
    assert asked(custodian, "transfer", "2021-06-01", writ).effect == "permitted"
    held = asked(custodian, "hold", "2021-06-01", writ)
    assert (held.effect, [reading.id for reading in held.readings]) == ("contested", ["writ"])


# ---- precedence, rulings


def shown() -> Iterator[str]:
    facts = declared_facts(load().packs)
    for file, home, case in load().cases:
        if re.match(r"us/|us-ny|us-fl|us-tx", file):
            for reason in decide(load(), as_question(case, home, facts)).reasons:
                yield from (cite for _, cite in reason.prevails)


def test_every_precedence_is_seen_at_work_in_a_case() -> None:
    stated = {s.cite for pack in mine() for s in pack.statements if isinstance(s, Prevails)}
    unheard = {
        "8 U.S.C. § 1225(d)(4)(A): no penalty before an order",  # lets a draft be heard, lifts nothing itself
        "Fed. R. Civ. P. 45(g); U.S. Const. art. VI",  # no pack here forbids the answer to a court's civil subpoena
    }
    assert stated - set(shown()) == unheard


# Rulings 9 and 10 are of California and Texas alone.
def test_every_ruling_stands_in_the_prose_for_counsel() -> None:
    found: set[int] = set()
    for file in sorted({load().files[pack.id] for pack in mine()}):
        text = resources.files("lodged.laws").joinpath(file).read_text(encoding="utf-8")
        for paragraph in re.sub(r"```.*?```", "", text, flags=re.DOTALL).split("\n\n"):
            numbers = {
                int(n) for some in re.findall(r"[Rr]ulings? ([\d, and]+)", paragraph) for n in re.findall(r"\d+", some)
            }
            assert not numbers or "counsel" in paragraph, paragraph
            found |= numbers
    assert found == set(range(1, 18)) - {9, 10}
