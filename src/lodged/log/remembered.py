"""The earlier heads that entries remember: each says that the log then was the beginning of the log now.

An entry names the last head that somebody outside had cosigned. Whoever rewrites the past has to rewrite every entry
that remembers it, and those are on receipts that others hold.
"""

from collections.abc import Callable, Iterable, Iterator

from lodged.log.checkpoint import Checkpoint, parse_checkpoint
from lodged.log.entry import Event
from lodged.log.errors import LogError


def find_false(events: Iterable[Event | None], origin: str, root: Callable[[int], bytes]) -> Iterator[tuple[int, str]]:
    """The entries that remember a head which the log never had, with what is wrong; `root` gives the root at a size.

    A head of another origin is of an earlier epoch, which this log cannot judge. None is an entry that is not opened.
    """
    held: set[str] = set()
    for index, event in enumerate(events):
        if event is None or event.cosigned is None or event.cosigned in held:
            continue
        wrong = _wrong(event.cosigned, index, origin, root)
        if wrong:
            yield index, wrong
        else:
            held.add(event.cosigned)


def _wrong(text: str, index: int, origin: str, root: Callable[[int], bytes]) -> str | None:
    try:
        head: Checkpoint = parse_checkpoint(text)
    except LogError as error:
        return f"the head that it remembers cannot be read: {error}"
    if head.origin != origin:
        return None
    if head.size > index:
        return f"it remembers a head of {head.size} entries, which did not exist before it"
    if root(head.size) != head.root:
        return f"the head of {head.size} entries that it remembers is not the beginning of this log"
    return None
