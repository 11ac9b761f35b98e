"""One recorded case as a question to the law: its words read one by one, with everything that is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from lodged.law.ask import Question
from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import ACTS, DUTIES, MOMENT, Fact
from lodged.law.replay.laws import Other
from lodged.law.replay.mapping import At, CaseMap, Entry
from lodged.law.replay.moments import as_instant, as_moment
from lodged.law.replay.slots import Slot
from lodged.law.replay.values import Instant, Meaning, at_reader, reader, who_reader
from lodged.problem import ProblemsError

NOT_ON_CLOCKS = "the clocks of the custodian's zone show this time never, or twice"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one word of a case."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a word stands: the column of the file (empty: a constant), and whether the file holds it as text."""

    column: str
    text: bool = True
    constant: str | None = None


class CaseReader:
    """Reads cases of one file. `sources` say where each entry's words stand, in the order of the map's entries."""

    def __init__(
        self,
        map_: CaseMap,
        declared: Mapping[str, Fact],
        sources: Mapping[str, Source],
        other: Other | None = None,
    ) -> None:
        self.map, self.declared, self.sources, self.other = map_, declared, sources, other
        self.at = at_reader(_typed(map_.at, sources["at"]), map_.blank)
        self.custodian = who_reader(map_.custodian, tuple(CUSTODIANS), "custodian")
        self.act = who_reader(map_.act, (*ACTS, *DUTIES), "act")
        self.entries = [
            (entry, reader(_typed_entry(entry, sources[source_name(place)]), map_.blank))
            for place, entry in enumerate(map_.entries)
        ]
        self.reads = {"at": self.at, "custodian": self.custodian, "act": self.act}
        self.reads |= {source_name(place): read for place, (_, read) in enumerate(self.entries)}

    def question(self, words: Mapping[str, str | None]) -> tuple[Question | None, list[Wrong]]:
        """The question a case asks, or what is wrong with it. `words` by the names of `sources`.

        Raises ProblemsError where every word can be read and they make no question, as `disclose` without its item.
        """
        wrong: list[Wrong] = []
        at, custodian, act = (
            self._read(name, read(words[name]), words, wrong)
            for name, read in (("at", self.at), ("custodian", self.custodian), ("act", self.act))
        )
        if isinstance(at, Instant) and isinstance(custodian, str):
            zone = CUSTODIANS[custodian].zone
            moment = self._moment(at, ZoneInfo(self.map.at.zone) if self.map.at.zone else zone, "at", words, wrong)
            facts = self._facts(words, moment, zone, wrong)
        else:
            facts, moment = self._facts(words, None, ZoneInfo("UTC"), wrong), None
        if wrong or moment is None:
            return None, wrong
        return self._asked(str(custodian), str(act), moment, facts), []

    def wrong_with(self, words: Mapping[str, str | None]) -> list[Wrong]:
        """What is wrong with a case's words, also where they can be read and make no question."""
        try:
            return self.question(words)[1]
        except ProblemsError as error:
            return [Wrong("", "", f"{one.what}: {one.mend}".removesuffix(": ")) for one in error.problems]

    def _asked(self, custodian: str, act: str, moment: datetime, facts: Mapping[str, object]) -> Question:
        if self.other:
            custodian = self.other.custodian or custodian
            moment = noon(self.other, custodian)
        return Question(custodian, act, moment, facts, self.declared)

    def _facts(
        self, words: Mapping[str, str | None], moment: datetime | None, zone: ZoneInfo, wrong: list[Wrong]
    ) -> dict[str, object]:
        found: dict[str, object] = {}
        parts: dict[str, dict[int, dict[str, object]]] = {}
        for place, (entry, read) in enumerate(self.entries):
            name, slot = source_name(place), entry.slot
            value = self._read(name, read(words[name]), words, wrong)
            if isinstance(value, Instant):
                value = self._moment(value, zone, name, words, wrong)
            if value is None or not _speaks(entry, moment, zone):
                continue
            if slot.list_name:
                parts.setdefault(slot.list_name, {}).setdefault(slot.place, {}).setdefault(slot.fact.name, value)
            else:
                found.setdefault(slot.name, value)
        for name, elements in parts.items():
            found[name] = [elements[at] for at in sorted(elements)]
        return found

    def _read(self, name: str, meaning: Meaning, words: Mapping[str, str | None], wrong: list[Wrong]) -> object:
        if meaning.wrong:
            wrong.append(Wrong(self._column(name), words[name] or "", meaning.wrong))
        return meaning.value

    def _moment(
        self, instant: Instant, zone: ZoneInfo, name: str, words: Mapping[str, str | None], wrong: list[Wrong]
    ) -> datetime | None:
        microseconds = as_instant(instant.microseconds, instant.bare, zone)
        if microseconds is None:
            wrong.append(Wrong(self._column(name), words[name] or "", NOT_ON_CLOCKS))
            return None
        return as_moment(microseconds)

    def _column(self, name: str) -> str:
        return self.sources[name].column or name


def _speaks(entry: Entry, moment: datetime | None, zone: ZoneInfo) -> bool:
    """Does an entry speak of a case asked about at this moment?"""
    if moment is None or (entry.start is None and entry.end is None):
        return True
    day = moment.astimezone(zone).date()
    return (entry.start is None or entry.start <= day) and (entry.end is None or day < entry.end)


def source_name(place: int) -> str:
    """The name of an entry's source, by its place in the map."""
    return f"fact{place}"


def noon(other: Other, custodian: str) -> datetime:
    """The moment at which the other law is asked: noon of its day, there."""
    local = datetime(other.day.year, other.day.month, other.day.day, 12, tzinfo=CUSTODIANS[custodian].zone)
    return as_moment(int(local.timestamp()) * 1_000_000)


def _typed(at: At, source: Source) -> At:
    return at if source.text else replace(at, formats=())


def _typed_entry(entry: Entry, source: Source) -> Entry:
    return entry if source.text else replace(entry, formats=())


def moments(slots: Sequence[Slot]) -> list[Slot]:
    """The slots that hold instants."""
    return [slot for slot in slots if slot.fact.type == MOMENT]
