"""A paper is read by the machine, and read again by a person who knows better."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.readings import finds, pictures, quarantine
from lodged.office.readings.body import Body, as_form, at_place, body_of, carrying, corrected, empty_body
from lodged.office.readings.models import AddresseeSeen, Paper, Reading
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.page import Opened, group, open_document
from lodged.page import Paper as PaperRead
from lodged.page.read import read_pages
from lodged.problem import Problem, ProblemsError

Progress = Callable[[int, int], None]
LOG = logging.getLogger("lodged.readings")


def read(arrival: Arrival, at: datetime, progress: Progress | None = None) -> list[Reading]:
    """Open the document in a child process, read every page, and keep one reading for each paper found.

    A document that cannot be read gets one paper with the reason: it waits for a clerk like any other. One that the
    virus scanner knows is not opened, and gets no paper, until a person releases it.
    """
    document = shelf.take(arrival.sha256)
    if quarantine.is_held(arrival):
        return []
    scanned = quarantine.scan(arrival, document)
    if scanned.known_as:
        quarantine.put_in(arrival, scanned.known_as, at)
        return []
    opened = open_document(document)
    _say_how(arrival, opened)
    pictures.keep(arrival, opened)
    found = group(read_pages(opened.pages, progress)) if opened.pages else ()
    with docket(at):
        if not found:
            body = carrying(empty_body(), opened, scanned.words)
            return [_keep(arrival, 1, [], "", "", body, opened.trouble or "no page could be read", at)]
        return [_keep_read(arrival, opened, scanned.words, paper, at) for paper in found]


def _say_how(arrival: Arrival, opened: Opened) -> None:
    """A document that was opened within less than it could have been is named in the log, each time."""
    if opened.walls is not None and (opened.walls.why or opened.walls.lacks):
        LOG.warning("%s was opened within %s", arrival.number, opened.walls.words())


def correct(paper: Paper, changes: Mapping[str, Any], by: User, at: datetime, form: str | None = None) -> Reading:
    """A person's reading of some places, on top of the newest; raises KeyError for a place that is not there.

    `form` says that the paper is another form than the newest reading has it, or none that is known (empty): its own
    places come, for a person to fill in. The earlier readings stay as they were, and so does what troubled the machine.
    """
    last = finds.newest(paper)
    body, kind, edition = corrected(last.body, changes), last.form, last.edition
    places = {place: at_place(body, place)["value"] for place in changes}
    if form is not None and form != last.form:
        earlier = finds.as_form(paper, form)
        first = paper.pages[0] if paper.pages else 1
        body = as_form(body, form, first, earlier.body if earlier else None)
        kind, edition = form, earlier.edition if earlier else ""
    with docket(at):
        entry = enter(
            Sealed(
                kind="ReadingCorrected",
                custodian=paper.arrival.custodian,
                number=paper.arrival.number,
                facts={
                    "paper": paper.position,
                    "reading": last.version + 1,
                    "places": sorted(changes),
                    "by": by.username,
                },
                private={**places, **({"form": form} if form is not None else {})},
            ),
            at,
        )
        return Reading.objects.create(
            paper=paper,
            version=last.version + 1,
            form=kind,
            edition=edition,
            body=body,
            trouble=last.trouble,
            by=by,
            at=at,
            seal=entry,
        )


def keep_addressee(paper: Paper, addressee: str, reason: str, by: User, at: datetime) -> AddresseeSeen:
    """A person says why a paper addressed to somebody else is dealt with here; raises ProblemsError without a reason.

    It stands for this addressee alone: a corrected `To` line is looked at again.
    """
    if not reason.strip():
        raise ProblemsError([Problem("reason", "nothing is written here", "say why this paper is dealt with here")])
    with docket(at):
        entry = enter(
            Sealed(
                kind="AddresseeSeen",
                custodian=paper.arrival.custodian,
                number=paper.arrival.number,
                facts={"paper": paper.position, "by": by.username},
                private={"addressee": addressee, "reason": reason.strip()},
            ),
            at,
        )
        return AddresseeSeen.objects.create(
            paper=paper, addressee=addressee, reason=reason.strip(), by=by, at=at, seal=entry
        )


def _keep_read(arrival: Arrival, opened: Opened, scanned: str, paper: PaperRead, at: datetime) -> Reading:
    body = carrying(body_of(paper), opened, scanned)
    return _keep(
        arrival, paper.number, list(paper.pages), paper.form or "", paper.edition or "", body, opened.trouble or "", at
    )


def _keep(
    arrival: Arrival, position: int, pages: list[int], form: str, edition: str, body: Body, trouble: str, at: datetime
) -> Reading:
    paper = Paper.objects.create(arrival=arrival, position=position, pages=pages)
    entry = enter(
        Sealed(
            kind="PaperRead",
            custodian=arrival.custodian,
            number=arrival.number,
            facts={"paper": position, "reading": 1, "pages": pages},
            private={"form": form, "edition": edition, "trouble": trouble, "body": body},
        ),
        at,
    )
    return Reading.objects.create(
        paper=paper, version=1, form=form, edition=edition, body=body, trouble=trouble, at=at, seal=entry
    )
