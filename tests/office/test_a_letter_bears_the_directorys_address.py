"""A letter names the office as its paper does, and goes to the address that a person took from the directory."""

from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest

from lodged.office.answers.acts import address, send
from lodged.office.answers.finds import to_send
from lodged.office.answers.models import Answer
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.finds import last_version
from lodged.office.desk.rounds import Round
from lodged.office.reviews.acts import agree
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import confirm

DIRECTORY = "Lakeside Field Office\n2 Federal Plaza\nLakeside, NY 00000"


@pytest.fixture
def final(detainer: Arrival, staff: dict[str, User], at: datetime) -> Answer:
    """A letter that was agreed to."""
    matter = confirm(detainer, "J26-25693", staff, at)
    agree(matter, last_version(matter), staff["officer"], at)
    Round(at).advance(detainer)
    return to_send()[0]


def words(answer: Answer) -> str:
    """Every word of a letter's pages, on one line."""
    pages = pypdfium2.PdfDocument(BytesIO(bytes(answer.body)))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_the_office_is_named_as_on_the_paper_and_the_address_comes_from_the_directory(
    final: Answer, staff: dict[str, User], at: datetime
) -> None:
    assert "ERO FIELD OFFICE (as named on the paper)" in words(final)
    addressed = address(final, DIRECTORY, staff["clerk"], at)
    said = words(addressed)
    assert "2 Federal Plaza Lakeside, NY 00000 (address from the agency directory)" in said
    assert "SORREL STREET" not in said, "the address printed on the paper is never the letter's"
    assert addressed.version == final.version + 1
    assert to_send() == [addressed]


def test_by_mail_goes_only_a_letter_with_an_address(final: Answer, staff: dict[str, User], at: datetime) -> None:
    with pytest.raises(ProblemsError, match="no address stands on this letter"):
        send(final, "mail", "as in the directory", staff["clerk"], at)
    addressed = address(final, DIRECTORY, staff["clerk"], at)
    with pytest.raises(ProblemsError):
        send(final, "fax", "+15125550140", staff["clerk"], at)
    assert send(addressed, "mail", "as on the letter", staff["clerk"], at).answer == addressed


def test_no_address_is_put_on_a_letter_that_may_not_leave(final: Answer, staff: dict[str, User], at: datetime) -> None:
    with pytest.raises(ProblemsError, match="nothing is written here"):
        address(final, "  ", staff["clerk"], at)
    with pytest.raises(ProblemsError, match="may not send"):
        address(final, DIRECTORY, staff["admin"], at)
    draft = Answer.objects.order_by("version").first()
    assert draft is not None
    with pytest.raises(ProblemsError, match="this is a draft"):
        address(draft, DIRECTORY, staff["clerk"], at)
