"""`./dev faults [--sample N]`: make every fault, or a spread sample of them, check what each left, print the table."""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from faults.kills import kills
from faults.made import CUT, GONE_THROUGH, PAPER, REFUSED, Bench, Fault, Outcome
from faults.office import Deed, careless, copied, database, prepare, take_in

KILLS = 20


def main(arguments: Sequence[str]) -> int:
    """Give 0 where nothing that was handed out is ever lost, every office goes on, and carelessness is noticed; else 1."""
    parser = argparse.ArgumentParser(prog="./dev faults", description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="make N of them, chosen by chance; all without this")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(2)), help="chance, to repeat a run")
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="lodged-faults-") as folder:
        office = Path(folder) / "before"
        bench = Bench(office, prepare(office), Path(folder))
        faults = all_of(bench, chance)
        if asked.sample is not None and asked.sample < len(faults):
            faults = chance.sample(faults, asked.sample)
        outcomes = [(fault, made(fault, place, len(faults))) for place, fault in enumerate(faults, 1)]
        noticed = database() != "SQLite" or notices(bench, chance)
    print(table(outcomes))
    wrong = [(fault, outcome) for fault, outcome in outcomes if outcome.wrong]
    for fault, outcome in wrong:
        print(f"WRONG {fault.kind}, {fault.where}: {'; '.join(outcome.wrong)}", file=sys.stderr)
    if not noticed:
        print(
            "WRONG with nothing synced, or no folder synced, no loss was noticed: these checks are blind",
            file=sys.stderr,
        )
    if wrong or not noticed:
        print(f"to repeat: ./dev faults --seed {asked.seed}", file=sys.stderr)
    return 1 if wrong or not noticed else 0


def all_of(bench: Bench, chance: random.Random) -> list[Fault]:
    """Every fault: on SQLite at each call, after each call, and at instants; on another database at instants alone."""
    if database() != "SQLite":
        return list(kills(bench.office, bench.expected, KILLS, database()))
    calls, handed_out = bench.recorded(take_in(PAPER))
    cuts = bench.power_cuts(calls, handed_out, lambda: chance.random() < 0.5)
    instants = kills(copied(bench.office, bench.work / "killed"), bench.expected, KILLS, database())
    return [*bench.at_calls(calls), *cuts, *instants]


def notices(bench: Bench, chance: random.Random) -> bool:
    """Whether these checks notice an office that syncs nothing, and one that syncs no folder: some cut must show a loss."""
    return all(_noticed(bench, deed, chance) for deed in careless(PAPER))


def _noticed(bench: Bench, deed: Deed, chance: random.Random) -> bool:
    calls, handed_out = bench.recorded(deed)
    cuts = list(bench.power_cuts(calls, handed_out, lambda: chance.random() < 0.5, quiet=True))
    return any(cut.make().wrong for cut in reversed(cuts))


def made(fault: Fault, place: int, of: int) -> Outcome:
    """Make one fault; the line of progress is written over by the next."""
    end = "\n" if place == of else ""
    print(f"\r\x1b[K{place} of {of}: {fault.kind}, {fault.where}"[:150], end=end, file=sys.stderr, flush=True)
    return fault.make()


def table(outcomes: Sequence[tuple[Fault, Outcome]]) -> str:
    """A line a kind of fault: how many, what became of the paper, and how many times something was wrong afterwards."""
    lines = [
        "| fault | made | receipt handed out | refused | cut off | lost, or at fault afterwards |",
        "|---|---|---|---|---|---|",
    ]
    for kind in dict.fromkeys(fault.kind for fault, _ in outcomes):
        mine = [outcome for fault, outcome in outcomes if fault.kind == kind]
        ends = [sum(outcome.how == how for outcome in mine) for how in (GONE_THROUGH, REFUSED, CUT)]
        wrong = sum(bool(outcome.wrong) for outcome in mine)
        lines.append(f"| {kind} | {len(mine)} | {ends[0]} | {ends[1]} | {ends[2]} | {wrong} |")
    return "\n".join(lines)


raise SystemExit(main(sys.argv[1:]))
