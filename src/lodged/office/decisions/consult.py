"""The law is asked, as one custodian stands on it: its own readings and policies count, and each that mattered is named."""

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lodged.law import Decision, Packs, Question, decide
from lodged.law.fact import as_json
from lodged.office.decisions.library import packs
from lodged.office.decisions.local import local_day
from lodged.office.decisions.models import LocalLaw
from lodged.office.decisions.own import adopted, law, law_without_readings, readings

ASKED_LATELY = 4096  # decisions kept in memory: a matrix is a hundred of them, and is looked at again and again


def consult(question: Question) -> Decision:
    """What the law says, with a note for each reading that counsel adopted and that made a difference.

    Raises ProblemsError where the facts contradict one another.
    """
    place = question.custodian
    found = asked(law(place), question, adopted(place))
    settled = readings(place, question.day)
    if not settled:
        return found
    left_open = {reading.id for reading in asked(law_without_readings(place), question, adopted(place)).readings}
    return replace(found, notes=(*found.notes, *(said_of(one) for one in settled if one.about in left_open)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to a law, told apart by what it says."""

    library: Packs
    adopted: frozenset[str]
    words: str
    question: Question = field(compare=False)


def asked(library: Packs, question: Question, adopted_names: frozenset[str]) -> Decision:
    """`decide`, remembered: the same question to the same law has the same answer."""
    words = [question.custodian, question.act, question.at.isoformat(), as_json(question.facts)]
    return _decided(_Asked(library, adopted_names, json.dumps(words, sort_keys=True), question))


@lru_cache(maxsize=ASKED_LATELY)
def _decided(one: _Asked) -> Decision:
    return decide(one.library, one.question, one.adopted)


def said_of(one: LocalLaw) -> str:
    """A reading that counsel adopted, as a note of a decision."""
    question = packs().questions[one.about]
    words = next((reading.words for reading in question.readings if reading.choice == one.answer), "")
    name, day = one.by.get_full_name() or one.by.username, local_day(one.custodian, one.at)
    return (
        f"Question {one.about} is read as {one.answer} ({words}), adopted by counsel {name} "
        f"on {day.day} {day:%b %Y}: {one.citation}"
    )
