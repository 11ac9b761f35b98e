"""The engines side by side, and what each answers when a fact is missing."""

import statistics
from collections.abc import Iterator, Mapping

from bench.law.entrants import ENTRANTS, NAMES, OURS, Entrant, why_not
from bench.law.race import EXPLAINED, PLAIN, Ran, Runs
from bench.results import Table


def beside(ran: Mapping[str, Ran], problems: Mapping[str, str]) -> Table:
    """Medians of every engine, and how many times our explained decision or million fits into theirs."""
    says = (
        "The same policy in every engine, called from Python, in one run; medians. Each was checked first on the cases "
        "of the second column (complete cases + rows of the million) and decided all of them rightly. Input was in the "
        "form each takes fastest. A million in brackets is scaled from those rows: that engine has no call that takes "
        "columns. × = times our explained figure in the same round."
    )
    head = (
        "engine",
        "checked on",
        "one, µs",
        "explained, µs",
        "×",
        "10⁶ rows, ms",
        "explained, ms",
        "×",
        "its explanation",
    )
    ours = ran[OURS]
    rows = []
    for entrant in ENTRANTS:
        if entrant.file in ran:
            rows.append(tuple(_cells(entrant, ran[entrant.file], ours)))
        else:
            rows.append((entrant.name, f"not measured: {why_not(entrant, problems)}", *[""] * 7))
    return Table(says, head, tuple(rows))


def _cells(entrant: Entrant, ran: Ran, ours: Ran) -> Iterator[str]:
    scaled = not ran.about["by_columns"]
    yield f"{entrant.name} · {ran.about['version']}"
    yield f"{ran.checked} + {ran.rows:,}"
    for figures, our, brackets in ((ran.one, ours.one, False), (ran.many, ours.many, scaled)):
        for explained in (PLAIN, EXPLAINED):
            shown = _shown(figures[explained])
            yield f"({shown})" if brackets and shown else shown
        yield _times(figures[EXPLAINED], our[EXPLAINED])
    yield ran.about["explains"]


def _shown(runs: Runs) -> str:
    """Three digits that count."""
    if not runs:
        return ""
    median = statistics.median(runs.values())
    return f"{median:,.0f}" if median >= 100 else f"{median:.3g}"


def _times(theirs: Runs, ours: Runs) -> str:
    """How many times ours theirs takes, round by round."""
    shares = [theirs[number] / ours[number] for number in theirs if number in ours]
    if not shares:
        return ""
    median = statistics.median(shares)
    return f"{median:,.0f}" if median >= 10 else f"{median:.2g}"


def gaps(ran: Mapping[str, Ran]) -> Table:
    """What each answers when the conviction is not known."""
    says = (
        "The missing fact: a hold, no court order, a warrant, no screening match, and whether there was a conviction, 400 "
        "days ago, is *not known*. With one the hold is permitted, without one forbidden: so it is not known."
    )
    rows = [(NAMES[name], way, said) for name, one in ran.items() for way, said in one.not_known]
    return Table(says, ("engine", "the conviction is", "answer"), tuple(rows))
