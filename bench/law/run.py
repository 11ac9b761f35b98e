"""The whole measurement in its order: agreement first, then the engines, the real packs, a fresh start."""

import sys

from bench.law import agree, entrants, peers, prover, race, real, starts
from bench.law.claims import claims
from bench.law.tables import beside, gaps
from bench.results import Figure, Table


def measure() -> tuple[list[Figure], list[Table]]:
    """Figures with their goals, then the tables. Raises ValueError where our engine or a peer decides wrongly."""
    problems = peers.installed()
    _say("our engine against the plain function, on every partial state")
    compared = agree.checked()
    running = {entrant.file: entrant.python for entrant in entrants.running(problems)}
    _say(f"{len(running)} engines beside each other")
    with peers.workers(running) as started:
        ran = race.run(started)
    figures = [Figure("partial states decided as all their completions say", "", (compared,)), *claims(ran)]
    for what, measured in (("the real packs", real), ("a fresh start", starts), ("proofs", prover)):
        _say(what)
        figures += measured.measure()
    return figures, [beside(ran, problems), gaps(ran)]


def _say(what: str) -> None:
    print(f"  {what}", file=sys.stderr)
