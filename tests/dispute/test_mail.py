"""Reports of mail servers: what each action says, and what it does not."""

import pytest
from tests.dispute.invented import watched

from lodged.dispute import Outcome, Result, reconcile
from lodged.dispute.mail import is_report, read_report

DSN = """From: MAILER-DAEMON@mx.example.net
Date: Tue, 24 Nov 2026 15:31:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message was handled.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue, 24 Nov 2026 15:30:20 +0000

Final-Recipient: rfc822; process@jail.example.gov
Action: {action}
Status: {status}
Remote-MTA: dns; mail.jail.example.gov
Diagnostic-Code: smtp; {code}

--b--
"""
MDN = """From: clerk@jail.example.gov
Date: Tue, 24 Nov 2026 16:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: message/disposition-notification

Reporting-UA: mail.jail.example.gov
Final-Recipient: rfc822;process@jail.example.gov
Original-Message-ID: <1@example.net>
Disposition: manual-action/MDN-sent-manually; displayed

--b--
"""


def report(action: str = "delivered", status: str = "2.0.0", code: str = "250 ok") -> bytes:
    return DSN.format(action=action, status=status, code=code).encode()


@pytest.mark.parametrize(
    ("action", "status", "code", "result"),
    [
        ("delivered", "2.0.0", "250 ok", Result.OK),
        ("relayed", "2.0.0", "250 ok", Result.OK),
        ("failed", "5.1.1", "550 no such user", Result.FAILED),
        ("failed", "5.7.1", "550 blocked", Result.REFUSED),
        ("delayed", "4.4.1", "timed out", Result.BUSY),
        ("vanished", "2.0.0", "", Result.NOT_SAID),
    ],
)
def test_each_action_of_a_delivery_report(action: str, status: str, code: str, result: Result) -> None:
    read = read_report(report(action, status, code))
    assert (read.kind, read.dialled, read.result) == ("dsn", "process@jail.example.gov", result)
    assert read.relayed == (action == "relayed")
    assert read.started is not None
    assert read.started.at.isoformat() == "2026-11-24T15:30:20+00:00"


def test_the_fields_alone_saved_without_the_mail_are_read() -> None:
    bare = (
        "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; a@example.gov\nAction: failed\nStatus: 5.1.1\n"
    )
    assert is_report(bare.encode())
    assert read_report(bare.encode()).dialled == "a@example.gov"


def test_a_disposition_notification_is_recorded_and_nothing_rests_on_it() -> None:
    read = read_report(MDN.encode())
    assert (read.kind, read.result) == ("mdn", Result.OK)
    assert "made by anybody" in read.problems[0]


def test_a_report_without_a_recipient_is_no_sheet() -> None:
    assert not read_report(b"Content-Type: multipart/report; report-type=delivery-status\n\nnothing").is_sheet


def test_what_another_server_says_it_delivered_is_not_denied_by_a_fax_log() -> None:
    found = reconcile(read_report(report()), watched())
    assert found.outcome in (Outcome.CANNOT_SAY, Outcome.NOT_OURS)
    assert Outcome.NEVER not in (found.outcome, *found.also_defensible)
