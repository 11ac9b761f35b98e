"""A statement of a law pack in plain words: who must, may or must not do what, when, and unless what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lodged.law.fact import Fact
from lodged.law.tree import (
    ALWAYS,
    NEVER,
    All,
    Condition,
    Either,
    Has,
    Held,
    Is,
    Measure,
    Name,
    Not,
    Order,
    Rule,
    Some,
    Within,
)
from lodged.office.decisions.library import declared, packs
from lodged.office.decisions.sentences import DO, NOT_IN_SETS, SAYS, SETS, holds, noun, or_list, value_words

Address = Callable[[str], str]  # a defined word, a question or a clock -> where it is explained; empty where nowhere


def nowhere(_: str) -> str:
    """No word is linked."""
    return ""


@dataclass(frozen=True, slots=True)
class Wording:
    """How conditions are put into words: where a defined word is explained, what the names in a list stand for."""

    address: Address = nowhere
    bound: dict[str, str] = field(default_factory=dict)

    def rule(self, rule: Rule, who: str = "The custodian") -> SafeString:
        """The whole rule: what it does, then when, then unless what."""
        lead = format_html("{} <b>{}</b> {}", who, SAYS[rule.effect], or_list([DO.get(act, act) for act in rule.acts]))
        when = self.clause("when", rule.when) if rule.when != ALWAYS else SafeString("")
        unless = self.clause("unless", rule.unless) if rule.unless != NEVER else SafeString("")
        over = format_html_join(
            "",
            "<p>It goes before the rule {} of this pack ({}).</p>",
            ((or_list(list(n)), c) for n, c in rule.overrides),
        )
        return format_html("<p>{}{}</p>{}{}{}", lead, "" if when or unless else ", always.", when, unless, over)

    def meaning(self, condition: Condition) -> SafeString:
        """What a defined word means: in line where it is one test, else a list."""
        if not isinstance(condition, All | Either):
            return format_html("<p>{}</p>", self.words(condition))
        return format_html("<p>{}</p>{}", _lead(condition), self._points(condition))

    def clause(self, word: str, condition: Condition) -> SafeString:
        """`when` or `unless` with its condition: in line where it is one test, else a list."""
        if not isinstance(condition, All | Either):
            return format_html("<p><b>{}</b> {}</p>", word, self.words(condition))
        return format_html("<p><b>{}</b> {}</p>{}", word, _lead(condition), self._points(condition))

    def words(self, condition: Condition) -> SafeString:
        """A condition in line; a choice inside it keeps its own marks."""
        match condition:
            case All(parts) | Either(parts):
                joint = " and " if isinstance(condition, All) else " or "
                lead = "both " if isinstance(condition, All) and len(parts) == 2 else ""
                return format_html("({}{})", lead, format_html_join(joint, "{}", ((self.words(p),) for p in parts)))
            case Not(part):
                return self._denied(part)
        return self._leaf(condition, yes=True)

    def _points(self, condition: All | Either) -> SafeString:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", self._items(condition)))

    def _items(self, condition: All | Either) -> Iterator[tuple[SafeString]]:
        for part in condition.parts:
            if isinstance(part, All | Either):
                yield (format_html("{}{}", _lead(part), self._points(part)),)
            elif isinstance(part, Not) and isinstance(part.part, All | Either):
                yield (format_html("not so: {}{}", _lead(part.part), self._points(part.part)),)
            else:
                yield (self.words(part),)

    def _denied(self, part: Condition) -> SafeString:
        match part:
            case Not(inner):
                return self.words(inner)
            case All() | Either():
                return format_html("it is not so that {}", self.words(part))
        return self._leaf(part, yes=False)

    def _leaf(self, leaf: Condition, *, yes: bool) -> SafeString:
        is_ = "is" if yes else "is not"
        match leaf:
            case Name(ref):
                return self._name(ref, yes=yes)
            case Is(ref, values) if ref in packs().questions:
                return format_html("{} {} read as {}", self._linked(ref, f"question {ref}"), is_, or_list(list(values)))
            case Is(ref, values):
                said = or_list([value_words(self._plain(ref), value) for value in values])
                return format_html("{} {} {}", self._noun(ref), is_, said)
            case Has(ref, values):
                said = or_list([value_words(ref, value) for value in values])
                lead = (SETS if yes else NOT_IN_SETS).get(ref) or f"{self._noun(ref)} {is_}"
                return format_html("{} {}", lead, said)
            case Measure(ref, op, number):
                return format_html("{} {} {} {}", self._noun(ref), is_, op, f"{number:g}")
            case Order(ref, op, other):
                return format_html("{} {} {} {}", self._noun(ref), is_, op, self._noun(other))
            case Within():
                return self._within(leaf, yes=yes)
            case Held(op, hours, clock):
                counted = self._linked(clock, f"counted by the clock “{clock}”")
                has = "has" if yes else "has not"
                return format_html(
                    "the person {} been held {} {} hours past release, {}", has, op, f"{hours:g}", counted
                )
            case Some(kind, var, where):
                inner = Wording(self.address, {**self.bound, var: kind})
                lead = f"there is {'a' if yes else 'no'} {kind} for which"
                return format_html("{} {}", lead, inner.words(where))
        raise ValueError(f"`{leaf!r}` has no words")

    def _within(self, leaf: Within, *, yes: bool) -> SafeString:
        further = f", reaching further back by {self._noun(leaf.plus)}" if leaf.plus else ""
        leap = " (29 February counts as the 28th)" if leaf.leap else ""
        lies = "lies" if yes else "does not lie"
        years = f"{leaf.years} years"
        return format_html(
            "{} {} within {} before {}{}{}", self._noun(leaf.ref), lies, years, self._noun(leaf.other), further, leap
        )

    def _name(self, ref: str, *, yes: bool) -> SafeString:
        fact = declared().get(ref) or self._field(ref)
        if fact is not None:
            return format_html("{}", holds(self._plain(ref), fact, yes=yes))
        word = self._linked(ref, ref.replace("_", " "))
        return format_html("“{}” {}", word, "is met" if yes else "is not met")

    def _noun(self, ref: str) -> str:
        return noun(self._plain(ref), declared().get(ref) or self._field(ref))

    def _plain(self, ref: str) -> str:
        """The name of a fact; of a field in a list, the field's alone."""
        var, _, name = ref.partition(".")
        return name if var in self.bound else ref

    def _field(self, ref: str) -> Fact | None:
        var, _, name = ref.partition(".")
        kinds = {fact.kind: fact for fact in declared().values() if fact.kind}
        listed = kinds.get(self.bound.get(var, ""))
        return next((one for one in listed.fields if one.name == name), None) if listed else None

    def _linked(self, name: str, words: str) -> SafeString:
        address = self.address(name)
        return format_html('<a href="{}">{}</a>', address, words) if address else format_html("{}", words)


def _lead(condition: All | Either) -> str:
    if isinstance(condition, All):
        return "all of these hold:" if len(condition.parts) != 2 else "both hold:"
    return "one of these holds:"
