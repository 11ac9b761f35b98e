"""A sender takes a paper back: the law is asked again of it, with the notice as the source (safeguard 13)."""

from datetime import datetime, timedelta

import pytest

from lodged.office.arrivals.acts import Delivery, withdraw
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.finds import newest, stands
from lodged.office.desk import clock, porter
from lodged.office.matters.models import Matter
from lodged.office.staff.models import User
from tests.office.conftest import confirm


def test_the_next_round_asks_the_law_about_a_paper_that_is_cancelled(
    detainer: Arrival, staff: dict[str, User], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = confirm(detainer, "J26-25693", staff, at)
    before = {fact["fact"]: fact for fact in newest(matter)[0].facts}
    assert before["paper.cancelled"]["value"] is False
    later = at + timedelta(minutes=1)
    notice = Delivery(b"withdrawn", detainer.custodian, "portal", "withdrawal.txt", {"withdraws": detainer.number})
    made = withdraw(detainer, notice, later)
    matter = Matter.objects.get(pk=matter.pk)
    assert not stands(matter)
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(seconds=30))
    porter.take_up(later + timedelta(seconds=30))
    matter = Matter.objects.get(pk=matter.pk)
    assert stands(matter)
    cancelled = [fact for fact in newest(matter)[0].facts if fact["fact"] == "paper.cancelled"]
    assert [fact["value"] for fact in cancelled] == [True]
    assert made.notice.number in str(cancelled[0])
    hold = newest(matter).filter(act="hold").first()
    assert hold is None or hold.effect != "required"
