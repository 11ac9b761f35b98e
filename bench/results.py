"""Where figures go: RESULTS.md, the newest first, with the day, the machine and the command."""

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = "# Results\n\nNewest first. Each table is what one command printed; medians of the runs, least and most beside them.\n"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured over some runs; `goal` is the most it may be, or with `at_least` the least."""

    what: str
    unit: str
    runs: tuple[float, ...]
    goal: float | None = None
    at_least: bool = False

    @property
    def row(self) -> str:
        """The figure as a row of a table."""
        median = statistics.median(self.runs)
        goal = "" if self.goal is None else f"{'≥' if self.at_least else '≤'} {self.goal:g}"
        ratio = "" if self.goal is None else f"{median / self.goal:.2f}"
        return (
            f"| {self.what} | {median:.2f} {self.unit} | {min(self.runs):.2f}–{max(self.runs):.2f} | {len(self.runs)} "
            f"| {goal} | {ratio} |"
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Figures or words that stand side by side, under a sentence that says what they are."""

    says: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        rule = "|" + "---|" * len(self.head)
        return "\n".join([self.says, "", _line(self.head), rule, *(_line(row) for row in self.rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def machine() -> str:
    """The machine in a line: what a reader needs to compare."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {cpu}, {system}, load {load:.1f}"


def write(name: str, what: str, figures: Sequence[Figure], tables: Sequence[Table] = ()) -> None:
    """Print the figures, with any tables below them, and put them on top of RESULTS.md."""
    day = datetime.now(UTC)
    rows = "\n".join(figure.row for figure in figures)
    beside = "".join(f"\n{table}\n" for table in tables)
    table = f"| what | median | least–most | runs | goal | median / goal |\n|---|---|---|---|---|---|\n{rows}\n"
    section = f"\n## {name}: {what}\n\n{day:%Y-%m-%d %H:%M} UTC · `./dev bench {name}` · {machine()}\n\n{table}{beside}"
    print(section)
    old = RESULTS.read_text(encoding="utf-8").removeprefix(HEAD) if RESULTS.exists() else ""
    RESULTS.write_text(HEAD + section + old, encoding="utf-8")
