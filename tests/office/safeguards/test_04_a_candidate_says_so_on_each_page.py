"""Safeguard 4: before the person is confirmed every page says "candidate", and the draft can be neither agreed to nor sent."""

from datetime import datetime
from io import BytesIO

import pypdf
import pytest

from lodged.office.answers.acts import send
from lodged.office.answers.finds import newest
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.finds import last_version
from lodged.office.matters.models import Matter
from lodged.office.reviews.acts import agree
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import confirm


def pages(matter: Matter) -> list[str]:
    answer = newest(matter)
    assert answer is not None
    return [page.extract_text().lower() for page in pypdf.PdfReader(BytesIO(bytes(answer.body))).pages]


def test_every_page_of_a_candidate_says_so(detainer: Arrival) -> None:
    told = pages(Matter.objects.get(paper__arrival=detainer))
    assert told
    assert all("candidate" in page for page in told)


def test_once_confirmed_it_is_a_draft_and_no_longer_a_candidate(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    told = pages(confirm(detainer, "J26-25693", staff, at))
    assert all("candidate" not in page and "draft" in page for page in told)


def test_a_candidate_can_be_neither_agreed_to_nor_sent(detainer: Arrival, staff: dict[str, User], at: datetime) -> None:
    matter = Matter.objects.get(paper__arrival=detainer)
    answer = newest(matter)
    assert answer is not None
    with pytest.raises(ProblemsError, match="nobody has confirmed"):
        agree(matter, last_version(matter), staff["counsel"], at)
    with pytest.raises(ProblemsError, match="nobody has agreed"):
        send(answer, "fax", "the directory's number", staff["counsel"], at)
