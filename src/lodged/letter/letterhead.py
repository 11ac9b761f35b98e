"""What stands on every page of a custodian's paper: whose it is, and what it must not be taken for."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGE = {"lang": "en", "region": "US"}


@dataclass(frozen=True, slots=True)
class Custodian:
    """The agency that writes, as its directory entry has it.

    `called` is how a sentence speaks of it: `the department`, `the sheriff's office`.
    """

    name: str
    office: str
    address: tuple[str, ...]
    called: str = "the department"

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.called.strip():
            raise ValueError("a custodian without a name cannot write to anybody")


@dataclass(frozen=True, slots=True)
class Mark:
    """A warning that every page carries: `word` is read from across a room, `text` says what follows from it."""

    word: str
    text: str


CANDIDATE = Mark(
    "CANDIDATE",
    "This is a candidate answer. Nobody has confirmed who or what it is about. It may not be agreed to or sent.",
)
DRAFT = Mark("DRAFT", "Nobody has agreed to this answer yet. It may not be sent.")
DEMONSTRATION = Mark(
    "DEMONSTRATION — invented people", "This page was made to show how lodged works. It answers nobody."
)
DEMONSTRATION_RECEIPT = Mark(
    "DEMONSTRATION — invented people", "This page was made to show how lodged works. No agency issued it."
)


def letterhead(custodian: Custodian, title: str, foot: str, marks: tuple[Mark, ...]) -> Mapping[str, object]:
    """What a template needs before the first block: language, title, head, foot and marks."""
    return {
        **LANGUAGE,
        "title": title,
        "custodian": custodian.name,
        "office": custodian.office,
        "address": list(custodian.address),
        "foot": foot,
        "marks": [{"word": mark.word, "text": mark.text} for mark in marks],
    }
