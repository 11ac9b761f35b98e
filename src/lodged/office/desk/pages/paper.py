"""A paper: the page as it came, beside what was read; below, who it may be about."""

import struct
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import activate
from django.views.decorators.http import require_POST, require_safe

from lodged.office.arrivals.finds import same_document
from lodged.office.decisions.asks import asked
from lodged.office.desk.custody import zone_of
from lodged.office.desk.lexicon import FORM_CHOICES, NO_FORM
from lodged.office.desk.pages.lines import DOUBTFUL, elsewhere, need
from lodged.office.desk.pages.places import Part, Place, changes, parts
from lodged.office.desk.rounds import Round
from lodged.office.letterheads import letterhead
from lodged.office.matters import acts as matters_acts
from lodged.office.matters.finds import closing, of_paper
from lodged.office.people import acts as people_acts
from lodged.office.people import finds as people
from lodged.office.people.models import Match, Person
from lodged.office.readings import acts, finds, pictures
from lodged.office.readings.addressee import addressed_elsewhere
from lodged.office.readings.body import value
from lodged.office.readings.models import Paper, Reading
from lodged.office.seals.models import Receipt
from lodged.office.spoken import spoken
from lodged.office.staff.models import User
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.page.mends import mend
from lodged.page.typed import a_number, iso_date
from lodged.problem import ProblemsError


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as a picture, with the places that lie on it."""

    number: int
    width: int
    height: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One identifier as the paper and the roster have it; `agrees` is None where one of them is silent."""

    label: str
    paper: Any
    roster: Any
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A booking beside the paper. `found` is what the matcher said; None for the second person, who must not be led."""

    person: Person
    rows: tuple[Row, ...]
    found: dict[str, Any] | None
    identifiers: int


@for_those_who_may("see papers")
@require_safe
def paper(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """The whole paper on one page."""
    found = _paper(number, position)
    return render(request, "desk/paper.html", _context(found, visitor(request)))


@for_those_who_may("correct readings")
@require_POST
def correct(request: HttpRequest, number: str, position: int) -> HttpResponseBase:
    """A person's reading on top of the machine's; everything that stood on the old one is done again at once."""
    found = _paper(number, position)
    reading = finds.newest(found)
    if request.POST.get("version") != str(reading.version):
        messages.error(
            request, "Somebody else has corrected this paper since you opened it. Look at the new reading first."
        )
        return redirect("paper", number, position)
    form = request.POST.get("form") or None
    made = changes(_all_places(reading), request.POST.dict())
    if form is not None and form not in (*FORM_CHOICES, NO_FORM):
        messages.error(request, "This is not one of the forms. Choose one from the list.")
    elif not made and form in {None, reading.form or NO_FORM}:
        messages.warning(request, "Nothing was changed or accepted, so nothing was kept.")
    else:
        kept = acts.correct(found, made, visitor(request), hour(request), "" if form == NO_FORM else form)
        Round(hour(request)).advance_paper(found)
        _say_kept(request, kept, made)
    return redirect("paper", number, position)


def _say_kept(request: HttpRequest, kept: Reading, made: dict[str, Any]) -> None:
    """What was kept, and of it what cannot be used: nobody is told that all is well where a rule will not find its date."""
    useless = [(place, place.problem) for place in _all_places(kept) if place.name in made and place.problem]
    if not useless:
        messages.success(request, "Kept. The roster was searched again and the law was asked again.")
        return
    for place, problem in useless:
        text = f"{place.label}: “{place.value}” is kept as you wrote it, but cannot be used: {spoken(problem)}"
        messages.warning(request, text)


@for_those_who_may("correct readings")
@require_POST
def close(request: HttpRequest, number: str, position: int) -> HttpResponseBase:
    """A paper that is no legal process leaves the desk with a reason, or is taken up again with one."""
    found = _paper(number, position)
    matter = of_paper(found)
    if matter is None:
        raise Http404("no matter was opened for this paper yet")
    again = "again" in request.POST
    act = matters_acts.take_up if again else matters_acts.close
    try:
        act(matter, typed(request, "reason", 500), visitor(request), hour(request))
        messages.success(request, "Taken up again: it waits on the desk." if again else "Closed, with your reason.")
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
    return _back(found)


@for_those_who_may("correct readings")
@require_POST
def addressee(request: HttpRequest, number: str, position: int) -> HttpResponseBase:
    """Somebody looked at the addressee and says why the paper is dealt with here all the same."""
    found = _paper(number, position)
    told = addressed_elsewhere(finds.newest(found))
    if not told:
        return _back(found)
    try:
        acts.keep_addressee(found, told, typed(request, "reason", 500), visitor(request), hour(request))
        messages.success(request, "Kept, with your reason.")
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
    return _back(found)


@for_those_who_may("choose persons")
@require_POST
def look(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """The roster searched by a person's own words, for somebody whom the matcher missed; posted, so that no name stands
    in an address. Whoever is found is chosen by the same rules as everybody else.
    """
    found = _paper(number, position)
    context = _context(found, visitor(request))
    asked_for = " ".join(typed(request, "who", 120).split())
    if context["match"] is not None:
        shown = {one.person.booking_no for one in context["candidates"]}
        others = [one for one in people.look(found.arrival.custodian, asked_for) if one.booking_no not in shown]
        context["looked"] = [_looked(context["reading"], one, blind=context["second"]) for one in others]
        context["looked_above"] = bool(shown)
    return render(request, "desk/paper.html", {**context, "looked_for": asked_for})


def _looked(reading: Reading, person: Person, blind: bool) -> Candidate:
    """A booking that a person looked for: the same comparison, without a word of the machine's."""
    agreeing = 0 if blind else people.identifiers_agreeing(reading, person)
    return Candidate(person, _rows(reading, person), None if blind else {}, agreeing)


@for_those_who_may("choose persons")
@require_POST
def choose(request: HttpRequest, number: str, position: int) -> HttpResponseBase:
    """Somebody says who is meant: the first choice waits for a second, which is made without seeing it."""
    found = _paper(number, position)
    reading = finds.newest(found)
    booking = request.POST.get("booking", "")
    if not booking:
        messages.error(request, "Nobody was chosen. Choose one person, or say that nobody here is meant.")
        return _back(found)
    try:
        if booking == "nobody":
            people_acts.nobody(reading, visitor(request), hour(request))
            messages.success(request, "Kept: nobody in the roster is meant.")
        else:
            person = people.person(found.arrival.custodian, booking)
            shown = reading.matches.filter(pk=_number(request, "match")).first()
            if shown is None:
                messages.error(request, "The paper was read again since this page was shown. Look at it as it is now.")
                return _back(found)
            compared = request.POST.get("compared", "")
            _say(request, people_acts.choose(shown, person, visitor(request), hour(request), compared))
    except Person.DoesNotExist as gone:
        raise Http404("no such booking") from gone
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
        return _back(found)
    Round(hour(request)).advance_paper(found)
    return _back(found)


def _number(request: HttpRequest, name: str) -> int:
    told = request.POST.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 18 else 0


def _say(request: HttpRequest, match: Match) -> None:
    match match.state:
        case Match.State.SAME:
            messages.success(request, "Confirmed: two people chose the same person. The law was asked about them.")
        case Match.State.DIFFER:
            messages.error(
                request,
                "You and a colleague chose differently. Neither choice stands. Look again, each alone, then choose again.",
            )
        case _:
            messages.success(request, "Your choice is kept. A colleague must now choose without seeing it.")


def _back(paper: Paper) -> HttpResponseBase:
    return redirect("paper", paper.arrival.number, paper.position)


def _paper(number: str, position: int) -> Paper:
    try:
        found = finds.paper(number, position)
    except Paper.DoesNotExist as gone:
        raise Http404("no such paper") from gone
    activate(zone_of(found.arrival.custodian))
    return found


def _context(paper: Paper, user: User) -> dict[str, Any]:
    reading = finds.newest(paper)
    arrival = paper.arrival
    read = parts(reading)
    matter = of_paper(paper)
    match = reading.matches.select_related("person", "by").order_by("-version").first()
    return {
        "paper": paper,
        "arrival": arrival,
        "elsewhere": elsewhere(arrival),
        "addressed": addressed_elsewhere(reading),
        "addressees": paper.addressees.select_related("by"),
        "house_name": letterhead(arrival.custodian).name,
        "reading": reading,
        "parts": read,
        "sheets": _sheets(paper, read),
        "open": sum(place.open for part in read for place in part.places),
        "unread": any(place.unread for part in read for place in part.places),
        "asks": asked(reading),
        "signed": _signed(reading),
        "forms": FORM_CHOICES,
        "need": need(reading),
        "matter": matter,
        "closing": closing(matter) if matter else None,
        "mend": mend(reading.trouble) if reading.trouble else "",
        "receipt": Receipt.objects.filter(number=arrival.number).first(),
        "carried": finds.carried(arrival),
        "others": arrival.papers.exclude(pk=paper.pk),
        "same": same_document(arrival.sha256).exclude(pk=arrival.pk),
        "may_correct": user.may("correct readings"),
        "may_choose": user.may("choose persons"),
        **(_who(reading, match, user) if match else {"match": None}),
    }


def _signed(reading: Reading) -> bool | None:
    """Whether there is ink on the issuer's line; None where it is in doubt or the form has no such line."""
    for name in ("officer_signature", "signature"):
        found = reading.body["signatures"].get(name)
        if found and found["doubt"] < DOUBTFUL:
            return bool(found["value"])
    return None


def _sheets(paper: Paper, read: list[Part]) -> list[Sheet]:
    places = [place for part in read for place in part.places]
    found = []
    for number in paper.pages:
        picture = pictures.picture(paper.arrival, number)
        if picture is not None:
            width, height = png_size(picture)
            found.append(Sheet(number, width, height, tuple(place for place in places if place.page == number)))
    return found


def png_size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, from its first chunk (PNG, section 11.2.1)."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _all_places(reading: Reading) -> list[Place]:
    return [place for part in parts(reading) for place in part.places]


def _who(reading: Reading, match: Match, user: User) -> dict[str, Any]:
    """Who the paper may be about, as this reader may see it: the second person sees neither first choice nor rank."""
    second = match.state == Match.State.CHOSEN and match.by != user
    return {
        "match": match,
        "second": second,
        "mine": match.state == Match.State.CHOSEN and match.by == user,
        "candidates": _candidates(reading, match, blind=second),
        "compared": people_acts.COMPARED.items(),
        "at_received": reading.paper.arrival.received_at,
    }


def _candidates(reading: Reading, match: Match, blind: bool) -> list[Candidate]:
    records = people.people(match)
    found = [
        Candidate(
            person=records[told["booking"]],
            rows=_rows(reading, records[told["booking"]]),
            found=None if blind else told,
            identifiers=told["identifiers_agreeing"],
        )
        for told in match.candidates
        if told["booking"] in records
    ]
    return sorted(found, key=_shuffled)


def _shuffled(candidate: Candidate) -> str:
    """An order that follows from the booking number alone and says nothing of the rank (safeguard 15)."""
    return sha256(candidate.person.booking_no.encode()).hexdigest()


def _rows(reading: Reading, person: Person) -> tuple[Row, ...]:
    body = reading.body
    told = {name: value(body, f"fields.{name}") or "" for name in ("name", "dob", "file_no", "booking_no", "sex")}
    name = ", ".join(
        part for part in (person.last, " ".join(part for part in (person.first, person.middle) if part)) if part
    )
    born, number = iso_date(told["dob"]), a_number(told["file_no"])
    return (
        Row("Name", told["name"], name, _same(told["name"].upper().replace(",", ""), name.upper().replace(",", ""))),
        Row("Born", born or told["dob"], person.dob, _same(str(born or ""), str(person.dob or ""))),
        Row("A-number", told["file_no"], person.a_number, _same(number, a_number(person.a_number or ""))),
        Row(
            "Booking",
            told["booking_no"],
            person.booking_no,
            _same(told["booking_no"].upper(), person.booking_no.upper()),
        ),
        Row("Sex", told["sex"], person.sex, _same(told["sex"][:1].upper(), (person.sex or "")[:1].upper())),
        Row("FBI number", "", person.fbi, None),
        Row("State ID", "", person.state_id, None),
    )


def _same(first: object, second: object) -> bool | None:
    return first == second if first and second else None


def in_custody(person: Person, at: datetime) -> bool | None:
    """Whether somebody was in custody at a moment; None where the roster does not say."""
    if person.booked_at is None and person.released_at is None:
        return None
    return person.released_at is None or person.released_at > at
