"""What a file holds besides its pages, and how a clerk is told of it.

The child that parses the file names what it found by these codes alone; the sentences are made here, outside it.
"""

from dataclasses import dataclass

# code -> the sentence for one, the sentence for several (with their number)
SENTENCES: dict[str, tuple[str, str]] = {
    "script": ("It holds a script (JavaScript). It was not run here. Another program that opens it might run it.", ""),
    "launch": ("It orders another program or file to be opened. That was not done here.", ""),
    "action": ("It orders something to be sent or fetched when it is opened or clicked. That was not done here.", ""),
    "attached": (
        "A file is attached to it. The attached file was not opened.",
        "{} files are attached to it. They were not opened.",
    ),
    "encrypted": ("It is encrypted, but opens without a password.", ""),
    "entries": (
        "It has a form field filled in electronically. The page was read as it is drawn; the field stands beside it.",
        "It has {} form fields filled in electronically. The page was read as it is drawn; the fields stand beside it.",
    ),
    "xfa": (
        "It holds a second form (XFA) that some programs show in place of the page. The page was read, not that form.",
        "",
    ),
    "signature": (
        "It carries an electronic signature, which was not checked here.",
        "It carries {} electronic signatures, which were not checked here.",
    ),
    "media": ("It holds film, sound or a model. Nothing of it was played.", ""),
    "layers": ("It has layers that a program can show or hide. It was read as it looks when it is opened.", ""),
    "before": ("Other bytes stand before the PDF in it. Another program might take it for another kind of file.", ""),
    "pdf": ("There is a PDF inside it. It was read as the kind it is; another program might show the PDF.", ""),
    "archive": ("There is an archive (ZIP) inside it, which was not opened.", ""),
    "unswept": ("It is too large to be looked through whole for scripts and attached files.", ""),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, `count` times; raises ValueError for a code nobody knows."""

    code: str
    count: int = 1

    def __post_init__(self) -> None:
        if self.code not in SENTENCES or self.count < 1:
            raise ValueError(f"`{self.code}`, {self.count} times, is nothing that is found")

    def words(self) -> str:
        """The sentence for a clerk.

        >>> Found("attached", 3).words()
        '3 files are attached to it. They were not opened.'
        """
        one, several = SENTENCES[self.code]
        return several.format(f"{self.count:,}") if several and self.count > 1 else one
