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


class LogStartError(Exception):
    """The key, the head and the records do not belong together; nothing may be signed until a person decides."""


def start(at: datetime) -> None:
    """The first deed of every start: the head must be a prefix of the tree, else nothing is signed.

    A new office gets its key and the head of an empty log. Raises a LogError, or LogStartError where entries
    exist but key or head are gone: a log is never started over on top of records.
    """
    home = _home()
    missing = [path for path in (home.log_key, home.head) if not path.exists()]
    if missing and tree.size():
        raise LogStartError(
            f"there are {tree.size()} entries, but `{missing[0]}` is missing: restore it, or declare a new epoch"
        )
    home.log_key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not home.log_key.exists():
        make_key(settings.LODGED_ORIGIN, home.log_key)
    if not home.head.exists():
        start_head(home.head, settings.LODGED_ORIGIN)
    check_start(read_head(home.head), settings.LODGED_ORIGIN, tree.size(), tree.read_node)
    sign(at)


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
