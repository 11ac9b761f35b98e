"""Who a paper is about, as far as the paper says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lodged.person.names import Name, ways_to_read
from lodged.person.written import Number, a_number, birth_date_read, plain_number
from lodged.problem import Problem

KEYS = ("name", "last", "first", "middle", "dob", "a_number", "fbi", "state_id", "booking_no", "sex")


@dataclass(frozen=True, slots=True)
class Query:
    """The person a paper names; every part may be None, which is not known.

    `name` is as on the page, `LAST SECOND, FIRST MIDDLE` or without a comma; numbers are as written. Citizenship and
    birthplace have no place here: they can neither make nor move a match.
    """

    name: str | None = None
    dob: date | None = None
    a_number: str | None = None
    fbi: str | None = None
    state_id: str | None = None
    booking_no: str | None = None
    sex: str | None = None

    def names(self) -> tuple[Name, ...]:
        """Every way to read the name; none when it is not known."""
        return ways_to_read(self.name) if self.name else ()

    def numbers(self) -> dict[str, Number]:
        """The identifiers that can be read, in their normal form, by the column they stand in."""
        read = {
            "a_number": a_number(self.a_number or ""),
            "fbi": plain_number(self.fbi or ""),
            "state_id": plain_number(self.state_id or ""),
            "booking_no": plain_number(self.booking_no or ""),
        }
        return {column: number for column, number in read.items() if number is not None}


def read_query(said: Mapping[str, object], where: str = "query") -> tuple[Query, tuple[Problem, ...]]:
    """The query that fields of a page, or a clerk, give; what cannot be read is a problem, and not known.

    Keys are those of `KEYS`; a name may be one text or its parts. Other keys are not looked at.

    >>> query, problems = read_query({"name": "RUIZ, ANA", "dob": "31/31/1999"})
    >>> query.dob is None, problems[0].what
    (True, '`31/31/1999` in `dob` is not a date')
    """
    problems = [
        Problem(where, f"`{key}` is not a text", "write it in quotes")
        for key in KEYS
        if not isinstance(said.get(key, ""), str | None)
    ]
    text = {key: value.strip() for key, value in said.items() if key in KEYS and isinstance(value, str)}
    dob = birth_date_read(text.get("dob", ""))[0]
    if text.get("dob") and dob is None:
        problems.append(Problem(where, f"`{text['dob']}` in `dob` is not a date", "write it as YYYY-MM-DD"))
    if text.get("a_number") and a_number(text["a_number"]) is None:
        mend = "an A-number has seven to nine digits"
        problems.append(Problem(where, f"`{text['a_number']}` in `a_number` is not an A-number", mend))
    query = Query(
        name=_name(text),
        dob=dob,
        **{key: text.get(key) or None for key in ("a_number", "fbi", "state_id", "booking_no", "sex")},
    )
    if not query.names() and not query.numbers():
        problems.append(Problem(where, "it names nobody", "give a `name`, or a number of the person"))
    return query, tuple(problems)


def _name(text: Mapping[str, str]) -> str | None:
    """The name as one text, with a comma after the surnames when it was given in parts."""
    if text.get("name"):
        return text["name"]
    given = " ".join(text[part] for part in ("first", "middle") if text.get(part))
    return f"{text.get('last', '')}, {given}" if text.get("last") or given else None
