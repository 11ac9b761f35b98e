"""The finding letter and the certificate: drafts say so, corrections name what they take back, blanks stay blank."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lodged.letter import Certificate, Custodian, FindingLetter, certificate_pdf, finding_letter
from lodged.letter.certificate import LogHead, Record, Searched, certificate_blocks
from lodged.letter.finding import Sealed, Shown, finding_blocks, marks

AT = datetime(2026, 11, 24, 21, 52, 10, tzinfo=UTC)
JAIL = Custodian("Ossian County Jail", "Records", ("1 Court Square",))
LETTER = FindingLetter(
    custodian=JAIL,
    number="D-2026-00001",
    at=AT,
    claimed=(("Number", "+15125550199"),),
    sentence="We received it: 2 pages.",
    also=(),
    shown=(Shown("ours", "a file", "that it is here", "who sent it"),),
    does_not_fit=(),
    gaps=(),
    sealed=(Sealed("paper L-1", 3, AT),),
)
CERTIFICATE = Certificate(
    custodian=JAIL,
    number="D-2026-00001",
    at=AT,
    sentence="No call came.",
    system=(("log", "fields", "written"),),
    records=(Record("a file", "ab" * 32, "ab" * 32), Record("another", "ab" * 32, "")),
    entries=(("claim", 4, AT),),
    head=LogHead("docket.example.gov/1", 5, "cm9vdA==", AT),
    absence=True,
    window="an hour",
    sequence=("1 to 9",),
    outages=(),
    searched=(Searched("number +15125550199", "", None, ""), Searched("fax server a", "Kim", AT, "looked", found=True)),
    gaps=("the clock was not compared",),
)


def said(blocks: object) -> str:
    return str(blocks)


def test_both_papers_are_set_and_the_same_values_give_the_same_bytes() -> None:
    assert finding_letter(LETTER).startswith(b"%PDF")
    assert certificate_pdf(CERTIFICATE) == certificate_pdf(CERTIFICATE)


def test_a_draft_says_so_and_an_approved_letter_does_not() -> None:
    assert [mark.word for mark in marks(LETTER)] == ["DRAFT"]
    approved = replace(LETTER, approved="Corin Counsel, counsel")
    assert marks(approved) == ()
    assert "Corin Counsel" in said(finding_blocks(approved))
    assert "nobody has approved" in said(finding_blocks(LETTER))


def test_a_correction_quotes_what_it_takes_back() -> None:
    assert "We wrote before: “No call came.” We take that back." in said(
        finding_blocks(replace(LETTER, corrects="No call came."))
    )


def test_a_certificate_marks_what_was_not_searched_what_was_found_and_a_copy_that_is_gone() -> None:
    text = said(certificate_blocks(CERTIFICATE))
    for part in ("NOT SEARCHED", "FOUND: looked", "NOT shown to be equal", "'equal'", "unwitnessed", "803(7)"):
        assert part in text


def test_a_certificate_of_what_is_here_leaves_absence_out() -> None:
    assert "803(7)" not in said(certificate_blocks(replace(CERTIFICATE, absence=False)))


def test_cosigners_are_named_where_there_are_some() -> None:
    seen = replace(CERTIFICATE, head=LogHead("o", 5, "cm9vdA==", AT, ("State Archive",)))
    assert "cosigned by: State Archive" in said(certificate_blocks(seen))


@pytest.mark.parametrize("empty", [{"shown": ()}, {"sealed": ()}, {"claimed": (("Sent", "not told"),)}])
def test_a_letter_with_little_to_say_is_set_too(empty: dict[str, object]) -> None:
    assert finding_letter(replace(LETTER, **empty)).startswith(b"%PDF")  # type: ignore[arg-type]


def test_a_certificate_with_nothing_behind_it_says_so() -> None:
    bare = replace(CERTIFICATE, records=(), entries=(), head=None, searched=(), gaps=(), sequence=())
    text = said(certificate_blocks(bare))
    assert "No copy is offered" in text
    assert "cannot speak of absence" in text
    assert certificate_pdf(bare).startswith(b"%PDF")
