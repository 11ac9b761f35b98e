"""How much doubt a reading deserves, from what is known of it: the recogniser's own certainty, the field's rule, the ink.

Certainty is not safety: of fields whose every letter was at least .99 certain, 1 to 4 in a hundred were still
wrong (measured on 180 faxed pages). So no reading that holds ink is ever below `LEAST`.
"""

from collections.abc import Sequence

LEAST = 0.02
CERTAINTY_TO_DOUBT = ((1.0, LEAST), (0.99, 0.04), (0.95, 0.10), (0.85, 0.25), (0.7, 0.4), (0.5, 0.6), (0.0, 0.95))
LOOK_AGAIN, LOOKS_DIFFER = 0.08, 0.5
RULE_BROKEN = 0.6
RULE_MENDED = 0.15
MARK_TO_DOUBT = (
    (0.0, 0.0),
    (0.01, 0.01),
    (0.025, 0.1),
    (0.04, 0.5),
    (0.065, 0.2),
    (0.1, 0.02),
    (0.2, 0.0),
    (0.9, 0.05),
)
MARKED = 0.04
SIGNED_TO_DOUBT = ((0, 0.0), (30, 0.02), (80, 0.3), (150, 0.5), (300, 0.2), (600, 0.02), (2_000, 0.0))
SIGNED = 150  # pixels at 204 dpi: a stroke one inch long holds about 600


def of_word(weakest: float, lawful: bool, mended: bool) -> float:
    """Doubt of a field: its weakest letter's, more when it breaks its type's rule or had to be mended to keep it.

    >>> of_word(0.999, lawful=True, mended=False) < of_word(0.9, lawful=True, mended=False)
    True
    """
    doubt = between(CERTAINTY_TO_DOUBT[::-1], weakest)
    if mended:
        doubt = max(doubt, RULE_MENDED)
    if not lawful:
        doubt = max(doubt, RULE_BROKEN)
    return round(doubt, 3)


def of_mark(mark: float) -> float:
    """Doubt of a check box from how much of it is marked (`ink.mark`): most at the line between marked and not.

    >>> of_mark(0.0), of_mark(0.04), of_mark(0.2)
    (0.0, 0.5, 0.0)
    """
    return round(between(MARK_TO_DOUBT, mark), 3)


def of_signature(ink: float) -> float:
    """Doubt of a signature line from the pixels of ink on it.

    >>> of_signature(0), of_signature(150)
    (0.0, 0.5)
    """
    return round(between(SIGNED_TO_DOUBT, ink), 3)


def between(points: Sequence[tuple[float, float]], at: float) -> float:
    """The value at `at` on the straight lines through `points` (ascending); flat outside them.

    >>> between(((0, 0.0), (2, 1.0)), 1)
    0.5
    """
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in zip(points, points[1:], strict=False):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]
