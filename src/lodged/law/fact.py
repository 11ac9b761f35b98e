"""The facts a question may give: their names, types, choices, the plain question that asks for each, the check of a value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from unicodedata import category

from lodged.problem import Problem

YES_NO, ONE_OF, SET_OF, DATE, MOMENT, NUMBER, TEXT, LIST = (
    "yes-no",
    "one-of",
    "set-of",
    "date",
    "moment",
    "number",
    "text",
    "list",
)
TYPES = (YES_NO, ONE_OF, SET_OF, DATE, MOMENT, NUMBER, TEXT)


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared fact; `question` is how a person is asked for it; `fields` only of a list."""

    name: str
    type: str
    question: str
    choices: tuple[str, ...] = ()
    kind: str = ""
    fields: tuple["Fact", ...] = ()


LONGEST_TEXT = 2000  # characters; no title, office or section is longer
LARGEST = 1_000_000  # hours or days: more than a hundred years of either
LONGEST_LIST = 100  # more convictions than any record that was ever printed; a longer list is a mistake or an attack

ACTS = ("hold", "notify", "disclose", "interview", "transfer", "answer")
DUTIES = (
    "give_copy",
    "tell_person",
    "inform_person",
    "record_request",
    "tell_bail_judge",
    "publish_subpoena",
    "release",
    "await",
)
DUTIES_WITH = {
    "give_copy": ACTS,
    "record_request": ACTS,
    "publish_subpoena": ACTS,
    "inform_person": ("hold",),
    "tell_bail_judge": ("hold",),
    "tell_person": ("notify",),
}

_FORMS = (
    "i-247 i-247d i-247n i-247x i-247a i-247g i-200 i-205 i-203 i-138 arrest_warrant search_warrant habeas_writ "
    "enforcement_order grand_jury_subpoena civil_subpoena letter"
)
_SIGNERS = "none article_iii_judge us_magistrate_judge state_judge immigration_judge dhs_officer"
_ITEMS = (
    "incarceration_status release_date court_date home_address work_address personal_contact immigration_status "
    "criminal_history booking_records other"
)


def _one(name: str, question: str, choices: str) -> Fact:
    return Fact(name, ONE_OF, question, tuple(choices.split()))


def _many(name: str, question: str, choices: str) -> Fact:
    return Fact(name, SET_OF, question, tuple(choices.split()))


_CONVICTION = (
    Fact("code", TEXT, "Which code: PL, VTL, PC …?"),
    Fact("section", TEXT, "Which section of the code?"),
    Fact("state", TEXT, "Which state's conviction is it (NY, CA, US for federal)?"),
    _one("class", "Is it a felony, a misdemeanor or a wobbler?", "felony misdemeanor wobbler"),
    Fact("grade", TEXT, "Which grade: A, B, state_prison …?"),
    Fact("on", DATE, "On which day was the judgment entered?"),
    _one("adjudication", "Adult, youthful offender or juvenile?", "adult youthful_offender juvenile"),
    Fact("days_incarcerated", NUMBER, "How many days in prison or jail count for this conviction?"),
    Fact("violent_or_serious", YES_NO, "Is it violent or serious under this custodian's law, as a reviewer found?"),
)

CATALOG: tuple[Fact, ...] = (
    _one("paper.form", "Which form is the paper, by its face?", _FORMS),
    Fact("paper.edition", TEXT, "Which edition date is printed on the form?"),
    _many("paper.asks", "What does the paper ask for?", "hold notify interview information transfer produce"),
    _one("paper.box", "Which box of the I-247A is marked?", "1 2 both neither"),
    Fact("paper.signed", YES_NO, "Is the paper signed by its issuer?"),
    Fact("paper.issuer_title", TEXT, "What is the title of the issuer?"),
    Fact("paper.office", TEXT, "Which office issued the paper?"),
    _many("paper.attached", "Which papers came with it?", "i-200 i-205 judicial_warrant"),
    Fact("paper.attached_signed", YES_NO, "Is the attached warrant signed?"),
    Fact("paper.served_on_person", YES_NO, "Was a copy served on the person?"),
    Fact("paper.cancelled", YES_NO, "Did its issuer withdraw the paper?"),
    Fact("paper.received_at", MOMENT, "When was the paper received?"),
    Fact("paper.return_on", DATE, "Which day does the subpoena fix?"),
    _one("warrant.signed_by", "Who signed the warrant that was presented?", _SIGNERS),
    _one("warrant.authorizes", "What does the warrant authorize?", "civil_custody criminal_arrest search"),
    Fact("warrant.names_person", YES_NO, "Does the warrant name this person?"),
    Fact("warrant.came_with_detainer", YES_NO, "Was the warrant presented when the detainer was?"),
    Fact("warrant.presented_at", MOMENT, "When was the warrant presented?"),
    _one("warrant.offense", "Which kind of offense does the warrant name?", "immigration_crime other_crime none"),
    Fact("person.in_custody", YES_NO, "Is the person in custody here?"),
    Fact("person.otherwise_released", YES_NO, "But for the paper, would the person be let go now?"),
    Fact("person.convictions", LIST, "Which convictions does the person have?", (), "conviction", _CONVICTION),
    Fact("person.arrested_on", DATE, "On which day was the person arrested this time?"),
    Fact(
        "person.days_incarcerated", NUMBER, "How many days in prison or jail for a violent or serious crime since it?"
    ),
    Fact("person.terrorist_screening_match", YES_NO, "Is there a possible match in the terrorist screening database?"),
    Fact("person.reentered_after_removal", YES_NO, "Did the person illegally re-enter after removal or return?"),
    Fact("person.proved_citizen_or_lawful", YES_NO, "Did the person give proof of citizenship or lawful status?"),
    Fact("person.proved_citizen", YES_NO, "Did the person give proof of citizenship?"),
    Fact("person.aggravated_felony", YES_NO, "Was a federal aggravated felony found?"),
    Fact("person.release_moment", MOMENT, "When would the person otherwise have been released?"),
    Fact("person.release_on", DATE, "On which day is release scheduled?"),
    Fact("person.advised_of_rights", YES_NO, "Was the person told the rights before an interview?"),
    Fact("person.consents_to_interview", YES_NO, "Did the person consent in writing, after being told the rights?"),
    Fact("person.probable_cause_found", YES_NO, "Did a magistrate find probable cause on the present charge?"),
    Fact("person.charge_serious", YES_NO, "Is the present charge serious, violent or punishable by state prison?"),
    Fact("person.registrant", YES_NO, "Is the person a current sex or arson registrant?"),
    _one("inquiry.item", "What information is asked for?", _ITEMS),
    Fact("requester.agency", TEXT, "Which agency asks?"),
    Fact("requester.enforces_immigration", YES_NO, "Do the requester's duties include civil immigration enforcement?"),
    _one("inquiry.purpose", "What is the request for?", "civil_immigration criminal_investigation other"),
    Fact("inquiry.item_public", YES_NO, "Is the information already available to the public?"),
    Fact("order.enforces_subpoena", YES_NO, "Did a court order compliance under 8 U.S.C. § 1225(d)(4)(B)?"),
    Fact("order.enjoins_compliance", YES_NO, "Did a court forbid compliance?"),
    Fact("custodian.has_287g_agreement", YES_NO, "Does the custodian have a 287(g) agreement?"),
    Fact("local.forbids", YES_NO, "Does a local law or policy forbid what state law merely permits?"),
    Fact("hold.hours", NUMBER, "How many hours has the person been held past release?"),
)

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in CATALOG}
ORDER: Mapping[str, int] = {fact.name: place for place, fact in enumerate(CATALOG)}


def nearest(word: str, known: Iterable[str]) -> str:
    """A mend that names the closest known words, or the known words where none is close and they are few.

    >>> nearest("warrant.signd_by", FACTS)
    'did you mean `warrant.signed_by`?'
    """
    known = list(known)
    near = get_close_matches(word, known, n=1, cutoff=0.85) or get_close_matches(word, known, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?"
    return "it is one of: " + ", ".join(known) if 1 <= len(known) <= 24 else ""


def checked(fact: Fact, value: object, where: str) -> tuple[object, list[Problem]]:
    """A JSON value as the fact's own type, or the problems with it.

    Dates become `date`, moments aware `datetime`, sets `frozenset`, lists tuples of mappings.

    >>> checked(FACTS["paper.box"], "3", "facts")[1][0].what
    '`3` is not a value of `paper.box`'
    """
    match fact.type:
        case "yes-no" if isinstance(value, bool):
            return value, []
        case "one-of" if isinstance(value, str):
            return value, _chosen(fact, [value], where)
        case "set-of" if isinstance(value, list | tuple | set | frozenset) and all(isinstance(v, str) for v in value):
            return frozenset(value), _chosen(fact, [str(v) for v in value], where)
        case "text" if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT and _is_plain(value):
            return value, []
        case "number" if _is_amount(value):
            return value, []
        case "date" | "moment":
            return _instant(fact, value, where)
        case "list" if isinstance(value, list | tuple) and len(value) <= LONGEST_LIST:
            return _listed(fact, value, where)
    wanted = _WANTED[fact.type].format(choices=", ".join(fact.choices))
    return None, [Problem(where, f"`{_short(value)}` is not a value of `{fact.name}`", f"give {wanted}")]


_WANTED = {
    "yes-no": "true or false, or leave it out when it is not known",
    "one-of": "one of: {choices}",
    "set-of": "a list with any of: {choices}",
    "date": "a day from 1900 to 2199 written YYYY-MM-DD",
    "moment": "a moment from 1900 to 2199 with its offset, like 2020-01-17T14:05:00-05:00",
    "number": f"a number from 0, not negative, to {LARGEST}",
    "text": f"words in quotation marks, at most {LONGEST_TEXT} characters, none of them invisible",
    "list": "a list of elements, at most 100, each an object; an empty list says there are none",
}


def _short(value: object) -> str:
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 60 else text[:57] + "…"


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _is_plain(text: str) -> bool:
    """No control characters, no halves of characters: what is not seen cannot be read again from the record."""
    return not any(category(mark) in ("Cc", "Cs", "Cf") for mark in text)


def _chosen(fact: Fact, values: list[str], where: str) -> list[Problem]:
    wrong = [value for value in values if value not in fact.choices]
    return [Problem(where, f"`{_short(v)}` is not a value of `{fact.name}`", nearest(v, fact.choices)) for v in wrong]


# One way of writing each: other forms of ISO 8601 (weeks, days of the year, no hyphens) are more often slips than meant.
MOMENT_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
_INSTANT = {DATE: re.compile(r"\d{4}-\d\d-\d\d"), MOMENT: MOMENT_WRITTEN}


def in_our_time(day: date) -> bool:
    """Is a day or moment one that a paper or a person can have? Years 1900 to 2199: beyond them something was mistyped."""
    return 1900 <= day.year < 2200


def _instant(fact: Fact, value: object, where: str) -> tuple[object, list[Problem]]:
    problem = Problem(where, f"`{_short(value)}` is not a value of `{fact.name}`", f"give {_WANTED[fact.type]}")
    if fact.type == DATE and isinstance(value, date) and not isinstance(value, datetime):
        return (value, []) if in_our_time(value) else (None, [problem])
    if isinstance(value, datetime):
        right = fact.type == MOMENT and value.tzinfo and in_our_time(value)
        return (value, []) if right else (None, [problem])
    if not isinstance(value, str) or not _INSTANT[fact.type].fullmatch(value):
        return None, [problem]
    try:
        read = date.fromisoformat(value) if fact.type == DATE else datetime.fromisoformat(value)
    except ValueError:
        return None, [problem]
    if isinstance(read, datetime) and read.tzinfo is None:
        return None, [problem]
    return (read, []) if in_our_time(read) else (None, [problem])


def _listed(fact: Fact, value: Iterable[object], where: str) -> tuple[object, list[Problem]]:
    fields = {field.name: field for field in fact.fields}
    problems: list[Problem] = []
    elements: list[Mapping[str, object]] = []
    for place, element in enumerate(value):
        at = f"{where}[{place}]"
        if not isinstance(element, Mapping):
            problems.append(Problem(at, f"`{_short(element)}` is not a {fact.kind}", "give an object with its fields"))
            continue
        read: dict[str, object] = {}
        for name, given in element.items():
            if name not in fields:
                problems.append(Problem(at, f"`{name}` is not a field of a {fact.kind}", nearest(str(name), fields)))
            elif given is not None:
                read[name], found = checked(fields[name], given, f"{at}.{name}")
                problems += found
        elements.append(read)
    return tuple(elements), problems


def as_json(value: object) -> object:
    """A checked value as plain JSON.

    >>> as_json(frozenset({"notify", "hold"}))
    ['hold', 'notify']
    """
    match value:
        case frozenset():
            return sorted(value)
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return [as_json(element) for element in value]
        case Mapping():
            return {key: as_json(given) for key, given in value.items()}
    return value
