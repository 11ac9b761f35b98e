"""An independent check: our engine against the plain function, on every partial state of the small policy.

Each of the five conditions is yes, no or not known: 3^5 states, two acts. What is right is worked out here by completing what
is not known in every way: one outcome in all completions is that outcome; else the effect is not known, and exactly those
facts are needed for which two completions that differ in nothing else have different outcomes.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from bench.law.engines.lodged_decide import Answering
from bench.law.policy import ACTS, FACTS, LONGEST, outcome
from lodged.law import decide

_TRUTHS: Mapping[bool, Mapping[str, bool | int]] = {
    True: {"days": LONGEST},
    False: {"days": LONGEST + 1},
}

State = Mapping[str, bool | None]


def states() -> Iterator[State]:
    """The 3^5 states; `days` stands for whether the conviction lies within the five years."""
    for values in product((True, False, None), repeat=len(FACTS)):
        yield dict(zip(FACTS, values, strict=True))


def given(state: State) -> dict[str, bool | int]:
    """The facts that a state gives."""
    return {name: _TRUTHS[value].get(name, value) for name, value in state.items() if value is not None}


def right(state: State, act: str) -> tuple[str, frozenset[str]]:
    """The effect, the facts needed, by completing the state in every way."""
    completions = [dict(zip(FACTS, values, strict=True)) for values in _completed(state)]
    said = {tuple(one.items()): outcome({"act": act, **given(one)}) for one in completions}
    if len(set(said.values())) == 1:
        return next(iter(said.values())), frozenset()
    matter = {
        name
        for name in FACTS
        if state[name] is None
        for one in completions
        if said[tuple(one.items())] != said[tuple({**one, name: not one[name]}.items())]
    }
    return "not_known", frozenset(matter)


def _completed(state: State) -> Iterator[tuple[bool, ...]]:
    yield from product(*((True, False) if state[name] is None else (bool(state[name]),) for name in FACTS))


def disagreements() -> tuple[int, list[str]]:
    """How many states were compared, and where the engine says otherwise."""
    engine = Answering()
    found, compared = [], 0
    for act, state in product(ACTS, states()):
        decision = decide(engine.packs, engine.ready({"act": act, **given(state)}))
        needs = frozenset(need.removeprefix("toy.") for need in decision.needs)
        effect, needed = right(state, act)
        compared += 1
        first = decision.ask_first is None if effect != "not_known" else decision.ask_first in decision.needs
        if (decision.effect, needs) != (effect, needed) or not first:
            found.append(f"{act} {given(state)}: {decision.effect} {sorted(needs)}, right is {effect} {sorted(needed)}")
    return compared, found


def checked() -> int:
    """How many states were compared. Raises ValueError where one differs."""
    compared, found = disagreements()
    if found:
        raise ValueError(f"{len(found)} of {compared} states differ: {'; '.join(found[:3])}")
    return compared


if __name__ == "__main__":
    print(f"{checked()} states compared, none differs")
