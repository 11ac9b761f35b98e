"""The law that came with this version of lodged, read once a process."""

from functools import cache

from lodged.law import Packs, load
from lodged.law.check import declared_facts
from lodged.law.fact import Fact


@cache
def packs() -> Packs:
    """Every pack, confirmed and draft."""
    return load()


@cache
def declared() -> dict[str, Fact]:
    """Every fact the law can ask for, by name, with the plain question that asks for it."""
    return declared_facts(packs().packs)
