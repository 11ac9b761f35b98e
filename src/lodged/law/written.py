"""Writes a read law text back in its one canonical form, so that reading it again gives the same."""

from lodged.law.lex import is_word
from lodged.law.tree import (
    ALWAYS,
    NEVER,
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
    Span,
    Statement,
    Table,
    Unencoded,
    Within,
)


def written_pack(pack: Pack) -> str:
    """A whole pack as text: header first, then its statements, a blank line between two.

    >>> print(written_pack(Pack("us/a", "federal", ("us",), "confirmed", "1 U.S.C. § 1")))
    pack us/a level federal binds us status confirmed
      cite "1 U.S.C. § 1"
    <BLANKLINE>
    """
    return "\n\n".join([written_header(pack), *(written(statement) for statement in pack.statements)]) + "\n"


def written_header(pack: Pack) -> str:
    """The header of a pack alone."""
    lines = f"pack {pack.id} level {pack.level} binds {', '.join(pack.binds)}{_span(pack.span)} status {pack.status}"
    return lines + _cite(pack.cite) + (f"\n  uses {', '.join(pack.uses)}" if pack.uses else "")


def written(statement: Statement) -> str:
    """One statement as text, without a final line end."""
    match statement:
        case Define(name, means, cite, span):
            return f"define {name} as {said(means)}{_span(span)}{_cite(cite)}"
        case Default(fact, values, when, cite):
            return f"default {fact} is {', '.join(values) or 'nothing'}\n  when {said(when)}{_cite(cite)}"
        case Table(name, file, cite):
            return f'table {name} from "{file}"{_cite(cite)}'
        case FactLine(name, type_, choices, question):
            return f'fact {name} {type_}{" of " + ", ".join(choices) if choices else ""} "{question}"'
        case Rule():
            return _rule(statement)
        case Question(name, words, readings):
            lines = "".join(f'\n  reading {read.choice} "{read.words}"{_cite(read.cite, 4)}' for read in readings)
            return f'question {name} "{words}"{lines}'
        case Settles(question, choice, cite):
            return f"settles {question} is {choice}{_cite(cite)}"
        case Challenge(name, acts, cite, when, span):
            return f"challenge {name} to {', '.join(acts)}{_span(span)}{_when(when)}{_cite(cite)}"
        case Clock(name, calendar, cite):
            how = f"leaving out weekends and holidays of {calendar}" if calendar else "counting every hour"
            return f"clock {name} {how}{_cite(cite)}"
        case Constraint(given, then, cite):
            return f"constraint {'' if given == ALWAYS else said(given) + ' implies '}{said(then)}{_cite(cite)}"
        case Prevails(over, acts, cite, turned):
            how = "yields to" if turned else "prevails over"
            return f"{how} {', '.join(over)} for {', '.join(acts)}{_cite(cite)}"
        case Unencoded(day, acts, cite):
            return f"not encoded before {day} for {', '.join(acts)}{_cite(cite)}"


def _rule(rule: Rule) -> str:
    lines = [f"rule {rule.name}{_span(rule.span)}", f"  {rule.effect} {', '.join(rule.acts)}"]
    if rule.when != ALWAYS:
        lines.append(f"  when {said(rule.when)}")
    if rule.unless != NEVER:
        lines.append(f"  unless {said(rule.unless)}")
    lines += [f"  overrides {', '.join(names)}{_cite(cite, 4)}" for names, cite in rule.overrides]
    return "\n".join(lines) + _cite(rule.cite)


def _span(span: Span) -> str:
    if span == Span():
        return ""
    start = f" from {span.start}" if span.start else ""
    return " in force" + start + (f" until {span.end}" if span.end else "")


def _cite(cite: str, indent: int = 2) -> str:
    return f'\n{" " * indent}cite "{cite}"'


def _when(when: Condition) -> str:
    return "" if when == ALWAYS else f"\n  when {said(when)}"


def said(condition: Condition, inside: int = 0) -> str:
    """A condition in the words of the language; `inside` is 0 alone, 1 under `or`, 2 under `and`, 3 under `not`.

    >>> said(Either((All((Name("a"), Not(Is("b", ("c",))))), Name("d"))))
    '(a and b is not c) or d'
    """
    match condition:
        case Either(parts):
            text = " or ".join(said(part, 1) for part in parts)
            return f"({text})" if inside >= 1 else text
        case All(parts):
            text = " and ".join(said(part, 2) for part in parts)
            return f"({text})" if inside >= 1 else text
        case Not(Is(ref, (value,))) if is_word(value):
            return f"{ref} is not {value}"
        case Not(part):
            return f"not {said(part, 3)}"
        case _:
            return _said_leaf(condition)


def _said_leaf(condition: Condition) -> str:
    match condition:
        case Name(ref):
            return ref
        case Is(ref, (value,)):
            return f"{ref} is {value}" if is_word(value) else f'{ref} is "{value}"'
        case Is(ref, values):
            return f"{ref} is one of {', '.join(values)}"
        case Has(ref, (value,)):
            return f"{ref} has {value}"
        case Has(ref, values):
            return f"{ref} has any of {', '.join(values)}"
        case Measure(ref, op, number):
            return f"{ref} is {op} {number}"
        case Order(ref, op, other):
            return f"{ref} {op} {other}"
        case Within(ref, years, other, plus, leap):
            further = (f" plus {plus} days" if plus else "") + (" leap days as the 28th" if leap else "")
            return f"{ref} within {years} years before {other}{further}"
        case Held(op, hours, clock):
            return f"held {op} {hours} hours by {clock}"
        case Some(kind, var, where):
            return f"any {kind} {var} where ({said(where)})"
    raise ValueError(f"`{condition!r}` has no words")
