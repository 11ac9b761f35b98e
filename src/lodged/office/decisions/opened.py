"""A pack opened on a day: each statement in plain words beside its source, linked to what it names, in force or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from lodged.law.tree import (
    ALWAYS,
    Case,
    Challenge,
    Clock,
    Constraint,
    Default,
    Define,
    FactLine,
    Pack,
    Prevails,
    Question,
    Rule,
    Settles,
    Span,
    Statement,
    Table,
    Unencoded,
)
from lodged.law.worked import as_question
from lodged.office.decisions.library import declared, packs
from lodged.office.decisions.names import ACTS
from lodged.office.decisions.plain import Wording
from lodged.office.decisions.prose import Block, pairs
from lodged.office.decisions.put import Put
from lodged.office.decisions.sentences import DO, noun, or_list, value_words
from lodged.problem import ProblemsError

WORD = re.compile(r'("[^"\n]*"|[A-Za-z][A-Za-z0-9_.-]*)')


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement, ready to be read. `anchors` are the names under which it can be linked."""

    kind: str
    title: str
    anchors: tuple[str, ...]
    words: SafeString
    cite: str
    source: SafeString
    in_force: bool
    span: Span
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked case as a row: what is asked, with which facts, what must come out, and where to try it."""

    act: str
    custodian: str
    at: str
    facts: tuple[str, ...]
    effect: str
    tail: str
    link: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of prose, the statements beside it, the worked cases below."""

    prose: tuple[Block, ...]
    pieces: tuple[Piece, ...]
    cases: tuple[Worked, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which something in the pack begins or ends, and what."""

    day: date
    what: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """The file of one pack, opened on a day; the packs that stand in the same file are on the page as well."""

    pack: Pack
    day: date

    @cached_property
    def file(self) -> str:
        """The file that holds it."""
        return packs().files[self.pack.id]

    @cached_property
    def beside(self) -> tuple[Pack, ...]:
        """Every pack of the file, in its order."""
        return tuple(pack for pack in packs().packs if packs().files[pack.id] == self.file)

    @cached_property
    def parts(self) -> list[Part]:
        """The page, stretch by stretch."""
        return [
            Part(
                pair.prose,
                tuple(piece for block in pair.rules for piece in self._pieces(block)),
                tuple(case for block in pair.cases for case in self._cases(block)),
            )
            for pair in pairs(self.pack.id)
        ]

    @cached_property
    def changes(self) -> list[Change]:
        """Every day on which something in the file begins or ends, earliest first."""
        found: dict[date, list[str]] = {}
        for pack in self.beside:
            for name, span in [(f"pack {pack.id}", pack.span), *_spans(pack)]:
                for day, what in ((span.start, "begins"), (span.end, "ends")):
                    if day is not None and f"{name} {what}" not in found.get(day, ()):
                        found.setdefault(day, []).append(f"{name} {what}")
        return [Change(day, tuple(found[day])) for day in sorted(found)]

    @property
    def before(self) -> date | None:
        """The last change on or before the day that shows another state than the day's; the one to step back to."""
        earlier = [change.day for change in self.changes if change.day < self.day]
        return earlier[-1] if earlier else None

    @property
    def after(self) -> date | None:
        """The next change."""
        return next((change.day for change in self.changes if change.day > self.day), None)

    @cached_property
    def open_questions(self) -> list[Question]:
        """The unsettled questions that the file asks or meets, each with both readings, in order."""
        named = re.findall(r"[A-Za-z][A-Za-z0-9_-]*", "\n".join(self._law_lines()))
        return [packs().questions[name] for name in dict.fromkeys(named) if name in packs().questions]

    @cached_property
    def challenges(self) -> list[tuple[Challenge, bool]]:
        """The open arguments against rules of the file, each with whether it is made on the day."""
        return [
            (statement, statement.span.covers(self.day))
            for pack in self.beside
            for statement in pack.statements
            if isinstance(statement, Challenge)
        ]

    @cached_property
    def settled(self) -> dict[str, list[tuple[Pack, Settles]]]:
        """The packs that settle a question for those they bind, by question."""
        found: dict[str, list[tuple[Pack, Settles]]] = {question.name: [] for question in self.open_questions}
        for pack in packs().packs:
            for statement in pack.statements:
                if isinstance(statement, Settles) and statement.question in found:
                    found[statement.question].append((pack, statement))
        return found

    def _law_lines(self) -> Iterator[str]:
        for pair in pairs(self.pack.id):
            for block in pair.rules:
                yield from block.lines

    # ---- statements

    def _pieces(self, block: Block) -> Iterator[Piece]:
        """The statements that stand in one block of law, a pack's header before its own."""
        ends = block.at + len(block.lines)
        inside: list[tuple[int, Pack, Statement | None]] = []
        for pack in self.beside:
            if block.at <= pack.line < ends:
                inside.append((pack.line, pack, None))
            inside += [(s.line, pack, s) for s in pack.statements if block.at <= s.line < ends]
        inside.sort(key=lambda found: found[0])
        for number, (line, pack, statement) in enumerate(inside):
            until = inside[number + 1][0] if number + 1 < len(inside) else ends
            lines = block.lines[line - block.at : until - block.at]
            source = self._linked("\n".join(lines).rstrip(), pack)
            yield self._header(pack, source) if statement is None else self._piece(pack, statement, source)

    def _header(self, pack: Pack, source: SafeString) -> Piece:
        binds = or_list(list(pack.binds)).replace(" or ", " and ")
        words = format_html("<p>A pack of {} law. It binds {}.</p>", pack.level, binds)
        return Piece(
            "pack",
            pack.id,
            (self.anchor(pack, "pack", ""),),
            words,
            pack.cite,
            source,
            pack.span.covers(self.day),
            pack.span,
        )

    def _piece(self, pack: Pack, statement: Statement, source: SafeString) -> Piece:
        kind, name = _kind(statement), _name(statement)
        span = getattr(statement, "span", Span())
        anchors = [self.anchor(pack, kind, name)] if name else []
        if isinstance(statement, Rule) and pack.id == self.pack.id:
            anchors.append(name)
        return Piece(
            kind,
            name.replace("_", " ") if kind == "define" else name,
            tuple(anchors),
            self._words(pack, statement),
            getattr(statement, "cite", ""),
            source,
            span.covers(self.day) and pack.span.covers(self.day),
            _both(pack.span, span),
            statement if isinstance(statement, Question) else None,
        )

    def _words(self, pack: Pack, statement: Statement) -> SafeString:
        wording = Wording(lambda name: self.address(pack, name))
        match statement:
            case Rule():
                return wording.rule(statement)
            case Define(means=means):
                return wording.meaning(means)
            case Default(fact, values, when):
                said = or_list([value_words(fact, value) for value in values]) if values else "nothing"
                lead = format_html("<p>Unless somebody said otherwise, {} is taken to be {}</p>", noun(fact), said)
                return format_html("{}{}", lead, wording.clause("when", when))
            case Constraint(given, then):
                if given == ALWAYS:
                    return format_html("<p>It is always so that {}</p>", wording.words(then))
                return format_html("<p>Where {}, {}</p>", wording.words(given), wording.words(then))
            case Challenge(acts=acts, when=when):
                lead = format_html(
                    "<p>It is argued that this law cannot stand as to whether to {}. Until a court says so, it stands.</p>",
                    or_list([DO.get(act, act) for act in acts]),
                )
                return lead if when == ALWAYS else format_html("{}{}", lead, wording.clause("when", when))
        return self._short_words(pack, statement)

    def _short_words(self, pack: Pack, statement: Statement) -> SafeString:
        match statement:
            case Question(_, words):
                return format_html("<p>Not settled: {}</p>", words)
            case Settles(question, choice):
                at = self.address(pack, question)
                return format_html(
                    '<p>For those it binds, question <a href="{}">{}</a> is read as {}.</p>', at, question, choice
                )
            case Prevails(over, acts, turned=turned):
                how = "It gives way to" if turned else "It goes before"
                said = or_list([DO.get(act, act) for act in acts])
                return format_html("<p>{} {} as to whether to {}.</p>", how, or_list(list(over)), said)
            case Unencoded(day, acts):
                said = or_list([DO.get(act, act) for act in acts])
                return format_html(
                    "<p>Before {} there was other law, which no pack holds, on whether to {}.</p>", _day(day), said
                )
            case Clock(_, calendar):
                how = f"weekends and the holidays of {calendar} are left out" if calendar else "every hour counts"
                return format_html("<p>Hours held past release: {}.</p>", how)
            case Table(_, file):
                return format_html("<p>A list of offenses answers whether a conviction counts ({}).</p>", file)
            case FactLine(_, _, _, question):
                return format_html("<p>Another fact that can be asked for: {}</p>", question)
        return SafeString("")

    # ---- links

    def anchor(self, pack: Pack, kind: str, name: str) -> str:
        """The name of a place on this page; a pack that only stands in the same file is named before it."""
        own = "-".join(part for part in (kind, name) if part)
        return own if pack.id == self.pack.id else f"{pack.id.replace('/', '-').replace('#', '-')}--{own}"

    def address(self, pack: Pack, name: str) -> str:
        """Where a defined word, a question or a clock is explained, as this pack understands it."""
        for kind, home in _homes(pack, name):
            if home in self.beside:
                return f"#{self.anchor(home, kind, name)}"
            return f"{reverse('pack', args=[home.id])}#{kind}-{name}"
        return ""

    def _linked(self, text: str, pack: Pack) -> SafeString:
        """Source text with every defined word linked; what stands in quotation marks is left alone."""
        made = []
        for part in WORD.split(text):
            address = "" if part.startswith('"') or not WORD.fullmatch(part) else self.address(pack, part)
            made.append(f'<a href="{escape(address)}">{escape(part)}</a>' if address else str(escape(part)))
        return mark_safe("".join(made))  # noqa: S308  (every part was escaped above)

    # ---- worked cases

    def _cases(self, block: Block) -> Iterator[Worked]:
        ends = block.at + len(block.lines)
        for file, home, case in packs().cases:
            if file == self.file and block.at <= case.line < ends:
                yield _worked(case, home)


def _worked(case: Case, home: str) -> Worked:
    custodian = case.custodian or home
    tail = [f"citing {cite}" for cite in case.citing]
    tail += [f"needs: {or_list([noun(need, declared().get(need)) for need in case.needing])}"] if case.needing else []
    tail += [f"depends on question {or_list(list(case.asking))}"] if case.asking else []
    tail += [f"argued: {name}" for name in case.challenged]
    tail += [f"with it: {ACTS.get(act, act).lower()}" for act in case.due]
    facts, link = (), ""
    try:
        question = as_question(case, home, declared())
    except ProblemsError:
        return Worked(case.act, custodian, case.at, facts, case.effect, "; ".join(tail), link)
    put = Put.of(question)
    return Worked(case.act, custodian, case.at, put.sentences, case.effect, "; ".join(tail), put.link)


def _homes(pack: Pack, name: str) -> Iterator[tuple[str, Pack]]:
    """The nearest pack that explains a name, with the kind of statement that does."""
    for _, home in packs().definitions(pack, name):
        yield "define", home
    for other in packs().packs:
        for statement in other.statements:
            if isinstance(statement, Question) and statement.name == name:
                yield "question", other
            if isinstance(statement, Clock) and statement.name == name:
                yield "clock", other


def _kind(statement: Statement) -> str:
    return {
        "Prevails": "precedence",
        "Unencoded": "not-encoded",
        "FactLine": "fact",
    }.get(type(statement).__name__, type(statement).__name__.lower())


def _name(statement: Statement) -> str:
    return str(getattr(statement, "name", "") or getattr(statement, "question", ""))


def _spans(pack: Pack) -> Iterator[tuple[str, Span]]:
    for statement in pack.statements:
        if isinstance(statement, Rule | Define | Challenge):
            yield f"{_kind(statement)} {statement.name}", statement.span
        if isinstance(statement, Unencoded):
            yield "law that a pack holds", Span(statement.day)


def _both(outer: Span, inner: Span) -> Span:
    """The days that lie in both."""
    starts = [day for day in (outer.start, inner.start) if day]
    ends = [day for day in (outer.end, inner.end) if day]
    return Span(max(starts, default=None), min(ends, default=None))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
