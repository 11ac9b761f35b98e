"""The porter's rounds: whatever waits at a station is taken there, step by step, until a person must look."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.conf import settings
from django.db.models import QuerySet

from lodged.letter import LetterError
from lodged.log import LogError
from lodged.office.answers import acts as answers
from lodged.office.answers import finds as answered
from lodged.office.arrivals.channels.fax.sweep import sweep
from lodged.office.arrivals.models import Arrival
from lodged.office.arrivals.shelf import ShelfError
from lodged.office.decisions import acts as decisions
from lodged.office.decisions import finds as decided
from lodged.office.disputes import acts as disputes
from lodged.office.disputes.finds import open_disputes
from lodged.office.matters import acts as matters
from lodged.office.matters.finds import of_paper
from lodged.office.matters.models import Matter
from lodged.office.people import acts as people
from lodged.office.people import finds as find_people
from lodged.office.readings import acts as readings
from lodged.office.readings import finds as read
from lodged.office.readings.models import Paper
from lodged.office.seals import heartbeats, receipts, witnesses, witnessing
from lodged.office.seals.clocks import offset_s
from lodged.office.seals.models import Entry, Outcome, Receipt
from lodged.problem import ProblemsError

Tell = Callable[[str], None]
NONE_WATCHED: Mapping[str, str] = MappingProxyType({})
LOG = logging.getLogger("lodged.rounds")
MOST_A_ROUND = 100  # second receipts: some ten seconds of typesetting, after which a heartbeat may be due
TRIES = 3  # where people keep changing what lies below, the next round goes on


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round at one hour; `tell` hears in words what is being done."""

    at: datetime
    tell: Tell = silent

    def everything(self) -> None:
        """Take every unfinished arrival as far as it can go: what a start does after a crash.

        Receipts first, for all; then each arrival on its own, so that one that fails stops no other.
        """
        self.sweep()
        for arrival in Arrival.objects.filter(seal__receipt__isnull=True).order_by("received_at", "id"):
            self.receipt(arrival)
        for arrival in _unfinished().order_by("received_at", "id"):
            try:
                self.advance(arrival)
            except (OSError, LogError, LetterError, ProblemsError, ShelfError) as error:
                LOG.warning("%s could not be taken further: %s", arrival.number, type(error).__name__)

    def sweep(self) -> None:
        """Whole papers in the fax servers' spools that nobody handed over; findings that they change are reopened."""
        taken = False
        for folder in settings.LODGED_SPOOLS:
            try:
                taken |= bool(sweep(folder, settings.LODGED_CUSTODIAN, self.at).taken_in)
            except (OSError, LogError, LetterError, ProblemsError, ShelfError) as error:
                LOG.warning("%s could not be swept: %s", folder.name, type(error).__name__)
        if taken:
            disputes.look_again_at_all(list(open_disputes()), self.at)

    def advance(self, arrival: Arrival) -> None:
        """Take one arrival through every station where nobody but the machine is waited for."""
        self.read(arrival)
        for paper in arrival.papers.select_related("arrival"):
            self.advance_paper(paper)

    def read(self, arrival: Arrival) -> None:
        """Have an arrival read, and nothing more."""
        self.receipt(arrival)
        if not arrival.papers.exists():
            readings.read(arrival, self.at, lambda page, pages: self.tell(f"reading page {page} of {pages}"))

    def receipt(self, arrival: Arrival) -> Receipt:
        """The receipt of an arrival, made now where a crash came between."""
        return receipts.issue(self._received(arrival), self.at)

    def witness(self) -> None:
        """Show the newest head to every witness; hand each filer the second receipt that this makes possible."""
        try:
            answers = witnessing.seek(self.at)
        except LogError as error:
            LOG.warning("no witness was asked: %s", error)
            return
        for answer in answers:
            if answer.outcome in {Outcome.REFUSED, Outcome.UNREACHABLE}:
                LOG.warning("witness %s, entry %s: %s", answer.witness, answer.checkpoint_id, answer.why)
        newest = witnesses.newest_witnessed()
        if newest is None:
            return
        waiting = Arrival.objects.filter(seal__witnessed_receipt__isnull=True, seal__index__lt=newest.size)
        for arrival in waiting.order_by("received_at", "id")[:MOST_A_ROUND]:
            receipts.issue_witnessed(self._received(arrival), self.at)

    def beat(self, lines: Mapping[str, str] = NONE_WATCHED, sequence: Mapping[str, str] = NONE_WATCHED) -> Entry | None:
        """Enter a heartbeat where a quarter of an hour has passed since the last.

        `lines` and `sequence` are what a channel knows of its lines: their state, and the last number they counted.
        """
        if not heartbeats.is_due(self.at):
            return None
        pulse = heartbeats.Pulse(_unfinished().count(), lines, offset_s(self.at), sequence)
        return heartbeats.beat(pulse, self.at)

    def advance_paper(self, paper: Paper) -> None:
        """Match, open, decide and draft, each only where what stands is not on the newest below it."""
        reading = read.newest(paper)
        if find_people.waits(reading):
            self.tell("looking for the person in the roster")
            people.find_person(reading, self.at)
        if not hasattr(reading, "reckoning"):
            self.tell("working out what is due")
            matters.open_matter(reading, self.at)
        matter = of_paper(paper)
        if matter is None:
            return
        for _ in range(TRIES):
            if not self._decide_and_draft(matter):
                return

    def _received(self, arrival: Arrival) -> receipts.Received:
        return receipts.Received(arrival.custodian, arrival.seal, bytes(arrival.salt))

    def _decide_and_draft(self, matter: Matter) -> bool:
        """Ask the law and write the letter where they wait; true where something moved meanwhile and waits again."""
        if decided.waits(matter):
            self.tell("asking the law")
            decisions.ask_the_law(matter, self.at)
        if decided.stands(matter) and answered.lacks(matter):
            self.tell("drafting the answer")
            answers.write(matter, self.at)
        return decided.waits(matter) or (decided.stands(matter) and answered.lacks(matter))


def _unfinished() -> QuerySet[Arrival]:
    """The arrivals of which no answer has been sent yet."""
    return Arrival.objects.exclude(papers__matter__answers__dispatch__isnull=False)
