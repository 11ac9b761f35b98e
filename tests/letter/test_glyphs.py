"""Every sign that is said to have a glyph has one, in every cut and face the templates use."""

from tests.letter.invented import JAIL, MADE_AT

from lodged.letter import Attachment, typeset
from lodged.letter.block import Citation, Figures, Heading, Strong, Table, block_data
from lodged.letter.glyphs import RUNS, has_glyph, text_shown
from lodged.letter.letterhead import letterhead


def test_the_runs_are_in_order_and_apart() -> None:
    ends = [point for run in RUNS for point in run]
    assert ends == sorted(ends)
    assert all(first <= last for first, last in RUNS)


def test_the_typesetter_shows_every_sign_of_the_runs() -> None:
    signs = [chr(point) for first, last in RUNS for point in range(first, last + 1)]
    text = " ".join(signs)
    table = Table(("sign",), (((text, Strong(text), Citation(text), Figures(text)),),), (1,))
    page = {
        **letterhead(JAIL, "signs", "signs", ()),
        "date": "",
        "recipient": [""],
        "blocks": [block_data(Heading(text, level=1)), block_data(table)],
    }
    note = Attachment("a.txt", "text/plain", b"a", "a", "data")
    assert typeset("letter.typ", page, MADE_AT, [note]).startswith(b"%PDF-1.7")


def test_marks_that_stand_apart_are_joined_to_their_letters() -> None:
    assert text_shown("Jose\u0301 Nguye\u0302\u0303n") == "José Nguyễn"


def test_signs_that_only_steer_the_line_are_spelt_out() -> None:
    assert text_shown("a\u202eb\u200bc\x00d\u00ade") == "a[U+202E]b[U+200B]c[U+0000]d[U+00AD]e"


def test_white_space_of_every_kind_is_one_space() -> None:
    assert text_shown("  a\n\tb\u00a0c\u2028d ") == "a b c d"


def test_private_and_lone_surrogate_signs_have_no_glyph() -> None:
    assert not has_glyph("\ue000")
    assert text_shown("\ud800") == "[U+D800]"
