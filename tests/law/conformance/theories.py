"""Says a defeasible theory in the language of law packs, where it can be said.

The theories are those of the package `datalog-conformance` 0.1.0 (PyPI, MIT). A theory is grounded first: its rules are
written out for the things its facts name. Then, for each conclusion that is asked:

- a fact is a yes-no fact, given; what no rule concludes and no fact says is given as no;
- a conclusion that no rule opposes is a definition;
- the conclusion asked for is `require interview`, its opposite `forbid interview`; one rule superior to another overrides it;
- a strict rule whose premises are strict overrides every opposing rule that is not;
- a defeater is a permit that overrides each rule it attacks, unless that rule is superior to it;
- a premise whose two sides both hold outright, neither superior, is a question of law that is not settled.

`required` is then "defeasibly provable", `forbidden` that its opposite is, `contested` and `permitted` that neither is.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from lodged.law import ProblemsError, Question, decide
from lodged.law.check import declared_facts
from lodged.law.packs import Packs, Source, read

Atom = tuple[str, tuple[str, ...]]
MOST = 250  # ground rules: beyond, a theory is a table of data and not a law


class CannotSayError(Exception):
    """The theory has something for which the language has no words; the message says what."""


@dataclass(frozen=True)
class Literal:
    atom: Atom
    positive: bool = True
    absent: bool = False  # `not p`: p is not provable

    @property
    def opposite(self) -> "Literal":
        return Literal(self.atom, not self.positive)


@dataclass(frozen=True)
class GroundRule:
    id: str
    kind: str  # strict, defeasible, defeater
    head: Literal
    body: tuple[Literal, ...]


_LITERAL = re.compile(r"(?P<absent>not )?(?P<tilde>~)?(?P<name>[\w:-]+)\s*(\((?P<terms>.*)\))?$")


def literal(text: str) -> Literal:
    match = _LITERAL.match(str(text).strip())
    if match is None or (match["terms"] and re.search(r"[+*/<>=]", match["terms"])):
        raise CannotSayError("it reckons with numbers")
    terms = tuple(term.strip() for term in match["terms"].split(",")) if match["terms"] else ()
    return Literal((match["name"], terms), not match["tilde"], bool(match["absent"]))


class Theory:
    """A theory, grounded."""

    def __init__(self, given: dict, source: str) -> None:
        self.lower = "souffle" in source  # there a word without quotation marks is a variable
        self.facts: set[Literal] = set()
        for name, rows in given["facts"].items():
            for row in rows:
                self.facts.add(Literal((name.lstrip("~"), tuple(map(str, row))), not name.startswith("~")))
        if any(fact.opposite in self.facts for fact in self.facts):
            raise CannotSayError(
                "its facts contradict each other: a question that says yes and no of one fact is refused"
            )
        self.superior = {tuple(pair) for pair in given.get("superiority") or ()}
        rules = [
            (rule["id"], kind, literal(rule["head"]), self._numbered(map(literal, rule["body"])))
            for key, kind in (("strict_rules", "strict"), ("defeasible_rules", "defeasible"), ("defeaters", "defeater"))
            for rule in given.get(key) or ()
        ]
        self.rules = list(self._grounded(rules))
        self.heads: dict[Literal, list[GroundRule]] = defaultdict(list)
        for rule in self.rules:
            self.heads[rule.head].append(rule)

    # ---- grounding

    def _variable(self, term: str) -> bool:
        if term.startswith("?"):
            return True
        if re.fullmatch(r'-?\d+|".*"|\'.*\'', term):
            return False
        return self.lower or term[0].isupper() or term[0] == "_"

    def _grounded(self, rules: list) -> Iterator[GroundRule]:
        """The instances of the rules whose premises can be reached at all; what is absent is not looked at."""
        reached: dict[tuple[str, bool], set[tuple[str, ...]]] = defaultdict(set)
        for fact in self.facts:
            reached[fact.atom[0], fact.positive].add(fact.atom[1])
        found: dict[GroundRule, None] = {}
        while True:
            before = len(found)
            for id_, kind, head, body in rules:
                for values in self._matches(list(body), reached, {}):
                    rule = GroundRule(
                        id_, kind, self._filled(head, values), tuple(self._filled(b, values) for b in body)
                    )
                    if any(term.startswith("?") for term in rule.head.atom[1]):
                        raise CannotSayError("a rule speaks of things that no premise names")
                    found[rule] = None
                    reached[rule.head.atom[0], rule.head.positive].add(rule.head.atom[1])
                    if len(found) > MOST:
                        raise CannotSayError("it is a table of data: written out it has hundreds of rules")
            if len(found) == before:
                return iter([replace(rule, body=tuple(self._told(rule.body, reached))) for rule in found])

    def _told(self, body: tuple[Literal, ...], reached: dict) -> Iterator[Literal]:
        """`not p(a, X)`, where X is named nowhere else, says of each thing that it is not so."""
        for part in body:
            if part.absent and any(term.startswith("?") for term in part.atom[1]):
                for row in sorted(reached[part.atom[0], part.positive]):
                    if _alike(part.atom[1], row):
                        yield Literal((part.atom[0], row), part.positive, absent=True)
            else:
                yield part

    @staticmethod
    def _numbered(body: Iterable[Literal]) -> tuple[Literal, ...]:
        """Each `_` stands for a thing of its own."""
        found = []
        for at, part in enumerate(body):
            terms = tuple(f"_{at}x{n}" if term == "_" else term for n, term in enumerate(part.atom[1]))
            found.append(Literal((part.atom[0], terms), part.positive, part.absent))
        return tuple(found)

    def _matches(self, body: list[Literal], reached: dict, values: dict[str, str]) -> Iterator[dict[str, str]]:
        positive = [part for part in body if not part.absent]
        rows = [sorted(reached[part.atom[0], part.positive]) for part in positive]
        if not positive:
            yield dict(values)
            return
        if len(rows[0]) > MOST * 4:
            raise CannotSayError("it is a table of data: written out it has hundreds of rules")
        for row in rows[0]:
            more = self._fits(positive[0].atom[1], row, values)
            if more is not None:
                yield from self._matches(positive[1:], reached, more)

    def _fits(self, terms: tuple[str, ...], row: tuple[str, ...], values: dict[str, str]) -> dict[str, str] | None:
        if len(terms) != len(row):
            return None
        found = dict(values)
        for term, value in zip(terms, row, strict=True):
            if not self._variable(term):
                if term.strip("\"'") != value:
                    return None
            elif found.setdefault(term, value) != value:
                return None
        return found

    def _filled(self, part: Literal, values: dict[str, str]) -> Literal:
        terms = tuple(values.get(t, f"?{t}") if self._variable(t) else t.strip("\"'") for t in part.atom[1])
        return Literal((part.atom[0], terms), part.positive, part.absent)

    # ---- what is known of a literal

    def opposed(self, one: Literal) -> bool:
        return bool(self.heads.get(one.opposite)) or one.opposite in self.facts

    def even(self, one: Literal) -> bool:
        """Both sides hold outright, and neither is superior: the plainest ambiguity."""
        both = [self.heads.get(one, []), self.heads.get(one.opposite, [])]
        plain = all(len(rules) == 1 and rules[0].kind == "defeasible" and not rules[0].body for rules in both)
        return plain and not any({(a.id, b.id), (b.id, a.id)} & self.superior for a, b in product(*both))


def _alike(terms: tuple[str, ...], row: tuple[str, ...]) -> bool:
    """Is the row one of those that the terms stand for? `?P` stands for anything, the same wherever it stands."""
    stood: dict[str, str] = {}
    return len(terms) == len(row) and all(
        stood.setdefault(term, value) == value if term.startswith("?") else term == value
        for term, value in zip(terms, row, strict=True)
    )


class Said:
    """A theory in the words of the language, to ask one conclusion."""

    def __init__(self, theory: Theory, asked: Literal, *, strictly: bool = False) -> None:
        self.theory, self.strictly = theory, strictly
        self.names: dict[object, str] = {}
        self.lines: list[str] = []
        self.known: dict[str, bool] = {}
        self.open: set[object] = set()
        self._rules(asked)

    def _fact(self, one: Literal) -> str:
        name = self.names.setdefault(("fact", one), f"f{len(self.names)}")
        if name not in self.known:
            self.known[name] = one in self.theory.facts
            self.lines.append(f'fact {name} yes-no "Is it so?"')
        return name

    def _premise(self, one: Literal, strict: bool) -> str:
        """The condition under which a premise is provable, as a fact, a definition or a reading."""
        if one.absent:
            return f"not {self._premise(Literal(one.atom, one.positive), strict)}"
        rules = [
            r for r in self.theory.heads.get(one, []) if r.kind == "strict" or (not strict and r.kind != "defeater")
        ]
        if not rules:
            return self._fact(one)
        if not strict and one not in self.theory.facts and self.theory.opposed(one):
            beaten = one.opposite in self.theory.facts and all(rule.kind == "defeasible" for rule in rules)
            return f"not {self._always()}" if beaten else self._question(one)
        key = ("definition", one, strict)
        if key in self.open:
            raise CannotSayError("a conclusion hangs on itself: definitions may not go in a circle")
        if key not in self.names:
            self.open.add(key)
            ways = [self._fact(one), *(f"({self._all(rule.body, strict)})" for rule in rules)]
            self.open.discard(key)
            self.names[key] = f"d{len(self.names)}"
            self.lines.append(f'define {self.names[key]} as {" or ".join(ways)}\n  cite "theory"')
        return self.names[key]

    def _question(self, one: Literal) -> str:
        if not self.theory.even(one):
            raise CannotSayError("a rule hangs on what comes out of two rules that oppose each other")
        key = ("question", one.atom)
        if key not in self.names:
            self.names[key] = f"Q{len(self.names)}"
            self.lines.append(
                f'question {self.names[key]} "Is it so?"\n  reading A "yes" cite "theory"\n  reading B "no" cite "theory"'
            )
        return f"{self.names[key]} is {'A' if one.positive else 'B'}"

    def _all(self, body: tuple[Literal, ...], strict: bool) -> str:
        return " and ".join(self._premise(part, strict) for part in body) or self._always()

    def _always(self) -> str:
        name = self.names.setdefault("always", f"f{len(self.names)}")
        if name not in self.known:
            self.known[name] = True
            self.lines.append(f'fact {name} yes-no "Is it so?"')
        return name

    def _rules(self, asked: Literal) -> None:
        if self.strictly:
            self.lines.append(
                f'rule strictly\n  require interview\n  when {self._premise(asked, True)}\n  cite "theory"'
            )
            return
        own = [(r, "require") for r in self.theory.heads.get(asked, [])]
        other = [(r, "forbid") for r in self.theory.heads.get(asked.opposite, [])]
        named = {id(rule): f"r{place}" for place, (rule, _) in enumerate([*own, *other])}
        written: list[tuple[str, str, str, list[str]]] = []
        firm: list[tuple[str, str, str, list[str]]] = []
        for rule, effect in [*own, *other]:
            against = [r for r, e in [*own, *other] if e != effect]
            if rule.kind == "defeater":
                over = [
                    named[id(r)]
                    for r in against
                    if (r.id, rule.id) not in self.theory.superior and r.kind != "defeater"
                ]
                effect = "permit"
            else:
                over = [named[id(r)] for r in against if (rule.id, r.id) in self.theory.superior]
            written.append((named[id(rule)], effect, self._all(rule.body, False), over))
            if rule.kind == "strict":
                firm.append(
                    (f"s-{named[id(rule)]}", effect, self._all(rule.body, True), [named[id(r)] for r in against])
                )
        for name, side, effect, against_rules in (
            ("fact-for", asked, "require", other),
            ("fact-against", asked.opposite, "forbid", own),
        ):
            if side in self.theory.facts or side is asked:
                firm.append((name, effect, self._fact(side), [named[id(r)] for r, _ in against_rules]))
        self._check_strict(asked)
        for name, effect, when, over in [*written, *firm]:
            overrides = f'\n  overrides {", ".join(over)} cite "theory"' if over else ""
            self.lines.append(f'rule {name}\n  {effect} interview\n  when {when}{overrides}\n  cite "theory"')

    def _check_strict(self, asked: Literal) -> None:
        both = [[r for r in self.theory.heads.get(side, []) if r.kind == "strict"] for side in (asked, asked.opposite)]
        if (both[0] and asked.opposite in self.theory.facts) or (both[1] and asked in self.theory.facts):
            raise CannotSayError("strict rules and facts contradict each other: both sides would be provable")

    def text(self) -> str:
        head = 'pack us/theory level federal binds us/custodian status confirmed\n  cite "theory"'
        return "```law\n" + "\n\n".join([head, *self.lines]) + "\n```\n"


def effect(theory: Theory, asked: Literal, *, strictly: bool = False) -> str:
    """What our law says of one conclusion."""
    said = Said(theory, asked, strictly=strictly)
    return _asked(said.text(), tuple(sorted(said.known.items())))


@functools.cache
def _asked(text: str, known: tuple[tuple[str, bool], ...]) -> str:
    packs: Packs = read([Source("theory.md", text)])
    question = {
        "custodian": "us/custodian",
        "act": "interview",
        "at": "2026-01-01T12:00:00-05:00",
        "facts": dict(known),
    }
    return decide(packs, Question.from_json(question, declared_facts(packs.packs))).effect


def provable(theory: Theory, asked: Literal, *, strictly: bool = False) -> bool:
    return effect(theory, asked, strictly=strictly) == "required"


__all__ = ["CannotSayError", "Literal", "ProblemsError", "Theory", "effect", "literal", "provable"]
