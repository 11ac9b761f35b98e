"""How the conditions of a case are said at a terminal: in plain sentences, defined words with their citation."""

from collections.abc import Callable, Sequence

from lodged.law import Packs
from lodged.law.check import declared_facts
from lodged.law.tree import Condition, Define, Has, Held, Is, Measure, Name, Not, Order
from lodged.law.written import said
from lodged.office.decisions.sentences import NOT_IN_SETS, SETS, holds, noun, or_list, value_words


def plainly(libraries: Sequence[Packs]) -> Callable[[Condition], str]:
    """A way to say conditions; `libraries` tell declared facts, questions, and where a defined word comes from."""
    return _Plain(libraries).words


class _Plain:
    """Words for the conditions of some libraries."""

    def __init__(self, libraries: Sequence[Packs]) -> None:
        packs = [pack for library in libraries for pack in library.packs]
        self.facts = declared_facts(packs)
        self.questions = {name: q.words for library in libraries for name, q in library.questions.items()}
        self.defined: dict[str, str] = {}
        for pack in packs:
            for statement in pack.statements:
                if isinstance(statement, Define):
                    self.defined.setdefault(statement.name, statement.cite)

    def words(self, condition: Condition) -> str:
        """One condition as a clause."""
        match condition:
            case Not(part):
                return self._leaf(part, yes=False)
        return self._leaf(condition, yes=True)

    def _leaf(self, leaf: Condition, *, yes: bool) -> str:
        is_ = "is" if yes else "is not"
        match leaf:
            case Name(ref) if ref in self.facts:
                return holds(ref, self.facts[ref], yes=yes)
            case Name(ref) if ref in self.defined:
                return f"“{ref.replace('_', ' ')}” {'is met' if yes else 'is not met'} ({self.defined[ref]})"
            case Is(ref, values) if ref in self.questions:
                return f"question {ref} {is_} read as {or_list(list(values))}"
            case Is(ref, values):
                return f"{noun(ref, self.facts.get(ref))} {is_} {or_list([value_words(ref, v) for v in values])}"
            case Has(ref, values):
                lead = (SETS if yes else NOT_IN_SETS).get(ref) or f"{noun(ref, self.facts.get(ref))} {is_}"
                return f"{lead} {or_list([value_words(ref, v) for v in values])}"
            case Measure(ref, op, number) if yes:
                return f"{noun(ref, self.facts.get(ref))} is {op} {number:g}"
            case Order(ref, op, other) if yes:
                return f"{noun(ref, self.facts.get(ref))} is {op} {other}"
            case Held(op, hours, clock) if yes:
                return f"the person has been held {op} {hours:g} hours past release, counted by the clock “{clock}”"
        return said(leaf if yes else Not(leaf))
