"""Checks that a law text means something: every name declared, every value possible, every act and place known."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from lodged.law.custodians import PLACES
from lodged.law.fact import ACTS, CATALOG, DUTIES, TYPES, Fact, nearest
from lodged.law.lex import short
from lodged.law.tree import (
    LEVELS,
    STATUSES,
    All,
    Challenge,
    Clock,
    Condition,
    Constraint,
    Default,
    Define,
    Either,
    FactLine,
    Has,
    Held,
    Is,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Prevails,
    Question,
    Rule,
    Settles,
    Some,
    Table,
    Unencoded,
    Within,
    leaves,
)
from lodged.problem import Problem
from lodged.when import calendar_ids

ALL_ACTS = ACTS + DUTIES
UNSAID = "…"  # stands where a word was left out, which was told already


def declared_facts(packs: Iterable[Pack]) -> dict[str, Fact]:
    """The fixed facts, then those the packs declare, by name."""
    facts = {fact.name: fact for fact in CATALOG}
    for pack in packs:
        for line in pack.statements:
            if isinstance(line, FactLine):
                facts.setdefault(line.name, Fact(line.name, line.type, line.question, line.choices))
    return facts


def problems_in(packs: Iterable[Pack], files: Mapping[str, str], lost: Collection[str] = ()) -> list[Problem]:
    """Every problem of packs that parsed; `files` says which file each pack stands in.

    `lost` are the names of statements that could not be read: that these are missing is no second problem.
    """
    packs = list(packs)
    found: list[Problem] = []
    seen: dict[str, Pack] = {}
    for pack in packs:
        if pack.id in seen:
            where = f"{files.get(pack.id, pack.id)}, line {pack.line}"
            found.append(Problem(where, f"pack `{pack.id}` is given twice", "give one of them another id"))
        seen[pack.id] = pack
    for pack in packs:
        found += _Checker(pack, packs, files.get(pack.id, pack.id)).problems()
    quoted = [f"`{name}` is not a" for name in (*lost, UNSAID)]
    return [problem for problem in found if not problem.what.startswith(tuple(quoted))]


def unused_in(packs: Iterable[Pack], files: Mapping[str, str]) -> list[Problem]:
    """What stands in packs and is used nowhere: often the trace of a name misspelt elsewhere, but no mistake by itself."""
    packs = list(packs)
    used = {word for pack in packs for s in pack.statements for word in _words_used(s)}
    found = []
    for pack in packs:
        for s in pack.statements:
            if isinstance(s, Define | Question | Clock | FactLine) and s.name not in used:
                where = f"{files.get(pack.id, pack.id)}, line {s.line}"
                kind = _KINDS[type(s)]
                found.append(Problem(where, f"{kind} `{s.name}` is used nowhere", "use it in a rule, or leave it out"))
    return found


def _words_used(statement: object) -> Iterator[str]:
    match statement:
        case Define(means=means):
            yield from _refs(means)
        case Default(fact, when=when):
            yield fact
            yield from _refs(when)
        case Rule(when=when, unless=unless):
            yield from _refs(when)
            yield from _refs(unless)
        case Challenge(name, when=when):
            yield name
            yield from _refs(when)
        case Constraint(given, then):
            yield from _refs(given)
            yield from _refs(then)


def _refs(condition: Condition) -> Iterator[str]:
    for leaf in leaves(condition):
        if isinstance(leaf, Some):
            yield from _refs(leaf.where)
        elif isinstance(leaf, Held):
            yield leaf.clock
        else:
            yield leaf.ref
            yield from (getattr(leaf, name, "") for name in ("other", "plus"))


_KINDS: dict[type, str] = {Define: "definition", Question: "question", Clock: "clock", FactLine: "fact"}


class _Checker:
    """Checks one pack among all."""

    def __init__(self, pack: Pack, packs: list[Pack], where: str) -> None:
        self.pack = pack
        self.file = where
        self.by_id = {other.id: other for other in packs}
        self.facts = declared_facts(packs)
        self.kinds = {fact.kind: fact for fact in self.facts.values() if fact.kind}
        statements = [s for other in packs for s in other.statements]
        self.questions = {s.name: s for s in statements if isinstance(s, Question)}
        self.clocks = {s.name for s in statements if isinstance(s, Clock)}
        self.defined = {s.name for seen in self._seen() for s in seen.statements if isinstance(s, Define)}
        self.rules = {s.name for s in pack.statements if isinstance(s, Rule)}

    def _seen(self) -> Iterator[Pack]:
        waiting, done = [self.pack.id], set[str]()
        while waiting:
            name = waiting.pop()
            if name in self.by_id and name not in done:
                done.add(name)
                yield self.by_id[name]
                waiting += self.by_id[name].uses

    def _problem(self, line: int, what: str, mend: str) -> Problem:
        return Problem(f"{self.file}, line {line}", what, mend)

    def problems(self) -> Iterator[Problem]:
        """Header first, then statement by statement."""
        pack = self.pack
        yield from self._known(pack.line, [pack.level], LEVELS, "level")
        yield from self._known(pack.line, [pack.status], STATUSES, "status")
        yield from self._known(pack.line, pack.binds, sorted(PLACES), "place or custodian")
        yield from self._known(pack.line, pack.uses, [i for i in self.by_id if i != pack.id], "other pack")
        for statement in pack.statements:
            yield from self._statement(statement)
        yield from self._twice()
        yield from self._circles()

    def _twice(self) -> Iterator[Problem]:
        """Names given twice with different words, where the law could not say which is meant."""
        seen: dict[tuple[type, str], list[object]] = {}
        for s in self.pack.statements:
            if not isinstance(s, Rule | Define | Clock | Table | Settles | FactLine):
                continue
            kind, name = type(s), s.question if isinstance(s, Settles) else s.name
            earlier = seen.setdefault((kind, name), [])
            if any(other != s and _together(other, s) for other in earlier):
                what = f"{kind.__name__.lower()} `{name}` is given twice with different words"
                if isinstance(s, Settles):
                    yield self._problem(s.line, f"`{name}` is settled twice, in different ways", "keep one of them")
                else:
                    mend = "give one of them another name" + (", or dates that do not meet" if kind is Define else "")
                    yield self._problem(s.line, what.replace("factline", "fact").replace("define", "definition"), mend)
            earlier.append(s)
            if isinstance(s, Define) and (s.name in self.facts or s.name in self.questions):
                other = "fact" if s.name in self.facts else "question"
                yield self._problem(s.line, f"`{s.name}` is a {other} already", "choose another name")
        tables = [s for s in self.pack.statements if isinstance(s, Table)]
        for s in tables[1:]:
            yield self._problem(
                s.line, f"`{s.name}` is a second table in one pack", "write one table, or a pack for each"
            )

    def _known(self, line: int, words: Iterable[str], known: Iterable[str], kind: str) -> Iterator[Problem]:
        known = list(known)
        for word in words:
            if word not in known:
                mend = nearest(word, known) or _ELSE.get(kind, "write one that is declared")
                at = getattr(word, "line", None) or line
                yield self._problem(at, f"`{short(word)}` is not a known {kind}", mend)

    def _statement(self, statement: object) -> Iterator[Problem]:
        match statement:
            case Define(_, means, line=line):
                yield from self._condition(means, {})
            case Default(line=line):
                yield from self._default(statement)
            case FactLine(name, type_, choices, line=line):
                yield from self._known(line, [type_], TYPES, "type of fact")
                if type_ in ("one-of", "set-of") and not choices:
                    yield self._problem(line, f"`{name}` has no choices", f"write: fact {name} {type_} of this, that")
                if type_ in TYPES and type_ not in ("one-of", "set-of") and choices:
                    what = f"`{name}` is {_IS[type_]} and has no choices"
                    yield self._problem(line, what, f"write: fact {name} one-of of {', '.join(choices)}")
                if name in {fact.name for fact in CATALOG}:
                    yield self._problem(line, f"`{name}` is a fixed fact", "choose another name")
            case Rule(acts=acts, line=line):
                yield from self._rule(statement)
            case Settles(question, choice, line=line):
                yield from self._known(line, [question], self.questions, "question")
                if question in self.questions:
                    known = [reading.choice for reading in self.questions[question].readings]
                    yield from self._known(line, [choice], known, f"reading of {question}")
            case Challenge(acts=acts, when=when, line=line):
                yield from self._known(line, acts, ALL_ACTS, "act")
                yield from self._condition(when, {})
            case Constraint(given, then):
                yield from self._condition(given, {})
                yield from self._condition(then, {})
            case Clock(calendar=name, line=line) if name:
                yield from self._known(line, [name], calendar_ids(), "calendar")
            case Question(name, line=line):
                yield from self._question(statement)
            case Prevails(over, acts, line=line):
                yield from self._mutual(statement)
                yield from self._known(line, acts, ALL_ACTS, "act")
                yield from self._known(line, over, [*LEVELS, *self.by_id], "pack or level")
            case Unencoded(acts=acts, line=line):
                yield from self._known(line, acts, ALL_ACTS, "act")

    def _question(self, question: Question) -> Iterator[Problem]:
        if self.questions[question.name] != question:
            what = f"question `{question.name}` is given twice with different words"
            yield self._problem(question.line, what, "give one of them another name")
        choices = [reading.choice for reading in question.readings]
        if len(set(choices)) < max(2, len(choices)):
            what = f"question `{question.name}` does not have two different readings"
            yield self._problem(question.line, what, 'add: reading NAME "…" cite "…"')

    def _mutual(self, own: Prevails) -> Iterator[Problem]:
        """Two packs cannot each go before the other for the same act."""
        for other in self.by_id.values():
            for theirs in other.statements:
                if isinstance(theirs, Prevails) and theirs.turned == own.turned and set(theirs.acts) & set(own.acts):
                    here = other.id in own.over or other.level in own.over
                    there = self.pack.id in theirs.over or self.pack.level in theirs.over
                    if here and there and other.id != self.pack.id and set(other.binds) & set(self.pack.binds):
                        what = f"`{self.pack.id}` and `{other.id}` each go before the other"
                        yield self._problem(own.line, what, "state one precedence, with its citation")

    def _rule(self, rule: Rule) -> Iterator[Problem]:
        yield from self._known(rule.line, rule.acts, ALL_ACTS, "act")
        yield from self._condition(rule.when, {})
        yield from self._condition(rule.unless, {})
        for names, _ in rule.overrides:
            yield from self._known(rule.line, names, self.rules, "rule of this pack")
        if rule.name in {name for names, _ in rule.overrides for name in names}:
            yield self._problem(rule.line, f"rule `{rule.name}` overrides itself", "name another rule")

    def _default(self, default: Default) -> Iterator[Problem]:
        fact = self.facts.get(default.fact)
        if fact is None:
            yield from self._known(default.line, [default.fact], self.facts, "fact")
        elif fact.type not in ("yes-no", "one-of", "set-of"):
            what = f"`{fact.name}` is a {fact.type} and cannot be implied"
            yield self._problem(default.line, what, "imply only yes-no facts, choices and sets")
        else:
            yield from self._known(default.line, default.values, fact.choices or ("yes", "no"), f"value of {fact.name}")
        yield from self._condition(default.when, {})
        if default.fact in {getattr(leaf, "ref", "") for leaf in leaves(default.when)}:
            yield self._problem(default.line, f"`{default.fact}` is implied by itself", "imply it by other facts")

    # ---- conditions

    def _condition(self, condition: Condition, bound: Mapping[str, Fact]) -> Iterator[Problem]:
        match condition:
            case Not(part):
                yield from self._condition(part, bound)
            case All(parts) | Either(parts):
                for part in parts:
                    yield from self._condition(part, bound)
            case Some(kind, var, where, line=line):
                if kind not in self.kinds:
                    yield self._problem(line, f"`{kind}` is no kind of listed thing", nearest(kind, self.kinds))
                else:
                    yield from self._condition(where, {**bound, var: self.kinds[kind]})
            case Held(clock=clock, line=line):
                yield from self._known(line, [clock], self.clocks, "clock")
            case _:
                yield from self._leaf(condition, bound)

    def _leaf(self, leaf: Name | Is | Has | Measure | Order | Within, bound: Mapping[str, Fact]) -> Iterator[Problem]:
        match leaf:
            case Name(ref, line=line):
                if ref not in self.defined:
                    yield from self._typed(ref, ("yes-no",), bound, line, definitions=True)
            case Is(ref, values, line=line) if ref in self.questions:
                choices = [reading.choice for reading in self.questions[ref].readings]
                yield from self._known(line, values, choices, f"reading of {ref}")
            case Is(ref, values, line=line):
                yield from self._values(ref, values, ("one-of", "text"), bound, line)
            case Has(ref, values, line=line):
                yield from self._values(ref, values, ("set-of",), bound, line)
            case Measure(ref, line=line):
                yield from self._typed(ref, ("number",), bound, line)
            case Order(ref, _, other, line=line):
                yield from self._typed(ref, ("date",), bound, line)
                yield from self._instant(other, bound, line)
            case Within(ref, _, other, plus, line=line):
                yield from self._typed(ref, ("date",), bound, line)
                yield from self._instant(other, bound, line)
                if plus:
                    yield from self._typed(plus, ("number",), bound, line)

    def _instant(self, ref: str, bound: Mapping[str, Fact], line: int) -> Iterator[Problem]:
        if ref != "today" and not ref[:1].isdigit():
            yield from self._typed(ref, ("date",), bound, line)

    def _find(self, ref: str, bound: Mapping[str, Fact]) -> Fact | None:
        var, _, name = ref.partition(".")
        if var in bound:
            return next((field for field in bound[var].fields if field.name == name), None)
        return self.facts.get(ref)

    def _names(self, ref: str, bound: Mapping[str, Fact], definitions: bool) -> list[str]:
        var = ref.partition(".")[0]
        if var in bound:
            return [f"{var}.{field.name}" for field in bound[var].fields]
        return [*self.facts, *(self.defined if definitions else ()), *self.questions]

    def _typed(
        self, ref: str, types: tuple[str, ...], bound: Mapping[str, Fact], line: int, definitions: bool = False
    ) -> Iterator[Problem]:
        fact = self._find(ref, bound)
        if fact is None:
            mend = nearest(ref, self._names(ref, bound, definitions)) or 'declare it: fact NAME TYPE "the question"'
            kind = "a declared fact or definition" if definitions else "a declared fact"
            yield self._problem(line, f"`{short(ref)}` is not {kind}", mend)
        elif fact.type not in types:
            what = f"`{ref}` is {_IS[fact.type]}, and this asks for another kind of fact"
            yield self._problem(line, what, _HOW[fact.type].format(ref=ref))

    def _values(
        self, ref: str, values: tuple[str, ...], types: tuple[str, ...], bound: Mapping[str, Fact], line: int
    ) -> Iterator[Problem]:
        fact = self._find(ref, bound)
        if fact is None or fact.type not in types:
            yield from self._typed(ref, types, bound, line)
        elif fact.choices:
            yield from self._known(line, values, fact.choices, f"value of {ref}")

    def _circles(self) -> Iterator[Problem]:
        """Definitions that come back to themselves, each circle told once, at its first definition in this pack."""
        means: dict[str, set[str]] = {}
        for pack in self._seen():
            for s in pack.statements:
                if isinstance(s, Define):
                    means.setdefault(s.name, set()).update(_refs(s.means))
        told: set[str] = set()
        for s in self.pack.statements:
            if isinstance(s, Define) and s.name not in told:
                circle = _way_back(s.name, means)
                if circle:
                    told |= set(circle)
                    way = " → ".join([*circle, s.name])
                    yield self._problem(s.line, f"`{s.name}` is defined by itself: {way}", "define it by facts")


def _together(one: object, other: object) -> bool:
    """May two statements of one name be in force on one day? Definitions may differ from time to time."""
    if not (isinstance(one, Define) and isinstance(other, Define)):
        return True
    first, second = sorted((one.span, other.span), key=lambda span: span.start or date.min)
    return first.end is None or first.end > (second.start or date.min)


def _way_back(start: str, means: Mapping[str, set[str]]) -> list[str]:
    """The names from one back to itself, shortest first; empty where no way leads back."""
    waiting, done = [[start]], {start}
    while waiting:
        way = waiting.pop(0)
        for name in sorted(means.get(way[-1], ())):
            if name == start:
                return way
            if name in means and name not in done:
                done.add(name)
                waiting.append([*way, name])
    return []


_ELSE = {
    "other pack": "load it as well, or take it out",
    "place or custodian": "name a place like `us-ny`, or a custodian like `us-ny-nyc/doc`",
}
_IS = {
    "yes-no": "a yes-no fact",
    "one-of": "one of several values",
    "set-of": "a set of values",
    "text": "a text",
    "number": "a number",
    "date": "a date",
    "moment": "a moment",
    "list": "a list",
}
_HOW = {
    "yes-no": "write just `{ref}`, or `not {ref}`",
    "one-of": "write `{ref} is VALUE`",
    "set-of": "write `{ref} has VALUE`",
    "text": 'write `{ref} is "…"`',
    "number": "write `{ref} is more than 48`",
    "date": "write `{ref} before DAY`",
    "moment": "hours held are counted with `held more than 48 hours by CLOCK`",
    "list": "write `any conviction c where (…)`",
}
