"""Pages become papers."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from lodged.page import Field, ReadPage, group


def page(number: int, form: str | None, values: Mapping[str, str] | None = None, hint: str | None = None) -> ReadPage:
    """A page as read, with these values."""
    fields = {name: Field(value, 0.02, None, (0, 0, 1, 1), number) for name, value in (values or {}).items()}
    edition = "3/17" if form else None
    return ReadPage(number, form, edition, fields, {}, {}, None if form else "some words", 0, hint)


ANA = {"name": "RUIZ SANDOVAL, ELVIRA", "file_no": "A232 917 530"}
ANA_ASTRAY = {"name": "RUIZ SANDOVAL, ELVIPA", "file_no": "A232 917 580"}
BEN = {"name": "CAMUS, HENRI", "file_no": "115537572"}


def test_a_detainer_and_its_warrant_are_one_paper() -> None:
    (paper,) = group([page(1, "i-247a", ANA), page(2, "i-200", ANA)])
    assert (paper.form, paper.pages) == ("i-247a", (1, 2))
    assert [(attached.form, attached.pages) for attached in paper.attachments] == [("i-200", (2,))]


def test_a_letter_misread_does_not_part_them() -> None:
    assert len(group([page(1, "i-247a", ANA), page(2, "i-200", ANA_ASTRAY)])) == 1


def test_a_warrant_before_its_detainer_is_still_its_attachment() -> None:
    (paper,) = group([page(1, "i-205", ANA), page(2, "i-247a", ANA)])
    assert (paper.form, [attached.form for attached in paper.attachments]) == ("i-247a", ["i-205"])


def test_a_warrant_of_someone_else_is_a_paper_of_its_own() -> None:
    papers = group([page(1, "i-247a", ANA), page(2, "i-200", BEN)])
    assert [(paper.number, paper.form, paper.pages) for paper in papers] == [(1, "i-247a", (1,)), (2, "i-200", (2,))]


def test_two_detainers_are_two_papers() -> None:
    assert [paper.pages for paper in group([page(1, "i-247a", ANA), page(2, "i-247a", BEN)])] == [(1,), (2,)]


def test_a_warrant_of_which_only_the_head_arrived_stays_with_its_detainer() -> None:
    (paper,) = group([page(1, "i-247a", ANA), page(2, "i-200", {"name": "", "file_no": ""})])
    assert paper.pages == (1, 2)


def test_a_subpoena_takes_its_schedule_along() -> None:
    (paper,) = group([page(1, "i-138", ANA), page(2, None, hint="schedule")])
    assert (paper.form, paper.attachments[0].hint, paper.text) == ("i-138", "schedule", "some words")


def test_a_cover_belongs_to_the_paper_behind_it() -> None:
    papers = group(
        [
            page(1, None, hint="cover sheet"),
            page(2, "i-247a", ANA),
            page(3, None, hint="cover sheet"),
            page(4, "i-138", BEN),
        ]
    )
    assert [(paper.form, paper.cover, paper.pages) for paper in papers] == [
        ("i-247a", (1,), (1, 2)),
        ("i-138", (3,), (3, 4)),
    ]


def test_pages_of_no_known_form_are_one_paper_without_a_form() -> None:
    (paper,) = group([page(1, None), page(2, None)])
    assert (paper.form, paper.pages, paper.text) == (None, (1, 2), "some words\n\nsome words")


def test_every_field_knows_its_page() -> None:
    (paper,) = group([page(1, None, hint="cover sheet"), page(2, "i-247a", ANA)])
    assert {field.page for field in paper.fields.values()} == {2}


@given(
    st.lists(
        st.tuples(st.sampled_from(["i-247a", "i-200", "i-138", None]), st.sampled_from([ANA, BEN, {}])), max_size=12
    )
)
def test_every_page_is_in_exactly_one_paper(told: list[tuple[str | None, dict[str, str]]]) -> None:
    pages = [page(number, form, values) for number, (form, values) in enumerate(told, start=1)]
    papers = group(pages)
    assert [number for paper in papers for number in paper.pages] == [each.page for each in pages]
    assert [paper.number for paper in papers] == list(range(1, len(papers) + 1))


def test_a_page_nobody_knows_before_the_form_is_attached_and_no_cover() -> None:
    (paper,) = group([page(1, None, hint="letter"), page(2, "i-247a", ANA)])
    assert (paper.cover, [attached.form for attached in paper.attachments]) == ((), [None])
