"""Whether two names are one: surnames that come and go, short forms, slips of a pen or of a page reader."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import OSA, JaroWinkler

from lodged.person.finding import Agreement, Finding, spoken_reading
from lodged.person.names import Name, core, short_forms

_ALIKE = 0.9
"""Jaro-Winkler similarity from which two words are alike: GONZALES and GONZALO are, GARCIA and GARZA are not."""
_ONE_STROKE, _TWO_STROKES = 4, 8
"""Words may differ by one stroke from this length on, by two from the second; shorter ones must be the same."""
_ENOUGH_CONSONANTS = 4
_VOWELS, _DOUBLED = re.compile(r"[AEIOUY]"), re.compile(r"(.)\1+")


class Surnames(Enum):
    """How surnames agree, with the weight and the words for it."""

    SAME = 8.0, "surname is the same"
    TURNED = 7.5, "surnames are the same in another order"
    ONE_OF_TWO = 6.0, "one of the surnames is the same, the other is missing"
    SHORT = 6.0, "surname is a short form of the other"
    ALIKE = 5.0, "surname is alike"
    SHARED = 1.0, "one surname is shared, another differs"
    OTHER = -7.0, "another surname"
    NOT_KNOWN = 0.0, "surname not known"


class Given(Enum):
    """How given names agree, with the weight and the words for it."""

    SAME = 5.0, "first name is the same"
    ONE_OF_THEM = 3.5, "one of the given names is the same"
    SHORT = 3.5, "first names stand for one another"
    ALIKE = 3.0, "first name is alike"
    INITIAL = 2.0, "first initial is the same"
    OTHER = -5.0, "another first name"
    NOT_KNOWN = 0.0, "first name not known"


_WHOLE_SURNAMES = {Surnames.SAME, Surnames.TURNED, Surnames.ONE_OF_TWO, Surnames.SHORT}
_WHOLE_GIVEN = {Given.SAME, Given.ONE_OF_THEM, Given.SHORT}
_SWAPPED_WEIGHT = -2.0
_MIDDLE_SAME, _MIDDLE_INITIAL, _MIDDLE_OTHER = 2.0, 1.0, -2.0


@dataclass(frozen=True, slots=True)
class NameFinding:
    """A name compared; whether the surname is among what agrees, whether surname and first name are both the same."""

    finding: Finding
    surname_agrees: bool = False
    is_the_same: bool = False


@dataclass(frozen=True, slots=True)
class _Measure:
    """One way to read the paper's name held against the recorded one, before anything is said about it."""

    way: Name
    surname: Surnames
    given: Given
    middle: float = 0.0
    divided_otherwise: bool = False

    @property
    def weight(self) -> float:
        return (
            self.surname.value[0] + self.given.value[0] + self.middle + (_SWAPPED_WEIGHT if self.way.swapped else 0.0)
        )


def compare_names(ways: Iterable[Name], recorded: Name) -> NameFinding:
    """The best agreement of any way to read the paper's name with the recorded one.

    >>> from lodged.person.names import name_of, ways_to_read
    >>> compare_names(ways_to_read("MERIN0, MARCO"), name_of("Merino", "Marco")).finding.says
    ('name is the same after reading `0` as `O`',)
    """
    measured = [_measure(way, recorded) for way in ways] if recorded.words else []
    if not measured:
        return NameFinding(Finding("name", Agreement.NOT_KNOWN))
    return _told(max(measured, key=lambda measure: measure.weight), recorded)


def _measure(way: Name, recorded: Name) -> _Measure:
    if _divided_otherwise(way, recorded):
        return _Measure(way, Surnames.ONE_OF_TWO, Given.SAME, divided_otherwise=True)
    surname, given = _surnames(way.surnames, recorded.surnames), _given(way.given, recorded.given)
    return _Measure(way, surname, given, _middle(way.given, recorded.given) if given is Given.SAME else 0.0)


def _told(best: _Measure, recorded: Name) -> NameFinding:
    """The measure in words."""
    if best.divided_otherwise:
        says = "the words of the name are the same, divided otherwise" + spoken_reading(best.way.read_as)
        return NameFinding(Finding("name", Agreement.SAME, best.weight, (says,)), surname_agrees=True, is_the_same=True)
    agreement = _together(best.surname, best.given, best.middle)
    finding = Finding(
        "name",
        agreement,
        best.weight,
        _says(best.way, recorded, best.surname, best.given),
        _against(best.way, recorded, best.surname, best.given, best.middle),
        _alarms(agreement, best.surname, best.given),
    )
    return NameFinding(
        finding,
        surname_agrees=best.surname in _WHOLE_SURNAMES or best.surname is Surnames.ALIKE,
        is_the_same=agreement is Agreement.SAME and best.surname is Surnames.SAME and best.given is Given.SAME,
    )


def _together(surname: Surnames, given: Given, middle: float) -> Agreement:
    """How far the whole name agrees; a differing middle name makes it near at most."""
    if surname is Surnames.NOT_KNOWN and given is Given.NOT_KNOWN:
        return Agreement.NOT_KNOWN
    whole_surname = surname in _WHOLE_SURNAMES
    if whole_surname and given in _WHOLE_GIVEN:
        return Agreement.SAME if middle != _MIDDLE_OTHER else Agreement.NEAR
    near_surname = whole_surname or surname is Surnames.ALIKE
    if near_surname and given not in {Given.OTHER, Given.NOT_KNOWN}:
        return Agreement.NEAR
    if near_surname or given in _WHOLE_GIVEN:
        return Agreement.PART
    return Agreement.OTHER


def _surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Surnames:
    if not one or not other:
        return Surnames.NOT_KNOWN
    these, those = core(one), core(other)
    if these == those or "".join(one) == "".join(other):
        return Surnames.SAME
    if set(these) == set(those):
        return Surnames.TURNED
    if set(these) < set(those) or set(those) < set(these):
        return Surnames.ONE_OF_TWO
    if _pair(these, those, lambda a, b: a == b or _short(a, b, "surname")):
        return Surnames.SHORT
    if _pair(these, those, lambda a, b: alike(a, b) or _short(a, b, "surname")) or alike("".join(one), "".join(other)):
        return Surnames.ALIKE
    return Surnames.SHARED if set(these) & set(those) else Surnames.OTHER


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> Given:
    if not one or not other:
        return Given.NOT_KNOWN
    if one[0] == other[0] or "".join(one) == "".join(other):
        return Given.SAME
    these, those = set(core(one)), set(core(other))
    if these < those or those < these:
        return Given.ONE_OF_THEM
    if _short(one[0], other[0], "given"):
        return Given.SHORT
    if 1 in {len(one[0]), len(other[0])} and one[0][0] == other[0][0]:
        return Given.INITIAL
    return Given.ALIKE if alike(one[0], other[0]) or these & those else Given.OTHER


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The weight of the names after the first; nothing when either has none."""
    these, those = core(one[1:]), core(other[1:])
    if not these or not those or "".join(one) == "".join(other):
        return 0.0
    if set(these) & set(those) or alike(these[0], those[0]) or _short(these[0], those[0], "given"):
        return _MIDDLE_SAME
    return _MIDDLE_INITIAL if 1 in {len(these[0]), len(those[0])} and these[0][0] == those[0][0] else _MIDDLE_OTHER


def alike(one: str, other: str) -> bool:
    """Whether two words may be one word misread, mistyped or spelled by ear.

    >>> alike("MERINO", "MERLNO"), alike("MOHAMMED", "MUHAMAD"), alike("LI", "LE"), alike("GARCIA", "GARZA")
    (True, True, False, False)
    """
    shorter = min(len(one), len(other))
    if shorter < _ONE_STROKE:
        return one == other
    strokes = 2 if shorter >= _TWO_STROKES else 1
    if OSA.distance(one, other, score_cutoff=strokes) <= strokes or JaroWinkler.similarity(one, other) >= _ALIKE:
        return True
    return one[0] == other[0] and len(_consonants(one)) >= _ENOUGH_CONSONANTS and _consonants(one) == _consonants(other)


def _consonants(word: str) -> str:
    """The word as it survives transliteration: vowels gone, doubles single, so that MUHAMAD and MOHAMMED are one."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _short(one: str, other: str, kind: str) -> bool:
    return other in short_forms(kind).get(one, frozenset())


def _pair(one: tuple[str, ...], other: tuple[str, ...], agree: Callable[[str, str], bool]) -> bool:
    """Whether every word of the shorter name agrees with a word of its own in the longer."""
    shorter, longer = sorted((one, other), key=len)
    left = list(longer)
    for word in shorter:
        match = next((each for each in left if agree(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _divided_otherwise(way: Name, recorded: Name) -> bool:
    """The same words with the comma elsewhere: `GARCIA, LOPEZ JUAN` and `GARCIA LOPEZ, JUAN`."""
    if way.surnames == recorded.surnames or way.swapped or len(way.words) < 3:
        return False
    return sorted(core(way.words)) == sorted(core(recorded.words)) and way.surnames[:1] == recorded.surnames[:1]


def _says(way: Name, recorded: Name, surname: Surnames, given: Given) -> tuple[str, ...]:
    """What speaks for the name, in one sentence when all of it does."""
    read = spoken_reading(tuple(dict.fromkeys(way.read_as + recorded.read_as)))
    swapped = ", first name and surname swapped" if way.swapped else ""
    if surname is Surnames.SAME and given is Given.SAME:
        whole = core(way.given) == core(recorded.given)
        return (f"{'name is' if whole else 'surname and first name are'} the same{swapped}{read}",)
    says = []
    if surname not in {Surnames.OTHER, Surnames.SHARED, Surnames.NOT_KNOWN}:
        says.append(
            surname.value[1] + swapped + _both(surname is Surnames.SAME, way.surnames, recorded.surnames) + read
        )
    if given not in {Given.OTHER, Given.NOT_KNOWN}:
        says.append(given.value[1] + swapped + _both(given is Given.SAME, way.given, recorded.given) + read)
    return tuple(says)


def _against(way: Name, recorded: Name, surname: Surnames, given: Given, middle: float) -> tuple[str, ...]:
    """What speaks against the name, with both spellings."""
    against = []
    if surname in {Surnames.OTHER, Surnames.SHARED}:
        against.append(surname.value[1] + _both(False, way.surnames, recorded.surnames))
    if given is Given.OTHER:
        against.append(given.value[1] + _both(False, way.given, recorded.given))
    if middle == _MIDDLE_OTHER:
        against.append("another middle name" + _both(False, way.given[1:], recorded.given[1:]))
    return tuple(against)


def _alarms(agreement: Agreement, surname: Surnames, given: Given) -> tuple[str, ...]:
    """What a clerk must see first when a person is shown although the name is another."""
    if agreement >= Agreement.NEAR or agreement is Agreement.NOT_KNOWN:
        return ()
    if agreement is Agreement.OTHER:
        return ("another name",)
    if given is Given.OTHER:
        return ("same surname, another first name",)
    return ("another surname",) if surname in {Surnames.OTHER, Surnames.SHARED} else ()


def _both(same: bool, one: tuple[str, ...], other: tuple[str, ...]) -> str:
    return "" if same else f": `{' '.join(one)}` on the paper, `{' '.join(other)}` in the roster"
