"""What may be said of a receipt after it was checked: one sentence of what it proves, one of what it does not."""

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from lodged.log.canonical import Json
from lodged.log.checkpoint import Cosignature

NO_RECEIPT = "Whatever it says: this file is not a whole, unaltered receipt that could be relied on."
OTHER_DOCUMENT = (
    "That this document was received. The receipt itself is whole and unaltered; it is for another document."
)
NOBODY_VOUCHES = "consistent with the key inside; nobody vouches for that key"
# Controls, and the marks that turn the direction of writing: they would let a receipt write over our sentences
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check; `why` is None only when everything asked for was proved.

    `ok`: whole, unaltered and consistent. `trusted`: also signed by a key that the reader trusts.
    `document_matches` is None when no document was given. `witnesses` are the names of those whose
    cosignatures hold.
    """

    ok: bool
    trusted: bool
    proves: str
    does_not_prove: str
    origin: str | None = None
    index: int | None = None
    size: int | None = None
    document_matches: bool | None = None
    witnesses: tuple[str, ...] = ()
    number: str | None = None
    received_at: str | None = None
    why: str | None = None

    def record(self) -> dict[str, Json]:
        """The verdict as a JSON object, keys as `lodged verify --json` shows them."""
        return {**asdict(self), "witnesses": list(self.witnesses)}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a consistent receipt says, ready to be put in a sentence.

    `document_hash` is None without the document; `sealed` counts the values that the entry only commits to.
    """

    custodian: str
    origin: str
    number: str
    received_at: str
    index: int
    size: int
    commitment: str | None
    document_hash: str | None
    cosignatures: tuple[Cosignature, ...]
    witnessed: bool
    sealed: int


def refused(why: str, document_matches: bool | None = None) -> Verdict:
    """The verdict on what is not a receipt, or no longer one; `document_matches` false: a good receipt of another document."""
    other = document_matches is False
    return Verdict(
        ok=False,
        trusted=False,
        proves="Nothing about this document." if other else "Nothing.",
        does_not_prove=OTHER_DOCUMENT if other else NO_RECEIPT,
        document_matches=document_matches,
        why=visible(why),
    )


def accepted(claim: Claim, why_not_trusted: str | None) -> Verdict:
    """The verdict on a consistent receipt; `why_not_trusted` is None if the reader's own trust is met."""
    held = f"{claim.custodian} held {_what(claim)} no later than {claim.received_at} by its own clock, "
    held += f"as entry {claim.index} of its log `{claim.origin}`, under the number {claim.number}"
    proves = f"This receipt proves that {held}."
    if why_not_trusted:
        on = "If that key is the custodian's" if why_not_trusted == NOBODY_VOUCHES else "On the word of that log alone"
        proves = f"This receipt is {why_not_trusted}. {on}, it proves that {held}."
    return Verdict(
        ok=True,
        trusted=why_not_trusted is None,
        proves=proves + "".join(f" {_saw(one)}" for one in claim.cosignatures),
        does_not_prove=_does_not_prove(claim),
        origin=claim.origin,
        index=claim.index,
        size=claim.size,
        document_matches=True if claim.document_hash else None,
        witnesses=tuple(one.witness.name for one in claim.cosignatures),
        number=claim.number,
        received_at=claim.received_at,
        why=why_not_trusted,
    )


def visible(text: str) -> str:
    """The text with what cannot be seen made visible, so that a hostile file cannot steer a terminal.

    >>> visible("a\\x1b[31mb")
    'a\ufffd[31mb'
    """
    return UNSEEN.sub("\ufffd", text)


def _what(claim: Claim) -> str:
    if claim.document_hash:
        return f"this document (SHA-256 {claim.document_hash})"
    if claim.commitment:
        return f"a document (salted SHA-256 {claim.commitment})"
    return "a message without a document"


def _saw(one: Cosignature) -> str:
    moment = datetime.fromtimestamp(one.time, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"The witness `{visible(one.witness.name)}` saw the log with this entry at {moment}."


def _does_not_prove(claim: Claim) -> str:
    sentences = ["It does not prove who sent it, whether what it says is true, or what was decided."]
    if claim.commitment and not claim.document_hash:
        sentences.append("Which document it was shows only when the document is compared with it.")
    if claim.sealed:
        count = "the one value" if claim.sealed == 1 else f"the {claim.sealed} values"
        sentences.append(
            f"It opens none of {count} sealed in its entry: without the salt nobody can test a guess, and once an "
            "order has destroyed the salt nobody ever can."
        )
    if not claim.witnessed:
        sentences.append(
            "No outside witness has cosigned (unwitnessed): that the clock was right, and that the log shows "
            "everybody the same entries, rests on the custodian's word."
        )
    return " ".join(sentences)
