"""The order of a replay: read the words, tell the states, decide one case of each, write every row; lose none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from lodged.law.check import declared_facts
from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import ACTS, DUTIES, Fact, nearest
from lodged.law.packs import Packs
from lodged.law.replay.answers import Answers, State, answers, by_effect
from lodged.law.replay.key import RELEASE
from lodged.law.replay.laws import Laws, Other
from lodged.law.replay.mapping import CaseMap, Who, map_named, plain_map
from lodged.law.replay.moments import Wall, counted, local_day, quarters_before, quarters_of, wall
from lodged.law.replay.plan import Plan, quoted_name
from lodged.law.replay.stages import Dictionary, Stages, asked_pair, seconds_back
from lodged.law.replay.values import who_reader
from lodged.problem import Problem, ProblemsError

Rows = list[tuple[Any, ...]]
LABEL = "LABEL"  # words of which there are few: engines may keep them as numbers
ANSWER = (
    ("state", "INTEGER"),
    ("effect", LABEL),
    ("basis", LABEL),
    ("rule", LABEL),
    ("cites", f"{LABEL}[]"),
    ("needs", f"{LABEL}[]"),
    ("readings", f"{LABEL}[]"),
)
BAD = (("row", "BIGINT"), ("column", "VARCHAR"), ("value", "VARCHAR"), ("reason", "VARCHAR"))


class RowsLostError(Exception):
    """The rows that came out are not the rows that went in: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be replayed. `custodian` and `act` go before the map's; `other` is the law to hold against."""

    packs: Packs
    map_name: str = ""
    custodian: str = ""
    act: str = ""
    drafts: frozenset[str] = frozenset()
    other: Other | None = None
    by: tuple[str, ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases have the same values of the columns counted by, and the same effect (and the other law's)."""

    values: tuple[str | None, ...]
    effect: str
    other: str | None
    cases: int


@dataclass(slots=True)
class Outcome:
    """What a replay found. `states` were told apart, the other law's as well; `turned`: cases by both effects."""

    rows: int
    decided: int
    bad: int
    states: int
    effects: Mapping[str, int]
    turned: Mapping[tuple[str, str], int] = field(default_factory=dict)
    counts: Sequence[Count] = ()
    map_title: str = ""


class Engine(Protocol):
    """Who holds the cases: one machine or many. SQL runs over a table whose rows carry their number."""

    def types(self) -> dict[str, str]:
        """The file's columns with their SQL types."""

    def rows(self) -> int:
        """How many rows the file has, those that could not be split into fields included."""

    def put(self, name: str, fields: Sequence[tuple[str, str]], rows: Iterable[tuple[Any, ...]]) -> None:
        """Makes a small table that every later query can join."""

    def query(self, sql: Callable[[str], str], merge: str) -> Rows:
        """The rows of `sql` over the cases, joined by `merge` where they came from several parts (`parts`)."""

    def stream(self, sql: Callable[[str], str], merge: str) -> Iterator[Rows]:
        """The same, some thousands of rows at a time."""

    def kept(self, name: str, sql: Callable[[str], str]) -> Callable[[str], str]:
        """The same rows, worked out once where the engine can keep them."""

    def write(self, sql: Callable[[str], str]) -> int:
        """Writes the rows of `sql` over the cases to where they should go; gives how many."""

    def write_bad(self, sql: Callable[[str], str], explain: Callable[[Rows], Rows], some: bool) -> int:
        """Writes what is wrong with the rows of `sql`, and the rows that could not be split; gives how many rows.

        Not `some`: every row was decided, and a file of bad rows left from an earlier run goes.
        """


Progress = Callable[[str, float], None]


def replay(engine: Engine, asked: Asked, progress: Progress = lambda step, share: None) -> Outcome:
    """Every case of an engine's file decided. Raises ProblemsError for what a person must mend, RowsLostError never."""
    progress("reading", 0.0)
    _known_drafts(asked)
    declared = declared_facts(asked.packs.packs)
    types = engine.types()
    map_ = _chosen_map(asked, types, declared)
    _known_columns(asked.by, types)
    sides = [_Side(engine, asked, map_, types, None, "", progress)]
    if asked.other:
        sides.append(_Side(engine, asked, map_, types, asked.other, "_other", progress))
    progress("writing", 0.7)
    written = engine.write(lambda table: _output(sides, table, asked.keep))
    rows = engine.rows()
    bad = engine.write_bad(lambda table: _bad_rows(sides, table), _explained(sides), rows != written)
    if rows != written + bad:
        raise RowsLostError(f"{rows} rows went in, {written} came out and {bad} were put aside")
    progress("counting", 0.95)
    counts = _counts(engine, sides, asked.by)
    effects = _summed(counts) if asked.other else by_effect(sides[0].answers, sides[0].states)
    found = Outcome(rows, written, bad, len(sides[0].states), effects, _turned(counts), (), map_.title)
    found.counts = [count for count in counts if asked.by]
    progress("done", 1.0)
    return found


def _chosen_map(asked: Asked, types: Mapping[str, str], declared: Mapping[str, Fact]) -> CaseMap:
    map_ = map_named(asked.map_name, declared) if asked.map_name else plain_map(types, declared)
    for word, known, kind in ((asked.custodian, tuple(CUSTODIANS), "custodian"), (asked.act, (*ACTS, *DUTIES), "act")):
        if word and word not in known:
            raise ProblemsError([Problem(f"--{kind}", f"`{word}` is not a known {kind}", nearest(word, known))])
    if asked.custodian:
        map_ = replace(map_, custodian=Who(asked.custodian))
    if asked.act:
        map_ = replace(map_, act=Who(asked.act))
    if asked.other and any(entry.slot.name == RELEASE for entry in map_.entries):
        what = f"`{RELEASE}` cannot be asked as of another day: the hours since it would run on"
        raise ProblemsError([Problem("--as-of, --against", what, "give `hold.hours` instead, or leave it out")])
    return map_


def _known_drafts(asked: Asked) -> None:
    drafts = sorted(pack.id for pack in asked.packs.packs if pack.status == "draft")
    mend = f"the drafts are: {', '.join(drafts) or 'none'}"
    wrong = [Problem("--with-draft", f"`{name}` is no draft pack", mend) for name in asked.drafts if name not in drafts]
    if wrong:
        raise ProblemsError(wrong)


def _known_columns(names: Sequence[str], types: Mapping[str, str]) -> None:
    wrong = [
        Problem("--by", f"the file has no column `{name}`", nearest(name, types)) for name in names if name not in types
    ]
    if wrong:
        raise ProblemsError(wrong)


# ---- one law


class _Side:
    """The cases under the law of their own day, or under another: the states found, each decided."""

    def __init__(
        self,
        engine: Engine,
        asked: Asked,
        map_: CaseMap,
        types: Mapping[str, str],
        other: Other | None,
        tag: str,
        progress: Progress,
    ) -> None:
        self.engine, self.tag = engine, tag
        self.ids: dict[tuple[str, str], int] = {}
        self.plan = Plan(map_, types, other)
        self.plan.record(
            self._recorded("custodian", map_.custodian, CUSTODIANS), self._recorded("act", map_.act, (*ACTS, *DUTIES))
        )
        pairs = tuple(sorted({asked_pair(self.plan, pair) for pair in self.plan.pairs}))
        self.stages = Stages(self.plan, Laws(asked.packs, pairs, asked.drafts), tag)
        for dictionary in self.stages.dictionaries:
            self._fill(dictionary)
        self._fill_quarters()
        progress("telling states apart", 0.2)
        self.states = self._states()

        def decided(done: int) -> None:
            progress(f"deciding {len(self.states):,} states", 0.4 + 0.3 * done / len(self.states))

        self.answers: Answers = answers(asked.packs, self.stages.reader, self.states, asked.drafts, decided)
        self._put_answers()

    def _recorded(self, name: str, who: Who, known: Mapping[str, object] | Sequence[str]) -> list[str]:
        """The custodians, or acts, that occur."""
        if name not in self.plan.columns:
            return [str(self.plan.sources[name].constant)]
        read = who_reader(who, known, name)
        found = {read(word).value for word in self._words(name)} - {None}
        if not found:
            column = self.plan.columns[name].name
            mend = f"add its values to the map, or give --{name}"
            raise ProblemsError([Problem(f"column `{column}`", f"no row names a known {name}", mend)])
        return [str(one) for one in found]

    def _words(self, name: str) -> Iterator[str | None]:
        alias = self.plan.columns[name].alias
        merge = "SELECT DISTINCT word FROM parts"
        for rows in self.engine.stream(
            lambda table: f"SELECT DISTINCT {alias} AS word FROM ({self.plan.raw(table)})", merge
        ):
            for (word,) in rows:
                yield word

    def _fill(self, dictionary: Dictionary) -> None:
        rows = (
            (word, *self.stages.row_of(dictionary.source, word, self.ids))
            for word in self._words(dictionary.source)
            if word is not None
        )
        self.engine.put(dictionary.name, (("word", "VARCHAR"), *dictionary.fields), rows)

    def _fill_quarters(self) -> None:
        """The tables `walls` and `quarters`: each quarter of an hour that occurs, worked out once."""
        stages = self.stages
        walls: dict[tuple[int, int], Wall] = {}
        found: set[tuple[int, int]] = set()
        for clock, zone, asked, bare, b in self.engine.query(stages.shown_quarters, "SELECT DISTINCT * FROM parts"):
            shown = walls.setdefault((clock, b), wall(ZoneInfo(stages.zone_name(clock)), b)) if bare else None
            for quarter in quarters_of(shown, b):
                found.add((zone, quarter))
                for cut in stages.hours.splits if asked else ():
                    found |= {(zone, one) for one in quarters_before(quarter, seconds_back(cut))}
        fields = (("z", "INTEGER"), ("b", "BIGINT"), ("ahead", "BIGINT"), ("odd", "BOOLEAN"))
        rows = ((clock, b, one.ahead, one.odd) for (clock, b), one in sorted(walls.items()))
        self.engine.put(f"walls{self.tag}", fields, rows)
        calendars = sorted(stages.hours.calendars)
        columns = [("z", "INTEGER"), ("b", "BIGINT"), ("day", "DATE")]
        for name in calendars:
            columns += [(f"{word}_{name.replace('-', '_')}", "BIGINT") for word in ("before", "rate")]
        quarters = sorted(found) if stages.counted else []
        self.engine.put(f"quarters{self.tag}", columns, (self._quarter(zone, b, calendars) for zone, b in quarters))

    def _quarter(self, number: int, b: int, calendars: Sequence[str]) -> tuple[Any, ...]:
        zone = ZoneInfo(self.stages.zone_name(number))
        row: list[Any] = [number, b, local_day(zone, b)]
        for name in calendars:
            found = counted(zone, name, b)
            row += [found.before, found.rate] if found else [None, None]
        return tuple(row)

    def _states(self) -> list[State]:
        keys = ", ".join(self.stages.key_names)
        each = f"SELECT {keys}, min(row) AS row, count(*) AS cases"
        merge = f"SELECT {keys}, min(row) AS row, sum(cases)::BIGINT AS cases FROM parts GROUP BY {keys} ORDER BY row"
        self.keyed = self.engine.kept(f"keyed{self.tag}", self.stages.keyed)
        found = self.engine.query(
            lambda table: f"{each} FROM ({self.keyed(table)}) WHERE NOT wrong GROUP BY {keys}", merge
        )
        rows = [key[-2] for key in found]
        self.engine.put(f"firsts{self.tag}", (("first", "BIGINT"),), ((row,) for row in rows))
        words = self._words_of(f"SELECT first FROM firsts{self.tag}")
        self.keys = [key[:-2] for key in found]
        return [State(number, key[-2], key[-1], words[key[-2]]) for number, key in enumerate(found)]

    def _words_of(self, rows: str) -> dict[int, dict[str, str | None]]:
        names = ["row", *self.plan.columns]
        found = self.engine.query(
            lambda table: f"SELECT * FROM ({self.plan.words(table)}) WHERE row IN ({rows})", "SELECT * FROM parts"
        )
        return {row[0]: self.plan.all_words(dict(zip(names, row, strict=True))) for row in found}

    def _put_answers(self) -> None:
        kinds = (kind for _, kind in self.stages.key.columns)
        fields = [*zip(self.stages.key_names, kinds, strict=True), *ANSWER]
        self.engine.put(f"states{self.tag}", fields, (self._answer(state) for state in self.states))

    def _answer(self, state: State) -> tuple[Any, ...]:
        found = self.answers.found.get(state.number)
        key = self.keys[state.number]
        if found is None:
            return (*key, state.number, None, None, None, None, None, None)
        lists = (list(found.cites), list(found.needs), list(found.readings))
        return (*key, state.number, found.effect, found.basis, found.rule, *lists)

    # ---- SQL

    def joined(self, table: str, keep: bool = False) -> str:
        """Every case with its state and answer; without one where a word is wrong."""
        on = " AND ".join(f"s.{name} = k.{name}" for name in self.stages.key_names)
        answer = ", ".join(f"s.{name}" for name, _ in ANSWER)
        kept = "k.kept, " if keep else ""
        keyed = self.stages.keyed(table, keep=True) if keep else self.keyed(table)
        return (
            f"SELECT {kept}k.row, k.wrong, {answer} FROM ({keyed}) k "
            f"LEFT JOIN states{self.tag} s ON NOT k.wrong AND {on}"
        )


def _output(sides: Sequence[_Side], table: str, keep: bool) -> str:
    """The rows that are written."""
    own = [name for name, _ in ANSWER[1:]] + ["state"]
    shown = ["a.row", *(f"a.{name}" for name in own)]
    if keep:
        names = {"row", *own, *(f"other_{name}" for name in own), "changed"}
        shown += [
            f"a.kept[{_literal(name)}] AS {quoted_name(f'case_{name}' if name in names else name)}"
            for name in sides[0].plan.types
        ]
    first = sides[0].joined(table, keep)
    if len(sides) == 1:
        return f"SELECT {', '.join(shown)} FROM ({first}) a WHERE a.effect IS NOT NULL"
    shown += [f"b.{name} AS other_{name}" for name in own]
    shown.append("(a.effect <> b.effect) AS changed")
    return (
        f"SELECT {', '.join(shown)} FROM ({first}) a JOIN ({sides[1].joined(table)}) b ON a.row = b.row "
        "WHERE a.effect IS NOT NULL AND b.effect IS NOT NULL ORDER BY a.row"
    )


def _literal(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _bad_rows(sides: Sequence[_Side], table: str) -> str:
    """The rows that have no answer, with their words and the states that have none."""
    first = sides[0]
    states = ", ".join(f"{chr(97 + at)}.state AS state{at}" for at in range(len(sides)))
    second = f" JOIN ({sides[1].joined(table)}) b ON a.row = b.row" if len(sides) > 1 else ""
    none = " OR ".join(f"{chr(97 + at)}.effect IS NULL" for at in range(len(sides)))
    return (
        f"SELECT w.*, {states} FROM ({first.joined(table)}) a{second} JOIN ({first.plan.words(table)}) w ON w.row = a.row "
        f"WHERE {none} ORDER BY a.row"
    )


def _explained(sides: Sequence[_Side]) -> Callable[[Rows], Rows]:
    """Rows that have no answer as lines of the file of bad rows: row, column, value, reason."""
    plan, reader = sides[0].plan, sides[0].stages.reader
    names = ["row", *plan.columns]
    wrong = [side.answers.wrong for side in sides]

    def explain(rows: Rows) -> Rows:
        found: Rows = []
        for row in rows:
            words = dict(zip(names, row, strict=False))
            states = row[len(names) :]
            told = [one for at, state in enumerate(states) if state is not None for one in wrong[at].get(state, ())]
            if not told:
                told = reader.wrong_with(plan.all_words(words))
            if not told:
                raise RowsLostError(f"row {row[0]} was put aside and nothing is wrong with it: {words}")
            found += [(row[0], one.column, one.value, one.reason) for one in dict.fromkeys(told)]
        return found

    return explain


# ---- counts


def _counts(engine: Engine, sides: Sequence[_Side], by: Sequence[str]) -> list[Count]:
    """Cases by some columns of the file, by effect, and by the other law's effect."""
    columns = [f"a.kept[{_literal(name)}]::VARCHAR AS by{at}" for at, name in enumerate(by)]
    groups = [f"by{at}" for at in range(len(by))]
    other = "b.effect" if len(sides) > 1 else "NULL"

    def each(table: str) -> str:
        second = (
            f" JOIN ({sides[1].joined(table)}) b ON a.row = b.row AND b.effect IS NOT NULL" if len(sides) > 1 else ""
        )
        shown = ", ".join([*columns, "a.effect AS effect", f"{other}::VARCHAR AS other", "count(*) AS cases"])
        return f"SELECT {shown} FROM ({sides[0].joined(table, bool(by))}) a{second} WHERE a.effect IS NOT NULL GROUP BY ALL"

    named = ", ".join([*groups, "effect", "other"])
    merge = f"SELECT {named}, sum(cases)::BIGINT AS cases FROM parts GROUP BY {named} ORDER BY {named}"
    if not by and len(sides) == 1:
        return []
    return [Count(tuple(row[: len(by)]), row[-3], row[-2], row[-1]) for row in engine.query(each, merge)]


def _summed(counts: Sequence[Count]) -> dict[str, int]:
    found: dict[str, int] = {}
    for count in counts:
        found[count.effect] = found.get(count.effect, 0) + count.cases
    return found


def _turned(counts: Sequence[Count]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for count in counts:
        if count.other:
            found[count.effect, count.other] = found.get((count.effect, count.other), 0) + count.cases
    return found
