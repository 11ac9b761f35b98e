"""The language of properties: one sentence about the law, with conditions in the language of the packs.

never ACT EFFECT [when CONDITION] [unless CONDITION]
always ACT EFFECT [when CONDITION] [unless CONDITION]
ACT is never EFFECT …      ACT is always EFFECT …
no ACT is EFFECT [without CONDITION]
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lodged.law.check import ALL_ACTS, problems_in
from lodged.law.fact import nearest
from lodged.law.packs import Packs
from lodged.law.parse import parse_file
from lodged.law.prove.door import Term
from lodged.law.prove.settle import EFFECTS
from lodged.law.prove.side import ActLaw
from lodged.law.prove.terms import either, every, negation
from lodged.law.tree import ALWAYS, NEVER, All, Condition, Define, Either, Name, Not, Pack
from lodged.law.written import said
from lodged.problem import Problem, ProblemsError

WHERE = "property"
_SHAPES = (
    re.compile(r"(?P<how>never|always)\s+(?P<acts>.+)", re.IGNORECASE | re.DOTALL),
    re.compile(r"(?P<acts>.+?)\s+(?:is|are)\s+(?P<how>never|always)\s+(?P<effects>.+)", re.IGNORECASE | re.DOTALL),
    re.compile(r"no\s+(?P<acts>.+?)\s+is\s+(?P<effects>.+)", re.IGNORECASE | re.DOTALL),
)
_CLAUSE = re.compile(r"\s(when|unless|without)\s", re.IGNORECASE)
_MEND = "write: never ACT EFFECT [when CONDITION] [unless CONDITION], or: always ACT EFFECT [when …] [unless …]"
_WORDS: Mapping[str, tuple[str, ...]] = {
    **{effect: (effect,) for effect in EFFECTS},
    "allowed": ("permitted", "required"),
}
_EVERY_ACT = ("any act", "anything", "every act")


@dataclass(frozen=True, slots=True)
class Property:
    """Acts never, or always, have one of some effects, where `when` holds and `unless` does not.

    >>> from lodged.law.packs import load
    >>> found = read_property("no hold is permitted without federal_judge", load())
    >>> found.always, found.acts, found.effects, found.unless
    (False, ('hold',), ('permitted',), Name(ref='federal_judge', line=6))
    """

    text: str
    always: bool
    acts: tuple[str, ...]
    effects: tuple[str, ...]
    when: Condition = ALWAYS
    unless: Condition = NEVER


def read_property(text: str, packs: Packs) -> Property:
    """A property from its sentence. Raises ProblemsError for a sentence, an act, an effect or a fact nobody knows."""
    head, *clauses = _CLAUSE.split(" ".join(text.split()) + " ")
    how, acts, effects = _head(head.strip())
    conditions: dict[str, Condition] = {"when": ALWAYS, "unless": NEVER}
    for word, condition in zip(clauses[::2], clauses[1::2], strict=True):
        kind = "when" if word.lower() == "when" else "unless"
        if conditions[kind] not in (ALWAYS, NEVER):
            raise _problem(f"`{word}` stands twice", "join the two conditions by `and` or `or`")
        conditions[kind] = _condition(condition.strip(), packs)
    return Property(" ".join(text.split()), how == "always", acts, effects, conditions["when"], conditions["unless"])


def _problem(what: str, mend: str) -> ProblemsError:
    return ProblemsError([Problem(WHERE, what, mend)])


def _head(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            parts = found.groupdict()
            acts, effects = parts["acts"], parts.get("effects")
            if effects is None:
                acts, effects = _cut(acts)
            return (parts.get("how") or "never").lower(), _acts(acts), _effects(effects)
    raise _problem(f"`{text}` is no sentence about an act and its effect", _MEND)


def _cut(text: str) -> tuple[str, str]:
    """`hold, notify permitted or required` as its acts and its effects."""
    words = text.split()
    at = next((at for at, word in enumerate(words) if at and word.strip(",").lower() in _WORDS), len(words) - 1)
    return " ".join(words[:at]).removesuffix(" is").removesuffix(" are"), " ".join(words[at:])


def _listed(text: str) -> list[str]:
    return [word for word in re.split(r"\s*,\s*|\s+or\s+|\s+and\s+", text.strip()) if word]


def _acts(text: str) -> tuple[str, ...]:
    if text.strip().lower() in _EVERY_ACT:
        return tuple(ALL_ACTS)
    acts = tuple(word.lower() for word in _listed(text))
    unknown = [act for act in acts if act not in ALL_ACTS]
    if unknown or not acts:
        raise _problem(f"`{(unknown or [text])[0]}` is not a known act", nearest((unknown or [text])[0], ALL_ACTS))
    return acts


def _effects(text: str) -> tuple[str, ...]:
    words = [word.lower().replace(" ", "_") for word in _listed(text)]
    unknown = [word for word in words if word not in _WORDS]
    if unknown or not words:
        raise _problem(f"`{(unknown or [text])[0]}` is not an effect", f"it is one of: {', '.join(_WORDS)}")
    return tuple(dict.fromkeys(effect for word in words for effect in _WORDS[word]))


def _condition(text: str, packs: Packs) -> Condition:
    """A condition, read and checked as in a pack that uses all others."""
    if not text:
        raise _problem("a clause has no condition", "write a fact, a definition or a test after it")
    uses = ", ".join(pack.id for pack in packs.packs)
    markdown = (
        f'```law\npack lodged/{WHERE} level federal binds us status draft\n  cite "{WHERE}"\n  uses {uses}\n\n'
        f'define {WHERE} as {text}\n  cite "{WHERE}"\n```\n'
    )
    try:
        read, _ = parse_file(markdown, WHERE)
        found = [
            problem for problem in problems_in([*packs.packs, *read], packs.files) if f"{WHERE}, line" in problem.where
        ]
    except ProblemsError as error:
        found = list(error.problems)
    if found:
        raise ProblemsError([Problem(WHERE, problem.what, problem.mend) for problem in found])
    return next(s.means for s in read[0].statements if isinstance(s, Define))


# ---- as a term


def as_term(condition: Condition, law: ActLaw) -> Term:
    """A property's condition over one law. Its definitions are those of the packs that bind there, else of any one pack.

    Raises ProblemsError where a name means different things and nothing says which is meant.
    """
    match condition:
        case Not(part):
            return negation(as_term(part, law))
        case All(parts):
            return every([as_term(part, law) for part in parts])
        case Either(parts):
            return either([as_term(part, law) for part in parts])
        case Name(ref) if ref not in law.standing.facts:
            return law.encoder.condition(condition, _home(ref, law))
    return law.encoder.condition(condition, law.standing.library.packs[0])


def _home(name: str, law: ActLaw) -> Pack:
    here = list(_defining(name, law, law.standing.packs))
    homes = here or list(_defining(name, law, law.standing.library.packs))
    if not homes:
        what = f"`{name}` is not defined on {law.standing.day}"
        raise _problem(what, "ask on a day on which its pack is in force: --on YYYY-MM-DD")
    if len({said(define.means) for _, define in homes}) > 1:
        places = " and ".join(pack.id for pack, _ in homes)
        what = f"`{name}` means different things in {places}"
        raise _problem(
            what,
            f"ask of one custodian (--by) whom one of them binds; {law.side.custodian} is bound by none of them"
            if not here
            else "write out what is meant by facts",
        )
    return homes[0][0]


def _defining(name: str, law: ActLaw, packs: tuple[Pack, ...]) -> Iterator[tuple[Pack, Define]]:
    for pack in packs:
        for statement in pack.statements:
            if isinstance(statement, Define) and statement.name == name and statement.span.covers(law.standing.day):
                yield pack, statement
