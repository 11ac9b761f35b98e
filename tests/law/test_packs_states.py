"""The law of nine places as lawyers read it: what a review found stays mended, and the prose keeps its form."""

import re
import tomllib
from datetime import datetime
from importlib import resources

import pytest

from lodged.law import Decision, Question, decide, load
from lodged.law.tree import Define, Is, Rule, Some, leaves
from lodged.when import years_before

PLACES = ("us-ca", "us-co", "us-co-denver", "us-ct", "us-fl", "us-il", "us-ma", "us-tx", "us-wa")
FILES = sorted({file for file in load().files.values() if file.split("/")[0] in PLACES})

DETAINER = {
    "paper.form": "i-247a",
    "paper.box": "1",
    "paper.signed": True,
    "paper.cancelled": False,
    "paper.attached": ["i-200"],
    "paper.attached_signed": True,
    "paper.served_on_person": True,
    "warrant.signed_by": "dhs_officer",
    "warrant.authorizes": "civil_custody",
    "person.in_custody": True,
    "person.proved_citizen_or_lawful": False,
    "hold.hours": 2,
    "order.enjoins_compliance": False,
    "order.enforces_subpoena": False,
    "local.forbids": False,
}
MAGISTRATE = {
    "paper.attached": ["judicial_warrant"],
    "warrant.signed_by": "us_magistrate_judge",
    "warrant.names_person": True,
}
CUSTODIANS = {place: f"{place}/{'police' if place == 'us-ct' else 'sheriff'}" for place in PLACES}


def ask(place: str, act: str, at: str, **changed: object) -> Decision:
    facts = {**DETAINER, **{name.replace("__", "."): value for name, value in changed.items()}}
    given = {name: value for name, value in facts.items() if value is not None}
    question = {"custodian": CUSTODIANS[place], "act": act, "at": f"{at}T12:00:00-05:00", "facts": given}
    return decide(load(), Question.from_json(question))


def dotted(facts: dict[str, object]) -> dict[str, object]:
    return {name.replace(".", "__"): value for name, value in facts.items()}


def markdown(file: str) -> str:
    return (resources.files("lodged.laws") / file).read_text(encoding="utf-8")


def paragraphs(file: str) -> list[str]:
    """Every paragraph, heading and fenced block of a file, in order."""
    pieces = re.split(r"^```\w*\n(.*?)^```$", markdown(file), flags=re.M | re.S)
    found: list[str] = []
    for place, piece in enumerate(pieces):
        found += [f"```{piece}"] if place % 2 else [p.strip() for p in piece.split("\n\n") if p.strip()]
    return found


# ---- Texas and Florida, in both directions


def test_texas_before_el_cenizo_the_mandate_stands_and_the_argument_is_listed() -> None:
    before, after = ask("us-tx", "hold", "2018-05-07"), ask("us-tx", "hold", "2018-05-08")
    assert (before.effect, after.effect) == ("required", "required")
    assert "Q2" in [challenge.id for challenge in before.challenges]
    assert "Q2" not in [challenge.id for challenge in after.challenges]


def test_texas_asks_whether_a_judge_can_issue_a_civil_warrant_beside_whether_service_is_a_condition() -> None:
    civil = {**MAGISTRATE, "warrant.authorizes": "civil_custody", "paper.served_on_person": False}
    found = ask("us-tx", "hold", "2025-03-11", **dotted(civil))
    assert (found.effect, [reading.id for reading in found.readings]) == ("contested", ["Q8", "Q9"])


@pytest.mark.parametrize(
    ("signer", "authorizes", "effect"),
    [
        ("us_magistrate_judge", "civil_custody", "required"),
        ("us_magistrate_judge", "criminal_arrest", "required"),
        ("state_judge", "criminal_arrest", "permitted"),
        ("state_judge", "civil_custody", "forbidden"),
        ("immigration_judge", "civil_custody", "forbidden"),
    ],
)
def test_florida_only_a_federal_warrant_makes_a_detainer_sufficient(signer: str, authorizes: str, effect: str) -> None:
    warrant = {
        **MAGISTRATE,
        "warrant.signed_by": signer,
        "warrant.authorizes": authorizes,
        "person.proved_citizen": False,
    }
    assert ask("us-fl", "hold", "2025-10-14", **dotted(warrant)).effect == effect


def test_a_local_ban_changes_nothing_in_texas_nor_against_a_florida_duty() -> None:
    for place, act in [("us-tx", "hold"), ("us-tx", "notify"), ("us-fl", "hold"), ("us-fl", "notify")]:
        found = ask(place, act, "2025-10-14", local__forbids=True)
        assert (found.effect, place, act) == ("required", place, act)


# ---- civil enforcement only


@pytest.mark.parametrize("place", ["us-co", "us-il", "us-wa", "us-ct", "us-ca"])
def test_an_interview_for_a_criminal_case_is_outside_what_binds_civil_enforcement(place: str) -> None:
    criminal = {"paper.form": "letter", "inquiry.purpose": "criminal_investigation", "warrant.signed_by": "none"}
    assert ask(place, "interview", "2026-02-10", **dotted(criminal)).effect == "permitted"


@pytest.mark.parametrize(("place", "law"), [("us-co", "us-co/sb25-276 (draft)"), ("us-il", "us-il/805#15 (draft)")])
def test_a_draft_leaves_an_interview_for_civil_enforcement_open(place: str, law: str) -> None:
    civil = {"paper.form": "letter", "inquiry.purpose": "civil_immigration", "person.advised_of_rights": True}
    found = ask(place, "interview", "2026-02-10", **dotted({**civil, "warrant.signed_by": "none"}))
    assert (found.effect, found.laws) == ("not_known", (law,))


# ---- Denver, Connecticut


@pytest.mark.parametrize(
    ("signer", "authorizes", "effect"),
    [
        ("us_magistrate_judge", "criminal_arrest", "permitted"),
        ("state_judge", "search", "permitted"),
        ("us_magistrate_judge", "civil_custody", "contested"),
        ("state_judge", "civil_custody", "forbidden"),
        ("dhs_officer", "civil_custody", "forbidden"),
    ],
)
def test_denver_means_the_same_judicial_warrant_at_the_door_as_in_the_cell(
    signer: str, authorizes: str, effect: str
) -> None:
    warrant = {**MAGISTRATE, "warrant.signed_by": signer, "warrant.authorizes": authorizes}
    asked = {"paper.form": "letter", "inquiry.purpose": "civil_immigration"}
    assert ask("us-co-denver", "interview", "2018-07-10", **dotted(warrant | asked)).effect == effect


def test_connecticuts_draft_lifts_what_its_own_section_forbids_when_it_is_asked_for() -> None:
    conviction = {"state": "CT", "class": "felony", "grade": "C", "adjudication": "adult"}
    facts = {
        **DETAINER,
        "person.proved_citizen": False,
        "person.terrorist_screening_match": False,
        "person.convictions": [conviction],
    }
    at = datetime.fromisoformat("2026-02-10T12:00:00-05:00")
    question = Question.from_json({"custodian": "us-ct/police", "act": "hold", "at": at.isoformat(), "facts": facts})
    assert decide(load(), question).laws == ("us-ct/pa-25-29 (draft)",)
    assert decide(load(), question, with_draft=["us-ct/pa-25-29"]).effect == "permitted"


# ---- California's list


def test_californias_list_is_the_same_in_the_data_and_in_the_definition() -> None:
    letters = tomllib.loads(markdown("us-ca/listed-offenses.toml"))["letter"]
    data = {section for letter in letters.values() for code in ("PC", "VC") for section in letter.get(code, ())}
    pack = load().by_id["us-ca/7282.5"]
    means = next(s.means for s in pack.statements if isinstance(s, Define) and s.name == "listed_offense")
    assert isinstance(means, Some)
    tests = [leaf for leaf in leaves(means.where) if isinstance(leaf, Is) and leaf.ref.endswith(".section")]
    assert {section for test in tests for section in test.values} == data
    assert len(letters) == 31


@pytest.mark.parametrize(
    ("code", "section", "class_", "effect"),
    [
        ("VC", "23152", "wobbler", "forbidden"),
        ("VC", "23152", "felony", "permitted"),
        ("VC", "20001(c)", "wobbler", "permitted"),
        ("VC", "20001(a)", "wobbler", "forbidden"),
        ("PC", "245(a)(4)", "wobbler", "permitted"),
        ("PC", "245(a)(4)", "misdemeanor", "forbidden"),
        *(
            ("PC", section, "felony", "permitted")
            for section in ("261(a)(6)", "262(a)(4)", "286(d)", "288a(c)", "289(j)")
        ),
        *(
            ("PC", section, "felony", "forbidden")
            for section in ("261(a)(3)", "262(a)(2)", "286(e)", "288a(b)", "289(b)")
        ),
        *(("PC", section, "felony", "permitted") for section in ("26100(c)", "26100(d)", "245.6(d)")),
        *(("PC", section, "felony", "forbidden") for section in ("26100(a)", "245.6(a)")),
    ],
)
def test_a_conviction_of_last_year_on_californias_list(code: str, section: str, class_: str, effect: str) -> None:
    conviction = {"code": code, "section": section, "state": "CA", "class": class_, "grade": "county_jail"}
    conviction |= {"on": "2020-03-02", "adjudication": "adult", "violent_or_serious": False}
    facts = dict.fromkeys(("person.registrant", "person.aggravated_felony", "person.probable_cause_found"), False)
    found = ask(
        "us-ca", "notify", "2021-03-02", person__convictions=[conviction], **dotted(facts), inquiry__item_public=False
    )
    assert found.effect == effect


def test_a_look_back_from_a_leap_day_reaches_the_28th() -> None:
    assert years_before(datetime(2024, 2, 29).date(), 5).isoformat() == "2019-02-28"


# ---- the prose


@pytest.mark.parametrize("file", FILES)
def test_a_doubt_stands_in_a_paragraph_of_its_own_and_never_beside_a_rule(file: str) -> None:
    pieces = paragraphs(file)
    for before, block in zip(pieces, pieces[1:], strict=False):
        if block.startswith("```") and re.search(r"^rule ", block, flags=re.M):
            assert not before.startswith("For counsel:"), block
    for piece in pieces:
        if not piece.startswith(("```", "For counsel:")):
            assert not re.search(r"\(rulings? |our assumption|for counsel|to be confirmed", piece), piece


@pytest.mark.parametrize("file", FILES)
def test_every_rule_stands_under_a_paragraph_that_says_it(file: str) -> None:
    pieces = paragraphs(file)
    for before, block in zip(pieces, pieces[1:], strict=False):
        if block.startswith("```") and re.search(r"^rule ", block, flags=re.M):
            assert not before.startswith(("#", "```")), block


@pytest.mark.parametrize(
    ("place", "rulings"),
    [
        ("us-ca", {1, 4, 6, 7, 9, 11, 12, 15}),
        ("us-co", {2, 6, 7, 12}),
        ("us-co-denver", {4, 6, 7}),
        ("us-ct", {2, 5, 11, 12, 13}),
        ("us-fl", {2, 5, 13}),
        ("us-il", {12}),
        ("us-ma", {2}),
        ("us-tx", {2, 5, 10, 13}),
        ("us-wa", {4, 6, 7}),
    ],
)
def test_every_ruling_that_touches_a_place_stands_in_its_prose(place: str, rulings: set[int]) -> None:
    said = "\n".join(p for file in FILES if file.split("/")[0] == place for p in paragraphs(file) if "```" not in p[:3])
    named = {int(n) for group in re.findall(r"\(rulings? ([^);]*)", said) for n in re.findall(r"\d+", group)}
    assert rulings <= named


@pytest.mark.parametrize("place", PLACES)
def test_both_kinds_of_state_are_worked_through(place: str) -> None:
    cases = [case for file, _, case in load().cases if file.split("/")[0] == place]
    rules = [
        s
        for p in load().packs
        if load().files[p.id].split("/")[0] == place
        for s in p.statements
        if isinstance(s, Rule)
    ]
    assert len(cases) >= 2 * len(rules) >= 2
