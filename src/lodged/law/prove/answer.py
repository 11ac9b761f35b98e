"""What the prover itself answers to a question: a second engine, to be held against `decide`."""

from collections.abc import Iterator
from datetime import datetime

from lodged.law.ask import Question
from lodged.law.packs import Packs
from lodged.law.prove.door import Term, z3
from lodged.law.prove.effect import PERMITTED, SILENT
from lodged.law.prove.hours import Hours
from lodged.law.prove.settle import CONTESTED, EFFECTS, NOT_KNOWN, Pick
from lodged.law.prove.side import ActLaw, Side
from lodged.law.prove.terms import either, every
from lodged.law.prove.vocabulary import Vocabulary

IMPOSSIBLE = "impossible"


def answer(packs: Packs, question: Question) -> str:
    """The effect of the law on a question, whatever facts are left out; `impossible` where the facts exclude each other.

    >>> from lodged.law.packs import load
    >>> at = datetime.fromisoformat("2020-01-17T14:05:00-05:00")
    >>> facts = {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none"}
    >>> answer(load(), Question("us-ny-nyc/doc", "hold", at, facts))
    'forbidden'
    """
    side = Side(packs, question.custodian, question.day)
    vocabulary = Vocabulary()
    hours = Hours(vocabulary, question.at, side.place.zone)
    lists = {name: value for name, value in question.facts.items() if isinstance(value, tuple)}
    law = ActLaw(side, question.act, vocabulary, hours, lists)
    solver = z3.Solver()
    solver.add(*_known(law, question))
    return _effect(law, solver)


def _known(law: ActLaw, question: Question) -> Iterator[Term]:
    """The facts given, what is implied of the others, and how they hang together."""
    implied = law.encoder.implied()
    law.encoder.finish()
    release = question.facts.get("person.release_moment")
    yield from law.hours.since(release) if isinstance(release, datetime) else law.hours.axioms()
    for name, value in question.facts.items():
        yield from law.vocabulary.equals(name, value)
    yield from (term for name, term in implied.items() if name not in question.facts)
    yield law.admissible
    yield from law.vocabulary.axioms()


def _effect(law: ActLaw, solver: z3.Solver) -> str:
    reached = [_reached(law, solver, pick) for pick in law.settled.picks]
    codes = set().union(*reached)
    if not codes:
        return IMPOSSIBLE
    if len(codes) == 1 and codes <= set(EFFECTS):
        return codes.pop()
    by_fact = any(len(found) > 1 for found in reached)
    return NOT_KNOWN if by_fact or _by_law(law, reached) else CONTESTED


def _by_law(law: ActLaw, reached: list[set[str]]) -> bool:
    """Does it matter whether an open law stands, everything else being the same?"""
    found = dict(zip((tuple(pick.items()) for pick in law.settled.picks), reached, strict=True))
    for pick, codes in zip(law.settled.picks, reached, strict=True):
        for name, way in pick.items():
            other = found[tuple({**pick, name: True}.items())] if way is False else codes
            if codes and other and codes != other:
                return True
    return False


def _reached(law: ActLaw, solver: z3.Solver, pick: Pick) -> set[str]:
    """The codes of the effect that the facts leave possible under one reading."""
    admissible = law.settled.under(pick, law.admissible)
    codes = {code: law.settled.under(pick, term) for code, term in law.codes.items() if code != SILENT}
    codes[PERMITTED] = either([codes[PERMITTED], law.settled.under(pick, law.codes[SILENT])])
    return {code for code, term in codes.items() if solver.check(every([admissible, term])) == z3.sat}
