"""A matter is opened for a paper, with what is due and how that was worked out."""

from datetime import datetime

from lodged.office.matters import finds, reckoning
from lodged.office.matters.models import Closing, Deadline, Matter, Reckoning
from lodged.office.numbers import next_number
from lodged.office.readings.models import Reading
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError


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


def close(matter: Matter, reason: str, by: User, at: datetime) -> Closing:
    """Close a paper that is no legal process: an advertisement, a blank page, a wrong number. Raises ProblemsError where
    no reason is given, where it is closed already, and where something is due by a day: that is answered.
    """
    with docket(at):
        where = f"matter {matter.number}"
        problems = [*_unsaid(reason)]
        if finds.closing(matter) is not None:
            problems.append(Problem(where, "it is closed already", "take it up again first"))
        if finds.deadlines(matter).filter(conditional="").exists():
            problems.append(Problem(where, "something is due by a day", "answer it, or correct which form it is"))
        if problems:
            raise ProblemsError(problems)
        return _keep_closing(matter, True, reason.strip(), by, at)


def take_up(matter: Matter, reason: str, by: User, at: datetime) -> Closing:
    """Take up a closed paper again; raises ProblemsError where it is not closed, or no reason is given."""
    with docket(at):
        problems = [*_unsaid(reason)]
        if finds.closing(matter) is None:
            problems.append(Problem(f"matter {matter.number}", "it is not closed", "look at it as it is now"))
        if problems:
            raise ProblemsError(problems)
        return _keep_closing(matter, False, reason.strip(), by, at)


def _unsaid(reason: str) -> list[Problem]:
    mend = "say what it is, so that somebody else can see why"
    return [] if reason.strip() else [Problem("reason", "nothing is written here", mend)]


def _keep_closing(matter: Matter, closed: bool, reason: str, by: User, at: datetime) -> Closing:
    entry = enter(
        Sealed(
            kind="MatterClosed" if closed else "MatterOpenedAgain",
            custodian=matter.paper.arrival.custodian,
            number=matter.paper.arrival.number,
            facts={"matter": matter.number, "by": by.username},
            private={"reason": reason},
        ),
        at,
    )
    return Closing.objects.create(matter=matter, closed=closed, reason=reason, by=by, at=at, seal=entry)


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
