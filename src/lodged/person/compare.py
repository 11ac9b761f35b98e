"""How far what a paper says agrees with one person of a roster, in plain words and in a weight that only orders.

The weights are ours, in the spirit of Fellegi and Sunter (1969): about the binary logarithm of how much likelier a
finding is when the two are one person. They order candidates; they never decide who somebody is.
"""

from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from lodged.person.alike import compare_names
from lodged.person.finding import Agreement, Finding, spoken_reading
from lodged.person.names import Name, name_of
from lodged.person.query import Query
from lodged.person.roster import Person
from lodged.person.written import Number, a_number, look, plain_number

_SPOKEN = {"a_number": "A-number", "fbi": "FBI number", "state_id": "state number", "booking_no": "booking number"}
_SAME_WEIGHT = {"a_number": 25.0, "fbi": 22.0, "state_id": 22.0, "booking_no": 20.0}
_NEAR_WEIGHT = {"a_number": 10.0, "fbi": 6.0, "state_id": 6.0}
_OTHER_WEIGHT = {"a_number": -8.0, "fbi": -8.0, "state_id": -4.0, "booking_no": -1.0}
_SAME_DAY, _SWAPPED, _ONE_DIGIT, _YEAR_OFF, _OTHER_DAY = 11.0, 8.0, 6.0, 5.0, -7.0
_NEW_YEARS_DAY = 7.0
"""1 January stands in many records for a day that nobody knew, and so says less."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A query made ready to be compared with many people."""

    query: Query
    names: tuple[Name, ...]
    numbers: dict[str, Number]


@dataclass(frozen=True, slots=True)
class Record:
    """A person of the roster made ready to be compared with many queries."""

    person: Person
    name: Name
    numbers: dict[str, Number]


def sought(query: Query) -> Sought:
    """The query with its names and numbers read."""
    return Sought(query, query.names(), query.numbers())


def record(person: Person) -> Record:
    """The person with name and numbers read."""
    given = " ".join(part for part in (person.first, person.middle) if part)
    numbers = {
        "a_number": a_number(person.a_number or ""),
        "fbi": plain_number(person.fbi or ""),
        "state_id": plain_number(person.state_id or ""),
        "booking_no": plain_number(person.booking_no),
    }
    known = {column: number for column, number in numbers.items() if number is not None}
    return Record(person, name_of(person.last or "", given), known)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was compared between a query and one person; everything about it follows from the findings."""

    numbers: tuple[Finding, ...]
    name: Finding
    birth: Finding
    sex: Finding
    surname_agrees: bool
    is_same_name: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything, in the order a clerk is told it."""
        return (*self.numbers, self.name, self.birth, self.sex)

    @property
    def weight(self) -> float:
        """The sum of the weights; only its order means anything."""
        return sum(finding.weight for finding in self.findings)

    @property
    def same_numbers(self) -> int:
        """How many identifiers are the same."""
        return sum(finding.agreement is Agreement.SAME for finding in self.numbers)

    @property
    def identifiers_agreeing(self) -> int:
        """Independent identifiers that agree: each number is one, name with birth date together are one."""
        return self.same_numbers + (self.name.agreement is self.birth.agreement is Agreement.SAME)

    @property
    def is_strong(self) -> bool:
        """Whether this may be put before a clerk as the person the paper means."""
        name, birth = self.name.agreement, self.birth.agreement
        by_name = name >= Agreement.NEAR and birth >= Agreement.NEAR and Agreement.SAME in {name, birth}
        by_near_number = self._a_number_is_near and (name >= Agreement.NEAR or birth is Agreement.SAME)
        return self.same_numbers > 0 or by_name or by_near_number

    @property
    def is_worth_showing(self) -> bool:
        """Whether a clerk should see this person at all; agreeing on the surname alone never is enough."""
        half = self.name.agreement is Agreement.PART and self.birth.agreement is Agreement.SAME
        return self.is_strong or self.name.agreement >= Agreement.NEAR or half or self._a_number_is_near

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for this person, in plain words."""
        return tuple(words for finding in self.findings for words in finding.says)

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against this person, in plain words with both values."""
        return tuple(words for finding in self.findings for words in finding.against)

    @property
    def alarms(self) -> tuple[str, ...]:
        """What a clerk must not overlook."""
        own = tuple(words for finding in self.findings for words in finding.alarms)
        only_name = not self.is_strong and self.birth.agreement is Agreement.NOT_KNOWN and not self._a_number_is_near
        return (*self._birth_alarms(), *own, *(("nothing but the name agrees",) if only_name else ()))

    def _birth_alarms(self) -> tuple[str, ...]:
        if self.birth.agreement is not Agreement.OTHER:
            return ()
        if not self.surname_agrees:
            return ("other birth date",)
        same_name = ("same name, other birth date",) if self.is_same_name else ()
        return ("same surname, other birth date", *same_name)

    @property
    def _a_number_is_near(self) -> bool:
        return any(each.about == "a_number" and each.agreement is Agreement.NEAR for each in self.numbers)


def compare(sought: Sought, record: Record) -> Comparison:
    """All that both the query and the person have, compared; what either lacks is not known and weighs nothing."""
    numbers = tuple(
        _compare_numbers(column, sought.numbers[column], record.numbers[column])
        for column in _SPOKEN
        if column in sought.numbers and column in record.numbers
    )
    name = compare_names(sought.names, record.name)
    birth = compare_births(sought.query.dob, record.person.dob)
    sex = _compare_sexes(sought.query.sex, record.person.sex)
    return Comparison(numbers, name.finding, birth, sex, name.surname_agrees, name.is_the_same)


def compare_births(paper: date | None, roster: date | None) -> Finding:
    """Two birth dates under the slips that happen: day and month swapped, one digit, a year off.

    >>> compare_births(date(1962, 4, 11), date(1962, 11, 4)).says
    ('birth date is the same with day and month swapped: 1962-04-11 on the paper, 1962-11-04 in the roster',)
    """
    if paper is None or roster is None:
        return Finding("birth", Agreement.NOT_KNOWN)
    if paper == roster:
        weight = _NEW_YEARS_DAY if (paper.month, paper.day) == (1, 1) else _SAME_DAY
        return Finding("birth", Agreement.SAME, weight, (f"birth date {paper} is the same",))
    both = f": {paper} on the paper, {roster} in the roster"
    slip = _slip(paper, roster)
    if slip is None:
        return Finding("birth", Agreement.OTHER, _OTHER_DAY, against=("other birth date" + both,))
    weight, words = slip
    return Finding("birth", Agreement.NEAR, weight, (words + both,))


def _slip(paper: date, roster: date) -> tuple[float, str] | None:
    """The slip that turns one date into the other, with its weight."""
    if (paper.year, paper.month, paper.day) == (roster.year, roster.day, roster.month):
        return _SWAPPED, "birth date is the same with day and month swapped"
    digits = zip(paper.isoformat(), roster.isoformat(), strict=True)
    if sum(one != other for one, other in digits) == 1:
        return _ONE_DIGIT, "one digit of the birth date differs"
    if (paper.month, paper.day) == (roster.month, roster.day) and abs(paper.year - roster.year) == 1:
        return _YEAR_OFF, "birth date is the same but for one year"
    return None


def _compare_numbers(column: str, paper: Number, roster: Number) -> Finding:
    spoken = _SPOKEN[column]
    both = f": {paper.spoken} on the paper, {roster.spoken} in the roster"
    if paper.normal == roster.normal:
        read = spoken_reading(tuple(dict.fromkeys(paper.read_as + roster.read_as)))
        return Finding(column, Agreement.SAME, _SAME_WEIGHT[column], (f"{spoken} {roster.spoken} is the same{read}",))
    if look(paper.normal) == look(roster.normal):
        words = f"{spoken} is the same but for characters of one shape{both}"
        return Finding(column, Agreement.SAME, _SAME_WEIGHT[column] - 1, (words,))
    if column in _NEAR_WEIGHT and _one_stroke_apart(paper.normal, roster.normal):
        turned = sorted(paper.normal) == sorted(roster.normal)
        words = f"two digits of the {spoken} are turned" if turned else f"one digit of the {spoken} differs"
        return Finding(column, Agreement.NEAR, _NEAR_WEIGHT[column], (words + both,), alarms=(words,))
    words = f"{spoken} differs"
    alarms = () if column == "booking_no" else (words,)
    return Finding(column, Agreement.OTHER, _OTHER_WEIGHT[column], against=(words + both,), alarms=alarms)


def _one_stroke_apart(one: str, other: str) -> bool:
    """One character replaced, lost, doubled or two turned; a digit lost is looked for before the leading zeros."""
    bare = OSA.distance(one.lstrip("0"), other.lstrip("0"), score_cutoff=1)
    return OSA.distance(one, other, score_cutoff=1) == 1 or bare == 1


def _compare_sexes(paper: str | None, roster: str | None) -> Finding:
    """Sex can confirm nobody; it only speaks against, and papers are often wrong about it."""
    one, other = (paper or "").strip().upper()[:1], (roster or "").strip().upper()[:1]
    if one not in {"M", "F"} or other not in {"M", "F"}:
        return Finding("sex", Agreement.NOT_KNOWN)
    if one == other:
        return Finding("sex", Agreement.SAME)
    words = f"sex is {one} on the paper, {other} in the roster"
    return Finding("sex", Agreement.OTHER, -1.0, against=(words,), alarms=("sex differs",))
