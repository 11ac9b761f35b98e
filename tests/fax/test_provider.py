"""Lists of received faxes as providers give them."""

import json

from lodged.fax import read_provider

TELNYX = {
    "data": {
        "event_type": "fax.received",
        "id": "e1",
        "occurred_at": "2026-11-24T03:33:00.000Z",
        "payload": {
            "fax_id": "f1",
            "from": "+15125550100",
            "to": "+15125550199",
            "page_count": 2,
            "call_duration_secs": 57,
        },
    }
}
SINCH = {"event": "INCOMING_FAX", "fax": {"id": "01", "from": "+15125550100", "to": "+15125550199", "numberOfPages": 3,
         "status": "COMPLETED", "completedTime": "2026-11-24T04:00:00Z"}}  # fmt: skip


def test_received_faxes_are_taken_from_messages_of_several_makers() -> None:
    carried, problems = read_provider(json.dumps([TELNYX, SINCH]), "p")
    assert [(one.id, one.pages, one.to) for one in carried] == [("f1", 2, "+15125550199"), ("01", 3, "+15125550199")]
    assert not problems


def test_a_message_a_line_is_read_too_and_one_said_twice_is_one() -> None:
    line = json.dumps(TELNYX)
    carried, problems = read_provider(f"{line}\n{line}\nnot json\n", "p")
    assert len(carried) == 1
    assert [problem.where for problem in problems] == ["p, line 3"]


def test_a_fax_that_failed_is_not_taken_for_received() -> None:
    failed = json.loads(json.dumps(TELNYX).replace("fax.received", "fax.failed"))
    assert read_provider(json.dumps([failed]), "p") == ((), ())


def test_a_time_without_an_offset_is_a_problem_for_nobody_can_place_it() -> None:
    naive = json.loads(json.dumps(TELNYX).replace("00.000Z", "00"))
    carried, problems = read_provider(json.dumps([naive]), "p")
    assert not carried
    assert "does not say when" in problems[0].what
