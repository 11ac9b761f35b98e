"""Offence tables: versioned data that says which convictions a statute counts as violent or serious."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from lodged.problem import Problem, ProblemsError


@dataclass(frozen=True, slots=True)
class OffenceTable:
    """The listed sections by code. `whole` are listed entire, `parts` only in some subdivisions, `open` never settle it."""

    id: str
    source: str
    state: str
    whole: Mapping[str, frozenset[str]]
    parts: Mapping[str, Mapping[str, frozenset[str]]]
    open: Mapping[str, frozenset[str]]
    text: str

    def lists(self, conviction: Mapping[str, object]) -> bool | None | tuple[str, ...]:
        """True or False where the table settles it, None where only a reviewer can, else the fields that are missing.

        A conviction of another state is never settled here: equivalence is a question for a reviewer.
        """
        state, class_ = conviction.get("state"), conviction.get("class")
        if class_ in ("misdemeanor", "wobbler"):
            return False
        code = str(conviction.get("code", "")).upper()
        if state is not None and str(state).upper() != self.state:
            return None
        if not self.whole and not self.open:
            return None
        missing = tuple(name for name in ("code", "section", "class") if name not in conviction)
        if "code" in missing or "section" in missing:
            return missing
        listed = self._section(code, _plain(str(conviction["section"])))
        return missing if listed is True and missing else listed

    def _section(self, code: str, section: str) -> bool | None:
        base, _, part = section.partition("(")
        if code not in self.whole and code not in self.open:
            return None if code not in _OTHER_CODES else False
        if base in self.open.get(code, ()):
            return None
        if base in self.whole.get(code, ()):
            return True
        listed = self.parts.get(code, {}).get(base)
        if listed is None:
            return False
        if not part:
            return None
        return any(f"({part}".startswith(f"({mark})") for mark in listed)


# Codes of the table's own state that hold no listed offence: their sections are off the table, not unknown.
_OTHER_CODES = frozenset({"CPL", "AC", "ABC"})


def _plain(section: str) -> str:
    """`§ 265.02 (1)` as `265.02(1)`; `160.15-4` stays."""
    return re.sub(r"[\s§]", "", section)


def read_table(text: str, where: str) -> OffenceTable:
    """A table from its TOML text. Raises ProblemsError where the text is not one."""
    try:
        data = tomllib.loads(text)
        codes = data["code"]
        whole = {code: frozenset(entry.get("whole", ())) for code, entry in codes.items()}
        parts = {
            code: {section: frozenset(marks) for section, marks in entry.get("parts", {}).items()}
            for code, entry in codes.items()
        }
        open_ = {code: frozenset(entry.get("open", ())) for code, entry in codes.items()}
        return OffenceTable(data["id"], data["source"], data["state"], whole, parts, open_, text)
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        mend = "an offence table has id, source, state and [code.NAME] with whole, parts, open"
        raise ProblemsError([Problem(where, f"this is no offence table: `{error}`", mend)]) from None
