"""The law that came with this version of lodged, read once a process; and the same with a custodian's own added."""

from functools import cache, lru_cache
from importlib import resources

from lodged.law import Packs, load
from lodged.law.check import declared_facts
from lodged.law.fact import Fact
from lodged.law.packs import Source, read
from lodged.law.tree import Table

OWN = "local/"  # how the names of packs begin that a custodian's counsel adopted by a form


@cache
def packs() -> Packs:
    """Every pack, confirmed and draft."""
    return _loaded()[0]


@cache
def _loaded() -> tuple[Packs, dict[str, str]]:
    """The packs with the text of their files as it was then: a process never shows another text than it decides by."""
    loaded = load()
    return loaded, {name: _file(name) for name in dict.fromkeys(loaded.files.values())}


@cache
def declared() -> dict[str, Fact]:
    """Every fact the law can ask for, by name, with the plain question that asks for it."""
    return declared_facts(packs().packs)


@cache
def sources() -> tuple[Source, ...]:
    """The files the packs were read from, in order, each with the tables beside it."""
    return tuple(Source(name, text, _tables(name)) for name, text in _loaded()[1].items())


@lru_cache(maxsize=32)
def with_own(texts: tuple[tuple[str, str], ...]) -> Packs:
    """The packs with a custodian's own (name, law text) added; raises ProblemsError where one is no law.

    Without any it is `packs()` itself, so that what was worked out there is not worked out twice.
    """
    if not texts:
        return packs()
    return read([*sources(), *(Source(name, f"```law\n{text}\n```\n") for name, text in texts)])


def prose(name: str) -> str:
    """A pack's file as it was written; raises KeyError for a pack that no file holds."""
    return _loaded()[1][packs().files[name]]


def tables(name: str) -> dict[str, str]:
    """The offence tables that a pack itself reads, by file name."""
    pack = packs().by_id[name]
    wanted = {statement.file for statement in pack.statements if isinstance(statement, Table)}
    return {file: text for file, text in _tables(packs().files[name]).items() if file in wanted}


def _file(name: str) -> str:
    place = resources.files("lodged.laws")
    for part in name.split("/"):
        place = place.joinpath(part)
    return place.read_text(encoding="utf-8")


def _tables(name: str) -> dict[str, str]:
    folder = resources.files("lodged.laws")
    for part in name.split("/")[:-1]:
        folder = folder.joinpath(part)
    return {
        beside.name: beside.read_text(encoding="utf-8")
        for beside in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if beside.name.endswith(".toml")
    }
