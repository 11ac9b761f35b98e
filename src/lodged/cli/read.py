"""`lodged read`: what a faxed paper says, field by field, with the doubt shown."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lodged.page import DEFAULT, Box, Field, Opened, Paper, ReadPage, editions, group, open_document
from lodged.page.mends import mend
from lodged.page.read import read_pages
from lodged.problem import Problem, ProblemsError

LESS = 3
WORTH_SAYING = 0.1
MEND = "send the fax as it was received: a TIFF, PDF, PNG or JPEG file"


def run(arguments: Sequence[str]) -> int:
    """Read one file and tell its pages; 3 when only part of the file could be read."""
    parser = argparse.ArgumentParser(prog="lodged read", description="What a faxed paper says, with the doubt shown.")
    parser.add_argument("file", type=Path, help="a TIFF, PDF, PNG or JPEG file")
    parser.add_argument("--json", action="store_true", help="as JSON")
    options = parser.parse_args(arguments)
    opened = open_document(bytes_of(options.file))
    if not opened.pages:
        trouble = opened.trouble or "it has no pages"
        raise ProblemsError([Problem(f"`{options.file}`", trouble, mend(trouble))])
    pages = read_pages(opened.pages)
    if options.json:
        print(json.dumps(told(opened, pages), ensure_ascii=False, indent=1))
    else:
        _say(opened, pages)
    if opened.trouble:
        print(Problem(f"`{options.file}`", opened.trouble, "the pages before were read"), file=sys.stderr)
    return LESS if opened.trouble else 0


def bytes_of(file: Path) -> bytes:
    """The file's bytes, no more than one beyond what is allowed. Raises `ProblemsError` when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(DEFAULT.bytes + 1)
    except OSError as error:
        raise ProblemsError([Problem(f"`{file}`", (error.strerror or "cannot be read").lower(), MEND)]) from error


def told(opened: Opened, pages: Sequence[ReadPage]) -> dict[str, Any]:
    """The reading as JSON: pages, the papers they make, and what stopped or should be known."""
    return {
        "kind": opened.kind,
        "trouble": opened.trouble,
        "notes": list(opened.notes),
        "entries": [list(entry) for entry in opened.entries],
        "sandbox": opened.walls.words() if opened.walls else None,
        "pages": [_page(page) for page in pages],
        "papers": [_paper(paper) for paper in group(pages)],
    }


def _page(page: ReadPage) -> dict[str, Any]:
    return {
        "page": page.page,
        "form": page.form,
        "edition": page.edition,
        "fields": {name: _field(field) for name, field in page.fields.items()},
        "boxes": _boxes(page.boxes),
        "signatures": _boxes(page.signatures),
        "text": page.text,
        "turned": page.turned,
        "hint": page.hint,
        "resembles": page.resembles,
    }


def _field(field: Field) -> dict[str, Any]:
    return {"value": field.value, "doubt": field.doubt, "second": field.second, "box": list(field.box)}


def _boxes(boxes: Mapping[str, Box]) -> dict[str, dict[str, Any]]:
    return {name: {"value": box.value, "doubt": box.doubt, "box": list(box.box)} for name, box in boxes.items()}


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "number": paper.number,
        "form": paper.form,
        "edition": paper.edition,
        "pages": list(paper.pages),
        "cover": list(paper.cover),
        "attachments": [
            {"form": attached.form, "edition": attached.edition, "hint": attached.hint, "pages": list(attached.pages)}
            for attached in paper.attachments
        ],
    }


def _say(opened: Opened, pages: Sequence[ReadPage]) -> None:
    for note in opened.notes:
        print(f"note: {note}")
    for name, value in opened.entries:
        print(f"note: the file's own field `{name}` says `{value}`")
    if opened.walls is not None and (opened.walls.lacks or opened.walls.why):
        print(f"note: opened within {opened.walls.words()}", file=sys.stderr)
    for page in pages:
        print(_heading(page))
        for name, field in page.fields.items():
            if field.value or field.doubt:
                print(f"  {_label(page, name)}: {field.value or '(not there)'}{_doubt(field)}")
        for name, box in {**page.boxes, **page.signatures}.items():
            if box.value or box.value is None or box.doubt >= WORTH_SAYING:
                print(f"  [{_mark(box)}] {_label(page, name)}")
        for line in (page.text or "").splitlines():
            print(f"  {line}")
    for paper in group(pages):
        print(_sentence(paper))


def _heading(page: ReadPage) -> str:
    turned = f", lay turned by {page.turned} degrees" if page.turned else ""
    if page.form:
        return f"page {page.page}: {page.form.upper()} ({page.edition}){turned}"
    if page.resembles:
        return f"page {page.page}: like {page.resembles.upper()}, but of an edition not known here"
    return f"page {page.page}: no known form" + (f", seems to be a {page.hint}" if page.hint else "")


def _label(page: ReadPage, name: str) -> str:
    for edition in editions():
        if (edition.form, edition.edition) == (page.form, page.edition):
            zones = {**edition.fields, **edition.boxes, **edition.signatures}
            return f"{zones[name].label} ({name})"
    return name


def _doubt(field: Field) -> str:
    if field.doubt < WORTH_SAYING:
        return ""
    other = f", or `{field.second}`" if field.second else ""
    return f"   (doubt {field.doubt:.2f}{other})"


def _mark(box: Box) -> str:
    sign = {True: "x", False: " ", None: "?"}[box.value]
    return sign if box.doubt < WORTH_SAYING or box.value is None else f"{sign}, doubt {box.doubt:.2f}"


def _sentence(paper: Paper) -> str:
    pages = f"page{'s' if len(paper.pages) > 1 else ''} {', '.join(str(page) for page in paper.pages)}"
    kind = paper.form.upper() if paper.form else "no known form"
    with_it = [
        attached.form.upper() if attached.form else (attached.hint or "more pages") for attached in paper.attachments
    ]
    return f"paper {paper.number}: {kind}, {pages}" + (f", with {' and '.join(with_it)}" if with_it else "")
