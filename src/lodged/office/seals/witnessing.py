"""The newest head is shown to every witness, and each answer is written down in the witness's own words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from lodged.log.note import parse_note
from lodged.log.sign import VerifyKey
from lodged.log.tree import prove_growth
from lodged.log.witness import PATH, Answer, Cosigned, Refused, Stale, read_answer, write_request
from lodged.office.seals import heads, tree
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Checkpoint, Outcome, WitnessAnswer
from lodged.office.seals.outside import UnreachableError, post
from lodged.office.seals.witnesses import policy

Send = Callable[[str, bytes], Answer]
AHEAD = "the witness has seen more entries than this log holds: it was restored, or forked"


def seek(at: datetime, send: Send = post) -> tuple[WitnessAnswer, ...]:
    """Ask every witness that has not yet cosigned the newest head; the answers of this round, all of them kept.

    Nothing is sent inside a transaction. A refusal is entered in the log too, once for as long as it stays the same.
    """
    head = heads.newest()
    if head is None or not head.size:
        return ()
    asked = policy()
    told: list[WitnessAnswer] = []
    for name, address in asked.addresses.items():
        key = asked.witnesses[name]
        if not head.answers.filter(vkey=key.vkey, outcome=Outcome.COSIGNED).exists():
            told += _Asking(name, key, address, head, at, send).answers()
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Asking:
    """One witness asked about one head."""

    name: str
    key: VerifyKey
    address: str
    head: Checkpoint
    at: datetime
    send: Send

    def answers(self) -> list[WitnessAnswer]:
        """The answer; where the witness had seen another size than we knew, that one and the next."""
        first = self._ask(self._last_size())
        if first.outcome != Outcome.STALE or first.saw is None:
            return [first]
        return [first, self._ask(first.saw)]

    def _ask(self, old: int) -> WitnessAnswer:
        note = parse_note(self.head.note.encode())
        body = write_request(old, prove_growth(old, self.head.size, tree.read_node), note)
        try:
            answer = self.send(f"{self.address.rstrip('/')}/{PATH}", body)
        except UnreachableError as error:
            return self._keep(Outcome.UNREACHABLE, why=str(error))
        match read_answer(answer, note, self.key):
            case Cosigned(signature, _):
                return self._keep(Outcome.COSIGNED, status=answer.status, saw=self.head.size, line=signature.line)
            case Stale(size, words) if size <= self.head.size:
                return self._keep(Outcome.STALE, status=answer.status, words=words, saw=size)
            case Stale(size, words):
                return self._refused(Refused(answer.status, words, AHEAD), size)
            case Refused() as refused:
                return self._refused(refused, None)

    def _last_size(self) -> int:
        """What the witness saw last, as far as is known here."""
        last = WitnessAnswer.objects.filter(witness=self.name, vkey=self.key.vkey, saw__isnull=False).order_by("-id")
        found = last.values_list("saw", flat=True).first()
        return found if found is not None and found <= self.head.size else 0

    def _refused(self, refused: Refused, saw: int | None) -> WitnessAnswer:
        told = {"status": refused.status, "words": refused.words, "why": refused.why}
        if self._said_before(refused):
            return self._keep(Outcome.REFUSED, saw=saw, **told)
        facts = {"witness": self.name, "size": self.head.size, **told}
        with docket(self.at):
            kept = self._keep(Outcome.REFUSED, saw=saw, **told)
            enter(Sealed("WitnessRefusal", settings.LODGED_CUSTODIAN, facts=facts), self.at)
        return kept

    def _said_before(self, refused: Refused) -> bool:
        """Whether this refusal stands in the log already; its words may tell sizes, which move, so they do not count."""
        decided = WitnessAnswer.objects.filter(witness=self.name, outcome__in=[Outcome.COSIGNED, Outcome.REFUSED])
        last = decided.order_by("-id").values("outcome", "status", "why").first()
        return last == {"outcome": Outcome.REFUSED, "status": refused.status, "why": refused.why}

    def _keep(self, outcome: Outcome, **told: object) -> WitnessAnswer:
        return WitnessAnswer.objects.create(
            checkpoint=self.head, witness=self.name, vkey=self.key.vkey, at=self.at, outcome=outcome, **told
        )
