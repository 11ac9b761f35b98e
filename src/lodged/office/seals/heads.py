"""The signed head of the log: moved by compare-and-swap outside the database, then signed, then kept."""

from datetime import datetime

from django.conf import settings

from lodged.log.checkpoint import Checkpoint as Head
from lodged.log.checkpoint import sign_checkpoint
from lodged.log.errors import HeadMovedError
from lodged.log.head import check_start, read_head, start_head, swap
from lodged.log.sign import SignKey, load_key, make_key
from lodged.log.tree import prove_growth
from lodged.office.home import Home
from lodged.office.seals import tree
from lodged.office.seals.models import Checkpoint

RESTORE = "restore it, or declare a new epoch"


class LogStartError(Exception):
    """The key, the head and the records do not belong together; nothing may be signed until a person decides."""


def start(at: datetime) -> None:
    """The first deed of every start: the head must be a prefix of the tree, else nothing is signed.

    A new office gets its key and the head of an empty log. Raises a LogError, or LogStartError where entries
    exist but key or head are gone: a log is never started over on top of records.
    """
    home = _home()
    _refuse_a_second_start(home)
    home.log_key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not home.head.exists():
        start_head(home.head, settings.LODGED_ORIGIN)
    if not home.log_key.exists():
        make_key(settings.LODGED_ORIGIN, home.log_key)
    check_start(read_head(home.head), settings.LODGED_ORIGIN, tree.size(), tree.read_node)
    sign(at)


def _refuse_a_second_start(home: Home) -> None:
    """A key, a head or entries that stand alone are what a restore left over: signing on would fork the log.

    The head is written before the key, so an empty head without a key is only a first start that was cut short.
    """
    entries, key_there, head_there = tree.size(), home.log_key.exists(), home.head.exists()
    signed = read_head(home.head).size if head_there else 0
    if (entries or key_there) and not head_there:
        raise LogStartError(f"there are {entries} entries and a key, but `{home.head}` is missing: {RESTORE}")
    if (entries or signed) and not key_there:
        raise LogStartError(f"{max(entries, signed)} entries were signed, but `{home.log_key}` is missing: {RESTORE}")


def sign(at: datetime) -> Checkpoint:
    """Move the head to the whole tree, sign it, keep the note; where another process was faster, go again."""
    home = _home()
    while True:
        old = read_head(home.head)
        size = tree.size()
        new = Head(old.origin, size, tree.root(size))
        try:
            swap(home.head, old, new, prove_growth(old.size, size, tree.read_node))
        except HeadMovedError:
            continue
        note = sign_checkpoint(new, key()).content.decode()
        kept, _ = Checkpoint.objects.get_or_create(size=size, defaults={"root": new.root, "note": note, "at": at})
        return kept


def newest() -> Checkpoint | None:
    """The newest signed head, or None before the first."""
    return Checkpoint.objects.order_by("-size").first()


def key() -> SignKey:
    """The log's key, from its file outside the database."""
    return load_key(_home().log_key)


def _home() -> Home:
    home: Home = settings.HOME
    return home
