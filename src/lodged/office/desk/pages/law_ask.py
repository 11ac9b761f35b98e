"""A question put to the law, one fact at a time: the case is invented, lives in the page's address, and is kept nowhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe

from lodged.law import ACTS, Decision
from lodged.law.fact import CATALOG, Fact
from lodged.office.custodians import custodian as with_id
from lodged.office.decisions.answered import answered
from lodged.office.decisions.consult import consult
from lodged.office.decisions.library import declared
from lodged.office.decisions.put import CONVICTIONS, Put, element, fact_of, known
from lodged.office.decisions.views import custodian_of, custodians
from lodged.office.decisions.why import hanging, outcomes
from lodged.office.desk.pages.convictions import problems as conviction_problems
from lodged.office.staff.typed import visible
from lodged.office.staff.visits import for_those_who_may, hour
from lodged.problem import Problem, ProblemsError

FIRST_ROWS, MOST_ROWS = 2, 20
NONE_OF_THESE = "none-of-these"
ITEMS = next(fact for fact in CATALOG if fact.name == "inquiry.item")


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of a conviction's row: what is asked, what was typed, what is wrong with it."""

    field: Fact
    name: str
    text: str
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Form:
    """The question that is asked now, with what was typed and what was wrong with it."""

    name: str
    fact: Fact
    text: str = ""
    chosen: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    none: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> int | None:
        """Which conviction, counted from 1, where a part of one is asked for."""
        number, _ = element(self.name)
        return None if number is None else number + 1


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, and the question that asked for it."""

    name: str
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Start:
    """The first page's form as it was filled in."""

    custodian: str
    act: str = "hold"
    item: str = ""
    day: str = ""
    time: str = "12:00"
    problems: tuple[Problem, ...] = field(default=())


@for_those_who_may("see decisions")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Without a question in the address: choose who, what and when. With one: the next fact, or the decision."""
    link = str((request.POST if request.method == "POST" else request.GET).get("q", ""))
    if not link:
        return _start(request)
    try:
        put = Put.read(link)
        decision = consult(put.question())
    except ProblemsError as error:
        return _page(request, {"start": _blank(request, error.problems)}, status=400)
    if request.method == "POST":
        return _answer(request, put, decision)
    return _step(request, put, decision, _form(put, _wanted(request, put, decision)))


@for_those_who_may("see decisions")
@require_safe
def ask_json(request: HttpRequest) -> HttpResponseBase:
    """The question as the file that `lodged law decide` reads."""
    try:
        put = Put.read(request.GET.get("q", ""))
    except ProblemsError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(_json(put), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="question.json"'
    return response


# ---- who, what, when


def _start(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request, {"start": _blank(request)})
    told = {name: visible(str(request.POST.get(name, ""))) for name in ("custodian", "act", "item", "day", "time")}
    start = Start(custodian_of(told["custodian"]), told["act"], told["item"], told["day"], told["time"])
    problems = list(_wrong_start(told))
    if problems:
        filled = Start(start.custodian, start.act, start.item, start.day, start.time, tuple(problems))
        return _page(request, {"start": filled}, status=400)
    at = datetime.fromisoformat(f"{start.day}T{start.time}").replace(tzinfo=with_id(start.custodian).zone)
    put = Put(start.custodian, start.act, at, {"inquiry.item": start.item} if start.item else {})
    try:
        put.question()
    except ProblemsError as error:
        filled = Start(start.custodian, start.act, start.item, start.day, start.time, error.problems)
        return _page(request, {"start": filled}, status=400)
    return redirect(_address(put))


def _wrong_start(told: Mapping[str, str]) -> list[Problem]:
    found = []
    if told["act"] not in ACTS:
        found.append(Problem("act", "no act was chosen", "choose what it is about"))
    if told["act"] == "disclose" and told["item"] not in ITEMS.choices:
        found.append(Problem("item", "it is not said what is asked for", "choose the information"))
    if told["item"] and told["item"] not in ITEMS.choices:
        found.append(Problem("item", f"`{told['item']}` is not in the list", "choose the information from the list"))
    try:
        datetime.fromisoformat(f"{told['day']}T{told['time']}")
    except ValueError:
        what = f"`{told['day']} {told['time']}` is no day and time"
        found.append(Problem("day", what, "write the day as YYYY-MM-DD and the time as HH:MM"))
    return found


def _blank(request: HttpRequest, problems: Sequence[Problem] = ()) -> Start:
    place = custodian_of(str(request.GET.get("custodian", "")))
    here = hour(request).astimezone(with_id(place).zone)
    return Start(place, "hold", "", f"{here:%Y-%m-%d}", f"{here:%H:%M}", tuple(problems))


# ---- one fact at a time


def _wanted(request: HttpRequest, put: Put, decision: Decision) -> str | None:
    """The fact that the reader chose to answer, or the one that settles most."""
    chosen = str(request.GET.get("ask", ""))
    if chosen and fact_of(chosen) is not None:
        return chosen
    return put.next(decision)


def _form(put: Put, name: str | None) -> Form | None:
    fact = fact_of(name) if name else None
    if name is None or fact is None:
        return None
    value = put.value(name)
    if fact.type == "list":
        rows = value if isinstance(value, list) else []
        typed = [{key: _text(fact, key, cell) for key, cell in row.items()} for row in rows]
        return Form(name, fact, rows=_grid(fact, _filled(typed)), none=rows == [] and put.value(name) is not None)
    if fact.type == "set-of":
        held = tuple(str(one) for one in value) if isinstance(value, list) else ()
        return Form(name, fact, chosen=(NONE_OF_THESE,) if value == [] else held)
    return Form(name, fact, text=_shown(fact, value))


def _answer(request: HttpRequest, put: Put, decision: Decision) -> HttpResponseBase:
    """Keep one answer in the address, or show what is wrong with it beside what was typed."""
    name = str(request.POST.get("fact", ""))
    fact = fact_of(name)
    if fact is None:
        return redirect(_address(put))
    if "unknown" in request.POST:
        return redirect(_address(put.with_answer(name, None)))
    if "forget" in request.POST:
        return redirect(_address(put.without(name)))
    typed = _typed(fact, name, request.POST, put)
    if "more" in request.POST:
        return _step(request, put, decision, typed)
    value, problems = _value(fact, typed, put)
    if not problems:
        after = put.with_answer(name, value)
        try:
            consult(after.question())
            return redirect(_address(after))
        except ProblemsError as error:
            problems = list(error.problems)
    return _step(request, put, decision, _with_problems(typed, problems), status=400)


def _typed(fact: Fact, name: str, told: MultiValueDict[str, str], put: Put) -> Form:
    """What stands in the form, whether or not it is an answer."""
    if fact.type == "list":
        count = sum(1 for number in range(MOST_ROWS) if f"{number}.{fact.fields[0].name}" in told)
        count = min(MOST_ROWS, count + ("more" in told))
        rows = [
            {part.name: visible(told.get(f"{number}.{part.name}") or "") for part in fact.fields}
            for number in range(max(count, 1))
        ]
        return Form(name, fact, rows=_grid(fact, rows), none=bool(told.get("none")))
    if fact.type == "set-of":
        return Form(name, fact, chosen=tuple(told.getlist("value")))
    return Form(name, fact, text=visible(told.get("value") or ""))


def _value(fact: Fact, form: Form, put: Put) -> tuple[Any, list[Problem]]:
    """The answer as the law's JSON, or what is wrong with it."""
    match fact.type:
        case "list":
            return _convictions(form, put)
        case "set-of":
            return _set(form)
        case _ if not form.text:
            return None, [Problem("value", "no answer was given", "answer, or say that you do not know")]
        case "yes-no":
            value = {"yes": True, "no": False}.get(form.text)
            return value, [] if value is not None else [Problem("value", "no answer was given", "choose yes or no")]
        case "number":
            return _number(form.text)
        case "moment":
            return _moment(form.text, put)
    if element(form.name)[0] is not None and (wrong := _wrong_part(form, put)):
        return None, wrong
    return form.text, []


def _set(form: Form) -> tuple[Any, list[Problem]]:
    if NONE_OF_THESE in form.chosen and len(form.chosen) > 1:
        return None, [Problem("value", "“none of these” was ticked beside another answer", "leave one of them out")]
    if not form.chosen:
        return None, [Problem("value", "nothing was ticked", "tick what holds, or “none of these”")]
    return [one for one in form.chosen if one != NONE_OF_THESE], []


def _number(text: str) -> tuple[Any, list[Problem]]:
    try:
        number = float(text)
    except ValueError:
        return None, [Problem("value", f"`{text}` is no number", "write it in digits, such as 47 or 47.5")]
    return int(number) if number.is_integer() else number, []


def _moment(text: str, put: Put) -> tuple[Any, list[Problem]]:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None, [Problem("value", f"`{text}` is no day and time", "write it as YYYY-MM-DDTHH:MM")]
    here = read if read.tzinfo else read.replace(tzinfo=with_id(put.custodian).zone)
    return here.isoformat(), []


def _wrong_part(form: Form, put: Put) -> list[Problem]:
    found = conviction_problems([{element(form.name)[1]: form.text}], put.question().day)
    return [Problem("value", problem.what, problem.mend) for problem in found]


def _convictions(form: Form, put: Put) -> tuple[Any, list[Problem]]:
    rows = [{cell.field.name: cell.text for cell in row} for row in form.rows]
    filled = [row for row in rows if any(row.values())]
    if form.none:
        mend = "empty the rows, or untick “there are none”"
        return [], [Problem("none", "“there are none” is ticked beside a conviction", mend)] if filled else []
    if not filled:
        mend = "write a conviction, tick “there are none”, or say that you do not know"
        return None, [Problem("none", "nothing was filled in", mend)]
    problems = conviction_problems(rows, put.question().day)
    fact = declared()[CONVICTIONS]
    return [_row(fact, row) for row in filled], problems


def _row(fact: Fact, row: Mapping[str, str]) -> dict[str, Any]:
    parts = {part.name: part for part in fact.fields}
    return {name: _cell(parts[name], text) for name, text in row.items() if text}


def _cell(part: Fact, text: str) -> Any:
    match part.type:
        case "yes-no":
            return text == "yes"
        case "number" if text.isdigit():
            return int(text)
        case "text" if part.name in ("code", "state"):
            return text.upper() if len(text) <= 4 else text
    return text


def _with_problems(form: Form, problems: Sequence[Problem]) -> Form:
    rows = _grid(form.fact, [{cell.field.name: cell.text for cell in row} for row in form.rows], problems)
    return Form(form.name, form.fact, form.text, form.chosen, rows, form.none, tuple(problems))


def _grid(
    fact: Fact, rows: Sequence[Mapping[str, str]], problems: Sequence[Problem] = ()
) -> tuple[tuple[Cell, ...], ...]:
    wrong = {problem.where: problem for problem in problems}
    return tuple(
        tuple(
            Cell(part, f"{number}.{part.name}", row.get(part.name, ""), wrong.get(f"{number}.{part.name}"))
            for part in fact.fields
        )
        for number, row in enumerate(rows)
    )


def _filled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    wanted = max(FIRST_ROWS, min(MOST_ROWS, len(rows) + 1))
    return rows + [{} for _ in range(wanted - len(rows))]


def _text(fact: Fact, name: str, value: object) -> str:
    part = next((one for one in fact.fields if one.name == name), None)
    return _shown(part, value) if part else ""


def _shown(fact: Fact, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if fact.type == "moment":
            return value[:16]
    return str(value)


# ---- the page


def _step(request: HttpRequest, put: Put, decision: Decision, form: Form | None, status: int = 200) -> HttpResponseBase:
    chosen = form is not None and bool(request.GET.get("ask") or request.method == "POST")
    asked = form if decision.effect == "not_known" or chosen else None
    context = {
        "put": put,
        "place": with_id(put.custodian),
        "form": asked,
        "hanging": hanging(put, decision, asked.name) if asked else [],
        "outcomes": outcomes(put, asked.name) if asked else [],
        "found": answered(decision),
        "given": [Given(name, _question(name), known(name, value)) for name, value in put.facts.items()],
        "others": [fact for fact in CATALOG if fact.name not in put.facts],
        "back": _address(put.without(list(put.facts)[-1])) if put.facts else reverse("law_ask"),
        "share": request.build_absolute_uri(_address(put)),
        "json": _json(put),
        "unanswered": [(name, fact) for name in decision.needs if (fact := fact_of(name))],
        "none_of_these": NONE_OF_THESE,
    }
    return _page(request, context, status)


def _question(name: str) -> str:
    fact = fact_of(name)
    return fact.question if fact else name


def _page(request: HttpRequest, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    return render(
        request,
        "decisions/ask.html",
        {"custodians": custodians(), "acts": ACTS, "items": ITEMS.choices, **context},
        status=status,
    )


def _address(put: Put) -> str:
    return f"{reverse('law_ask')}?q={put.link}"


def _json(put: Put) -> str:
    return json.dumps(put.to_json(), ensure_ascii=False, indent=1)
