"""Which signs the letter's font can show, and how the others are written instead.

PDF/A forbids a sign without a glyph, and no letter may fail, or lose a sign in silence, because of how
a name is written. A sign that cannot be shown is written as its code point: `[U+738B]`.
"""

import unicodedata
from collections.abc import Mapping, Sequence

# First and last code point of each run that Libertinus Serif, as typst 0.15 brings it, shows in all three weights
# the templates use: Latin, Greek, Cyrillic and Hebrew letters, marks, common signs. Found by asking typst for each
# under PDF/A-3a, which refuses what it cannot show, with no other font to fall back on.
# fmt: off
RUNS = (
    (0x0020, 0x007E), (0x00A1, 0x00AC), (0x00AE, 0x023F), (0x0241, 0x0241), (0x0243, 0x0243), (0x0247, 0x0249),
    (0x024D, 0x024D), (0x0250, 0x02E4), (0x02EC, 0x02EE), (0x0300, 0x0331), (0x0338, 0x0338), (0x0340, 0x0344),
    (0x0351, 0x0351), (0x0357, 0x0363), (0x0374, 0x0375), (0x037A, 0x037E), (0x0384, 0x038A), (0x038C, 0x038C),
    (0x038E, 0x03A1), (0x03A3, 0x03CE), (0x03D0, 0x03E1), (0x03F0, 0x03F6), (0x03F8, 0x03F9), (0x03FB, 0x03FB),
    (0x03FD, 0x045F), (0x0462, 0x0463), (0x0470, 0x0477), (0x0490, 0x04C4), (0x04C7, 0x04CC), (0x04D0, 0x04F9),
    (0x05D0, 0x05EA), (0x1E00, 0x1E9B), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x1F00, 0x1F15), (0x1F18, 0x1F1D),
    (0x1F20, 0x1F45), (0x1F48, 0x1F4D), (0x1F50, 0x1F57), (0x1F59, 0x1F59), (0x1F5B, 0x1F5B), (0x1F5D, 0x1F5D),
    (0x1F5F, 0x1F7D), (0x1F80, 0x1FB4), (0x1FB6, 0x1FC4), (0x1FC6, 0x1FD3), (0x1FD6, 0x1FDB), (0x1FDD, 0x1FEF),
    (0x1FF2, 0x1FF4), (0x1FF6, 0x1FFE), (0x2010, 0x2027), (0x2030, 0x2037), (0x2039, 0x203E), (0x2042, 0x2042),
    (0x2044, 0x2044), (0x2047, 0x204B), (0x204F, 0x204F), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x2193), (0xFFFD, 0xFFFD),
)
# fmt: on


def shown(value: object) -> object:
    """The value with every text in it made showable; its shape, its numbers and its keys stay.

    >>> shown({"name": "王 José", "lines": ["one\\ntwo"]})
    {'name': '[U+738B] José', 'lines': ['one two']}
    """
    if isinstance(value, str):
        return text_shown(value)
    if isinstance(value, Mapping):
        return {key: shown(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [shown(part) for part in value]
    return value


def text_shown(text: str) -> str:
    """One line of text, composed (Unicode NFC), its white space folded, what has no glyph spelt out."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(sign if has_glyph(sign) else f"[U+{ord(sign):04X}]" for sign in composed)


def has_glyph(sign: str) -> bool:
    """Whether the letter's font can show this sign."""
    return any(first <= ord(sign) <= last for first, last in RUNS)
