"""Papers, crashes, restarts and restored backups in any order: no head ever contradicts another, no receipt is lost."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from lodged.log import check, trust
from lodged.log.errors import HeadAheadError
from lodged.log.tree import check_growth, prove_growth
from lodged.office.arrivals import acts as arriving
from lodged.office.arrivals import recheck as rechecked_arrivals
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import heads, receipts, recheck, tree
from lodged.office.seals.models import Checkpoint, Entry, Node, Receipt
from tests.office.conftest import AT

TABLES: tuple[type[models.Model], ...] = (Receipt, Arrival, Checkpoint, Node, Entry)  # as they can be emptied
Rows = list[list[models.Model]]

# Where the process may end while a paper is taken in: each of these is replaced by the end.
ENDS = [
    (shelf, "write_durably"),
    (arriving, "enter"),
    (heads, "swap"),
    (heads, "sign_checkpoint"),
    (receipts, "receipt_pdf"),
    (receipts, "sign"),
]


class ProcessEndedError(Exception):
    """The process ends here."""


def end(*_: object, **__: object) -> Any:
    raise ProcessEndedError


def rows() -> Rows:
    return [list(table._default_manager.all()) for table in TABLES]


def put_back(backup: Rows) -> None:
    with transaction.atomic():
        for table in TABLES:
            table._default_manager.all().delete()
        for kept in reversed(backup):
            if kept:
                type(kept[0])._default_manager.bulk_create(kept)


class Log(RuleBasedStateMachine):
    """The office's log, with everything that was ever handed out or signed remembered outside of it."""

    def __init__(self) -> None:
        super().__init__()
        put_back([[] for _ in TABLES])
        HOME.head.unlink(missing_ok=True)
        HOME.log_key.unlink(missing_ok=True)
        self.at = AT
        self.handed_out: dict[str, tuple[bytes, bytes]] = {}
        self.signed: dict[int, bytes] = {}
        self.backup: Rows = []
        heads.start(self.at)

    def take(self, document: bytes) -> None:
        self.at += timedelta(minutes=1)
        arrival = arriving.receive(Delivery(document, "us-ny-nyc/doc", "fax", "fax.tif"), self.at)
        receipt = Round(self.at).receipt(arrival)
        self.handed_out[receipt.number] = (bytes(receipt.body), document)

    @rule(document=st.binary(max_size=4))
    def a_paper_comes(self, document: bytes) -> None:
        self.take(document)

    @rule(document=st.binary(max_size=4), where=st.sampled_from(ENDS))
    def the_process_ends_in_the_middle_and_starts_again(self, document: bytes, where: tuple[object, str]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(*where, end)
            with suppress(ProcessEndedError):
                self.take(document)
        heads.start(self.at)
        for arrival in Arrival.objects.filter(seal__receipt__isnull=True):
            receipt = Round(self.at).receipt(arrival)
            self.handed_out[receipt.number] = (bytes(receipt.body), shelf.take(arrival.sha256))

    @rule()
    def a_backup_is_made(self) -> None:
        self.backup = rows()

    @precondition(lambda self: self.backup)
    @rule()
    def an_old_backup_is_never_signed_on(self) -> None:
        now = rows()
        older = len(self.backup[-1]) < len(now[-1])
        put_back(self.backup)
        if older:
            with pytest.raises(HeadAheadError):
                heads.start(self.at)
            put_back(now)
        else:
            put_back(now)
        heads.start(self.at)

    @invariant()
    def nothing_is_at_fault(self) -> None:
        assert [*recheck.recheck(), *rechecked_arrivals.recheck()] == []

    @invariant()
    def every_head_is_a_prefix_of_every_later_one(self) -> None:
        for head in Checkpoint.objects.all():
            assert self.signed.setdefault(head.size, bytes(head.root)) == bytes(head.root)
        sizes = sorted(self.signed)
        for old, new in zip(sizes, sizes[1:], strict=False):
            proof = prove_growth(old, new, tree.read_node)
            check_growth(old, new, self.signed[old], self.signed[new], proof)

    @invariant()
    def indexes_and_numbers_have_no_gap(self) -> None:
        size = tree.size()
        assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(range(size))
        numbers = list(Arrival.objects.order_by("number").values_list("number", flat=True))
        assert numbers == [f"L-2026-{place:05d}" for place in range(1, len(numbers) + 1)]

    @invariant()
    def every_receipt_that_was_handed_out_is_there_and_holds(self) -> None:
        kept = {receipt.number: bytes(receipt.body) for receipt in Receipt.objects.all()}
        for number, (body, document) in self.handed_out.items():
            assert kept[number] == body
            verdict = check(body, document, trust(heads.key().vkey))
            assert (verdict.trusted, verdict.document_matches) == (True, True)


HOME: Home


def test_the_log_through_every_turn(home: Home) -> None:
    global HOME  # noqa: PLW0603 - the machine is made without arguments
    HOME = home
    run_state_machine_as_test(
        Log,
        settings=settings(
            max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
