"""The SQL of a replay: from the words of a file to the state of each case, in stages; the same on every engine.

raw     the words, as the file holds them             read    each word's meaning, by its dictionary
zoned   bare times as instants of UTC                 timed   the local day; on each calendar, the hours that count
chosen  one value a slot                              keyed   the law that stands, the state's key
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import DATE, LARGEST, MOMENT, NUMBER
from lodged.law.replay.calendar_sql import MACROS
from lodged.law.replay.case import source_name
from lodged.law.replay.cuts import TODAY
from lodged.law.replay.key import RELEASE, Hours, back_column, counted_column, hours_needed, key_of, list_column
from lodged.law.replay.laws import Laws, Pair
from lodged.law.replay.mapping import Entry
from lodged.law.replay.moments import QUARTER
from lodged.law.replay.plan import AMOUNT, BOOL, DAY, INSTANT, WALL, WORDS, Column, Plan
from lodged.law.replay.signs import sign
from lodged.law.replay.slots import Slot, elements
from lodged.law.replay.values import EPOCH, Instant, Meaning
from lodged.problem import Problem, ProblemsError

_DAY = 86_400_000_000  # microseconds
_MAPPED_ZONE = -1  # the number of the zone that the map names for `at`
PRELUDE = (
    *MACROS,
    # DuckDB's `//` rounds towards nought; days before 1970 want it down.
    "CREATE OR REPLACE MACRO whole(a, b) AS (a - ((a % b) + b) % b) // b",
    f"CREATE OR REPLACE MACRO quarter(us) AS whole(us, {QUARTER})",
    f"CREATE OR REPLACE MACRO day_of(us) AS DATE '1970-01-01' + whole(us, {_DAY})::INTEGER",
)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A table of words and what they mean: its name, the source it is of, its columns with their types."""

    name: str
    source: str
    column: Column
    fields: tuple[tuple[str, str], ...]


class Stages:
    """The stages from a file's words to the states that its cases have under some laws."""

    def __init__(self, plan: Plan, laws: Laws, tag: str = "") -> None:
        self.plan, self.laws, self.other, self.tag = plan, laws, plan.other, tag
        self.key = key_of(laws, plan.slots, one_moment=bool(plan.other))
        self.reader = plan.reader(laws.all[0].standings[0].facts)
        self.custodians = sorted({custodian for custodian, _ in plan.pairs})
        self.acts = sorted({act for _, act in plan.pairs})
        self.hours = Hours() if plan.other else hours_needed(laws)
        self.zones = sorted({CUSTODIANS[name].zone_name for name in self.custodians})

    def zone_name(self, number: int) -> str:
        """The name of a zone by its number in the tables `walls` and `quarters`."""
        return self.plan.map.at.zone if number == _MAPPED_ZONE else self.zones[number]

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The map's entries by the names of their sources."""
        return {source_name(place): entry for place, entry in enumerate(self.plan.map.entries)}

    # ---- dictionaries

    @cached_property
    def dictionaries(self) -> tuple[Dictionary, ...]:
        """Every dictionary that must be filled before states can be told."""
        columns = self.plan.columns.items()
        return tuple(
            Dictionary(f"d{self.tag}_{name}", name, column, self._fields(name))
            for name, column in columns
            if column.kind == WORDS
        )

    def _fields(self, name: str) -> tuple[tuple[str, str], ...]:
        fact = self.entries[name].slot.fact.type if name in self.entries else ""
        wrong = ("wrong", "BOOLEAN")
        if fact == MOMENT or name == "at":
            return ("v", "BIGINT"), ("bare", "BOOLEAN"), wrong
        if fact in (DATE, NUMBER):
            return ("v", "DATE" if fact == DATE else "DOUBLE"), wrong
        if not fact:
            return ("v", "INTEGER"), wrong
        signs = ((column, "INTEGER") for column in self._signs(self.entries[name].slot))
        return ("x", "INTEGER"), *signs, wrong

    def _signs(self, slot: Slot) -> list[str]:
        return [column for (name, _), column in self.key.signed.items() if name == slot.name]

    def meaning(self, name: str, word: str | None) -> Meaning:
        """What a word of a source means."""
        return self.reader.reads[name](word)

    def row_of(self, name: str, word: str | None, ids: dict[tuple[str, str], int]) -> tuple[object, ...]:
        """A word's row in its dictionary. `ids` number the values of each slot, the same in all its dictionaries."""
        meaning = self.meaning(name, word)
        value, wrong = meaning.value, bool(meaning.wrong)
        fields = [field for field, _ in self._fields(name)]
        if "bare" in fields:
            return (value.microseconds, value.bare, wrong) if isinstance(value, Instant) else (None, None, wrong)
        if name in ("custodian", "act"):
            known = self.custodians if name == "custodian" else self.acts
            return known.index(str(value)) if value in known else None, wrong
        if fields[0] == "v":
            return value, wrong
        slot = self.entries[name].slot
        signs = (sign(slot.fact, tests, value) for owner, tests in self.key.signed if owner == slot.name)
        number = 0 if value is None else ids.setdefault((slot.name, repr(value)), len(ids) + 1)
        return number, *signs, wrong

    # ---- read

    def read(self, table: str, keep: bool = False, only: Sequence[str] = ()) -> str:
        """Each word's meaning: the raw stage joined with the dictionaries; `only` of some sources."""
        sources = only or ("at", *self.entries)
        custodian, act = self._number("custodian", self.custodians), self._number("act", self.acts)
        shown = ["raw.row", *(["raw.kept"] if keep else [])]
        shown += [f"{custodian} * {len(self.acts)} + {act} AS p", f"{self._zone(custodian)} AS z"]
        wrong = [
            f"coalesce(d{self.tag}_{name}.wrong, true)" for name in ("custodian", "act") if name in self.plan.columns
        ]
        for name in sources:
            fields, bad = self._meant(name)
            shown += [f"{sql} AS {name}_{field}" for field, sql in fields.items()]
            wrong += bad
        joined = [one for one in self.dictionaries if one.source in (*sources, "custodian", "act")]
        joins = (f" LEFT JOIN {one.name} ON {one.name}.word = raw.{one.column.alias}" for one in joined)
        shown.append(f"({' OR '.join(wrong) or 'false'}) AS wrong")
        return f"SELECT {', '.join(shown)} FROM ({self.plan.raw(table, keep)}) raw{''.join(joins)}"

    def _number(self, name: str, known: Sequence[str]) -> str:
        return (
            f"d{self.tag}_{name}.v"
            if name in self.plan.columns
            else str(known.index(str(self.plan.sources[name].constant)))
        )

    def _zone(self, custodian: str) -> str:
        numbers = [self.zones.index(CUSTODIANS[name].zone_name) for name in self.custodians]
        cases = " ".join(f"WHEN {at} THEN {number}" for at, number in enumerate(numbers))
        return f"CASE {custodian} {cases} END" if len(self.zones) > 1 else "0"

    def _meant(self, name: str) -> tuple[dict[str, str], list[str]]:
        """A source's meaning as SQL by field, and when it is wrong."""
        column = self.plan.columns.get(name)
        if column is None:
            return self._constant(name), []
        if column.kind == WORDS:
            shown = {f: f"d{self.tag}_{name}.{f}" for f, _ in self._fields(name) if f != "wrong"}
            fields = {f: sql if f in ("v", "bare") else f"coalesce({sql}, 0)" for f, sql in shown.items()}
            return fields, [f"coalesce(d{self.tag}_{name}.wrong, {str(name == 'at').lower()})"]
        return self._typed(name, column, f"raw.{column.alias}")

    def _typed(self, name: str, column: Column, value: str) -> tuple[dict[str, str], list[str]]:
        """The same of a column that holds values, not words."""
        if column.kind == BOOL:
            cell = f"CASE WHEN {value} IS NULL THEN 0 WHEN {value} THEN 2 ELSE 1 END"
            return {"x": cell} | dict.fromkeys(self._signs(self.entries[name].slot), cell), []
        if column.kind == DAY:
            return {"v": value}, [f"coalesce({value} NOT BETWEEN DATE '1900-01-01' AND DATE '2199-12-31', false)"]
        if column.kind == AMOUNT:
            return {"v": value}, [f"coalesce(NOT isfinite({value}) OR {value} < 0 OR {value} > {LARGEST}, false)"]
        if name == "at" and self.plan.types[column.name] == "DATE":
            hour = self.plan.map.at.hour
            value = f"({value} + {((hour.hour * 60 + hour.minute) * 60 + hour.second) * 1_000_000})"
        bad = f"coalesce({value} < {_in_years(1900)} OR {value} >= {_in_years(2200)}, {str(name == 'at').lower()})"
        return {"v": value, "bare": str(column.kind == WALL).lower()}, [bad]

    def _constant(self, name: str) -> dict[str, str]:
        word = self.plan.sources[name].constant
        if wrong := self.meaning(name, word).wrong:
            where = self.entries[name].where if name in self.entries else self.plan.map.at.where
            raise ProblemsError([Problem(where, wrong, "correct the `value` in the map")])
        fields = [field for field, _ in self._fields(name) if field != "wrong"]
        return {field: _literal(value) for field, value in zip(fields, self.row_of(name, word, {}), strict=False)}

    # ---- instants

    @cached_property
    def moments(self) -> list[str]:
        """The sources of instants: the moment asked about, then moments among the facts."""
        return ["at", *(name for name, entry in self.entries.items() if entry.slot.is_moment)]

    def _bare(self, name: str) -> bool:
        """Can this source give a time without its offset?"""
        column = self.plan.columns.get(name)
        return column is None or column.kind != INSTANT

    def _zone_of(self, name: str) -> str:
        return str(_MAPPED_ZONE) if name == "at" and self.plan.map.at.zone else "z"

    def zoned(self, table: str, keep: bool = False) -> str:
        """Bare times as instants of UTC; a time that the clocks show never, or twice, is wrong."""
        shown, joins, wrong = [], [], ["r.wrong"]
        for name in self.moments:
            shift = ""
            if self._bare(name):
                on = f"r.{name}_bare AND w_{name}.z = {self._zone_of(name)} AND w_{name}.b = quarter(r.{name}_v)"
                joins.append(f" LEFT JOIN walls{self.tag} w_{name} ON {on}".replace("= z", "= r.z"))
                wrong.append(f"coalesce(w_{name}.odd, false)")
                shift = f" - CASE WHEN r.{name}_bare THEN w_{name}.ahead ELSE 0 END"
            shown.append(f"r.{name}_v{shift} AS {name}_us")
        columns = f"r.* EXCLUDE (wrong), {', '.join(shown)}, ({' OR '.join(wrong)}) AS wrong"
        return f"SELECT {columns} FROM ({self.read(table, keep)}) r{''.join(joins)}"

    def shown_quarters(self, table: str) -> str:
        """The quarters that the file's moments lie in, as they are shown: clock, zone, whether `at`, whether bare, quarter."""
        parts = (
            f"SELECT {self._zone_of(name)} AS clock, z, {str(name == 'at').lower()} AS asked, {name}_bare AS bare, "
            f"quarter({name}_v) AS b FROM read WHERE {name}_v BETWEEN {_in_years(1900)} AND {_in_years(2200)}"
            for name in self.moments
        )
        return (
            f"SELECT DISTINCT * FROM (WITH read AS ({self.read(table, only=self.moments)}) {' UNION ALL '.join(parts)})"
        )

    def instants(self, table: str, keep: bool = False) -> str:
        """The zoned stage with the moment of release."""
        names = [f"{name}_us" for name in self.moments if name != "at" and self.entries[name].slot.name == RELEASE]
        return f"SELECT *, coalesce({', '.join([*names, 'NULL', 'NULL'])})::BIGINT AS release_us FROM ({self.zoned(table, keep)})"

    @cached_property
    def counted(self) -> dict[str, str]:
        """The instants whose quarter must be known, as SQL by name."""
        found = {}
        if self.plan.map.at.zone or self.plan.columns.get("at", Column("", "", WALL)).kind != WALL:
            found["day"] = "at_us"
        if self.hours.splits or (self.hours.counted and self._has_release):
            found |= {back_column(cut): f"(at_us - {seconds_back(cut)}000000)" for cut in sorted(self.hours.splits)}
            found |= {"at": "at_us"} | ({"release": "release_us"} if self._has_release else {})
        return found

    @cached_property
    def _has_release(self) -> bool:
        return any(slot.name == RELEASE for slot in self.plan.slots)

    def timed(self, table: str, keep: bool = False) -> str:
        """The local day, and on each calendar the microseconds that count up to each instant."""
        joins, shown = [], []
        for name, sql in self.counted.items():
            joins.append(f" LEFT JOIN quarters{self.tag} q_{name} ON q_{name}.z = i.z AND q_{name}.b = quarter({sql})")
            for calendar in [] if name == "day" else sorted(self.hours.calendars):
                before, rate = (f"q_{name}.{word}_{calendar.replace('-', '_')}" for word in ("before", "rate"))
                within = f"({sql} - quarter({sql}) * {QUARTER})"
                shown.append(f"{before} + {rate} * {within} AS {counted_column(name, calendar)}")
        by_clock = "day_of(at_v)"
        day = "q_day.day" if self.plan.map.at.zone else f"CASE WHEN at_bare THEN {by_clock} ELSE q_day.day END"
        shown.append(f"{day if 'day' in self.counted else by_clock} AS on_day")
        return f"SELECT i.*, {', '.join(shown)} FROM ({self.instants(table, keep)}) i{''.join(joins)}"

    # ---- slots

    def chosen(self, table: str, keep: bool = False) -> str:
        """One value for each slot: of the first entry that speaks of the case's day and knows it."""
        shown = [f"DATE '{self.other.day}' AS {TODAY}" if self.other else f"on_day AS {TODAY}"]
        for place, slot in enumerate(self.plan.slots):
            for field in ["x", *self._signs(slot)] if slot.is_listed else ["v"]:
                shown.append(f"{self._pick(slot, field)} AS {f'{field}{place}' if field in 'xv' else field}")
        return f"SELECT *, {', '.join(shown)} FROM ({self.timed(table, keep)})"

    def _pick(self, slot: Slot, field: str) -> str:
        parts = []
        for name, entry in self.entries.items():
            if entry.slot == slot:
                days = [f"on_day >= DATE '{entry.start}'"] if entry.start else []
                days += [f"on_day < DATE '{entry.end}'"] if entry.end else []
                value = f"{name}_us" if slot.is_moment else f"{name}_{field}"
                parts.append((days, f"{name}_x > 0" if slot.is_listed else f"{name}_v IS NOT NULL", value))
        if len(parts) == 1 and not parts[0][0]:
            return parts[0][2]
        cases = " ".join(f"WHEN {' AND '.join([known, *days])} THEN {value}" for days, known, value in parts)
        return f"CASE {cases} ELSE {'0' if slot.is_listed else 'NULL'} END"

    # ---- states

    def keyed(self, table: str, keep: bool = False) -> str:
        """The state's key `k0`, `k1`, … of each case; `wrong` where some word is."""
        lists = sorted({slot.list_name for slot in self.plan.slots if slot.list_name})
        shown = [f"{self._law} AS law", *(f"{self._elements(name)} AS {list_column(name)}" for name in lists)]
        inner = f"SELECT *, {', '.join(shown)} FROM ({self.chosen(table, keep)})"
        keys = [f"{sql} AS k{at}" for at, (sql, _) in enumerate(self.key.columns)]
        return f"SELECT {', '.join(['row', *(['kept'] if keep else []), 'wrong', *keys])} FROM ({inner})"

    @property
    def key_names(self) -> list[str]:
        """The names of the key's columns."""
        return [f"k{at}" for at in range(len(self.key.columns))]

    def _elements(self, name: str) -> str:
        """Which elements of a list a case has; with none of them given the list is not known."""
        bits = []
        for place, fields in elements(self.plan.slots, name).items():
            known = " OR ".join(self._given(slot) for slot in fields.values())
            bits.append(f"({known})::INTEGER * {1 << place}")
        return f"CASE WHEN {' + '.join(bits)} = 0 THEN 0 ELSE 1 + {' + '.join(bits)} END"

    def _given(self, slot: Slot) -> str:
        place = self.plan.slots.index(slot)
        return f"x{place} > 0" if slot.is_listed else f"v{place} IS NOT NULL"

    @property
    def _law(self) -> str:
        """The number of the law that stands, as SQL."""
        cases = []
        for at, pair in enumerate(product(self.custodians, self.acts)):
            steps = self.laws.periods(asked_pair(self.plan, pair))
            turns = zip(steps, steps[1:], strict=False)
            earlier = " ".join(f"WHEN {TODAY} < DATE '{later}' THEN {law}" for (_, law), (later, _) in turns)
            cases.append(
                f"WHEN {at} THEN " + (f"CASE {earlier} ELSE {steps[-1][1]} END" if earlier else str(steps[0][1]))
            )
        return f"CASE p {' '.join(cases)} ELSE 0 END"


def seconds_back(hours: float) -> int:
    """How long before the moment asked about a hold of just over so many hours began: a minute more."""
    return round(hours * 3600) + 60


def asked_pair(plan: Plan, pair: Pair) -> Pair:
    """The custodian and act that are asked for a recorded pair: the other custodian, where another's law is asked."""
    return (plan.other.custodian or pair[0] if plan.other else pair[0]), pair[1]


def _in_years(year: int) -> int:
    """The first microsecond of a year, since 1970."""
    return (EPOCH.replace(year=year) - EPOCH).days * _DAY


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, int | float) else f"DATE '{value}'"
