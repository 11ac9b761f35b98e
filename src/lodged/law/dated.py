"""How the days of a question stand to the law's tests of days: two questions whose days stand alike have one `Whole`.

A look-back or `not after today` turns at days that move with each question, and comes out in few ways only.
"""

from collections.abc import Mapping
from datetime import date

from lodged.law.build import Builder
from lodged.law.compiled import Compiled
from lodged.law.diagram import Diagrams, Node

Stance = tuple[object, ...]


class Dated:
    """The days given that the law compares outside lists: `given`, and `stance`, all that the law can see of them.

    A number of days by which a look-back reaches further counts among them.
    """

    def __init__(self, law: Compiled, facts: Mapping[str, object], day: date) -> None:
        self.given = {name: facts[name] for name in law.dated if name in facts}
        self.day = day
        self._builder = builder = Builder(law, self.given, day, None, implied=False)
        tests = (builder.condition(test, pack) for test, pack in law.tests.dated.items())
        self.stance: Stance = tuple(_shape(builder.diagrams, test) for test in tests)

    def values(self, name: str) -> tuple[object, ...]:
        """The values of a fact, one for each cell, where the cells move with the days of the question."""
        return self._builder.values(name)


def _shape(diagrams: Diagrams, node: Node) -> Stance:
    """A diagram written out: it is the same in every store where, cell by cell, the test comes out the same."""
    if diagrams.is_leaf(node):
        return (diagrams.value(node),)
    return (diagrams.rank(node), *(_shape(diagrams, child) for child in diagrams.children(node)))
