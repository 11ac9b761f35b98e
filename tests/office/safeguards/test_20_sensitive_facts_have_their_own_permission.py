"""Safeguard 20: watch lists, criminal history and the like are seen and answered by those roles alone."""

from lodged.office.decisions.facts import SENSITIVE
from lodged.office.staff.models import DEEDS, Role


def test_only_release_officers_and_counsel_see_them() -> None:
    assert DEEDS["see sensitive facts"] == {Role.RELEASE_OFFICER, Role.COUNSEL}


def test_the_list_names_watch_lists_convictions_and_reentry() -> None:
    named = {
        "person.terrorist_screening_match",
        "person.convictions",
        "person.reentered_after_removal",
        "person.registrant",
    }
    assert named <= SENSITIVE
