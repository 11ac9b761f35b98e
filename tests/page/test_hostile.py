"""Hundreds of files that mean harm: each comes to an end within three seconds, as pages or as a plain reason.

A spread of them runs with every test; all of them with `./dev hostile`.
"""

from functools import cache
from pathlib import Path

import pytest
from tests.page.hostile import others, pdfs, pictures, tiffs

from lodged.page import Limits, open_document
from lodged.page.mends import mend
from lodged.page.open import Opened

SECONDS = 3
EVERY = 16  # of the whole list, how many are passed over for each that runs with every test
BOUND = Limits(seconds=SECONDS)


@cache
def all_files() -> tuple[tuple[str, bytes], ...]:
    """Every hostile file, by its name; some thirty megabytes, made once."""
    return (*pdfs.all_pdfs(), *tiffs.all_tiffs(), *pictures.all_pictures(), *others.all_others())


def check(name: str, opened: Opened) -> None:
    """What must hold of any file: pages within bounds, or a reason that a clerk can act upon, and never a free child."""
    assert opened.pages or opened.trouble, name
    assert len(opened.pages) <= BOUND.pages, name
    for page in opened.pages:
        assert page.width * page.height <= BOUND.pixels, name
    if opened.trouble:
        assert opened.trouble.isprintable(), name
        assert mend(opened.trouble), name
    assert opened.walls is not None, name
    assert "network" not in opened.walls.lacks, name


def test_there_are_more_than_two_hundred_and_no_two_are_the_same() -> None:
    names, contents = zip(*all_files(), strict=True)
    assert len(names) >= 200
    assert len(set(names)) == len(names)
    assert len(set(contents)) == len(contents)


def test_a_spread_of_them_comes_to_an_end() -> None:
    for name, data in all_files()[::EVERY]:
        check(name, open_document(data, BOUND))


def test_nothing_of_them_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for _, data in all_files()[5::90]:
        open_document(data, BOUND)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.hostile
def test_every_one_of_them_comes_to_an_end() -> None:
    ends: dict[str, int] = {}
    for name, data in all_files():
        opened = open_document(data, BOUND)
        check(name, opened)
        end = "read" if not opened.trouble else "read in part" if opened.pages else "refused"
        ends[end] = ends.get(end, 0) + 1
    assert sum(ends.values()) >= 200
    assert set(ends) == {"read", "read in part", "refused"}


@pytest.mark.hostile
def test_every_one_comes_to_the_same_kind_of_end_without_bubblewrap() -> None:
    for name, data in all_files()[::5]:
        check(name, open_document(data, BOUND, way="limits"))
