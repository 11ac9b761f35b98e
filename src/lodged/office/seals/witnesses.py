"""Who outside is asked to look at the log, and which heads enough of them have cosigned."""

from dataclasses import replace

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from lodged.log.checkpoint import open_checkpoint
from lodged.log.errors import NoteError
from lodged.log.note import Note, parse_note
from lodged.log.policy import LONGEST, Policy, parse_policy, trust
from lodged.log.sign import VerifyKey
from lodged.log.witness import with_cosignatures
from lodged.office.seals import heads
from lodged.office.seals.models import Checkpoint, Outcome, WitnessAnswer

LAST_SEEN = (
    "SELECT note FROM seals_checkpoint JOIN seals_witnessanswer ON checkpoint_id = size "
    "WHERE outcome = %s ORDER BY size DESC LIMIT 1"
)


def policy() -> Policy:
    """The witnesses and their quorum, from the office's folder; without the file nobody is asked. Raises `NoteError`.

    The log that the policy is about is this one, whether its file names it or not.
    """
    path = settings.HOME.witnesses
    if not path.exists():
        return trust(heads.key().vkey)
    try:
        written = parse_policy(path.read_bytes()[: LONGEST + 1].decode())
    except (OSError, UnicodeDecodeError, NoteError) as error:
        raise NoteError(f"the witnesses in `{path}` cannot be read: {error}") from error
    if written.logs not in {(), (heads.key().verify,)}:
        raise NoteError(f"`{path}` names another log than this one, `{heads.key().vkey}`: take its line `log` out")
    return replace(written, logs=(heads.key().verify,))


def shown_policy() -> Policy:
    """The policy as receipts carry it: where a witness is asked is nobody's business.

    A file that cannot be read must not keep a receipt from its filer: until it is mended the receipt names no
    witness, and the porter's rounds say what is wrong.
    """
    try:
        return replace(policy(), addresses={})
    except NoteError:
        return trust(heads.key().vkey)


def cosigned_note(checkpoint: Checkpoint) -> Note:
    """A signed head with the lines of those who have cosigned it, one for each."""
    note = parse_note(checkpoint.note.encode())
    lines: dict[str, str] = {}
    for answer in checkpoint.answers.filter(outcome=Outcome.COSIGNED).order_by("id"):
        lines.setdefault(answer.vkey, answer.line)
    below = "".join(lines.values()).encode()
    return with_cosignatures(note, parse_note(note.text.encode() + b"\n" + below).signatures) if below else note


def cosigners(checkpoint: Checkpoint) -> tuple[VerifyKey, ...]:
    """The witnesses of the policy who have cosigned a head; every signature is checked again."""
    known = tuple(shown_policy().witnesses.values())
    signed = open_checkpoint(cosigned_note(checkpoint).content, heads.key().verify, known)
    return tuple(one.witness for one in signed.cosignatures)


def is_witnessed(checkpoint: Checkpoint) -> bool:
    """Whether somebody outside has cosigned a head, and enough of them did."""
    signed = cosigners(checkpoint)
    return bool(signed) and shown_policy().satisfied_by(signed)


def newest_witnessed() -> Checkpoint | None:
    """The newest head that enough witnesses have cosigned."""
    return next((one for one in _cosigned().order_by("-size") if is_witnessed(one)), None)


def first_witnessed(index: int) -> Checkpoint | None:
    """The first head above an entry that enough witnesses have cosigned."""
    return next((one for one in _cosigned().filter(size__gt=index).order_by("size") if is_witnessed(one)), None)


def last_answers() -> list[WitnessAnswer]:
    """What each witness of the policy said last, by its name; nothing for one that was never asked."""
    asked = shown_policy().witnesses
    newest = (WitnessAnswer.objects.filter(witness=name).order_by("-id").first() for name in asked)
    return [answer for answer in newest if answer is not None]


def last_seen() -> str | None:
    """The text of the newest head that anybody outside has cosigned: what is entered now is not older than that."""
    with connection.cursor() as cursor:  # in SQL, since it stands inside every transaction of the docket
        cursor.execute(LAST_SEEN, [Outcome.COSIGNED.value])
        found = cursor.fetchone()
    return parse_note(found[0].encode()).text if found else None


def _cosigned() -> QuerySet[Checkpoint]:
    return Checkpoint.objects.filter(answers__outcome=Outcome.COSIGNED).distinct()
