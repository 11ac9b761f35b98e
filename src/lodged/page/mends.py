"""What to do about a file that could not be read: one way forward for each kind of trouble."""

# a part of what `page.open` says -> what a person does about it; the first that fits is taken
MENDS: tuple[tuple[str, str], ...] = (
    (
        "encrypted",
        "It opens only with a password. Ask the sender to send it without one, or to tell the password by telephone; open "
        "it then on a computer made for strange files, print it, and scan the print.",
    ),
    ("is empty", "There is nothing in it. Ask the sender to send it again, and tell them when this one came."),
    (
        "larger than",
        "It is too large to be opened here. Ask for fewer pages at a time, or scan in black and white at 200 dpi.",
    ),
    ("million pixels", "A page is far larger than paper. Scan it again at 200 or 300 dpi."),
    ("points long", "A page is far longer than paper. Print it on letter paper and scan the print."),
    (
        "not a TIFF, PDF, PNG or JPEG",
        "It is a kind of file that is not opened here. Ask the sender for a PDF or a fax; or open it on a computer made for "
        "strange files, print it, and scan the print.",
    ),
    (
        "could not be started",
        "Nothing is wrong with the file that anybody knows: nobody has looked. Tell whoever runs this machine, and ask for a "
        "fax or a print meanwhile.",
    ),
    ("is a directory", "Name a file in it: a TIFF, PDF, PNG or JPEG."),
    ("no pages", "The file holds no page. Ask the sender to send the paper again."),
    ("did not finish", "It took too long to open. Print it on a computer made for strange files and scan the print."),
    (
        "needed more",
        "It asked for more than a file may have. Print it on a computer made for strange files and scan the print.",
    ),
    (
        "",
        "The file is broken, as when a call drops. Call the sender for a new copy, and keep this one: its receipt stands.",
    ),
)


def mend(trouble: str) -> str:
    """What to do about a trouble in the words of `page.open`.

    >>> mend("the PDF is encrypted").split(".")[0]
    'It opens only with a password'
    >>> mend("the fax breaks off in page 1").split(",")[0]
    'The file is broken'
    """
    return next(words for part, words in MENDS if part in trouble)
