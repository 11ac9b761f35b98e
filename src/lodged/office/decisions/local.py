"""A reading or a local policy that counsel adopts by a form, as the law text that decisions then use (safeguard 24).

A reading settles an open question for one custodian. A policy speaks as a rule of the agency: it may be stricter than
what enacted law allows, it lifts no ban, and where it requires an act it gives way to every law that forbids it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lodged.law.fact import ACTS, DUTIES, in_our_time, nearest
from lodged.law.tree import EFFECTS
from lodged.office.custodians import custodian as with_id
from lodged.office.decisions.library import packs
from lodged.office.decisions.models import LocalLaw
from lodged.problem import Problem, ProblemsError

READING, POLICY = LocalLaw.Kind.READING, LocalLaw.Kind.POLICY

# name -> said on the form, in the language of packs
EXCEPTIONS: dict[str, tuple[str, str]] = {
    "": ("no exception: always", ""),
    "federal_judge": (
        "unless a federal judge or magistrate signed a warrant that names the person",
        "warrant.signed_by is one of article_iii_judge, us_magistrate_judge and warrant.names_person",
    ),
    "any_judge": (
        "unless any judge signed a warrant that names the person",
        "warrant.signed_by is one of article_iii_judge, us_magistrate_judge, state_judge and warrant.names_person",
    ),
    "court_order": ("unless a court ordered that the subpoena be obeyed", "order.enforces_subpoena"),
}
HIGHER = "court, federal, state, local"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What counsel filled in: what it is about, the answer, its source, from when, until when (not included)."""

    custodian: str
    kind: str
    about: str
    answer: str
    citation: str
    since: date
    until: date
    unless: str = ""


def proposal(custodian: str, told: Mapping[str, str]) -> Proposal:
    """A filled-in form, or ProblemsError with everything that is wrong with it."""
    kind = told.get("kind", "")
    about, answer = told.get("about", ""), told.get("answer", "")
    if kind == READING and "=" in answer:
        about, _, answer = answer.partition("=")
    problems: list[Problem] = []
    since, until = (_day(told.get(name, ""), name, problems) for name in ("since", "until"))
    citation = " ".join(told.get("citation", "").split())
    problems += _citation(citation)
    problems += _answered(kind, about, answer)
    unless = told.get("unless", "") if kind == POLICY else ""
    if unless not in EXCEPTIONS:
        problems.append(Problem("unless", f"`{unless}` is no exception of this form", "choose one of the list"))
    if since and until and until <= since:
        problems.append(Problem("until", "it would end before it begins", "give a later day for its end"))
    if problems or since is None or until is None:
        raise ProblemsError(problems)
    return Proposal(with_id(custodian).id, kind, about, answer, citation, since, until, unless)


def _day(text: str, where: str, problems: list[Problem]) -> date | None:
    words = {"since": "the day it begins", "until": "the day it ends"}[where]
    try:
        read = date.fromisoformat(text)
    except ValueError:
        what = f"`{text}` is no day" if text else f"{words} is missing"
        problems.append(Problem(where, what, "write it as YYYY-MM-DD"))
        return None
    if not in_our_time(read):
        problems.append(Problem(where, f"`{text}` lies outside the years 1900 to 2199", "correct the year"))
    return read


def _citation(text: str) -> list[Problem]:
    if not any(letter.isalnum() for letter in text):
        mend = "name the opinion, order or policy it rests on, such as: Opinion of County Counsel 2026-14"
        return [Problem("citation", "a citation is missing", mend)]
    return []


def _answered(kind: str, about: str, answer: str) -> list[Problem]:
    match kind:
        case LocalLaw.Kind.READING:
            return _reading(about, answer)
        case LocalLaw.Kind.POLICY:
            return _policy(about, answer)
    return [Problem("kind", "nothing was chosen", "say whether this is a reading or a local policy")]


def _reading(about: str, answer: str) -> list[Problem]:
    question = packs().questions.get(about)
    if question is None:
        return [Problem("answer", "no reading was chosen", "choose one reading of one question")]
    choices = [reading.choice for reading in question.readings]
    if answer not in choices:
        return [Problem("answer", f"`{answer}` is no reading of question {about}", nearest(answer, choices))]
    return []


def _policy(about: str, answer: str) -> list[Problem]:
    found = []
    if about not in (*ACTS, *DUTIES):
        found.append(Problem("about", "no act was chosen", "choose the act that the policy is about"))
    if answer not in EFFECTS:
        found.append(
            Problem("answer", "no answer was chosen", "say whether the policy forbids, requires or permits it")
        )
    return found


def cited(said: Proposal, adopted_on: date) -> str:
    """The citation that decisions and letters show: the source, and that counsel adopted it on a day."""
    kind = "reading" if said.kind == READING else "policy of the custodian"
    source = said.citation.replace('"', "'")
    return f"{source} ({kind}, adopted by counsel on {adopted_on.day} {adopted_on:%B %Y})"


def law_text(said: Proposal, name: str, adopted_on: date) -> str:
    """The same in the language of packs, as a pack of its own that binds this custodian alone."""
    cite = cited(said, adopted_on)
    lines = [
        f"pack {name} level agency binds {said.custodian} in force from {said.since} until {said.until} status confirmed",
        f'  cite "{cite}"',
        "",
    ]
    if said.kind == READING:
        lines += [f"settles {said.about} is {said.answer}", f'  cite "{cite}"']
    else:
        lines += [f"rule policy\n  {said.answer} {said.about}"]
        if said.unless:
            lines += [f"  unless {EXCEPTIONS[said.unless][1]}"]
        lines += [f'  cite "{cite}"']
    if said.kind == POLICY and said.answer == "require":
        lines += ["", f"yields to {HIGHER} for {said.about}", f'  cite "a policy gives way to law: {cite}"']
    return "\n".join(lines) + "\n"


def of_record(law: LocalLaw) -> Proposal:
    """What a record says; where it was withdrawn, until that day at most."""
    until = law.until
    if hasattr(law, "withdrawal"):
        until = min(until, local_day(law.custodian, law.withdrawal.at))
    return Proposal(law.custodian, law.kind, law.about, law.answer, law.citation, law.since, until, law.unless)


def local_day(custodian: str, at: datetime) -> date:
    """The custodian's own day of a moment."""
    return at.astimezone(with_id(custodian).zone).date()
