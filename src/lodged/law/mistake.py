"""Says in words what is wrong with a statement that the grammar does not accept."""

from collections.abc import Sequence

from lark import Token

from lodged.law.lex import short
from lodged.law.repair import Repair, Trial
from lodged.law.spelling import keywords
from lodged.problem import Problem


def mistake(trial: Trial, repair: Repair | None, where: str) -> Problem:
    """The problem at the first word of a statement that does not fit, on the line the writer would look at."""
    line, what, mend = misplaced(trial) or (_told(trial, repair) if repair else _not_expected(trial))
    return Problem(f"{where}, line {line}", what, mend)


Told = tuple[int, str, str]


def _told(trial: Trial, repair: Repair) -> Told:
    word = trial.words[repair.at]
    match repair.kind:
        case "spelt":
            return _line(word), f"`{short(word)}` is not expected here", f"did you mean `{repair.put[0]}`?"
        case "name":
            what = f"`{word}` is a word of the language and cannot be a name"
            return _line(word), what, f"choose another name, like `{word}-1`"
        case "join":
            pair = f"`{trial.words[repair.at - 1]}{_joined(repair.put[0])}{trial.words[repair.at + 1]}`"
            return _line(word), f"`{word}` cannot stand here", f"write: {pair}"
        case "quote":
            last = trial.words[repair.at + repair.cut - 1]
            text = short(" ".join(str(w) for w in trial.words[repair.at : repair.at + repair.cut]))
            return _line(last), f"`{text}` stands outside quotation marks", f'write: "{text}"'
        case "out" if trial.words[repair.at - 2].type in _NAMING:
            name = f"{trial.words[repair.at - 1]}-{word}"
            return (
                _line(word),
                f"`{short(name.replace('-', ' '))}` is not one word",
                f"write the name as: {short(name)}",
            )
        case "out" if word.type == "RPAR":
            return _line(word), "`)` closes nothing", "take it out, or open it with `(`"
        case "out":
            line, what, mend = _not_expected(trial)
            return line, what, f"take it out; {mend}"
        case _:
            return _missing(trial, repair)


def _joined(put: Token) -> str:
    return ", " if put.type == "COMMA" else f" {put} "


def _missing(trial: Trial, repair: Repair) -> Told:
    kinds = tuple(word.type for word in repair.put)
    if kinds[:2] == ("CITE", "STRING"):
        return _no_citation(trial)
    before, after = trial.words[max(repair.at - 1, 0)], trial.words[repair.at]
    line = _line(before)
    if kinds == ("WORD",) and before.type in _NOTHING_AFTER:
        named, mend = _NOTHING_AFTER[before.type]
        return line, f"`{before}` {named}", mend
    if kinds == ("WORD",) and trial.words[0].type == "FACT":
        return line, f"{_head(trial.words)} has no type", "write after its name: yes-no, one-of of A, B, number, date …"
    if kinds == ("STRING",):
        return line, f"`{short(before)}` is not followed by words in quotation marks", f'write: {short(before)} "…"'
    if kinds == ("AND",) and before.type in ("WORD", "RPAR"):
        return _line(after), f"`and` or `or` is missing before {_shown(after)}", f"write: {short(before)} and {after}"
    if kinds == ("RPAR",):
        return _line(_open_bracket(trial, repair.at)), "`(` is never closed", f"add `)` before {_shown(after)}"
    if kinds == ("COMMA",):
        return _line(after), f"a comma is missing before {_shown(after)}", f"write: {before}, {after}"
    if kinds in _WHOLE:
        what, mend = _WHOLE[kinds]
        return line, what.format(head=_head(trial.words)), mend
    text = " ".join(str(word) for word in repair.put)
    if before.type == "FORCE":
        return line, f"`from` is missing between `in force` and {_shown(after)}", f"write: in force from {short(after)}"
    return (
        line,
        f"`{text}` is missing between `{short(before)}` and {_shown(after)}",
        (f"write: {short(before)} {text} {'' if after.type == '$END' else short(after)}".rstrip()),
    )


def _shown(word: Token) -> str:
    return "the end of the statement" if word.type == "$END" else f"`{short(word)}`"


_WHOLE: dict[tuple[str, ...], tuple[str, str]] = {
    ("FORBID", "WORD"): ("{head} says neither `require`, `permit` nor `forbid`", "add, before `when`: forbid ACT, …"),
    ("AS", "WORD"): ("{head} has no meaning", "write: define NAME as CONDITION"),
    ("STATUS", "WORD"): ("{head} has no status", "write, before `cite`: status confirmed, or: status draft"),
    ("BINDS", "WORD"): ("{head} does not say whom it binds", "write: binds CUSTODIAN, after the level"),
    ("LEVEL", "WORD"): ("{head} has no level", "write: level court, federal, state, local or agency, after the id"),
    ("FROM", "WORD"): ("`in force` has no day", "write: in force from YYYY-MM-DD"),
    ("FOR", "WORD"): ("{head} does not say for which acts", "write, before `cite`: for ACT, …"),
    ("WHEN", "WORD"): ("{head} does not say when", "write, before `cite`: when CONDITION"),
    ("FROM", "STRING"): ("{head} names no file", 'write, before `cite`: from "FILE.toml"'),
    ("IS", "WORD"): ("{head} does not say what it is", "write: is VALUE"),
    ("AT", "WORD"): ("the case has no day", "write, before `with`: at YYYY-MM-DD"),
    ("TO", "WORD"): ("{head} does not say to which acts", "write, before `when`: to ACT, …"),
    ("BY", "WORD"): ("the hours are counted by no clock", "write: by CLOCK"),
    ("READING", "WORD", "STRING", "CITE", "STRING"): ("{head} has no reading", 'add: reading NAME "…" cite "…"'),
    ("COUNTING", "EVERY", "HOUR"): (
        "{head} does not say how it counts",
        "write: counting every hour, or: leaving out weekends and holidays of CALENDAR",
    ),
    ("WORD", "STRING"): ("{head} has no type and no question", 'write: fact NAME TYPE "the question"'),
    ("ARROW", "WORD"): ("the case does not say what comes out", "write at its end: -> EFFECT"),
    ("ARROW",): ("the case has no `->` before its effect", "write: -> EFFECT"),
    ("WITH",): ("the case has no `with` before its facts", "write: with FACT VALUE, …"),
}

_NAMING = frozenset(["RULE", "DEFINE", "TABLE", "FACT", "QUESTION", "READING", "CHALLENGE", "CLOCK", "LET"])
_A_NAME = ("has no name", "write a name after it")
_AN_ACT = ("names no act", "write an act after it: hold, notify, disclose, interview, transfer, answer or a duty")
_A_CONDITION = ("has no condition", "write a fact, a definition or a test after it")
_A_DAY = ("has no day", "write it as YYYY-MM-DD")
_A_NUMBER = ("has no number", "write it in digits, like 48")
_A_VALUE = ("has no value", "write one of the fact's values after it")
_NOTHING_AFTER: dict[str, tuple[str, str]] = {
    "PACK": ("has no id", "write: pack PLACE/NAME level LEVEL …"),
    "LEVEL": ("names no level", "write court, federal, state, local or agency after it"),
    "BINDS": ("names nobody", "write a place like us-ny, or a custodian like us-ny-nyc/doc, after it"),
    "STATUS": ("says nothing", "write confirmed or draft after it"),
    **dict.fromkeys(_NAMING, _A_NAME),
    "DEFAULT": ("names no fact", "write: default FACT is VALUE when CONDITION"),
    "SETTLES": ("names no question", "write: settles QUESTION is READING"),
    **dict.fromkeys(("REQUIRE", "PERMIT", "FORBID", "TO", "FOR"), _AN_ACT),
    **dict.fromkeys(("WHEN", "UNLESS", "AND", "OR", "NOT", "LPAR", "AS", "CONSTRAINT", "IMPLIES"), _A_CONDITION),
    **dict.fromkeys(("FROM", "UNTIL", "BEFORE", "AFTER", "AT"), _A_DAY),
    **dict.fromkeys(("THAN", "LEAST", "MOST", "WITHIN", "PLUS"), _A_NUMBER),
    **dict.fromkeys(("IS", "HAS", "OF", "BE"), _A_VALUE),
    "COMMA": ("is followed by nothing", "write another word after the comma, or take the comma out"),
    "OVERRIDES": ("names no rule", "write the rule of this pack that gives way"),
    "OVER": ("names nobody", "write a pack or a level after it"),
    "USES": ("names no pack", "write the pack whose definitions are used"),
    "BY": ("names nobody", "write a clock, or in a case a custodian, after it"),
    "ARROW": ("names no effect", "write required, permitted, forbidden, contested or not_known after it"),
    "WITH": ("gives no fact", "write: with FACT VALUE, …"),
    "NEEDING": ("names no fact", "write the fact that is needed"),
    "ASKING": ("names no question", "write the question that is open"),
    "CHALLENGED": ("names no argument", "write the challenge that is listed"),
    "DUE": ("names no duty", "write the duty that is due"),
}


def _no_citation(trial: Trial) -> Told:
    """The statement, or the part of it, that does not cite, on its own line."""
    assert trial.at is not None
    words = trial.words[: trial.at]
    cited = max((place for place, word in enumerate(words) if word.type == "CITE"), default=-1)
    for place in range(len(words) - 1, cited, -1):
        if words[place].type in ("OVERRIDES", "READING"):
            part = f"`{' '.join(str(word) for word in words[place : place + 2])}`"
            return _line(words[place]), f"{part} has no citation", 'add: cite "…", the section it comes from'
    mend = 'add: cite "…", the section it comes from'
    if cited >= 0 and any(word.type == "OVERRIDES" for word in words[:cited]):
        mend = 'the `cite` after `overrides` speaks for that alone; add: cite "…" for the rule itself'
    return _line(words[0]), f"{_head(words)} has no citation", mend


def _head(words: Sequence[Token]) -> str:
    """How a statement is named: its keyword and its name."""
    size = {"CONSTRAINT": 1, "NOT": 4, "PREVAILS": 3, "YIELDS": 3}.get(words[0].type, 2)
    return f"`{short(' '.join(str(word) for word in words[:size] if word.type != '$END'))}`"


def _open_bracket(trial: Trial, at: int) -> Token:
    opened: list[Token] = []
    for word in trial.words[:at]:
        if word.type == "LPAR":
            opened.append(word)
        elif word.type == "RPAR" and opened:
            opened.pop()
    return opened[-1] if opened else trial.words[max(at - 1, 0)]


# The clauses of a statement in their order; those on one place exclude each other.
_SHAPES: dict[str, tuple[tuple[str, ...], ...]] = {
    "RULE": (("IN",), ("REQUIRE", "PERMIT", "FORBID"), ("WHEN",), ("UNLESS",), ("OVERRIDES",), ("CITE",)),
    "PACK": (("LEVEL",), ("BINDS",), ("IN",), ("STATUS",), ("CITE",), ("USES",)),
    "CHALLENGE": (("TO",), ("IN",), ("WHEN",), ("CITE",)),
    "DEFINE": (("AS",), ("IN",), ("CITE",)),
    "DEFAULT": (("WHEN",), ("CITE",)),
}


def misplaced(trial: Trial) -> Told | None:
    """A clause that does not fit because it comes too late, or for the second time."""
    assert trial.at is not None
    shape = _SHAPES.get(trial.words[0].type, ())
    places = {kind: place for place, kinds in enumerate(shape) for kind in kinds}
    word = trial.words[trial.at]
    if word.type not in places or word.type in ("OVERRIDES", "CITE"):
        return _early(trial, places)
    for earlier in trial.words[1 : trial.at]:
        if earlier.type not in places or earlier.type == "CITE":
            continue
        if places[earlier.type] == places[word.type]:
            return _line(word), f"`{word}` stands a second time in {_head(trial.words)}", _ONCE.get(word.type, _SECOND)
        if places[earlier.type] > places[word.type]:
            return _line(word), f"`{word}` comes after `{earlier}`", f"write `{word} …` before `{earlier} …`"
    return None


def _early(trial: Trial, places: dict[str, int]) -> Told | None:
    """`cite` before the clauses that it should follow."""
    assert trial.at is not None
    word = trial.words[trial.at]
    if word.type != "CITE" or trial.words[trial.at - 1].type in places:
        return None
    for later in trial.words[trial.at + 1 :]:
        if places.get(later.type, len(places)) < places.get("CITE", 0):
            return _line(word), f"`cite` comes before `{later}`", f"write `cite …` after `{later} …`"
    return None


_SECOND = "write a second statement for it"
_ONCE = {
    "WHEN": "join the conditions with `and`",
    "UNLESS": "join the conditions with `or`",
    "REQUIRE": "write a second rule",
    "PERMIT": "write a second rule",
    "FORBID": "write a second rule",
}


def _not_expected(trial: Trial) -> Told:
    assert trial.at is not None
    word = trial.words[trial.at]
    follow = f"here may follow: {_expected(trial)}"
    if word.type == "$END":
        return _line(word), f"{_head(trial.words)} ends too soon", follow
    return _line(word), f"`{short(word)}` is not expected here", follow


_KINDS = {"WORD": "a name", "STRING": 'words in "…"', "COMMA": "a comma", "LPAR": "`(`", "RPAR": "`)`", "ARROW": "`->`"}


def _expected(trial: Trial) -> str:
    words = sorted(
        _KINDS.get(kind) or f"`{keywords(trial.start).get(kind, kind)}`" for kind in trial.expected - {"$END"}
    )
    return ", ".join(words[:10]) or "nothing more"


def _line(word: Token) -> int:
    return word.line or 0
