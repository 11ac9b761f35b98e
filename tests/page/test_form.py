"""Form editions as folders."""

from pathlib import Path

import pytest

from lodged.page.form import FormError, editions, load_edition
from lodged.page.register import blank_of

GOOD = """
form = "x-1"
edition = "1/26"
title = "X"
edition_line = "Form X-1 (1/26)"
edition_zone = [34, 766, 200, 782]
[fields.name]
label = "Name"
type = "name"
box = [10, 20, 100, 40]
"""


def test_every_edition_names_its_fields_boxes_and_signatures_on_the_page() -> None:
    for edition in editions():
        assert edition.fields["name"].type == "name"
        assert edition.boxes
        assert edition.signatures
        for zone in [*edition.fields.values(), *edition.boxes.values(), *edition.signatures.values()]:
            left, top, right, bottom = zone.box
            assert 0 <= left < right <= 612
            assert 0 <= top < bottom <= 792
            assert zone.label


def test_every_blank_is_found_and_full_of_features() -> None:
    for edition in editions():
        assert len(blank_of(edition).points) > 500


def test_a_folder_that_is_right_is_an_edition(tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_text(GOOD)
    edition = load_edition(tmp_path)
    assert (edition.form, edition.fields["name"].box) == ("x-1", (10.0, 20.0, 100.0, 40.0))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace('edition = "1/26"', ""), "edition"),
        (GOOD.replace('"name"\nbox', '"nmae"\nbox'), "`nmae`"),
        (GOOD.replace("[10, 20, 100, 40]", "[100, 20, 10, 40]"), "left, top, right, bottom"),
        (GOOD.replace("[10, 20, 100, 40]", "[10, 20]"), "form.toml"),
        ("form = ", "form.toml"),
    ],
)
def test_a_folder_that_lacks_something_says_what(tmp_path: Path, wrong: str, said: str) -> None:
    (tmp_path / "form.toml").write_text(wrong)
    with pytest.raises(FormError, match=said):
        load_edition(tmp_path)
