"""A search by name, booking, A-number or docket number; it is posted, so that no name stands in an address."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lodged.office.arrivals.models import Arrival
from lodged.office.desk.pages.lines import Line, need, of_reading, readings_with_all
from lodged.office.matters.models import Matter
from lodged.office.people.finds import wanted
from lodged.office.people.models import Match, Person
from lodged.office.readings.days import day_written
from lodged.office.readings.models import Reading
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may
from lodged.page.typed import a_number

DOCKET = re.compile(r"([lm])[- ]?(?:(\d{4})[- ])?0*(\d{1,5})", re.I)
MOST = 50
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """One booking of the roster with the papers that two people confirmed for it."""

    person: Person
    papers: tuple[Line, ...]


@for_those_who_may("see papers")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    """What the words lead to; a whole docket number leads straight there."""
    asked = " ".join(typed(request, "q", 120).split())
    straight = _straight(asked)
    if straight is not None:
        return straight
    papers = _papers(asked) if len(asked) >= SHORTEST else []
    people = _people(asked) if len(asked) >= SHORTEST else []
    return render(request, "desk/search.html", {"asked": asked, "lines": papers, "people": people, "most": MOST})


def _straight(asked: str) -> HttpResponseBase | None:
    number = _number(asked)
    if Arrival.objects.filter(number=number).exists():
        return redirect("arrival", number)
    if Matter.objects.filter(number=number).exists():
        return redirect("matter", number)
    return None


def _number(asked: str) -> str:
    """A docket number as it is kept, from how people write it: `l-417`, `L 2026 417`, `m-2026-00417`.

    Without a year the newest year that has such a number is meant.
    """
    told = DOCKET.fullmatch(asked.strip())
    if told is None:
        return asked.upper()
    letter, year, count = told[1].upper(), told[2], int(told[3])
    if year:
        return f"{letter}-{year}-{count:05d}"
    kind = Arrival if letter == "L" else Matter
    last = kind._default_manager.filter(number__endswith=f"-{count:05d}").order_by("-number").first()
    return str(last.number) if last is not None else asked.upper()


def _papers(asked: str) -> list[Line]:
    """Papers whose newest reading holds every word in its name, file number or booking number."""
    found = [reading for reading in readings_with_all() if _holds(reading, asked)]
    return [of_reading(reading, need(reading)) for reading in found[-MOST:]][::-1]


def _holds(reading: Reading, asked: str) -> bool:
    fields = reading.body["fields"]
    text = " ".join(
        str(fields[name]["value"]) for name in ("name", "file_no", "booking_no", "subpoena_no") if name in fields
    )
    told = text.casefold()
    number, born = a_number(asked), day_written(asked)
    if number is not None and number == a_number(str(fields.get("file_no", {}).get("value", ""))):
        return True
    if born is not None and born == day_written(str(fields.get("dob", {}).get("value", ""))):
        return True
    return (
        all(word in told for word in asked.casefold().replace(",", " ").split())
        or asked.upper() in reading.paper.arrival.number
    )


def _people(asked: str) -> list[Found]:
    people = Person.objects.filter(wanted(asked)).order_by("last", "first", "booking_no")[:MOST]
    return [Found(person, _of(person)) for person in people]


def _of(person: Person) -> tuple[Line, ...]:
    matched = Match.objects.filter(person=person, state=Match.State.SAME).values("reading")
    return tuple(of_reading(reading, need(reading)) for reading in readings_with_all().filter(pk__in=matched))
