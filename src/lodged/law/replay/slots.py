"""Where a case holds its facts: one slot for each fact, and for each field of each listed element, with its SQL."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lodged.law.fact import DATE, LIST, MOMENT, NUMBER, Fact, nearest
from lodged.problem import Problem, ProblemsError

_ELEMENT = re.compile(r"^(?P<list>[\w.]+)\[(?P<place>\d{1,2})\]\.(?P<field>\w+)$")


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact's place in a case. `key` is the fact's name; of a field of an element: `person.convictions.on`."""

    name: str
    fact: Fact
    key: str
    list_name: str = ""
    place: int = -1

    @property
    def is_moment(self) -> bool:
        """Does it hold an instant?"""
        return self.fact.type == MOMENT

    @property
    def is_listed(self) -> bool:
        """Is it one choice of finitely many, or a text or list known by its number in a dictionary?"""
        return self.fact.type not in (DATE, NUMBER, MOMENT)


def slot_named(name: str, declared: Mapping[str, Fact], where: str) -> Slot:
    """The slot of a name. Raises ProblemsError for one that no fact has.

    >>> from lodged.law.fact import FACTS
    >>> slot_named("person.convictions[0].on", FACTS, "map").key
    'person.convictions.on'
    """
    if name in declared:
        return Slot(name, declared[name], name)
    found = _ELEMENT.match(name)
    if found and found["list"] in declared and declared[found["list"]].type == LIST:
        fields = {field.name: field for field in declared[found["list"]].fields}
        if found["field"] in fields:
            key = f"{found['list']}.{found['field']}"
            return Slot(name, fields[found["field"]], key, found["list"], int(found["place"]))
        raise ProblemsError([Problem(where, f"`{name}` has no such field", nearest(found["field"], fields))])
    raise ProblemsError([Problem(where, f"`{name}` is not a declared fact", nearest(name, declared))])


def elements(slots: Iterable[Slot], list_name: str) -> dict[int, dict[str, Slot]]:
    """The slots of a list by element and field."""
    found: dict[int, dict[str, Slot]] = {}
    for slot in slots:
        if slot.list_name == list_name:
            found.setdefault(slot.place, {})[slot.fact.name] = slot
    return dict(sorted(found.items()))
