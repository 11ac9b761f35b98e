"""What the law answers to each state: one case of it decided, and the part of the decision that its cases share."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lodged.law.decide import decide
from lodged.law.decision import EFFECTS, Decision
from lodged.law.packs import Packs
from lodged.law.replay.case import CaseReader, Wrong
from lodged.problem import ProblemsError


@dataclass(frozen=True, slots=True)
class Answer:
    """What all cases of one state share. `rule` is `pack/rule` of the first reason; `needs` are facts, then open laws."""

    effect: str
    basis: str
    rule: str | None
    cites: tuple[str, ...]
    needs: tuple[str, ...]
    readings: tuple[str, ...]

    @classmethod
    def of(cls, decision: Decision) -> "Answer":
        """The shared part of a decision: nothing that hangs on the exact day or amount of one case."""
        first = decision.reasons[0] if decision.reasons else None
        return cls(
            decision.effect,
            decision.basis,
            f"{first.pack}/{first.rule}" if first else None,
            decision.citations,
            (*decision.needs, *decision.laws),
            tuple(reading.id for reading in decision.readings),
        )


@dataclass(frozen=True, slots=True)
class State:
    """A state as it was found: its number, the first row in which it occurs, how many cases have it, that row's words."""

    number: int
    row: int
    cases: int
    words: Mapping[str, str | None]


@dataclass(slots=True)
class Answers:
    """The answer to each state by its number; or, where its facts cannot be true together, what is wrong."""

    found: dict[int, Answer]
    wrong: dict[int, list[Wrong]]


class StateError(Exception):
    """A case that was to stand for its state could not be read as SQL read it: a fault of the program, never of the file."""


def answers(
    packs: Packs,
    reader: CaseReader,
    states: Iterable[State],
    drafts: frozenset[str],
    progress: Callable[[int], None] = lambda done: None,
) -> Answers:
    """Each state decided, by the words of its first case. Raises StateError where those words make no case."""
    found = Answers({}, {})
    for done, state in enumerate(states, 1):
        try:
            question, wrong = reader.question(state.words)
            if question is None:
                raise StateError(f"row {state.row} was taken for a case: {wrong}")
            found.found[state.number] = Answer.of(decide(packs, question, with_draft=drafts))
        except ProblemsError as error:
            shown = (f"{problem.what}: {problem.mend}".removesuffix(": ") for problem in error.problems)
            found.wrong[state.number] = [Wrong("", "", f"{words} (as in row {state.row})") for words in shown]
        progress(done)
    return found


def by_effect(found: Answers, states: Iterable[State]) -> dict[str, int]:
    """How many cases have each effect, in the order of effects."""
    counted: Counter[str] = Counter()
    for state in states:
        if state.number in found.found:
            counted[found.found[state.number].effect] += state.cases
    return {effect: counted[effect] for effect in EFFECTS if counted[effect]}
