"""Decides what the law says of a question: over all completions of what is not known, never by a guess."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from lodged.law.ask import Question
from lodged.law.asked import Asked
from lodged.law.change import would_change
from lodged.law.decision import Decision, Due
from lodged.law.fact import DUTIES_WITH
from lodged.law.matter import NOT_KNOWN, PERMITTED, is_law
from lodged.law.packs import Packs
from lodged.law.standing import standing
from lodged.law.weigh import Weighed, weigh
from lodged.law.why import challenges, drafts_say, notes, readings, reasons
from lodged.problem import Problem, ProblemsError
from lodged.when import WhenError


def decide(
    packs: Packs,
    question: Question,
    adopted: frozenset[str] = frozenset(),
    with_draft: Iterable[str] = (),
) -> Decision:
    """What the law says of `question`.

    `adopted` holds `pack@version` names that counsel adopted; `with_draft` names draft packs to decide by, and the
    decision then says so. Raises ProblemsError for an unknown draft, for facts that contradict each other, and for
    hours that no calendar can count.

    >>> from datetime import datetime
    >>> from lodged.law.packs import load
    >>> at = datetime.fromisoformat("2020-01-17T14:05:00-05:00")
    >>> facts = {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none"}
    >>> decide(load(), Question("us-ny-nyc/doc", "hold", at, facts)).effect
    'forbidden'
    """
    drafts = _known_drafts(packs, frozenset(with_draft))
    try:
        asked = Asked(law(packs, question, question.act, drafts), question, question.act)
        duties = [_due(packs, question, duty, drafts) for duty, acts in DUTIES_WITH.items() if question.act in acts]
        return _decision(packs, asked, [duty for duty in duties if duty], adopted, drafts)
    except WhenError as error:
        mend = "add the calendar's year, or give `hold.hours` instead of `person.release_moment`"
        raise ProblemsError([Problem("person.release_moment", str(error), mend)]) from None


def law(packs: Packs, question: Question, act: str, drafts: frozenset[str] = frozenset()) -> Weighed:
    """The law that stands for one act on the day of a question, weighed once for all days on which it is the same."""
    period = bisect_right(packs.turning_days, question.day)
    key = ("law", question.custodian, act, period, drafts)
    if key not in packs.kept:
        packs.kept[key] = weigh(standing(packs, question.place, question.day, act, drafts))
    kept: Weighed = packs.kept[key]
    return kept


def _known_drafts(packs: Packs, names: frozenset[str]) -> frozenset[str]:
    if not names:
        return names
    drafts = sorted(pack.id for pack in packs.packs if pack.status == "draft")
    unknown = [name for name in sorted(names) if name not in drafts]
    if unknown:
        mend = f"the drafts are: {', '.join(drafts) or 'none'}"
        raise ProblemsError([Problem("with_draft", f"`{name}` is no draft pack", mend) for name in unknown])
    return names


@dataclass(frozen=True, slots=True)
class _Duty:
    due: Due
    packs: frozenset[str]


def _due(packs: Packs, question: Question, duty: str, drafts: frozenset[str]) -> _Duty | None:
    """A duty that comes with the act, where it is more than permitted by silence."""
    weighed = law(packs, question, duty, drafts)
    if weighed.silent:
        return None
    asked = Asked(weighed, question, duty)
    effect = asked.outcome.effect
    if effect == PERMITTED:
        return None
    spoken = asked.supporting()
    cites = [speech.rule.cite for speech in spoken] or [draft.pack.cite for draft in asked.drafts]
    cites += [statement.cite for _, statement in weighed.law.standing.unencoded]
    return _Duty(Due(duty, effect, cites[0] if cites else ""), frozenset(speech.pack.id for speech in spoken))


def _decision(
    packs: Packs, asked: Asked, duties: list[_Duty], adopted: frozenset[str], drafts: frozenset[str]
) -> Decision:
    outcome, variables = asked.outcome, asked.builder.variables
    used = sorted({speech.pack.id for speech in asked.spoken}.union(*(duty.packs for duty in duties)))
    first = asked.completions.ask_first(outcome.facts) if outcome.effect == NOT_KNOWN else None
    return Decision(
        custodian=asked.question.custodian,
        act=asked.act,
        effect=outcome.effect,
        basis="silence" if asked.silent else "rule",
        law_as_of=asked.question.day,
        draft_law_used=any(speech.pack.id in drafts for speech in asked.spoken),
        reasons=reasons(asked, packs.versions),
        adopted=bool(used) and all(packs.named(pack) in adopted for pack in used),
        packs_used=tuple(packs.named(pack) for pack in used),
        needs=tuple(name for rank in outcome.facts for name in variables[rank].facts),
        laws=tuple(variables[rank].name for rank in outcome.facts if is_law(rank)),
        ask_first=variables[first].facts[0] if first else None,
        readings=readings(asked, packs),
        challenges=challenges(asked),
        draft_would_say=drafts_say(asked),
        would_change=would_change(asked),
        duties=tuple(duty.due for duty in duties),
        notes=notes(asked, packs),
    )
