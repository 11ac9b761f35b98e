"""How the child that opened a file was shut in, as the child itself found by trying."""

from dataclasses import dataclass

BUBBLEWRAP, LIMITS = "bubblewrap", "limits"

# what the child tries -> what a reader of the page is told when it can be done
POSSIBLE = {
    "network": "reach the network",
    "files": "read files of this machine",
    "writing": "write files",
    "processes": "start processes",
    "programs": "run programs",
}


@dataclass(frozen=True, slots=True)
class Walls:
    """`by` is `bubblewrap`, or `limits` where that does not run, and then `why` says why it does not.

    `lacks` are names of `POSSIBLE` that the child could do all the same; empty when nothing is lacking.
    """

    by: str
    lacks: tuple[str, ...] = ()
    why: str = ""

    def words(self) -> str:
        """How files are shut in here, in one sentence.

        >>> Walls("limits", ("network",), "not installed").words()
        'resource limits and rules of the kernel, without bubblewrap (not installed); a hostile file could reach the network'
        """
        by = (
            "bubblewrap"
            if self.by == BUBBLEWRAP
            else f"resource limits and rules of the kernel, without bubblewrap ({self.why})"
        )
        could = " and ".join(POSSIBLE[name] for name in self.lacks)
        return f"{by}; a hostile file could {could}" if could else by
