"""While the office is open a heartbeat is entered every quarter of an hour; where none was, the log itself shows the gap."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lodged.log import trust
from lodged.log.audit import Audit, audit
from lodged.log.entry import parse_event
from lodged.log.store import FolderStore
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import heads
from lodged.office.seals.models import Entry
from lodged.office.seals.written_out import write_out
from tests.log.invented import WITNESS
from tests.log.little_witness import LittleWitness, served

MINUTE = timedelta(minutes=1)


def audited(folder: Path) -> Audit:
    write_out(folder, opened=True)
    return audit(FolderStore(folder).read, trust(heads.key().vkey))


def test_a_heartbeat_tells_queue_clock_and_last_entry(home: Home, at: datetime) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    entry = Round(at).beat()
    assert entry is not None
    facts = parse_event(bytes(entry.event)).facts
    assert (facts["queue"], facts["last_entry"], facts["clock_offset_s"]) == (1, 0, None)
    assert (facts["lines"], facts["sequence"]) == ({}, {})


def test_one_is_entered_each_quarter_and_no_more(home: Home, at: datetime) -> None:
    for minute in range(61):
        Round(at + minute * MINUTE).beat()
    moments = Entry.objects.filter(kind="Heartbeat").order_by("index").values_list("at", flat=True)
    assert list(moments) == [at + quarter * 15 * MINUTE for quarter in range(5)]


def test_a_clock_put_back_does_not_stop_the_heart(home: Home, at: datetime) -> None:
    Round(at).beat()
    assert Round(at - timedelta(days=1)).beat() is not None


def test_an_office_that_was_closed_for_an_hour_shows_it(home: Home, at: datetime, tmp_path: Path) -> None:
    for minutes in (0, 15, 30, 95, 110):
        Round(at + minutes * MINUTE).beat()
    found = audited(tmp_path / "log")
    assert (found.ok, found.opened) == (True, 5)
    assert [(gap.since, gap.until) for gap in found.gaps] == [
        ((at + 30 * MINUTE).isoformat(), (at + 95 * MINUTE).isoformat())
    ]


def test_a_line_that_was_down_is_a_gap(home: Home, at: datetime, tmp_path: Path) -> None:
    for quarter, state in enumerate(("up", "no carrier", "up")):
        Round(at + quarter * 15 * MINUTE).beat({"fax0": state}, {"fax0": "000000007"})
    assert [gap.what for gap in audited(tmp_path / "log").gaps] == ["the line `fax0` was not up: no carrier"]


@pytest.mark.parametrize(("late", "gaps"), [(0, 0), (600, 1)])
def test_the_clock_is_compared_with_the_witness(home: Home, at: datetime, tmp_path: Path, late: int, gaps: int) -> None:
    with served(LittleWitness(heads.key().verify, WITNESS, int(at.timestamp()) + late)) as address:
        home.witnesses.write_text(f"witness archive {WITNESS.vkey} {address}\nquorum archive\n")
        receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
        Round(at).witness()
    entry = Round(at).beat()
    assert entry is not None
    assert parse_event(bytes(entry.event)).facts["clock_offset_s"] == late
    assert len(audited(tmp_path / "log").gaps) == gaps
