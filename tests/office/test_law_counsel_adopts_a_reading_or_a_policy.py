"""Safeguard 24: where no pack speaks or the law is open, counsel adopts a reading or a policy by a form, and it decides."""

from datetime import date, datetime, timedelta

import pytest

from lodged.law import ACTS, DUTIES, Question
from lodged.law.tree import EFFECTS
from lodged.office.decisions.acts import adopt, adopt_local, withdraw_local
from lodged.office.decisions.consult import consult
from lodged.office.decisions.finds import adopted, binding, newest, stands
from lodged.office.decisions.library import declared, packs, with_own
from lodged.office.decisions.local import EXCEPTIONS, Proposal, law_text, proposal
from lodged.office.decisions.models import LocalLaw
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, taken_in

ALONE = "us/custodian"
SINCE, UNTIL = date(2026, 11, 1), date(2027, 11, 1)
POLICY = Proposal(ALONE, "policy", "hold", "forbid", "General Order 14.2", SINCE, UNTIL)
READING = Proposal(JAIL, "reading", "Q6", "B", "Opinion of counsel 2026-3", SINCE, UNTIL)
SUBPOENA = {
    "paper.form": "i-138",
    "inquiry.item": "home_address",
    "inquiry.purpose": "civil_immigration",
    "person.convictions": [],
    "person.terrorist_screening_match": False,
    "order.enjoins_compliance": False,
    "order.enforces_subpoena": False,
}


def asked(custodian: str, act: str, facts: dict[str, object], at: datetime) -> Question:
    """A question at the hour of the test."""
    return Question(custodian, act, at, facts, declared())


def test_a_policy_decides_where_no_pack_does_and_is_cited_as_adopted(staff: dict[str, User], at: datetime) -> None:
    question = asked(ALONE, "hold", {}, at)
    assert consult(question).effect == "not_known"
    adopt(ALONE, binding(ALONE), staff["counsel"], at)
    kept = adopt_local(POLICY, staff["counsel"], at)
    found = consult(question)
    assert (found.effect, found.adopted) == ("forbidden", True)
    assert found.citations == ("General Order 14.2 (policy of the custodian, adopted by counsel on 24 November 2026)",)
    assert found.reasons[0].pack == kept.pack == "local/us/custodian/1"


def test_a_policy_speaks_for_its_own_custodian_alone(staff: dict[str, User], at: datetime) -> None:
    adopt_local(POLICY, staff["counsel"], at)
    assert "local/" not in str(consult(asked("us-ma/sheriff", "hold", {}, at)).packs_used)


def test_a_policy_ends_on_its_day(staff: dict[str, User], at: datetime) -> None:
    adopt_local(POLICY, staff["counsel"], at)
    last = datetime(2027, 10, 31, 12, tzinfo=at.tzinfo)
    assert consult(asked(ALONE, "hold", {}, last)).effect == "forbidden"
    assert consult(asked(ALONE, "hold", {}, last + timedelta(days=1))).effect == "not_known"
    assert consult(asked(ALONE, "hold", {}, datetime(2026, 10, 31, 12, tzinfo=at.tzinfo))).effect == "not_known"


def test_a_policy_that_is_withdrawn_no_longer_decides(staff: dict[str, User], at: datetime) -> None:
    kept = adopt_local(POLICY, staff["counsel"], at)
    with pytest.raises(ProblemsError, match="reason is missing"):
        withdraw_local(kept, "", staff["counsel"], at)
    withdraw_local(kept, "superseded", staff["counsel"], at)
    assert consult(asked(ALONE, "hold", {}, at)).effect == "not_known"
    yesterday = at - timedelta(days=1)
    assert consult(asked(ALONE, "hold", {}, yesterday)).effect == "forbidden"
    with pytest.raises(ProblemsError, match="withdrawn before"):
        withdraw_local(LocalLaw.objects.get(), "again", staff["counsel"], at)


def test_a_policy_that_requires_lifts_no_ban_of_law(staff: dict[str, User], at: datetime) -> None:
    facts = {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none"}
    adopt_local(Proposal(JAIL, "policy", "hold", "require", "Order 1", SINCE, UNTIL), staff["counsel"], at)
    adopt_local(Proposal(JAIL, "policy", "notify", "permit", "Order 2", SINCE, UNTIL), staff["counsel"], at)
    assert consult(asked(JAIL, "hold", facts, at)).effect == "forbidden"
    assert consult(asked(JAIL, "notify", facts, at)).effect == "forbidden"


def test_a_policy_may_be_stricter_than_a_may(staff: dict[str, User], at: datetime) -> None:
    facts = {
        "inquiry.item": "court_date",
        "inquiry.purpose": "criminal_investigation",
        "paper.form": "letter",
        "order.enjoins_compliance": False,
    }
    before = consult(asked(JAIL, "disclose", facts, at)).effect
    adopt_local(Proposal(JAIL, "policy", "disclose", "forbid", "Order 3", SINCE, UNTIL), staff["counsel"], at)
    assert before != "forbidden"
    assert consult(asked(JAIL, "disclose", facts, at)).effect == "forbidden"


def test_a_policy_does_not_outweigh_a_law_that_goes_before_policies(staff: dict[str, User], at: datetime) -> None:
    facts = {"inquiry.item": "immigration_status", "paper.form": "letter", "order.enjoins_compliance": False}
    adopt_local(Proposal(JAIL, "policy", "disclose", "forbid", "Order 3", SINCE, UNTIL), staff["counsel"], at)
    found = consult(asked(JAIL, "disclose", facts, at))
    assert found.effect != "forbidden"
    assert any("1373" in cite for cite in found.citations)


def test_a_reading_settles_a_question_and_the_decision_says_who_adopted_it(
    staff: dict[str, User], at: datetime
) -> None:
    question = asked(JAIL, "answer", SUBPOENA, at)
    assert consult(question).effect == "contested"
    adopt_local(READING, staff["counsel"], at)
    found = consult(question)
    assert found.effect == "forbidden"
    assert any("Q6 is read as B" in note and "Opinion of counsel 2026-3" in note for note in found.notes)
    assert consult(asked(JAIL, "hold", {"warrant.signed_by": "none"}, at)).notes == ()


def test_what_counsel_adopts_is_sealed_and_moves_what_stands_on_it(
    staff: dict[str, User], roster: None, law: None, at: datetime
) -> None:
    matter = Matter.objects.get(paper__arrival=taken_in("detainer-with-warrant.tif", at))
    assert stands(matter)
    kept = adopt_local(
        Proposal(JAIL, "policy", "hold", "forbid", "Order 4", SINCE, UNTIL, "federal_judge"), staff["counsel"], at
    )
    assert Entry.objects.get(pk=kept.seal.pk).kind == "LocalLawAdopted"
    assert not stands(matter)
    Round(at).advance(matter.paper.arrival)
    assert stands(matter)
    hold = newest(matter).get(act="hold")
    assert hold.adopted
    assert any("Order 4" in cite for cite in hold.cites)
    withdraw_local(kept, "a mistake", staff["counsel"], at)
    assert Entry.objects.filter(kind="LocalLawWithdrawn").count() == 1
    assert not stands(matter)


def test_its_own_law_counts_as_adopted(staff: dict[str, User], at: datetime) -> None:
    adopt_local(POLICY, staff["counsel"], at)
    assert [name.partition("@")[0] for name in adopted(ALONE)] == ["local/us/custodian/1"]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"kind": ""}, "nothing was chosen"),
        ({"about": "dance"}, "no act was chosen"),
        ({"answer": "allow"}, "no answer was chosen"),
        ({"citation": " — "}, "a citation is missing"),
        ({"since": ""}, "the day it begins is missing"),
        ({"until": "31/12/2027"}, "`31/12/2027` is no day"),
        ({"until": "2026-11-01"}, "end before it begins"),
        ({"until": "9999-01-01"}, "outside the years"),
        ({"unless": "never"}, "no exception"),
        ({"kind": "reading", "answer": "Q6=Z"}, "is no reading of question Q6"),
        ({"kind": "reading", "answer": ""}, "no reading was chosen"),
    ],
)
def test_a_form_that_cannot_be_is_refused_with_every_reason(changed: dict[str, str], wrong: str) -> None:
    told = {
        "kind": "policy",
        "about": "hold",
        "answer": "forbid",
        "unless": "",
        "citation": "Order 1",
        "since": "2026-11-01",
        "until": "2027-11-01",
    }
    assert proposal(ALONE, told) == Proposal(ALONE, "policy", "hold", "forbid", "Order 1", SINCE, UNTIL)
    with pytest.raises(ProblemsError, match=wrong):
        proposal(ALONE, told | changed)


def test_a_citation_with_quotation_marks_stays_a_citation(staff: dict[str, User], at: datetime) -> None:
    said = Proposal(ALONE, "policy", "hold", "forbid", 'Order "7" # 12', SINCE, UNTIL)
    adopt_local(said, staff["counsel"], at)
    assert "Order '7' # 12" in consult(asked(ALONE, "hold", {}, at)).citations[0]


def test_every_question_and_every_exception_makes_law() -> None:
    readings = [
        Proposal(JAIL, "reading", name, question.readings[0].choice, "Opinion 1", SINCE, UNTIL)
        for name, question in packs().questions.items()
    ]
    policies = [
        Proposal(JAIL, "policy", act, answer, "Order 1", SINCE, UNTIL, unless)
        for act in (*ACTS, *DUTIES)
        for answer in EFFECTS
        for unless in EXCEPTIONS
    ]
    names = [f"local/{JAIL}/{number}" for number in range(1, len(readings) + len(policies) + 1)]
    texts = [law_text(said, name, SINCE) for said, name in zip([*readings, *policies], names, strict=True)]
    assert set(names) <= set(with_own(tuple(zip(names, texts, strict=True))).by_id)
