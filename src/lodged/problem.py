"""What a person got wrong: where it is, what is wrong with it, and what mends it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake as a value, collected with the others rather than thrown at the first.

    `where` is a place the reader can go to (`roster.csv, line 12`); `what` uses the reader's own
    words in backticks, in lower case; `mend` is one way forward, or empty when there is none.

    >>> print(Problem("roster.csv, line 12", "`31/31/1999` is not a date", "write it as YYYY-MM-DD"))
    roster.csv, line 12: `31/31/1999` is not a date
      write it as YYYY-MM-DD
    """

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"\n  {self.mend}" if self.mend else "")


class ProblemsError(Exception):
    """Input that a person must mend; it carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("an empty list of problems is no error")
        super().__init__("\n".join(str(problem) for problem in self.problems))
