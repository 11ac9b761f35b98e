"""A matter is opened for a paper, with what is due and how that was worked out."""

from datetime import datetime

from lodged.office.matters import finds, reckoning
from lodged.office.matters.models import Deadline, Matter, Reckoning
from lodged.office.numbers import next_number
from lodged.office.readings.models import Reading
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket


def open_matter(reading: Reading, at: datetime) -> Matter:
    """Open the matter of a paper, or take up the open one, and work out its deadlines on this reading."""
    paper = reading.paper
    reckoned = reckoning.deadlines(reading)
    with docket(at):
        matter = finds.of_paper(paper)
        number = matter.number if matter else next_number("M", Matter, at)
        entry = enter(
            Sealed(
                kind="DeadlinesReckoned" if matter else "MatterOpened",
                custodian=paper.arrival.custodian,
                number=paper.arrival.number,
                facts={
                    "matter": number,
                    "paper": paper.position,
                    "reading": reading.version,
                    "due": len(reckoned),
                },
                private={
                    "due": [{"what": one.what, "due": one.due.isoformat(), "rule": one.rule} for one in reckoned],
                },
            ),
            at,
        )
        matter = matter or Matter.objects.create(number=number, paper=paper, opened_at=at, seal=entry)
        made = Reckoning.objects.create(matter=matter, reading=reading, at=at, seal=entry)
        Deadline.objects.bulk_create([_deadline(made, found) for found in reckoned])
    return matter


def _deadline(made: Reckoning, found: reckoning.Reckoned) -> Deadline:
    return Deadline(
        reckoning=made,
        what=found.what,
        due=found.due,
        day_only=found.day_only,
        conditional=found.conditional,
        rule=found.rule,
        cite=found.cite,
        working=list(found.working),
    )
