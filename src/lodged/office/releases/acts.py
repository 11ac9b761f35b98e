"""The desk's acts: a check, a release order, a try to give notice, counsel's standing default, an outage sheet."""

from datetime import datetime, timedelta

from lodged.office.matters.models import Matter
from lodged.office.people.models import Person
from lodged.office.releases import finds
from lodged.office.releases.models import Check, ReleaseOrder, Sheet, StandingDefault, Try
from lodged.office.releases.sheet import lines
from lodged.office.releases.stand import record, stand
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError

LONGEST = 200
LONGEST_AGO = timedelta(days=366)
LONGEST_WAIT = 240  # minutes: a default that comes later than that is none


def check(person: Person, by: User, at: datetime) -> Check:
    """Ask for one person now; who asked, when and what was shown is sealed."""
    found = stand(person, at)
    shown = record(found)
    with docket(at):
        entry = enter(
            Sealed(
                kind="ReleaseChecked",
                custodian=person.custodian,
                facts={"by": by.username},
                private={"booking": person.booking_no, "shown": shown},
            ),
            at,
        )
        return Check.objects.create(person=person, shown=shown, open=bool(found.open), by=by, at=at, seal=entry)


def order_release(person: Person, ordered_at: datetime | None, source: str, by: User, at: datetime) -> ReleaseOrder:
    """Keep that the person would be free from a moment but for a paper; None takes the last one back.

    Raises ProblemsError for a moment that has not come, or before the booking, or without a word how it is known.
    """
    if problems := _wrong_order(person, ordered_at, source, at):
        raise ProblemsError(problems)
    with docket(at):
        entry = enter(
            Sealed(
                kind="ReleaseOrdered",
                custodian=person.custodian,
                facts={"by": by.username},
                private={
                    "booking": person.booking_no,
                    "ordered_at": ordered_at.isoformat() if ordered_at else None,
                    "source": source.strip(),
                },
            ),
            at,
        )
        return ReleaseOrder.objects.create(
            person=person, ordered_at=ordered_at, source=source.strip(), by=by, at=at, seal=entry
        )


def _wrong_order(person: Person, ordered_at: datetime | None, source: str, at: datetime) -> list[Problem]:
    wrong = []
    if not source.strip():
        wrong.append(Problem("source", "it is not said how this is known", "name the order, the receipt or the record"))
    elif len(source.strip()) > LONGEST:
        wrong.append(Problem("source", f"it is longer than {LONGEST} letters", "name the record, no more"))
    if ordered_at is None:
        if finds.order(person) is None:
            wrong.append(Problem("moment", "there is no release order to take back", "write when it was ordered"))
    elif ordered_at > at:
        wrong.append(Problem("moment", "this moment has not come yet", "write it down when it comes"))
    elif person.booked_at is not None and ordered_at < person.booked_at:
        wrong.append(Problem("moment", "this is before the booking", "look at the day and the hour again"))
    elif at - ordered_at > LONGEST_AGO:
        wrong.append(Problem("moment", "this is more than a year ago", "look at the year again"))
    return wrong


def about(matter: Matter, person: Person) -> None:
    """Raise ProblemsError unless this paper is confirmed to be about this person at this minute."""
    if matter not in finds.confirmed(person):
        what = f"{matter.number} is not, or no longer, a paper about this person"
        raise ProblemsError([Problem("matter", what, "check the person again")])


def tried(matter: Matter, person: Person, reached: bool, how: str, by: User, at: datetime) -> Try:
    """Keep one try to give notice and what came of it; raises ProblemsError without a word how, or for another's paper."""
    if not how.strip():
        raise ProblemsError([Problem("how", "it is not said how", "name the number called and who answered")])
    with docket(at):
        about(matter, person)
        entry = enter(
            Sealed(
                kind="NoticeTried",
                custodian=person.custodian,
                number=matter.paper.arrival.number,
                facts={"matter": matter.number, "by": by.username, "reached": reached},
                private={"booking": person.booking_no, "how": how.strip()[:LONGEST]},
            ),
            at,
        )
        return Try.objects.create(
            matter=matter, person=person, reached=reached, how=how.strip()[:LONGEST], by=by, at=at, seal=entry
        )


def sign_default(
    custodian: str, minutes: int, word: str, tries: int, try_minutes: int, by: User, at: datetime
) -> StandingDefault:
    """Counsel signs what the desk shows while a question stays open; raises ProblemsError for numbers out of reach."""
    wrong = [
        Problem(name, f"`{number}` is not between 1 and {most}", "write a number in between")
        for name, number, most in (
            ("minutes", minutes, LONGEST_WAIT),
            ("tries", tries, 20),
            ("try_minutes", try_minutes, LONGEST_WAIT),
        )
        if not 1 <= number <= most
    ]
    if word not in StandingDefault.Word.values:
        wrong.append(Problem("word", f"`{word}` is no default", "choose one of those shown"))
    if not by.may("adopt law"):
        wrong.append(Problem("who", "only counsel signs a standing default", "ask counsel"))
    if wrong:
        raise ProblemsError(wrong)
    facts = {"minutes": minutes, "word": word, "tries": tries, "try_minutes": try_minutes, "by": by.username}
    with docket(at):
        entry = enter(Sealed(kind="DefaultSigned", custodian=custodian, facts=facts), at)
        return StandingDefault.objects.create(
            custodian=custodian,
            minutes=minutes,
            word=word,
            tries=tries,
            try_minutes=try_minutes,
            by=by,
            at=at,
            seal=entry,
        )


def print_sheet(custodian: str, by: User, at: datetime) -> Sheet:
    """A numbered copy of the outage sheet as of now; printing it is sealed."""
    shown = lines(custodian, at)
    with docket(at):
        number = Sheet.objects.count() + 1
        facts = {"sheet": number, "lines": len(shown), "by": by.username}
        entry = enter(Sealed(kind="SheetPrinted", custodian=custodian, facts=facts, private={"lines": shown}), at)
        return Sheet.objects.create(custodian=custodian, number=number, lines=shown, by=by, at=at, seal=entry)


def destroy_sheet(sheet: Sheet, by: User, at: datetime) -> Sheet:
    """Keep that a copy was destroyed; raises ProblemsError where that was said before."""
    with docket(at):
        sheet.refresh_from_db()
        if sheet.destroyed_at is not None:
            raise ProblemsError(
                [Problem("sheet", f"sheet {sheet.number} was destroyed before", "look at the list again")]
            )
        facts = {"sheet": sheet.number, "by": by.username}
        sheet.destroyed_seal = enter(Sealed(kind="SheetDestroyed", custodian=sheet.custodian, facts=facts), at)
        sheet.destroyed_by, sheet.destroyed_at = by, at
        sheet.save(update_fields=["destroyed_seal", "destroyed_by", "destroyed_at"])
        return sheet
