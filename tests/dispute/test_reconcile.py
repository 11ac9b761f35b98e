"""Every outcome, each with both sides of its boundary, and what no finding may ever say."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dispute.invented import (
    HOUR,
    NUMBERS,
    OTHER,
    PUBLISHED,
    REAL,
    STRANGER,
    alive,
    file,
    rows,
    sheet,
    spool,
    trace,
    watched,
)  # fmt: skip

from lodged.dispute import (
    Arrival,
    Banner,
    OurNumbers,
    Outcome,
    Printed,
    Result,
    Sheet,
    read_numbers,
    reconcile,
    records,
)
from lodged.dispute.typed import read_typed
from lodged.fax import Carried, Spool, read_spool
from lodged.problem import Problem

Thing = TypeVar("Thing")
TRUTH = json.loads((REAL / "truth.json").read_text())
WHOLE = spool(rows(), [trace()], [file()])
EMPTY = spool(rows("000000001", pages=1, length=20, at=HOUR - timedelta(hours=1)), next_call=2)


@pytest.mark.parametrize("case", sorted(TRUTH["sheets"]))
def test_each_fax_really_sent_comes_to_its_finding(case: str) -> None:
    ours = records([read_spool(REAL / "spool")], read_numbers(json.dumps(TRUTH), "numbers"))
    claim = read_typed((REAL / "sheets" / f"{case}.json").read_text(), case)
    finding, truth = reconcile(claim, ours), TRUTH["sheets"][case]
    assert (finding.outcome, list(finding.also_defensible)) == (truth["outcome"], truth["also_defensible"])
    assert [call.commid for call in finding.ours] == [truth["commid"]] * bool(truth["commid"])
    assert not finding.contradictions


def test_delivered_and_filed() -> None:
    finding = reconcile(sheet(), watched(WHOLE))
    assert (finding.outcome, finding.also_defensible, finding.contradictions) == (Outcome.FILED, (), ())
    assert finding.sentence == "We received it: 2 pages, at 2026-11-24 15:30:20 UTC."


@pytest.mark.parametrize(("seconds", "found"), [(30, True), (150, True), (152, False), (-150, True), (-152, False)])
def test_the_window_is_a_minute_for_each_clock_and_the_ringing(seconds: int, found: bool) -> None:
    finding = reconcile(sheet(at=HOUR + timedelta(seconds=seconds)), watched(WHOLE))
    assert (finding.outcome is Outcome.FILED) == found


@pytest.mark.parametrize(("seconds", "found"), [(30, True), (32, False)])
def test_the_window_is_the_ringing_alone_where_the_sender_s_clock_was_learnt(seconds: int, found: bool) -> None:
    late = HOUR + timedelta(seconds=3600 + seconds)
    finding = reconcile(sheet(at=late), watched(WHOLE), offset_s=3600.0)
    assert (finding.outcome is Outcome.FILED) == found


@pytest.mark.parametrize(("length", "found"), [(57, True), (67, True), (69, False), (47, True), (45, False)])
def test_another_duration_is_another_call_unless_it_began_in_the_same_seconds(length: int, found: bool) -> None:
    later = HOUR + timedelta(seconds=60)
    assert (reconcile(sheet(at=later, length=length), watched(WHOLE)).outcome is Outcome.FILED) == found
    at_once = reconcile(sheet(length=length), watched(WHOLE))
    assert at_once.outcome is Outcome.FILED
    assert bool(at_once.contradictions) != found


@pytest.mark.parametrize(
    ("pages", "outcome"), [(1, Outcome.PAGES_DIFFER), (2, Outcome.FILED), (3, Outcome.PAGES_DIFFER)]
)
def test_pages_differ_where_our_side_thinks_that_all_came(pages: int, outcome: Outcome) -> None:
    assert reconcile(sheet(pages=pages), watched(spool(rows(), [], [file()]))).outcome is outcome


def test_delivered_and_orphaned_is_a_whole_file_that_nobody_wrote_down() -> None:
    killed = spool([], [trace(ended=False)], [file()])
    finding = reconcile(sheet(), watched(killed))
    assert finding.outcome is Outcome.ORPHANED
    assert "our intake never noticed" in finding.sentence
    assert reconcile(sheet(), watched(spool([], [], [file()]))).outcome is Outcome.ORPHANED


def test_a_row_is_no_help_where_the_docket_knows_nothing_of_the_paper() -> None:
    assert reconcile(sheet(), records([WHOLE], NUMBERS, UTC, alive(), docket=[])).outcome is Outcome.ORPHANED
    known = Arrival("L-1", HOUR.replace(tzinfo=UTC), file().sha256)
    finding = reconcile(sheet(), records([WHOLE], NUMBERS, UTC, alive(), docket=[known]))
    assert finding.outcome is Outcome.FILED
    assert "as L-1" in finding.sentence


def test_a_paper_that_only_the_docket_knows_was_received() -> None:
    alone = Arrival("L-1", HOUR.replace(tzinfo=UTC) + timedelta(minutes=3), called=PUBLISHED)
    finding = reconcile(sheet(), records([EMPTY], NUMBERS, UTC, alive(), docket=[alone]))
    assert (finding.outcome, finding.ours[0].arrivals) == (Outcome.FILED, (alone,))


def test_received_and_misfiled() -> None:
    elsewhere = Arrival("L-1", HOUR.replace(tzinfo=UTC), file().sha256, filed=False)
    assert reconcile(sheet(), records([WHOLE], NUMBERS, UTC, alive(), docket=[elsewhere])).outcome is Outcome.MISFILED
    assert reconcile(sheet(), watched(spool(rows(), [trace()], []))).outcome is Outcome.MISFILED


def test_received_on_another_number_of_ours_by_the_number_that_rang() -> None:
    rang = spool(rows(called=OTHER), [trace(called=OTHER)], [file()])
    assert reconcile(sheet(dialled=OTHER), watched(rang)).outcome is Outcome.OTHER_NUMBER
    finding = reconcile(sheet(dialled=PUBLISHED), watched(rang))
    assert finding.outcome is Outcome.OTHER_NUMBER
    assert finding.contradictions


def test_sent_to_a_number_not_ours_only_by_a_list_of_ours() -> None:
    assert reconcile(sheet(dialled=STRANGER), watched(EMPTY)).outcome is Outcome.NOT_OURS
    unlisted = reconcile(sheet(dialled=STRANGER), watched(EMPTY, numbers=OurNumbers()))
    assert unlisted.also_defensible == (Outcome.CANNOT_SAY,)


@pytest.mark.parametrize(
    ("result", "outcome"), [(Result.FAILED, Outcome.PARTIAL_KNOWN), (Result.OK, Outcome.PARTIAL_UNKNOWN)]
)
def test_a_part_came_and_the_sender_knows_or_does_not(result: Result, outcome: Outcome) -> None:
    cut = spool(rows(pages=1, reason="T.30 T2 timeout"), [], [file(pages=1)])
    claim = sheet(result, pages=1 if result is Result.FAILED else 2, total=2)
    assert reconcile(claim, watched(cut)).outcome is outcome


def test_the_sender_s_machine_says_failed_and_we_hold_all() -> None:
    claim = sheet(Result.FAILED, pages=1, total=2)
    assert reconcile(claim, watched(WHOLE)).outcome is Outcome.HELD_ALL
    unconfirmed = spool(rows(reason="T.30 T2 timeout"), [trace(confirmed=1, final=False)], [file()])
    assert reconcile(claim, watched(unconfirmed)).outcome is Outcome.PARTIAL_KNOWN


def test_a_fault_without_a_trace_leaves_both_open_and_the_part_goes_first() -> None:
    finding = reconcile(
        sheet(Result.FAILED, pages=1, total=2), watched(spool(rows(reason="T.30 T2 timeout"), [], [file()]))
    )
    assert (finding.outcome, finding.also_defensible) == (Outcome.PARTIAL_KNOWN, (Outcome.HELD_ALL,))


def test_connected_without_pages() -> None:
    called = spool(rows(document=False, length=20), [trace(confirmed=0, final=False, length=20)], [])
    assert reconcile(sheet(Result.FAILED, 0, 2, length=20), watched(called)).outcome is Outcome.NO_PAGES


@pytest.mark.parametrize("where", ["row", "trace"])
def test_refused_by_the_row_or_by_the_trace(where: str) -> None:
    why = "Permission denied (unacceptable client TSI)"
    call = rows(document=False, length=9, reason=why if where == "row" else "")
    refused = spool(call, [trace(confirmed=0, final=False, length=9, refused=why if where == "trace" else "")], [])
    assert reconcile(sheet(Result.FAILED, 0, 2, length=9), watched(refused)).outcome is Outcome.REFUSED


@pytest.mark.parametrize("result", [Result.BUSY, Result.NO_ANSWER])
def test_busy_or_no_answer_is_the_sheet_s_own_word(result: Result) -> None:
    claim = sheet(result, 0, 2, length=0)
    assert reconcile(claim, watched(EMPTY)).outcome is Outcome.BUSY
    assert reconcile(claim, watched(EMPTY)).also_defensible == ()
    assert reconcile(claim, records([EMPTY], NUMBERS)).also_defensible == (Outcome.CANNOT_SAY,)


def test_a_busy_sheet_does_not_take_the_paper_that_came_at_the_next_try() -> None:
    retry = HOUR + timedelta(seconds=70)
    later = spool(rows(at=retry), [trace(at=retry)], [file(at=retry)])
    finding = reconcile(sheet(Result.BUSY, 0, 2, length=0), watched(later))
    assert (finding.outcome, finding.ours) == (Outcome.BUSY, ())
    assert [call.commid for call in finding.near] == ["000000007"]


def test_never_connected_needs_a_log_that_was_alive_from_end_to_end() -> None:
    assert reconcile(sheet(), watched(EMPTY)).outcome is Outcome.NEVER
    assert reconcile(sheet(), records([EMPTY], NUMBERS)).outcome is Outcome.CANNOT_SAY


def test_a_paper_much_alike_at_another_hour_of_the_day_keeps_us_from_denying() -> None:
    alike = spool(rows("000000001", at=HOUR - timedelta(hours=1)), next_call=2)
    finding = reconcile(sheet(), watched(alike))
    assert (finding.outcome, finding.ours) == (Outcome.CANNOT_SAY, ())
    assert any("much like it" in gap for gap in finding.gaps)


@pytest.mark.parametrize(
    ("without", "outcome"), [([], Outcome.NEVER), ([8, 9], Outcome.CANNOT_SAY), ([1, 2], Outcome.NEVER)]
)
def test_a_gap_matters_only_where_the_call_should_have_been(without: list[int], outcome: Outcome) -> None:
    assert reconcile(sheet(), records([EMPTY], NUMBERS, UTC, alive(without=without))).outcome is outcome


def test_a_line_that_was_down_a_number_missing_and_a_log_unreadable_keep_us_from_denying() -> None:
    down = records([EMPTY], NUMBERS, UTC, alive(line="down"))
    missing = watched(
        spool([*EMPTY.rows, *rows("000000003", pages=1, length=20, at=HOUR + timedelta(hours=1))], next_call=4)
    )
    unreadable = watched(replace(EMPTY, problems=(Problem("xferfaxlog, line 3", "the row breaks off"),)))
    for ours, why in ((down, "line was down"), (missing, "call number 2"), (unreadable, "cannot be read")):
        finding = reconcile(sheet(), ours)
        assert finding.outcome is Outcome.CANNOT_SAY
        assert any(why in gap for gap in finding.gaps)


def test_a_server_that_was_stopped_and_started_around_the_hour_keeps_us_from_denying() -> None:
    before, after = HOUR - timedelta(minutes=20), HOUR + timedelta(minutes=20)
    calls = [*rows("000000001", 1, 20, before), *rows("000000002", 1, 20, after)]
    first, then = trace("000000001", 1, length=20, at=before), trace("000000002", 1, length=20, at=after)
    same = spool(calls, [first, then], next_call=3)
    other = spool(calls, [first, replace(then, process="200")], next_call=3)
    assert reconcile(sheet(), watched(same)).outcome is Outcome.NEVER
    assert reconcile(sheet(), watched(other)).outcome is Outcome.CANNOT_SAY


def test_the_provider_took_it_and_we_did_not_get_it() -> None:
    took = Carried("f1", HOUR.replace(tzinfo=UTC), PUBLISHED, "", 2, 57)
    assert reconcile(sheet(), watched(replace(EMPTY, carried=(took,)))).outcome is Outcome.PROVIDER
    other = replace(took, to=OTHER)
    assert reconcile(sheet(), watched(replace(EMPTY, carried=(other,)))).outcome is Outcome.NEVER


def test_a_call_that_another_claim_has_already_is_a_retry() -> None:
    first = reconcile(sheet(), watched(WHOLE))
    again = reconcile(sheet(), watched(WHOLE), taken=frozenset(first.ours))
    assert again.outcome is Outcome.DUPLICATE


@pytest.mark.parametrize(
    "altered",
    [
        sheet(error="No response to PPS"),
        sheet(pages=1, total=2),
        sheet(length=0),
        sheet(printed=Printed(HOUR - timedelta(minutes=5), 60)),
        sheet(Result.NO_ANSWER, 2),
    ],
)
def test_a_sheet_that_contradicts_itself_proves_nothing(altered: Sheet) -> None:
    finding = reconcile(altered, watched(WHOLE))
    assert finding.outcome is Outcome.ALTERED
    assert finding.contradictions


def test_a_paper_that_reports_no_transmission_is_no_sheet() -> None:
    finding = reconcile(replace(sheet(), is_sheet=False), watched(WHOLE))
    assert (finding.outcome, finding.ours) == (Outcome.ALTERED, ())


def test_a_sheet_that_says_all_went_well_where_we_never_confirmed_the_last_page() -> None:
    cut = spool(rows(reason="T.30 T2 timeout"), [trace(confirmed=1, final=False)], [file()])
    finding = reconcile(sheet(), watched(cut))
    assert (finding.outcome, finding.also_defensible[0]) == (Outcome.ALTERED, Outcome.PARTIAL_UNKNOWN)


@pytest.mark.parametrize(
    ("says", "of", "outcome"),
    [(HOUR, 2, Outcome.FILED), (HOUR, 3, Outcome.ALTERED), (HOUR + timedelta(minutes=9), 2, Outcome.ALTERED)],
)
def test_the_line_on_top_of_a_page_speaks_for_the_sender_s_clock_and_count(
    says: datetime, of: int, outcome: Outcome
) -> None:
    banner = {file().sha256: Banner(Printed(says, 1), 1, of)}
    assert reconcile(sheet(), watched(WHOLE), banner).outcome is outcome


def test_a_clock_that_is_an_hour_off_is_believed_when_the_banner_tells_the_same_hour() -> None:
    off = HOUR + timedelta(hours=1)
    finding = reconcile(sheet(at=off), watched(WHOLE), {file().sha256: Banner(Printed(off, 1), 1, 2)})
    assert (finding.outcome, finding.clock_offset_s) == (Outcome.FILED, 3600)
    denied = reconcile(sheet(at=off), watched(WHOLE), {file().sha256: Banner(Printed(HOUR, 1), 1, 2)})
    assert denied.outcome is Outcome.ALTERED


def test_an_ok_that_our_server_s_unbroken_numbers_leave_no_room_for_may_be_altered() -> None:
    before, after = HOUR - timedelta(minutes=20), HOUR + timedelta(minutes=20)
    told = [*rows("000000001", 1, 20, before), *rows("000000002", 1, 20, after)]
    claim = sheet()
    assert Outcome.ALTERED in reconcile(claim, watched(spool(told, next_call=3))).also_defensible
    missing = [*rows("000000001", 1, 20, before), *rows("000000003", 1, 20, after)]
    assert Outcome.ALTERED not in reconcile(claim, watched(spool(missing, next_call=4))).also_defensible
    failed = reconcile(sheet(Result.FAILED), watched(spool(told, next_call=3)))
    assert Outcome.ALTERED not in failed.also_defensible


@pytest.mark.parametrize(("seconds", "altered"), [(60, False), (64, False), (66, True)])
def test_a_sheet_cannot_be_printed_before_its_call_ended(seconds: int, altered: bool) -> None:
    printed = Printed(HOUR.replace(second=0), 60)
    claim = sheet(printed=printed, length=seconds - HOUR.second)
    finding = reconcile(claim, watched(spool(rows(length=seconds - HOUR.second), [], [file()])))
    assert (finding.outcome is Outcome.ALTERED) == altered


@pytest.mark.parametrize("days", [1, 4, 300])
def test_a_sheet_whose_day_was_changed_is_found_by_the_second_that_was_not(days: int) -> None:
    claim = sheet(at=HOUR - timedelta(days=days))
    banner = {file().sha256: Banner(Printed(HOUR, 1), 1, 2)}
    assert reconcile(claim, watched(WHOLE), banner).outcome is Outcome.ALTERED
    assert reconcile(claim, watched(WHOLE)).outcome is not Outcome.ALTERED


def test_what_makes_two_outcomes_fit_is_decided_by_their_order() -> None:
    orphan = spool([], [trace(ended=False, called=OTHER)], [file()])
    finding = reconcile(sheet(dialled=OTHER), watched(orphan))
    assert (finding.outcome, finding.also_defensible) == (Outcome.ORPHANED, (Outcome.OTHER_NUMBER,))


def test_a_claim_that_tells_only_number_and_minute_is_heard_with_what_is_missing_named() -> None:
    claim = sheet(Result.NOT_SAID, None, at=HOUR.replace(second=0), within=60, length=None, station="")
    finding = reconcile(claim, watched(WHOLE))
    assert finding.outcome is Outcome.FILED
    assert any("does not tell: pages, result" in doubt for doubt in finding.doubts)


def test_a_claim_without_an_hour_cannot_be_judged() -> None:
    assert reconcile(sheet(at=None), watched(WHOLE)).outcome is Outcome.CANNOT_SAY


def test_the_server_s_zone_is_the_one_that_is_named() -> None:
    claim = replace(sheet(), started=Printed(HOUR.replace(tzinfo=UTC) + timedelta(hours=5), 1))
    assert reconcile(claim, records([WHOLE], NUMBERS, UTC)).outcome is not Outcome.FILED
    assert reconcile(claim, records([WHOLE], NUMBERS, ZoneInfo("America/New_York"))).outcome is Outcome.FILED


# ---- what no finding may ever do ----

calls = st.lists(
    st.tuples(st.integers(-400, 400), st.integers(0, 3), st.integers(5, 90), *[st.booleans()] * 4), max_size=4
)
orders = st.lists(st.integers(0, 99), min_size=40, max_size=40)
Made = list[tuple[int, int, int, bool, bool, bool, bool]]
Order = list[int]
claims = st.builds(
    sheet,
    result=st.sampled_from(list(Result)),
    pages=st.one_of(st.none(), st.integers(0, 3)),
    total=st.one_of(st.none(), st.integers(1, 3)),
    at=st.integers(-200, 200).map(lambda seconds: HOUR + timedelta(seconds=seconds)),
    within=st.sampled_from([1, 60]),
    length=st.one_of(st.none(), st.integers(0, 90)),
    dialled=st.sampled_from([PUBLISHED, OTHER, STRANGER, None]),
)


def built(made: Made) -> Spool:
    told, traces, files = [], [], []
    for place, (seconds, pages, length, with_row, with_trace, with_file, other) in enumerate(made, start=1):
        commid, at, called = f"{place:09}", HOUR + timedelta(seconds=seconds), OTHER if other else PUBLISHED
        told += list(rows(commid, pages, length, at, called, document=pages > 0)) if with_row else []
        traces += [trace(commid, pages, pages > 0, length, at, called=called)] if with_trace else []
        files += [file(commid, pages, at)] if with_file and pages else []
    return spool(told, traces, files, next_call=len(made) + 1)


def shuffled(things: Sequence[Thing], order: Order) -> list[Thing]:
    return [thing for _, thing in sorted(zip(order, things, strict=False), key=lambda pair: pair[0])]


@settings(max_examples=150, deadline=None)
@given(calls, claims, orders)
def test_logs_shuffled_doubled_or_late_come_to_the_same_finding(made: Made, claim: Sheet, order: Order) -> None:
    tidy, beats = built(made), alive()
    mixed = replace(
        tidy,
        rows=tuple(shuffled(tidy.rows * 2, order)),
        traces=tuple(shuffled(tidy.traces, order)),
        received=tuple(shuffled(tidy.received * 2, order)),
    )
    late = [*shuffled(beats, order), *beats[:2]]
    first = reconcile(claim, records([tidy], NUMBERS, UTC, beats))
    again = reconcile(claim, records([mixed], NUMBERS, UTC, late))
    assert first.record() == again.record()


@settings(max_examples=150, deadline=None)
@given(calls, claims, st.booleans())
def test_nothing_is_denied_while_a_matching_file_is_here_or_nobody_watched(
    made: Made, claim: Sheet, watching: bool
) -> None:
    ours = records([built(made)], NUMBERS, UTC, alive() if watching else [])
    finding = reconcile(claim, ours)
    matching = [call for call in ours.calls if call.held and call in finding.ours]
    if finding.outcome is Outcome.NEVER:
        assert watching
        assert not matching
        assert not finding.gaps
    assert ("every call is accounted for" in finding.sentence) == (finding.outcome is Outcome.NEVER)


@settings(max_examples=60, deadline=None)
@given(st.integers(-150, 150), st.integers(-10, 10), st.sampled_from([Result.OK, Result.FAILED, Result.NOT_SAID]))
def test_a_whole_file_within_the_window_is_never_overlooked(apart: int, longer: int, result: Result) -> None:
    claim = sheet(result, at=HOUR + timedelta(seconds=apart), length=57 + longer)
    finding = reconcile(claim, watched(WHOLE))
    assert [call.commid for call in finding.ours] == ["000000007"]
