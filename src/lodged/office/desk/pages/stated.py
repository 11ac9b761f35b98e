"""A fact and its value as one short statement, so that no reason is shown by the name the law files it under."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lodged.law.fact import FACTS, Fact
from lodged.law.speak import said_list
from lodged.office.decisions.sentences import NOT_IN_SETS, NOUNS, SETS, holds, noun, value_words
from lodged.office.desk.templatetags.names import fact as fact_words
from lodged.office.desk.templatetags.values import said

ELEMENT = re.compile(r"person\.convictions\[(\d+)\]\.(\w+)")
SPECIAL = {
    ("warrant.signed_by", "none"): "no signed warrant came with it",
    ("warrant.offense", "none"): "the warrant names no offense",
    ("paper.box", "neither"): "no box of the form is ticked",
}


def stated(name: str, value: Any) -> str:
    """A fact and its value as a short statement.

    >>> stated("warrant.signed_by", "dhs_officer"), stated("paper.signed", False)
    ('the warrant is signed by a DHS officer', 'the paper is not signed by its issuer')
    >>> stated("hold.hours", 47), stated("paper.asks", ["hold", "notify"])
    ('the person is held 47 hours past release', 'the paper asks for a hold past release and notice of the release')
    >>> stated("person.convictions", [{"code": "PL", "section": "120.05", "class": "felony"}])
    'a conviction: PL 120.05, felony'
    """
    if (name, value if isinstance(value, str) else None) in SPECIAL:
        return SPECIAL[name, value]
    if name == "person.convictions" and isinstance(value, str):
        return said_list(value)
    if element := ELEMENT.fullmatch(name):
        return f"conviction {int(element[1]) + 1}: {_one(element[2], value)}"
    return _one(name, value)


def _one(name: str, value: Any) -> str:
    match value:
        case bool():
            return holds(name, FACTS.get(name), yes=value)
        case None:
            return f"{_what(name)} is not known"
        case str() | int() | float():
            return _is(name, value)
        case Mapping():
            return conviction(value)
        case Sequence():
            return _many(name, value)
    return f"{_what(name)} is {said(value)}"


def _is(name: str, value: str | float) -> str:
    match name:
        case "hold.hours":
            return f"the person is held {value} hour{'' if value == 1 else 's'} past release"
        case "warrant.signed_by":
            return f"the warrant is signed by {value_words(name, str(value))}"
    known = FACTS.get(name)
    words = value_words(name, str(value)) if known is not None and known.choices else said(value)
    return f"{_what(name)} is {words}"


def _many(name: str, values: Sequence[Any]) -> str:
    if name == "person.convictions":
        return "; ".join(f"a conviction: {conviction(one)}" for one in values) or "the record shows no conviction"
    if not values:
        return f"{NOT_IN_SETS[name]} anything" if name in NOT_IN_SETS else f"{_what(name)}: none"
    words = [value_words(name, str(one)) for one in sorted(map(str, values))]
    together = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
    return f"{SETS[name]} {together}" if name in SETS else f"{_what(name)}: {together}"


def conviction(row: Mapping[str, Any]) -> str:
    """One conviction as a lawyer would write it; what is not known is left out.

    >>> conviction(
    ...     {"code": "PL", "section": "120.05", "class": "felony", "grade": "D", "on": "2019-05-31", "state": "NY"}
    ... )
    'PL 120.05, felony D, judgment Fri 31 May 2019, NY'
    """
    where = " ".join(str(row[name]) for name in ("code", "section") if row.get(name))
    kind = " ".join(str(row[name]).replace("_", " ") for name in ("class", "grade") if row.get(name))
    rest = [
        f"judgment {said(row['on'])}" if row.get("on") else "",
        str(row.get("state") or ""),
        str(row.get("adjudication") or "").replace("_", " "),
        f"{row['days_incarcerated']} days in prison or jail" if row.get("days_incarcerated") is not None else "",
        holds("violent_or_serious", None, yes=row["violent_or_serious"])
        if isinstance(row.get("violent_or_serious"), bool)
        else "",
    ]
    return ", ".join(part for part in (where, kind, *rest) if part) or "nothing more is known of it"


def _what(name: str) -> str:
    known: Fact | None = FACTS.get(name)
    return noun(name, known) if name in NOUNS or known is None else fact_words(name)
