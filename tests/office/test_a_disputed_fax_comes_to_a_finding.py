"""A sender's sheet is heard; the finding is sealed; a paper found later reopens it, and the correction is drafted."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from pytest_django import Settings

from lodged.dispute import Banner, Printed, Result, Sheet, read_banner
from lodged.dispute.hear import read_claim
from lodged.dispute.listed import read_list
from lodged.office.arrivals.channels.fax.receive import from_fax
from lodged.office.arrivals.channels.fax.sweep import sweep
from lodged.office.arrivals.models import Arrival
from lodged.office.custodians import custodian
from lodged.office.disputes import acts, finds
from lodged.office.disputes.claims import kept, sheet_of
from lodged.office.disputes.models import Dispute, Draft, Finding
from lodged.office.disputes.papers import DENIES
from lodged.office.disputes.release import at_release
from lodged.office.disputes.timeline import drawn
from lodged.office.people.models import Person
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import confirm

DATA = Path(__file__).parents[1] / "dispute" / "data"
HOUSE = "us-ny-nyc/doc"
BANNERS: dict[bytes, Banner | None] = {}
SHEETS = {case: (DATA / "sheets" / f"{case}.json").read_bytes() for case in ("A", "X2", "X3", "X5", "X6")}


@pytest.fixture
def spool(tmp_path: Path, settings: Settings) -> Path:
    """The fax server's spool of the office, and the list of its numbers."""
    folder = tmp_path / "hylafax"
    shutil.copytree(DATA / "spool", folder)
    settings.LODGED_SPOOLS = (folder,)
    settings.LODGED_NUMBERS = tmp_path / "numbers.json"
    (tmp_path / "numbers.json").write_text(json.dumps(json.loads((DATA / "truth.json").read_text())["our_numbers"]))
    return folder


@pytest.fixture(autouse=True)
def banners_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page's first line is really read, but once a run."""

    def remembered(document: bytes) -> Banner | None:
        if document not in BANNERS:
            BANNERS[document] = read_banner(document)
        return BANNERS[document]

    monkeypatch.setattr("lodged.dispute.hear.read_banner", remembered)


@pytest.fixture
def heard(staff: dict[str, User], spool: Path, at: datetime) -> Callable[[str], Dispute]:
    """Hear one of the sheets."""

    def hear(case: str) -> Dispute:
        return acts.hear(read_claim(SHEETS[case], case), HOUSE, staff["clerk"], at, SHEETS[case])

    return hear


def nothing_claimed(at: datetime) -> Sheet:
    """A claim of a minute in which no call came."""
    started = Printed((at - timedelta(hours=2)).astimezone(custodian(HOUSE).zone).replace(tzinfo=None), 60)
    return Sheet("typed", "+15125550199", "512 555 0199", started, pages=2, result=Result.OK)


def text_of(draft: Draft, folder: Path) -> str:
    path = folder / "draft.pdf"
    path.write_bytes(bytes(draft.body))
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def test_a_claim_and_its_finding_are_sealed_without_a_word_of_it_in_the_clear(heard: Callable[[str], Dispute]) -> None:
    dispute = heard("X2")
    assert dispute.number == "D-2026-00001"
    assert finds.newest(dispute).outcome == "sent to a number not ours"
    kinds = list(Entry.objects.order_by("index").values_list("kind", flat=True))
    assert kinds == ["DisputeHeard", "FindingReached"]
    events = b"".join(bytes(entry.event) for entry in Entry.objects.all())
    assert b"5125550169" not in events
    assert b"not ours" not in events


def test_an_orphan_is_found_swept_in_and_the_finding_reopened(
    heard: Callable[[str], Dispute], spool: Path, at: datetime
) -> None:
    dispute = heard("X3")
    assert finds.newest(dispute).outcome == "delivered, orphaned"
    swept = {arrival.evidence["commid"]: arrival for arrival in sweep(spool, HOUSE, at).taken_in}
    (reopened,) = acts.look_again_at_all([dispute], at)
    assert (reopened.outcome, reopened.version, reopened.reopens.version) == ("delivered and filed", 2, 1)
    assert swept["000003125"].number in reopened.sentence
    assert acts.look_again(dispute, at) == reopened


def beating(staff: dict[str, User], at: datetime) -> None:
    """The log is alive every ten minutes around the claimed hour: each act of the office is a sign of life."""
    for minutes in range(-180, 1, 10):
        with docket(at):
            enter(Sealed(kind="Heartbeat", custodian=HOUSE, facts={"line": "up"}), at + timedelta(minutes=minutes))


@pytest.fixture
def denied(staff: dict[str, User], spool: Path, at: datetime) -> Finding:
    """A finding that says that nothing came."""
    beating(staff, at)
    finding = finds.newest(acts.hear(nothing_claimed(at), HOUSE, staff["clerk"], at))
    assert finding.outcome == "never connected"
    return finding


def test_not_received_cannot_be_approved_until_every_place_was_searched(
    denied: Finding, staff: dict[str, User], at: datetime, tmp_path: Path
) -> None:
    drafted = acts.draft(denied, Draft.Kind.LETTER, at)
    assert drafted.denies
    assert "By our records it was not received" in text_of(drafted, tmp_path)
    places = denied.to_search
    assert {place.split()[0] for place in places} == {"number", "fax", "custodian"}
    with pytest.raises(ProblemsError) as raised:
        acts.approve(denied, Draft.Kind.LETTER, staff["counsel"], at)
    assert len(raised.value.problems) == len(places)
    for place in places[:-1]:
        acts.search(denied, place, False, "looked through the whole day", staff["clerk2"], at)
    with pytest.raises(ProblemsError, match="nobody has searched custodian"):
        acts.approve(denied, Draft.Kind.LETTER, staff["counsel"], at)
    acts.search(denied, places[-1], False, "asked by telephone", staff["clerk2"], at)
    approved = acts.approve(denied, Draft.Kind.LETTER, staff["counsel"], at)
    assert approved.approved_by == staff["counsel"]
    assert "DRAFT" not in text_of(approved, tmp_path)
    assert Entry.objects.filter(kind="PlaceSearched").count() == len(places)


def test_something_found_in_a_search_stops_the_approval(denied: Finding, staff: dict[str, User], at: datetime) -> None:
    acts.draft(denied, Draft.Kind.LETTER, at)
    for place in denied.to_search:
        acts.search(denied, place, place.startswith("custodian"), "asked", staff["clerk"], at)
    with pytest.raises(ProblemsError, match="something was found"):
        acts.approve(denied, Draft.Kind.LETTER, staff["counsel"], at)


def test_a_later_find_reopens_an_approved_denial_and_drafts_its_correction(
    denied: Finding, staff: dict[str, User], spool: Path, at: datetime, tmp_path: Path
) -> None:
    acts.draft(denied, Draft.Kind.LETTER, at)
    for place in denied.to_search:
        acts.search(denied, place, False, "looked", staff["clerk"], at)
    acts.approve(denied, Draft.Kind.LETTER, staff["counsel"], at)
    found = from_fax(b"a fax that lay in another tray", "found", HOUSE, at - timedelta(hours=2, minutes=-3))
    reopened = acts.look_again(denied.dispute, at)
    assert (reopened.reopens, reopened.outcome) == (denied, "delivered and filed")
    assert found.number in reopened.sentence
    correction = reopened.drafts.get(kind=Draft.Kind.CORRECTION)
    said = text_of(correction, tmp_path)
    assert "We wrote before" in said
    assert "DRAFT" in said
    assert not correction.denies
    with pytest.raises(ProblemsError, match="reopened since"):
        acts.search(denied, denied.to_search[0], False, "again", staff["clerk"], at)


def test_without_a_list_of_numbers_nobody_may_deny(
    denied: Finding, staff: dict[str, User], settings: Settings, at: datetime
) -> None:
    settings.LODGED_NUMBERS = None
    finding = finds.newest(acts.hear(nothing_claimed(at), HOUSE, staff["clerk"], at))
    acts.draft(finding, Draft.Kind.CERTIFICATE, at)
    assert [problem.what for problem in finds.obstacles(finding, Draft.Kind.CERTIFICATE, staff["counsel"])][0] == (
        "there is no list of our numbers"
    )


def test_only_counsel_approves_and_only_what_was_drafted(
    heard: Callable[[str], Dispute], staff: dict[str, User], at: datetime
) -> None:
    finding = finds.newest(heard("A"))
    with pytest.raises(ProblemsError, match="nothing is drafted yet"):
        acts.approve(finding, Draft.Kind.LETTER, staff["counsel"], at)
    acts.draft(finding, Draft.Kind.LETTER, at)
    with pytest.raises(ProblemsError, match="your role may not approve"):
        acts.approve(finding, Draft.Kind.LETTER, staff["officer"], at)
    acts.approve(finding, Draft.Kind.LETTER, staff["counsel"], at)
    with pytest.raises(ProblemsError, match="approved already"):
        acts.approve(finding, Draft.Kind.LETTER, staff["counsel"], at)


def test_a_search_of_another_place_or_without_saying_how_is_refused(
    heard: Callable[[str], Dispute], staff: dict[str, User], at: datetime
) -> None:
    finding = finds.newest(heard("A"))
    with pytest.raises(ProblemsError, match="is not one of the places"):
        acts.search(finding, "the cellar", False, "looked", staff["clerk"], at)
    with pytest.raises(ProblemsError, match="nothing is written here"):
        acts.search(finding, finding.to_search[0], False, " ", staff["clerk"], at)


def test_a_certificate_states_what_the_rules_ask_and_every_gap(denied: Finding, at: datetime, tmp_path: Path) -> None:
    said = text_of(acts.draft(denied, Draft.Kind.CERTIFICATE, at), tmp_path)
    for part in (
        "902(11)", "902(13)", "902(14)", "803(7)", "1. Who certifies", "4. Regular course", "SHA-256", "NOT SEARCHED",
        "unwitnessed", "28 U.S.C. § 1746", "10. Notice", "lodged log audit", "000003120", "8. Known gaps",
    ):  # fmt: skip
        assert part in said, part


def test_a_certificate_of_what_was_received_does_not_speak_of_absence(
    heard: Callable[[str], Dispute], at: datetime, tmp_path: Path
) -> None:
    drafted = acts.draft(finds.newest(heard("A")), Draft.Kind.CERTIFICATE, at)
    said = text_of(drafted, tmp_path)
    assert "803(7)" not in said
    assert "e7fae647bef13443c5ba50a8d1213807699c8a4d3f40487363c5df91e68daab7" in said.replace(" ", "").replace(
        "\u200b", ""
    )
    assert not drafted.denies


def test_no_name_or_number_of_a_person_enters_a_dispute_or_its_papers(
    staff: dict[str, User], spool: Path, at: datetime, tmp_path: Path
) -> None:
    scan = (DATA / "sheets" / "X4.tif").read_bytes()
    dispute = acts.hear(read_claim(scan, "X4"), HOUSE, staff["clerk"], at, scan)
    finding = finds.newest(dispute)
    drafts = [acts.draft(finding, kind, at) for kind in (Draft.Kind.LETTER, Draft.Kind.CERTIFICATE)]
    told = json.dumps([dispute.claim, finding.body]) + "".join(text_of(one, tmp_path) for one in drafts)
    assert not [word for word in ("VIDAL", "241 257", "BRAZIL", "MACKENZIE", "07/26") if word in told]


def test_the_release_panel_says_what_is_missing(heard: Callable[[str], Dispute], spool: Path, at: datetime) -> None:
    dispute = heard("X3")
    assert "No paper of the docket" in at_release(finds.newest(dispute)).missing
    sweep(spool, HOUSE, at)
    assert "was not read yet" in at_release(acts.look_again(dispute, at)).missing


def test_both_sides_are_drawn_on_one_axis(heard: Callable[[str], Dispute]) -> None:
    drawing = drawn(finds.newest(heard("A")))
    assert drawing is not None
    sides = [bar.span.side for bar in drawing.bars]
    assert sides == sorted(sides, reverse=True)
    assert any(bar.span.matched for bar in drawing.bars)
    assert all(0 <= bar.x <= bar.x + bar.width <= 720 for bar in drawing.bars)
    assert 2 <= len(drawing.ticks) <= 8


def test_a_list_is_heard_at_once_and_kept_without_its_names(staff: dict[str, User], spool: Path, at: datetime) -> None:
    text = "Alien Name,Number,Time,Pages,Result,Ref\nSOMEBODY,15125550199,2026-11-24T03:32:30,2,OK,r1\nELSE,12,soon,1,OK,r2\n"
    found = acts.hear_senders_list(read_list(text, "list"), HOUSE, staff["clerk"], at, text.encode())
    assert (found.number, found.totals["agreed"], found.totals["unreadable"]) == ("S-2026-00001", 1, 1)
    assert found.left_out == ["Alien Name"]
    assert "SOMEBODY" not in json.dumps(found.rows)


def test_words_that_deny_are_known() -> None:
    assert all(
        DENIES.search(words)
        for words in ("It was not received.", "No call to +1 came", "it never arrived", "did not reach us")
    )
    assert not DENIES.search("We received it: 2 pages.")


def test_a_fax_that_lies_with_another_custodian_is_misfiled(
    heard: Callable[[str], Dispute], spool: Path, at: datetime
) -> None:
    from_fax((spool / "recvq" / "fax000003120.tif").read_bytes(), "a", "us-ny-nyc/nypd", at)
    assert finds.newest(heard("A")).outcome == "received, mis-filed"


def test_a_claim_is_kept_so_that_it_can_be_heard_again(heard: Callable[[str], Dispute], at: datetime) -> None:
    claim = read_claim(SHEETS["A"], "A")
    assert sheet_of(json.loads(json.dumps(kept(claim)))) == replace(claim, problems=())


def test_the_law_is_asked_with_the_paper_and_without_it_at_the_minute_of_release(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    matter = confirm(detainer, "J26-25693", staff, at)
    when = at.astimezone(custodian(HOUSE).zone).replace(tzinfo=None)
    claim = Sheet("typed", "+15125550199", "", Printed(when, 60), pages=None, result=Result.OK)
    finding = finds.newest(acts.hear(claim, HOUSE, staff["clerk"], at))
    assert "no hour of release" in at_release(finding).missing
    person = Person.objects.get(booking_no="J26-25693")
    person.released_at = at + timedelta(hours=3)
    person.save()
    shown = at_release(finding)
    assert (shown.matter, shown.at) == (matter.number, at + timedelta(hours=3))
    hold = next(one for one in shown.acts if one.act == "hold")
    assert hold.with_paper.effect == "forbidden"
    assert hold.with_paper.cites
    assert hold.without.effect in ("forbidden", "not_known", "permitted")
