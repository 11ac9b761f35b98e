"""The places of a form that no machine has read: empty, for a person to fill in."""

from collections.abc import Iterable
from typing import Any

from lodged.page import editions
from lodged.page.form import Edition

# What a person can type of a form that nobody has measured; the words are the fields of the measured ones.
OF_A_PERSON = ("name", "dob", "file_no", "booking_no", "sex")
OF_ANY_PAPER = ("date", "to", "from", "officer")
OF_A_SUBPOENA = ("subpoena_no", "due_date", "records")
SUBPOENAS = ("enforcement_order", "grand_jury_subpoena", "civil_subpoena")

NOBODY_LOOKED, NOT_MEASURED = 1.0, 0.0
Part = dict[str, dict[str, Any]]


def blank(form: str, page: int) -> dict[str, Part]:
    """Fields, boxes and signatures of a form, all unread; none for a paper that nobody knows.

    A measured form's places wait for a look, each; of another form they may stay empty. `page` is the first of the paper.
    """
    if not form:
        return {"fields": {}, "boxes": {}, "signatures": {}}
    known = measured(form)
    if known is not None:
        return {
            "fields": _unread(known.fields, "", page, NOBODY_LOOKED),
            "boxes": _unread(known.boxes, None, page, NOBODY_LOOKED),
            "signatures": _unread(known.signatures, None, page, NOBODY_LOOKED),
        }
    names = (*OF_A_PERSON, *OF_ANY_PAPER, *(OF_A_SUBPOENA if form in SUBPOENAS else ()))
    return {
        "fields": _unread(names, "", page, NOT_MEASURED),
        "boxes": {},
        "signatures": _unread(("signature",), None, page, NOT_MEASURED),
    }


def measured(form: str, edition: str = "") -> Edition | None:
    """The edition of a form as measured: the very one, else the first of that form, whose places are called the same."""
    of_form = [one for one in editions() if one.form == form]
    return next((one for one in of_form if one.edition == edition), of_form[0] if of_form else None)


def _unread(names: Iterable[str], value: str | None, page: int, doubt: float) -> Part:
    """Each place without a zone: a person finds it on the page, or on another machine's screen."""
    place = {"value": value, "doubt": doubt, "page": page, "box": [0, 0, 0, 0], "unread": True}
    return {name: {**place, "second": None} if value is not None else dict(place) for name in names}
