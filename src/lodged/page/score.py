"""How well pages were read, held against what is really on them: fields, boxes, signatures, form, page by page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lodged.page.reading import ReadPage

LITTLE_DOUBT = 0.05
KNOWN_FORMS = ("i-247a", "i-200", "i-205", "i-138")


class TruthError(ValueError):
    """A truth file of no known shape."""


@dataclass(frozen=True, slots=True)
class TruePage:
    """What is really on page `page` of `file`; `form` is None when it is none of the known forms; `group` sorts scores."""

    file: str
    page: int
    group: str
    form: str | None
    values: Mapping[str, str]
    boxes: Mapping[str, bool]
    signatures: Mapping[str, bool]
    whole: bool = True


@dataclass(slots=True)
class Score:
    """Counts of right and of all, by what is counted; and each mistake as a sentence."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def count(self, what: str, right: bool, mistake: str) -> None:
        """One more of `what`, right or not."""
        self.of[what] += 1
        self.right[what] += right
        if not right:
            self.mistakes.append(mistake)

    def as_dict(self) -> dict[str, dict[str, float]]:
        """`{"fields": {"right": 97, "of": 100, "percent": 97.0}, …}`."""
        return {
            what: {"right": self.right[what], "of": of, "percent": round(100 * self.right[what] / of, 1)}
            for what, of in sorted(self.of.items())
        }


def true_pages(told: Any) -> list[TruePage]:
    """The pages a truth file tells of: a list of drawn forms at several qualities, or the packets of a fax server.

    Raises `TruthError` when it is neither.
    """
    try:
        if isinstance(told, list):
            return [page for form in told for page in _of_form(form)]
        return [page for packet in told["packets"] for page in _of_packet(packet)]
    except (KeyError, TypeError, AttributeError) as error:
        raise TruthError(f"it lacks {error}" if isinstance(error, KeyError) else "it is of no known shape") from error


def _of_form(told: Mapping[str, Any]) -> Iterable[TruePage]:
    writing = "hand" if told["hand"] else "typed"
    for level in ("L1", "L2", "L3"):
        file = f"p{int(told['id']):03d}_{level}.tif"
        yield TruePage(file, 1, f"{level} {writing}", told["kind"].lower(), told["values"], told["boxes"], {})


def _of_packet(told: Mapping[str, Any]) -> Iterable[TruePage]:
    received = told["received"]["tiff"]
    for page in told["pages"] if received else ():
        if page["arrived"] != "no" and told["received"]["at"] == "city":
            form = page["form"].lower()
            yield TruePage(
                received["file"],
                page["page"],
                f"{told['mode']} {page['writing']}",
                form if form in KNOWN_FORMS else None,
                page["fields"] if form in KNOWN_FORMS else {},
                page["boxes"],
                page["signatures"],
                page["arrived"] == "whole",
            )


def file_of(folder: Path, truth: TruePage) -> Path | None:
    """Where the truth's file lies: in the folder as named, or by its bare name."""
    named = (folder / truth.file, folder / Path(truth.file).name)
    return next((path for path in named if path.is_file()), None)


def hold_against(truth: TruePage, read: ReadPage | None, score: Score) -> None:
    """Count one page: its form first; only a page read as the right form has fields to count, else all are wrong."""
    where = f"{Path(truth.file).name}, page {truth.page}"
    form = read.form if read else None
    score.count("form", read is not None and form == truth.form, f"{where}: form `{form}`, in truth `{truth.form}`")
    if not truth.whole:
        return
    fields = read.fields if read and form == truth.form else {}
    for name, value in truth.values.items():
        found = fields[name].value if name in fields else None
        score.count("fields", found == value, f"{where}, {name}: `{found}`, in truth `{value}`")
        if name in ("name", "dob", "file_no"):
            score.count(name, found == value, f"{where}, {name}: see fields")
        if name in fields and fields[name].doubt <= LITTLE_DOUBT:
            score.count("fields of little doubt", found == value, f"{where}, {name}: with little doubt")
    for name in set(fields) - set(truth.values):
        score.count("empty fields", not fields[name].value, f"{where}, {name}: `{fields[name].value}`, in truth empty")
    _count_marks(truth, read, score, where)


def _count_marks(truth: TruePage, read: ReadPage | None, score: Score, where: str) -> None:
    for what, true in (("boxes", truth.boxes), ("signatures", truth.signatures)):
        found = getattr(read, what) if read else {}
        for name, value in true.items():
            got = found[name].value if name in found else None
            score.count(what, got == value, f"{where}, {name}: `{got}`, in truth `{value}`")
