"""All that an answer letter may hold, and nothing beside it.

What leaves the house is the effect, its citation and the facts of the recipient's own paper (the
design's first safeguard). These types have no place for anything else: no need, reading, challenge,
custody fact or free sentence can be handed in, so none can be sent by mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from lodged.letter.block import Citation
from lodged.letter.letterhead import CANDIDATE, DEMONSTRATION, DRAFT, Custodian, Mark

DECIDED = ("required", "permitted", "forbidden")
OPEN = ("not_known", "contested")

# What each act is, after "will" and "will not". The duties that follow an act stay in the house.
ACTS: Mapping[str, str] = MappingProxyType(
    {
        "hold": "keep the person past the time of release",
        "notify": "tell your office of the release",
        "disclose": "give the information asked for",
        "interview": "allow the interview asked for",
        "transfer": "hand the person over to your office",
        "answer": "produce what the subpoena demands",
    }
)

# What a request to disclose or a subpoena asks for: the words for the law's `inquiry.item`.
ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "incarceration_status": "say whether the person is in custody",
        "release_date": "give the release date",
        "court_date": "give the court dates",
        "home_address": "give the home address",
        "work_address": "give the work address",
        "personal_contact": "give the personal contact details",
        "immigration_status": "give information on immigration status",
        "criminal_history": "give the criminal history",
        "booking_records": "give the booking records",
        "other": "give the information asked for",
    }
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """The office that is answered, as the directory has it, never as its paper gives it."""

    office: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendersPaper:
    """What the recipient's own paper says of itself; None where it says nothing."""

    form: str
    edition: str | None = None
    reference: str | None = None
    dated: date | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """When the paper came, the number it was given, and its place in the log."""

    number: str
    at: datetime
    index: int


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The person who agreed to the letter: a name, or None where only the role is given out."""

    role: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """What the law says of one act asked for: the effect and where it stands written.

    `chooses` is the custodian's choice where the law leaves it one (effect `permitted`), or its counsel's where the law
    is not settled (`contested`), then with what counsel stands on; `item` names what a request to disclose, or a subpoena,
    asks for. An act that is open still carries no citation: which law is in doubt is the house's own affair. Raises
    ValueError on anything else.
    """

    act: str
    effect: str
    citations: tuple[Citation, ...] = ()
    chooses: bool | None = None
    item: str | None = None

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise ValueError(f"`{self.act}` is not an act that a letter answers; it is one of {', '.join(ACTS)}")
        if self.effect not in DECIDED + OPEN:
            raise ValueError(f"`{self.effect}` is not an effect; it is one of {', '.join(DECIDED + OPEN)}")
        if self.item is not None and (self.act not in ("disclose", "answer") or self.item not in ITEMS):
            raise ValueError(f"`{self.item}` is not an item that `{self.act}` can ask for")
        if self.chooses is not None and self.effect not in ("permitted", "contested"):
            raise ValueError(f"where the effect is `{self.effect}` there is nothing to choose")
        if self.effect in OPEN and self.citations and self.chooses is None:
            raise ValueError("an answer that is still to follow cites nothing")
        if self.effect in ("required", "forbidden") and not self.citations or self.by_counsel and not self.citations:
            raise ValueError(f"`{self.effect}` without a citation is only an opinion")

    @property
    def by_counsel(self) -> bool:
        """Whether the custodian's counsel chose where the law is not settled."""
        return self.effect == "contested" and self.chooses is not None

    @property
    def decided(self) -> bool:
        """Whether the letter can say anything of this act."""
        return self.effect in DECIDED or self.by_counsel

    @property
    def deed(self) -> str:
        """What was asked, after "will" and "will not".

        >>> ActAnswer("disclose", "not_known", item="release_date").deed
        'give the release date'
        """
        return ACTS[self.act] if self.item is None else ITEMS[self.item]


@dataclass(frozen=True, slots=True)
class AnswerLetter:
    """An answer to one paper: from whom, to whom, about which paper, and what of each act.

    `at` is the hour the letter is made, with its zone. A letter is a `candidate` until the person is
    confirmed, then a `draft` until somebody agrees; only after that does it name a `reviewer`.
    """

    custodian: Custodian
    recipient: Recipient
    paper: SendersPaper
    received: Received
    acts: tuple[ActAnswer, ...]
    at: datetime
    reviewer: Reviewer | None = None
    candidate: bool = False
    draft: bool = False
    demo: bool = False

    def __post_init__(self) -> None:
        if not self.acts:
            raise ValueError("a letter that answers no act is no answer")
        if self.at.tzinfo is None or self.received.at.tzinfo is None:
            raise ValueError("the hours of a letter need their zone")
        if (self.candidate or self.draft) and self.reviewer is not None:
            raise ValueError("a candidate or a draft has no reviewer: nobody has agreed to it")
        if not (self.candidate or self.draft) and self.reviewer is None:
            raise ValueError("a letter that may be sent names its reviewer; else mark it a candidate or a draft")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The warnings that every page of this letter carries."""
        said = ((DEMONSTRATION, self.demo), (CANDIDATE, self.candidate), (DRAFT, self.draft and not self.candidate))
        return tuple(mark for mark, stands in said if stands)
