"""A problem as the sentences of a page: a capital first, a stop last, nothing else changed."""

import re

from lodged.problem import Problem

QUOTED = re.compile("`([^`]*)`")


def spoken(problem: Problem) -> str:
    """What is wrong and what mends it, as two sentences.

    >>> spoken(Problem("booking", "`j26` is no FBI number", "ask for the FBI's own"))
    "“j26” is no FBI number. Ask for the FBI's own."
    """
    return " ".join(part for part in (sentence(problem.what), sentence(problem.mend)) if part)


def sentence(text: str) -> str:
    """One sentence; the letters within it stay as they are. Empty for nothing.

    >>> sentence("the A-number and FBI number differ"), sentence("did you mean `hold`?"), sentence("")
    ('The A-number and FBI number differ.', 'Did you mean “hold”?', '')
    """
    bare = QUOTED.sub(r"“\1”", text.strip())
    if not bare:
        return ""
    return bare[:1].upper() + bare[1:] + ("" if bare.endswith((".", "?", "!")) else ".")
