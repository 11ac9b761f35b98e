"""The whole measurement in its order: the disk first, then a million entries in memory and on disk, then a burst of faxes."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.log import asked, burst, durable, million, peer
from bench.results import Figure, Table


def measure() -> tuple[list[Figure], list[Table]]:
    """Figures with their goals, then the tree beside its peer."""
    figures: list[Figure] = []
    with TemporaryDirectory(dir=Path.cwd()) as folder:  # on the disk that the project lies on, not in memory
        place = Path(folder)
        _say("durable entries beside the bare disk, in a fresh office")
        figures += durable.figures(asked.of("bench.log.durable", str(place / "office")))
        _say("a million entries")
        ours = asked.of("bench.log.million", str(place / "log"))
        figures += million.figures(ours)
        _say("the same beside pymerkle")
        theirs = peer.measured(place)
        _say("100 faxes in a minute")
        figures += burst.figures(asked.of("bench.log.burst", str(place / "burst")))
    return figures, [peer.beside(ours, theirs)]


def _say(what: str) -> None:
    print(f"  {what}", file=sys.stderr)
