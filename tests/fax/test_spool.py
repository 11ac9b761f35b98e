"""A whole spool, as a server leaves it: real, broken, and not there."""

import gzip
import shutil
from pathlib import Path

import pytest

from lodged.fax import read_spool
from lodged.problem import ProblemsError

REAL = Path(__file__).parents[1] / "dispute" / "data" / "spool"


def test_a_real_spool_is_read_without_a_problem() -> None:
    spool = read_spool(REAL)
    assert not spool.problems
    assert (len(spool.rows), len(spool.traces), len(spool.received)) == (18, 11, 11)
    assert (spool.next_call, spool.next_file) == (3131, 3131)
    assert all(file.whole for file in spool.received)
    assert {trace.began.year for trace in spool.traces} == {2026}


def test_a_call_whose_process_was_killed_has_a_trace_and_no_row() -> None:
    spool = read_spool(REAL)
    (trace,) = [trace for trace in spool.traces if trace.commid == "000003125"]
    assert (trace.confirmed, trace.final, trace.ended) == (2, True, False)
    assert not [row for row in spool.rows if row.commid == "000003125"]


def test_rotated_and_packed_logs_are_read_with_the_rest_and_each_row_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.mkdir()
    text = (REAL / "log" / "xferfaxlog").read_bytes()
    (log / "xferfaxlog").write_bytes(text)
    (log / "xferfaxlog.1.gz").write_bytes(gzip.compress(text))
    assert read_spool(tmp_path).rows == read_spool(REAL).rows


def test_half_written_and_damaged_parts_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "spool")
    log = tmp_path / "spool" / "log"
    (log / "xferfaxlog").write_bytes((log / "xferfaxlog").read_bytes()[:-60] + b"\xff\xfe")
    (log / "c000003120").write_bytes(b"")
    (log / "xferfaxlog.2.gz").write_bytes(b"\x1f\x8bnot packed")
    spool = read_spool(tmp_path / "spool")
    assert len(spool.rows) == 17
    assert len(spool.traces) == 10
    assert len(spool.problems) == 3


@pytest.mark.parametrize("missing", ["nothing", "a file"])
def test_what_is_no_spool_is_refused_in_words(tmp_path: Path, missing: str) -> None:
    place = tmp_path / "x"
    if missing == "a file":
        place.write_text("not a folder")
    with pytest.raises(ProblemsError, match="there is no fax server's spool here"):
        read_spool(place)


def test_a_spool_without_a_log_says_so(tmp_path: Path) -> None:
    (tmp_path / "recvq").mkdir()
    assert not read_spool(tmp_path).has_log
