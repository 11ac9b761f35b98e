"""A rule by its name, its citation, and the line of the file on which it stands."""

from dataclasses import dataclass

from lodged.law.packs import Packs
from lodged.law.tree import Pack, Rule


@dataclass(frozen=True, slots=True)
class Named:
    """Where a reader finds a rule."""

    pack: str
    rule: str
    cite: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.pack} rule {self.rule} ({self.file}, line {self.line})"

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        return {"pack": self.pack, "rule": self.rule, "cite": self.cite, "file": self.file, "line": self.line}


def named(packs: Packs, pack: Pack, rule: Rule) -> Named:
    """A rule of a pack of this library."""
    return Named(pack.id, rule.name, rule.cite, packs.files.get(pack.id, ""), rule.line)
