"""Session traces: pages confirmed, the end that was reached or not, and the year a trace does not tell."""

from datetime import datetime

import pytest

from lodged.fax.trace import Trace, placed, read_trace
from lodged.problem import Problem

HEAD = "Nov 24 03:38:36.58: [29246]: SESSION BEGIN 000003125 15125550199\n"
ANSWER = (
    'Nov 24 03:38:36.58: [29246]: CallID: "15125550100" "ERO" "<NONE>" "15125550198"\n'
    "Nov 24 03:38:40.30: [29246]: RECV FAX: begin\n"
)
END = "Nov 24 03:39:29.19: [29246]: SESSION END\n"


def page(signal: str, answer: str = "MCF (message confirmation)", second: int = 10) -> str:
    at = f"Nov 24 03:39:{second:02}.00: [29246]: "
    said = [f"RECV recv {signal} (signal)", "RECV: 5376 bytes of data, 2156 total lines"]
    return "".join(f"{at}{one}\n" for one in said + [f"RECV send {answer}"] * bool(answer))


def read(text: str) -> Trace:
    trace = read_trace(text, "log/c1")
    assert isinstance(trace, Trace)
    return trace


def test_a_whole_session_counts_its_confirmed_pages_and_reaches_its_end() -> None:
    trace = read(HEAD + ANSWER + page("MPS") + page("EOP", second=20) + END)
    assert (trace.commid, trace.confirmed, trace.final, trace.ended, trace.incoming) == (
        "000003125",
        2,
        True,
        True,
        True,
    )
    assert trace.call_ids == ("ERO", "15125550100", "", "15125550198")
    assert trace.process == "29246"


def test_the_last_page_is_confirmed_only_by_an_answer_to_the_end_of_the_document() -> None:
    assert not read(HEAD + ANSWER + page("MPS") + page("EOP", answer="")).final
    assert not read(HEAD + ANSWER + page("MPS")).final
    assert read(HEAD + ANSWER + page("EOP")).final


def test_a_page_that_was_refused_is_not_confirmed() -> None:
    assert read(HEAD + ANSWER + page("EOP", answer="RTN (retrain negative)") + END).confirmed == 0


def test_a_signal_said_again_because_nobody_heard_the_answer_is_the_same_page() -> None:
    again = "Nov 24 03:39:12.00: [29246]: RECV recv EOP (no more)\nNov 24 03:39:12.00: [29246]: RECV send MCF (ok)\n"
    assert read(HEAD + ANSWER + page("EOP") + again + END).confirmed == 1


def test_a_block_of_a_page_confirmed_is_no_page() -> None:
    block = "Nov 24 03:39:05.00: [29246]: RECV recv PPS (partial page signal)\nNov 24 03:39:05.00: [29246]: RECV send MCF (ok)\n"
    assert read(HEAD + ANSWER + block + page("EOP") + END).confirmed == 1


def test_a_modem_that_keeps_the_conversation_to_itself_tells_no_count() -> None:
    class_2 = "Nov 24 03:39:05.00: [29246]: --> [8:+FHNG:0]\n"
    assert read(HEAD + ANSWER.replace("RECV FAX: begin", "--> [6:+FCON]") + class_2 + END).confirmed is None


def test_a_trace_that_breaks_off_in_a_line_is_read_so_far() -> None:
    trace = read((HEAD + ANSWER + page("EOP") + END)[:-20])
    assert (trace.ended, trace.confirmed) == (False, 1)


def test_an_unconfirmed_page_that_was_kept_and_a_fault_are_told() -> None:
    at = "Nov 24 03:39:30.00: [29246]: "
    kept = f"{at}RECV keeping unconfirmed page\n"
    fault = f"{kept}{at}RECV FAX (000003125): session with ERO terminated abnormally: T.30 T2 timeout\n"
    trace = read(HEAD + ANSWER + page("MPS") + fault + END)
    assert (trace.last_page_unconfirmed, trace.reason, trace.confirmed) == (True, "T.30 T2 timeout", 1)


@pytest.mark.parametrize("said", ["ANSWER: CALL REJECTED", "RECV FAX: Permission denied (unacceptable client TSI)"])
def test_a_refusal_is_told_in_its_own_words(said: str) -> None:
    assert read(HEAD + ANSWER + f"Nov 24 03:38:41.00: [29246]: {said}\n" + END).refused == said


def test_a_call_that_we_made_is_known_by_its_first_lines() -> None:
    assert read(HEAD + "Nov 24 03:38:36.60: [29246]: SEND FAX: JOB 419 DEST 15125550199\n" + END).incoming is False


@pytest.mark.parametrize("text", ["", "\0\0", "no trace at all\n", END])
def test_what_is_no_trace_is_a_problem(text: str) -> None:
    assert isinstance(read_trace(text, "log/c1"), Problem)


def test_the_year_is_the_one_nearest_to_what_else_is_known() -> None:
    trace = read(HEAD + END)
    assert placed(trace, datetime(2026, 11, 24)).began.year == 2026
    assert placed(trace, datetime(2027, 1, 2)).began.year == 2026


def test_a_session_over_new_year_keeps_its_length() -> None:
    text = HEAD.replace("Nov 24 03:38:36", "Dec 31 23:59:50") + END.replace("Nov 24 03:39:29", "Jan  1 00:00:20")
    trace = placed(read(text), datetime(2026, 12, 31, 12))
    assert trace.began.year == 2026
    assert trace.last.year == 2027
    assert 0 < trace.length_s < 60


def test_a_leap_day_is_read() -> None:
    assert placed(read(HEAD.replace("Nov 24", "Feb 29")), datetime(2028, 3, 1)).began == datetime(
        2028, 2, 29, 3, 38, 36, 580000
    )
