"""Every paper in a fax server's spool becomes an arrival once, whether or not the server ever told of it."""

import fcntl
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from lodged.log.entry import parse_event
from lodged.office.arrivals import shelf
from lodged.office.arrivals.channels.fax.call import NO_ROW, NOT_THE_LAST, call
from lodged.office.arrivals.channels.fax.receive import from_call
from lodged.office.arrivals.channels.fax.spool import read_spool
from lodged.office.arrivals.channels.fax.sweep import Left, Missing, sweep
from lodged.office.arrivals.models import Arrival
from lodged.office.home import Home
from lodged.problem import ProblemsError
from tests.office.faxes import file, spool

JAIL = "us-ny-nyc/doc"


def told_by_the_hook(folder: Path, number: int, **told: str) -> Arrival:
    """What `lodged receive` does when a hook calls it."""
    document = (folder / file(number)).read_bytes()
    return from_call(call(document, file(number), read_spool(folder), told), JAIL, datetime.fromisoformat(HOOKED))[0]


HOOKED = "2026-11-24T21:40:00+00:00"


def test_every_whole_file_is_taken_in_with_what_the_server_wrote_of_its_call(
    home: Home, at: datetime, tmp_path: Path
) -> None:
    folder = spool(tmp_path / "spool", 3120)
    (arrival,) = sweep(folder, JAIL, at).taken_in
    assert shelf.take(arrival.sha256) == (folder / file(3120)).read_bytes()
    assert arrival.claims == {"station": "ERO FIELD 5125550100", "caller": "15125550100", "caller_name": "ERO FIELD"}
    evidence = arrival.evidence
    assert (evidence["commid"], evidence["called"], evidence["device"]) == ("000003120", "15125550199", "ttyIAX1")
    assert (evidence["pages"], evidence["pages_logged"], evidence["dcs"]) == ("2", "2", "00 46 1F 22")
    assert evidence["row"] == (folder / "log/xferfaxlog").read_text().splitlines()[0]


def test_the_trace_of_the_call_is_kept_and_its_hash_stands_in_the_log_salted(
    home: Home, at: datetime, tmp_path: Path
) -> None:
    folder = spool(tmp_path / "spool", 3120)
    (arrival,) = sweep(folder, JAIL, at).taken_in
    trace = (folder / "log/c000003120").read_bytes()
    assert arrival.evidence["trace_sha256"] == sha256(trace).hexdigest()
    assert shelf.take(arrival.evidence["trace_sha256"]) == trace
    event = bytes(arrival.seal.event)
    assert "evidence.trace_sha256" in parse_event(event).sealed
    assert b"ttyIAX1" not in event


def test_a_whole_file_without_a_row_is_an_arrival_by_itself(home: Home, at: datetime, tmp_path: Path) -> None:
    (arrival,) = sweep(spool(tmp_path / "spool", 3125), JAIL, at).taken_in
    assert (arrival.evidence["row"], arrival.evidence["commid"], arrival.evidence["pages"]) == (
        NO_ROW,
        "000003125",
        "2",
    )
    assert arrival.claims["station"] == "ERO FIELD 5125550100"
    assert "error" not in arrival.evidence


def test_a_file_of_which_more_pages_were_announced_is_kept_and_says_so(
    home: Home, at: datetime, tmp_path: Path
) -> None:
    (arrival,) = sweep(spool(tmp_path / "spool", 3129), JAIL, at).taken_in
    assert (arrival.evidence["pages"], arrival.evidence["error"]) == ("1", NOT_THE_LAST)


def test_what_the_server_says_went_wrong_stays_with_the_paper(home: Home, at: datetime, tmp_path: Path) -> None:
    (arrival,) = sweep(spool(tmp_path / "spool", 3130), JAIL, at).taken_in
    assert arrival.evidence["error"] == "T.30 T2 timeout, expected signal not received"


def test_a_second_sweep_finds_everything_there_already(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool")
    first = sweep(folder, JAIL, at)
    again = sweep(folder, JAIL, at + timedelta(minutes=1))
    assert len(first.taken_in) == 11
    assert (again.taken_in, len(again.already)) == ((), 11)
    assert Arrival.objects.count() == 11


def test_hook_and_sweep_take_one_call_in_once_whichever_comes_first(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool", 3120, 3125)
    hooked = told_by_the_hook(folder, 3120, commid="000003120", called="15125550199")
    swept = sweep(folder, JAIL, at)
    assert swept.already == (hooked,)
    assert told_by_the_hook(folder, 3125, commid="000003125") == swept.taken_in[0]
    assert Arrival.objects.count() == 2


def test_a_row_that_is_written_late_makes_no_second_arrival(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool", 3120)
    log = folder / "log/xferfaxlog"
    rows = log.read_text()
    log.unlink()
    (arrival,) = sweep(folder, JAIL, at).taken_in
    log.write_text(rows)
    assert arrival.evidence["row"] == NO_ROW
    assert sweep(folder, JAIL, at).already == (arrival,)


def test_without_log_and_trace_the_place_in_the_spool_says_that_it_is_the_same(
    home: Home, at: datetime, tmp_path: Path
) -> None:
    folder = spool(tmp_path / "spool", 3121)
    (folder / "log").rename(folder / "elsewhere")
    (arrival,) = sweep(folder, JAIL, at).taken_in
    (folder / "elsewhere").rename(folder / "log")
    assert "commid" not in arrival.evidence
    assert sweep(folder, JAIL, at).already == (arrival,)


def test_the_same_bytes_in_another_call_are_another_arrival(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool", 3120)
    first = told_by_the_hook(folder, 3120, commid="000003120")
    second = told_by_the_hook(folder, 3120, commid="000009999")
    assert (first.sha256, first != second) == (second.sha256, True)


def test_a_file_that_the_server_holds_is_left_until_the_call_has_ended(
    home: Home, at: datetime, tmp_path: Path
) -> None:
    folder = spool(tmp_path / "spool", 3120)
    with (folder / file(3120)).open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        during = sweep(folder, JAIL, at)
    assert (during.taken_in, during.left) == ((), (Left(file(3120), "it is still being received", waits=True),))
    assert len(sweep(folder, JAIL, at).taken_in) == 1


@pytest.mark.parametrize("kept", [0, 8, 30_000, 60_000, 65_500])
def test_a_file_that_is_cut_is_left_and_named(home: Home, at: datetime, tmp_path: Path, kept: int) -> None:
    folder = spool(tmp_path / "spool", 3120)
    path = folder / file(3120)
    path.write_bytes(path.read_bytes()[:kept])
    swept = sweep(folder, JAIL, at)
    assert (swept.taken_in, [one.file for one in swept.left]) == ((), [file(3120)])
    assert swept.left[0].why.startswith("it is cut: ")
    assert not Arrival.objects.exists()


def test_a_cut_file_that_the_server_told_of_is_there_already(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool", 3120)
    path = folder / file(3120)
    path.write_bytes(path.read_bytes()[:30_000])
    hooked = told_by_the_hook(folder, 3120)
    assert (sweep(folder, JAIL, at).already, sweep(folder, JAIL, at).left) == ((hooked,), ())


def test_a_row_whose_file_is_gone_and_a_number_passed_over_are_named(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool")
    (folder / file(3123)).unlink()
    (folder / file(3125)).unlink()
    (folder / "log/c000003125").unlink()
    assert sweep(folder, JAIL, at).missing == (
        Missing("000003123", f"its row names {file(3123)}, and the file is gone"),
        Missing("000003125", "its number was given out, and there is neither row nor trace"),
    )


def test_files_that_went_after_they_were_taken_in_or_before_the_first_that_was_are_not_missed(
    home: Home, at: datetime, tmp_path: Path
) -> None:
    folder = spool(tmp_path / "spool")
    (folder / file(3120)).unlink()
    sweep(folder, JAIL, at)
    (folder / file(3126)).unlink()
    assert sweep(folder, JAIL, at).missing == ()


def test_a_folder_that_is_no_spool_is_refused(home: Home, at: datetime, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="there is no `recvq` in it"):
        sweep(tmp_path, JAIL, at)


def test_the_spool_is_only_read(home: Home, at: datetime, tmp_path: Path) -> None:
    folder = spool(tmp_path / "spool")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    assert sweep(folder, JAIL, at).taken_in
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    } == before
