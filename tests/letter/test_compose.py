"""The answer letter: what it says, what it never says, and that it comes out the same each time."""

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from tests.letter.invented import JAIL, MUST_TELL, NO_HOLD, PAPER, a_letter, attached, every_text_in, pages_of, text_of

from lodged.letter import ActAnswer, Citation, Custodian, Reviewer, answer_letter
from lodged.letter.compose import act_data, law_cell, sentence

CITED = (Citation("8 U.S.C. § 1373(a)"),)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (NO_HOLD, "The department will not keep the person past the time of release."),
        (MUST_TELL, "The department will tell your office of the release."),
        (ActAnswer("transfer", "permitted", CITED), "The law leaves this to the department. Its choice will follow."),
        (
            ActAnswer("interview", "permitted", chooses=True),
            "The law leaves this to the department. The department will allow the interview asked for.",
        ),
        (
            ActAnswer("answer", "permitted", chooses=False),
            "The law leaves this to the department. The department will not produce what the subpoena demands.",
        ),
        (ActAnswer("hold", "not_known"), "The department's answer to this request will follow."),
        (ActAnswer("hold", "contested"), "The department's answer to this request will follow."),
        (
            ActAnswer("disclose", "required", CITED, item="immigration_status"),
            "The department will give information on immigration status.",
        ),
    ],
)
def test_each_effect_has_its_sentence(act: ActAnswer, says: str) -> None:
    assert sentence(act, "the department") == says


def test_the_custodian_is_called_as_it_calls_itself() -> None:
    sheriff = Custodian("Lake County", "Sheriff", (), called="the sheriff's office")
    letter = text_of(answer_letter(a_letter(custodian=sheriff, acts=(NO_HOLD, ActAnswer("notify", "permitted")))))
    assert "The sheriff's office will not keep the person past the time of release." in letter
    assert "Left to the sheriff's office by law" in letter


def test_a_letter_tells_the_sender_what_it_needs() -> None:
    letter = text_of(answer_letter(a_letter()))
    for said in (
        "Ossian County Jail",
        "Lakeside Field Office",
        "November 25, 2026",
        "LKS2001-0042",
        "I-247A (edition 3/17)",
        "November 20, 2026",
        "ORTEGA ARRIAGA, AIDA",
        "November 24, 2026, 16:45:10 EST (America/New_York)",
        "L-2026-00417, entry 1,204 of our log",
        "Forbidden by law N.Y.C. Admin. Code § 9-131(b)(1)",
        "Required by law Tex. Code Crim. Proc. art. 2A.060",
        "R. Okafor",
        "Captain, Legal Process Unit",
    ):
        assert said in letter


def test_what_the_paper_does_not_say_leaves_no_empty_row() -> None:
    bare = replace(PAPER, edition=None, reference=None, dated=None, subject=None)
    letter = text_of(answer_letter(a_letter(paper=bare)))
    assert "Person it names" not in letter
    assert "Your reference" not in letter
    assert "None" not in letter


def test_the_same_letter_gives_the_same_bytes() -> None:
    first, second = answer_letter(a_letter()), answer_letter(a_letter())
    assert sha256(first).hexdigest() == sha256(second).hexdigest()
    assert answer_letter(a_letter(acts=(NO_HOLD,))) != first


def test_both_kinds_of_answer_look_alike() -> None:
    """A yes and a no differ in their words only: the same table, cells, kinds of line."""
    no = answer_letter(a_letter(acts=(NO_HOLD,)))
    yes = answer_letter(a_letter(acts=(replace(NO_HOLD, effect="required"),)))
    told = text_of(no).replace("will not keep", "will keep").replace("Forbidden by law", "Required by law")
    assert text_of(yes) == told


def test_the_machine_reads_the_same_answer() -> None:
    found = attached(answer_letter(a_letter()))
    assert list(found) == ["answer.json"]
    assert json.loads(found["answer.json"]) == {
        "format": "lodged-answer/v1",
        "arrival": "L-2026-00417",
        "sender_reference": "LKS2001-0042",
        "standing": "agreed",
        "demonstration": False,
        "answers": [
            {
                "act": "hold",
                "item": None,
                "effect": "forbidden",
                "chooses": None,
                "citations": ["N.Y.C. Admin. Code § 9-131(b)(1)"],
            },
            {
                "act": "notify",
                "item": None,
                "effect": "required",
                "chooses": None,
                "citations": ["Tex. Code Crim. Proc. art. 2A.060"],
            },
            {"act": "interview", "item": None, "effect": "answer_follows", "chooses": None, "citations": []},
        ],
    }


def test_no_byte_tells_whether_an_open_answer_waits_for_a_fact_or_for_a_court() -> None:
    waits_for_fact = answer_letter(a_letter(acts=(ActAnswer("hold", "not_known"), MUST_TELL)))
    waits_for_court = answer_letter(a_letter(acts=(ActAnswer("hold", "contested"), MUST_TELL)))
    assert waits_for_fact == waits_for_court
    read = every_text_in(waits_for_fact)
    for word in ("not_known", "not known", "contested", "needs", "readings", "challenge", "would_change"):
        assert word not in read


def test_the_name_on_the_paper_is_neither_in_the_metadata_nor_in_the_attachment() -> None:
    pdf = answer_letter(a_letter(paper=replace(PAPER, subject="CANARYPERSON")))
    assert "CANARYPERSON" in text_of(pdf)
    assert b"CANARYPERSON" not in attached(pdf)["answer.json"]
    with pikepdf.open(BytesIO(pdf)) as file:
        assert b"CANARYPERSON" not in file.Root.Metadata.read_bytes()
        assert "CANARYPERSON" not in repr(file.docinfo)
        assert str(file.docinfo.Title) == "Answer to paper L-2026-00417"


@pytest.mark.parametrize("acts", [1, 24])
def test_every_page_of_a_candidate_says_so(acts: int) -> None:
    pages = pages_of(answer_letter(a_letter(acts=(NO_HOLD,) * acts, candidate=True, reviewer=None)))
    assert len(pages) > 1 if acts > 1 else len(pages) == 1
    for page in pages:
        assert "This is a candidate answer." in page
        assert "It may not be agreed to or sent." in page
    assert "Not signed: nobody has agreed to this letter." in pages[-1]


def test_every_page_of_a_draft_says_so() -> None:
    pages = pages_of(answer_letter(a_letter(acts=(NO_HOLD,) * 24, draft=True, reviewer=None)))
    assert len(pages) > 1
    assert all("DRAFT Nobody has agreed to this answer yet." in page for page in pages)


def test_every_page_of_a_demonstration_says_so() -> None:
    pages = pages_of(answer_letter(a_letter(acts=(NO_HOLD,) * 24, demo=True)))
    assert len(pages) > 1
    assert all("DEMONSTRATION — invented people" in page for page in pages)


def test_a_letter_that_was_agreed_to_carries_no_mark() -> None:
    read = text_of(answer_letter(a_letter()))
    for word in ("candidate", "CANDIDATE", "DRAFT", "DEMONSTRATION"):
        assert word not in read


def test_a_long_letter_repeats_its_head_and_counts_its_pages() -> None:
    pages = pages_of(answer_letter(a_letter(acts=(NO_HOLD, MUST_TELL) * 15)))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    assert all("What you asked us to do Our answer The law" in page for page in pages[:-1])


def test_the_signature_never_stands_alone_on_a_page() -> None:
    """Whatever the number of rows, the page that is signed also holds the words before the signature."""
    for acts in range(4, 14):
        pages = pages_of(answer_letter(a_letter(acts=(NO_HOLD,) * acts)))
        signed = [page for page in pages if "Respectfully," in page]
        assert len(signed) == 1
        assert "This answer speaks of the paper described above" in signed[0]


@pytest.mark.parametrize(
    "name", ["José Ángel Núñez-Ibáñez", "Nguyễn Thị Hường", "Łukasz Žižek", "Γιώργος", "Олександра"]
)
def test_names_of_many_alphabets_are_set_as_written(name: str) -> None:
    assert name in text_of(answer_letter(a_letter(paper=replace(PAPER, subject=name))))


def test_a_sign_without_a_glyph_is_spelt_out_and_the_letter_still_leaves() -> None:
    assert "[U+738B] José" in text_of(answer_letter(a_letter(paper=replace(PAPER, subject="王 José"))))


@pytest.mark.parametrize(
    "text",
    [
        '#panic("no")',
        "#let x = 1; #x",
        "*not bold* _not slanted_",
        "] [ } { $ x^2 $",
        "\\ \\u{41} \\n",
        "<label> @ref // gone /* gone */",
        "`raw` --- ~ ... = heading",
        "\"quoted\" 'single'",
        "https://example.gov/a",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    letter = answer_letter(a_letter(paper=replace(PAPER, subject=text, reference=text), reviewer=Reviewer(text, text)))
    assert text_of(letter).count(text) == 5  # title line, reference, subject, name and role


def test_long_words_stay_within_the_page() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff" * 6
    pdf = answer_letter(
        a_letter(paper=replace(PAPER, subject=long, reference=long), custodian=replace(JAIL, name=long))
    )
    pages = pages_of(pdf)
    found = "".join(pages).replace(" ", "").replace("\u200b", "")
    assert found.count(long) >= 4


def test_where_the_law_is_not_settled_counsels_choice_leaves_with_what_counsel_stands_on() -> None:
    act = ActAnswer("answer", "contested", (Citation("Order of 3 May 2026"),), chooses=False)
    assert sentence(act, "the department") == "The department will not produce what the subpoena demands."
    assert law_cell(act, "the department")[1:] == (Citation("Order of 3 May 2026"),)
    assert act_data(act)["effect"] == "chosen"
    with pytest.raises(ValueError, match="only an opinion"):
        ActAnswer("answer", "contested", chooses=True)
    with pytest.raises(ValueError, match="cites nothing"):
        ActAnswer("answer", "contested", (Citation("Order of 3 May 2026"),))
