"""Numbers as people and machines write them, and lists of ours in every shape."""

import pytest

from lodged.dispute import OurNumbers, read_numbers
from lodged.dispute.numbers import address, number, tail, with_lines
from lodged.problem import ProblemsError


@pytest.mark.parametrize(
    "written",
    [
        "(512) 555-0199",
        "512.555.0199",
        "CITY 512 555 0199",
        "+1.512.555.0199",
        "9,1-512-555-0199",
        "9 1 512 555 0199",
        "15125550199",
    ],
)
def test_one_line_has_one_spelling(written: str) -> None:
    assert number(written) == "+15125550199"


@pytest.mark.parametrize("written", ["555-0199", "", "no number", "0199", "12", "+"])
def test_what_is_no_whole_number_is_none(written: str) -> None:
    assert number(written) is None


def test_mailboxes_have_one_spelling() -> None:
    assert address("rfc822; Process@Jail.Example.gov") == "process@jail.example.gov"
    assert address("no mailbox") is None


def test_names_of_machines_are_compared_by_their_last_figures() -> None:
    assert tail("ALDER CO 5125550199") == tail("+1 (512) 555-0199") != tail("PRINT SHOP 555 0169")
    assert tail("DESK 2") == ""


@pytest.mark.parametrize(
    "text",
    [
        '{"+15125550199": "the number published for process", "+15125550198": "another number of the county"}',
        '{"our_numbers": {"+15125550199": "published", "+15125550198": ""}}',
        '[{"number": "512 555 0199", "what": "for process"}, "512 555 0198"]',
        "number,what\n512 555 0199, for process\n# the back office\n512-555-0198, another\n",
        "(512) 555-0199, main\n\n(512) 555-0198\n",
    ],
)
def test_a_list_of_our_numbers_is_read_in_any_of_its_shapes(text: str) -> None:
    ours = read_numbers(text, "numbers")
    assert set(ours.lines) == {"+15125550199", "+15125550198"}
    assert ours.published == {"+15125550199"}
    assert (ours.ours("+15125550198"), ours.ours("+15125550169"), ours.ours(None)) == (True, False, None)


def test_every_line_that_is_no_number_is_named() -> None:
    with pytest.raises(ProblemsError) as raised:
        read_numbers("5125550199\n12\nx7\n", "numbers.txt")
    assert [problem.where for problem in raised.value.problems] == ["numbers.txt, line 2", "numbers.txt, line 3"]


@pytest.mark.parametrize("text", ["{}", "[]", "# nothing\n"])
def test_an_empty_list_is_refused(text: str) -> None:
    with pytest.raises(ProblemsError, match="there are no numbers in it"):
        read_numbers(text, "numbers")


def test_without_a_list_the_lines_that_our_server_names_are_ours_and_nothing_else_is_judged() -> None:
    ours = with_lines(OurNumbers(), ["+15125550199", None])
    assert (ours.ours("+15125550199"), ours.ours("+15125550169")) == (True, None)
