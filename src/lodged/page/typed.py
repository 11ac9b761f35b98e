"""What may stand in a field of each type: which letters, which shapes, and how it is written out.

Values stay as on the page; `iso_date` and `a_number` give what a machine compares.
"""

import re
import string
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from rapidfuzz.distance import Levenshtein

DIGITS, CAPITALS = string.digits, string.ascii_uppercase
ALPHABETS = {
    "name": string.ascii_letters + "ÑñÁÉÍÓÚÜáéíóúüÇçÃãÕõÂâÊêÔôÈè ,-'.",
    "country": string.ascii_letters + " ,-'.()",
    "sex": CAPITALS,
    "digits": DIGITS,
    "code": CAPITALS + DIGITS + "-/ ",
}
SEXES = ("M", "F", "X", "MALE", "FEMALE", "UNKNOWN")
MONTHS = (("0", "123456789"), ("1", "012"))
DAYS = (("0", "123456789"), ("12", DIGITS), ("3", "01"))
CENTURIES = (("1", "9"), ("2", "0"))
PHONES = ("(000)000-0000", "000-000-0000", "000.000.0000")
A_NUMBERS = ("A000000000", "000000000", "A00000000", "A000-000-000")
EARLIEST, LATEST = 1900, 2099
COUNTRY_SLIPS = 2
STRAY = " .,:;_'|"  # what dirt at either end is read as
LONE_MARK = re.compile(r"(?: +[.,:;_'|-])+ +| +(?=[,;:] )")  # dirt between words

LIKE_LETTERS = "01"  # O, I, L

Shape = tuple[str, ...]


def iso_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD, None when there is none or it cannot be.

    >>> iso_date("2/3/1987"), iso_date("11/07/2025 0800"), iso_date("13/45/1987")
    ('1987-02-03', '2025-11-07', None)
    """
    found = re.match(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)", text)
    if not found:
        return None
    month, day, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat() if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def a_number(text: str) -> str | None:
    """The digits of an alien registration number, nine wide; None when `text` is not one.

    >>> a_number("A053 740 075"), a_number("22615485"), a_number("A12")
    ('053740075', '022615485', None)
    """
    bare = re.sub(r"[\s.#-]", "", text).upper().removeprefix("A")
    return bare.zfill(9) if re.fullmatch(r"\d{8,9}", bare) else None


def fits(kind: str, text: str) -> bool:
    """Whether `text` is a possible value of a field of this type. Free text always is."""
    match kind:
        case "date":
            return iso_date(text) is not None
        case "anum":
            return a_number(text) is not None
        case "phone":
            return re.fullmatch(r"1?\d{10}", re.sub(r"[\s().-]", "", text)) is not None
        case "digits":
            return re.fullmatch(r"\d{6,12}", text) is not None
        case "sex":
            return text.upper() in SEXES
        case "country":
            return text.upper() in countries()
        case "name":
            return re.fullmatch(r"[^\W\d_][^\d_]+", text) is not None
        case "code":
            return code_pattern(text) is None
    return True


def code_pattern(text: str) -> str | None:
    """The pattern a code seems meant to have, when a digit stands among its letters or a letter among its digits.

    >>> code_pattern("ER0-2026-746775"), code_pattern("B20-24C78"), code_pattern("K26-70239")
    ('AAA-0000-000000', 'A00-00000', None)
    """
    pattern = "-".join(_part_pattern(part) for part in text.split("-"))
    return None if has_shape(text, pattern) else pattern


def _part_pattern(part: str) -> str:
    """What a code's part is meant as: letters, digits, or as it stands when it mixes them beyond a slip."""
    digits, letters = sum(letter.isdigit() for letter in part), sum(letter.isalpha() for letter in part)
    if digits and letters >= digits and all(letter in LIKE_LETTERS for letter in part if letter.isdigit()):
        return "A" * len(part)
    if letters and digits >= 3 * letters:
        return "0" * len(part)
    return "".join("0" if letter.isdigit() else "A" if letter.isalpha() else letter for letter in part)


def complete(kind: str, text: str) -> bool:
    """Whether nothing seems lost: a month or a day of one digit, or a number of eight, may be a longer one.

    >>> complete("date", "11/1/2025"), complete("anum", "03951191"), complete("anum", "A053 740 075")
    (False, False, True)
    """
    match kind:
        case "date":
            return re.search(r"\b\d{2}\W\d{2}\W\d{4}", text) is not None
        case "anum":
            return len(re.sub(r"\D", "", text)) == 9
    return True


def shapes(kind: str, pattern: str | None = None) -> Iterator[Shape]:
    """The shapes a field may have, each a tuple of the letters its places allow.

    `pattern` is a form's own: `A` a letter, `0` a digit, anything else itself.

    >>> next(shapes("code", "A0-"))
    ('ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789', '-')
    """
    if pattern:
        yield tuple({"A": CAPITALS, "0": DIGITS}.get(letter, letter) for letter in pattern)
    elif kind == "date":
        for month, day, century in product(MONTHS, DAYS, CENTURIES):
            yield (*month, "/", *day, "/", *century, DIGITS, DIGITS)
    elif kind in ("phone", "anum"):
        for written in PHONES if kind == "phone" else A_NUMBERS:
            yield tuple(DIGITS if letter == "0" else letter for letter in written)
    elif kind == "sex":
        yield from (tuple(word) for word in SEXES)


def has_shape(text: str, pattern: str) -> bool:
    """Whether `text`, spaces aside, is written as a form's `pattern` says."""
    bare = text.replace(" ", "")
    (shape,) = shapes("code", pattern)
    return len(bare) == len(shape) and all(letter in allowed for letter, allowed in zip(bare, shape, strict=True))


def tidy(kind: str, text: str) -> str:
    """The same value with its spaces and capitals as such values are written.

    >>> tidy("phone", "(765)634-0968"), tidy("name", "ORTEGA,AIDA"), tidy("anum", "A053 740075")
    ('(765) 634-0968', 'ORTEGA, AIDA', 'A053 740 075')
    """
    if kind in ("name", "code"):
        text = re.sub(r"\s*-\s*", "-", text)
    text = _capitals(LONE_MARK.sub(" ", re.sub(r"\s+", " ", text)).strip(STRAY))
    match kind:
        case "date":
            return re.sub(r"(?<=[\d/])\s+(?=[\d/])", "", text)
        case "digits":
            return text.replace(" ", "")
        case "sex":
            return text.upper()
        case "anum":
            return _a_number_spaced(text)
        case "phone":
            return re.sub(r"^\((\d{3})\)[\s.]*(\d{3})\s*-\s*(\d{4})$", r"(\1) \2-\3", text)
        case "name":
            return _name(text)
        case "code":
            return text.upper()
    return re.sub(r"(?<=\w) -(?=\w)|(?<=\w)- (?=\w)", "-", re.sub(r"\s*,\s*(?=\w)", ", ", text))


def nearest_country(text: str) -> str | None:
    """The one country that is at most two letters away from `text`; None when there is none or several.

    >>> nearest_country("VENEZVELA"), nearest_country("NOWHERE")
    ('VENEZUELA', None)
    """
    allowed = COUNTRY_SLIPS if len(text) > 5 else 1
    distances = {country: Levenshtein.distance(text.upper(), country, score_cutoff=allowed) for country in countries()}
    closest = min(distances.values())
    near = [country for country, distance in distances.items() if distance == closest]
    return near[0] if closest <= allowed and len(near) == 1 else None


@cache
def countries() -> frozenset[str]:
    """Names of countries in capitals, as DHS forms write them (ISO 3166 English short names, shortened)."""
    file = Path(__file__).parent / "countries.txt"
    return frozenset(file.read_text(encoding="utf-8").split("\n")) - {""}


def _capitals(text: str) -> str:
    """A hand that prints capitals is read with a small letter here and there (c, o, s look alike)."""
    upper, lower = sum(letter.isupper() for letter in text), sum(letter.islower() for letter in text)
    return text.upper() if upper > lower else text


def _a_number_spaced(text: str) -> str:
    """`A` and nine digits are written in threes; without the `A`, as they stand."""
    bare = re.sub(r"[ .]", "", text)
    if not re.fullmatch(r"A\d{3}-\d{3}-\d{3}", bare):
        bare = bare.replace("-", "")
    if re.fullmatch(r"A\d{9}", bare):
        return f"{bare[:4]} {bare[4:7]} {bare[7:]}"
    return bare if re.fullmatch(r"\d{8,9}", bare) else text


def _name(text: str) -> str:
    """`SURNAME, GIVEN`: a stop after a long word is a comma; commas are followed by a space."""
    if "," not in text:
        text = re.sub(r"(?<=\w{3})\.\s*(?=\w{2})", ", ", text, count=1)
    return re.sub(r"\s*[,;]\s*", ", ", text).strip(" -")
