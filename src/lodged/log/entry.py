"""One entry of the log: an event written down, and the 32 bytes that commit to it.

| what | bytes |
|---|---|
| event | canonical JSON (RFC 8785), at most 65,535 bytes |
| leaf | `SHA-256(salt || event)`, the only part that is published |
| leaf hash | `SHA-256(0x00 || leaf)` (RFC 9162 §2.1.1), in `tree.py` |
| sealed value | `SHA-256(salt || canonical JSON of the value)`, hex |
| document commitment | `SHA-256(salt || SHA-256(document))`, hex |

Every salt is 32 fresh random bytes, made by the caller and used once. An event names no person in the clear:
personal values stand in `sealed`, and when their salts are destroyed they are closed for ever while every proof
still holds. The salt of a document is carried on its receipt, so that the filer can open the commitment and
nobody else can test a guess by writing the same letter again.

>>> event = Event("Heartbeat", custodian="Ossian County Jail", clocks=Clocks("2026-11-24T17:00:00-05:00"))
>>> open_leaf(event.text(), bytes(32), leaf(event.text(), bytes(32))).kind
'Heartbeat'
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from lodged.log.canonical import Json, canonical, parse_canonical
from lodged.log.errors import EntryError

FORMAT = "lodged-entry/v1"
SALT_LENGTH = 32
LONGEST_EVENT = 65_535  # C2SP tlog-tiles: an entry's length is a 16-bit number
KEYS = frozenset(
    ("format", "event", "custodian", "clocks", "number", "channel", "document", "sealed", "facts", "cosigned")
)
_KIND = re.compile(r"[A-Z][A-Za-z]{1,63}")
_HEX = re.compile(r"[0-9a-f]{64}")
# RFC 3339 with its offset always written: one spelling, so that text can be compared with text
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}:\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Three clocks, kept apart because none of them may speak for another. ISO 8601 with offset, or None.

    `host` is ours; `sender` is what the sender claims, as text or as a moment; `channel` is the stamp of the
    fax server, mail server or provider.
    """

    host: str
    sender: str | None = None
    channel: str | None = None

    def __post_init__(self) -> None:
        for moment in (self.host, self.channel):
            if moment is not None:
                parse_moment(moment)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as it is written into the log; leaves cannot be migrated, so neither can these names.

    `kind` follows ETSI EN 319 522-1 §6.2 where it fits (`ContentConsignment`, `ConsignmentNotification`,
    `ContentHandover`) and is one of ours elsewhere (`Heartbeat`, `GapStatement`). `document` is the commitment
    of `document_commitment`. `sealed` maps the name of a personal value to its commitment of `sealed_value`.
    `facts` holds what may be read by anybody to whom the entry is opened, the filer included: no name, birth
    date, number of a person, or form type. `cosigned` is the text of the last checkpoint that somebody outside
    has cosigned, which proves "not before"; None where there is none.
    """

    kind: str
    custodian: str
    clocks: Clocks
    number: str | None = None
    channel: str | None = None
    document: str | None = None
    sealed: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Json] = field(default_factory=dict)
    cosigned: str | None = None
    _written: bytes = field(init=False, repr=False, compare=False, default=b"")

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise EntryError(f"`{self.kind}` is not a kind of event: write it like `ContentConsignment`")
        for name, commitment in {
            **self.sealed,
            **({} if self.document is None else {"document": self.document}),
        }.items():
            if not _HEX.fullmatch(commitment):
                raise EntryError(f"`{name}` is not sealed: a commitment is 64 lower-case hex digits")
        written = canonical(self.record())
        if len(written) > LONGEST_EVENT:
            raise EntryError(f"the event is {len(written)} bytes long, and {LONGEST_EVENT} is the most")
        object.__setattr__(self, "_written", written)  # it is frozen, and its bytes are what is hashed: made once

    def record(self) -> dict[str, Json]:
        """The event as a JSON object."""
        clocks = {"host": self.clocks.host, "sender": self.clocks.sender, "channel": self.clocks.channel}
        return {
            "format": FORMAT,
            "event": self.kind,
            "custodian": self.custodian,
            "clocks": clocks,
            "number": self.number,
            "channel": self.channel,
            "document": self.document,
            "sealed": dict(self.sealed),
            "facts": dict(self.facts),
            "cosigned": self.cosigned,
        }

    def text(self) -> bytes:
        """The canonical bytes, which are hashed and kept; at most 65,535 of them."""
        return self._written


def leaf(event: bytes, salt: bytes) -> bytes:
    """The 32 bytes that stand in the log for an event: `SHA-256(salt || event)`."""
    if not 0 < len(event) <= LONGEST_EVENT:
        raise EntryError(f"an event of {len(event)} bytes cannot be an entry: 1 to {LONGEST_EVENT} bytes can")
    return sha256(_salt(salt) + event).digest()


def open_leaf(event: bytes, salt: bytes, committed: bytes) -> Event:
    """The event that a leaf commits to; raises `EntryError` if event and salt do not open it."""
    if leaf(event, salt) != committed:
        raise EntryError("event and salt do not open this leaf")
    return parse_event(event)


def parse_event(event: bytes) -> Event:
    """An event read back from its canonical bytes, every field checked; raises `EntryError`."""
    record = parse_canonical(event)
    if not isinstance(record, Mapping) or record.get("format") != FORMAT:
        raise EntryError(f"this is not an event in the format `{FORMAT}`")
    if set(record) != KEYS:
        raise EntryError("an event has other fields than its format names: " + ", ".join(sorted(KEYS ^ set(record))))
    return Event(
        kind=_text(record, "event"),
        custodian=_text(record, "custodian"),
        clocks=_clocks(record["clocks"]),
        number=_text_or_none(record, "number"),
        channel=_text_or_none(record, "channel"),
        document=_text_or_none(record, "document"),
        sealed=_commitments(record["sealed"]),
        facts=_object(record["facts"]),
        cosigned=_text_or_none(record, "cosigned"),
    )


def sealed_value(value: Json, salt: bytes) -> str:
    """The commitment to a personal value, 64 hex digits: `SHA-256(salt || canonical JSON of the value)`."""
    return sha256(_salt(salt) + canonical(value)).hexdigest()


def open_value(value: Json, salt: bytes, commitment: str) -> None:
    """Raise `EntryError` unless value and salt open the commitment."""
    if sealed_value(value, salt) != commitment:
        raise EntryError("value and salt do not open this commitment")


def document_commitment(document_hash: bytes, salt: bytes) -> str:
    """The commitment to a document, 64 hex digits: `SHA-256(salt || document_hash)`.

    `document_hash` is the plain SHA-256 of the document's bytes (32 bytes). It stays in the office; what is
    logged is this salted form (safeguard: nobody confirms a guess after the document is expunged).
    """
    if len(document_hash) != 32:
        raise EntryError(f"a SHA-256 hash is 32 bytes long, not {len(document_hash)}")
    return sha256(_salt(salt) + document_hash).hexdigest()


def open_document(document: bytes, salt: bytes, commitment: str) -> None:
    """Raise `EntryError` unless this is the document of the commitment, byte for byte."""
    if document_commitment(sha256(document).digest(), salt) != commitment:
        raise EntryError("this is not the document that was received")


def parse_moment(text: str) -> datetime:
    """A moment written in ISO 8601 with its offset from UTC; raises `EntryError`.

    >>> parse_moment("2026-11-24T16:52:10-05:00").isoformat()
    '2026-11-24T16:52:10-05:00'
    """
    try:
        if not _MOMENT.fullmatch(text):
            raise ValueError("another spelling")
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise EntryError(f"`{text}` is not a moment: write it like `2026-11-24T16:52:10-05:00`") from error


def _salt(salt: bytes) -> bytes:
    if len(salt) != SALT_LENGTH:
        raise EntryError(f"a salt is {SALT_LENGTH} bytes long, not {len(salt)}")
    return salt


def _text(record: Mapping[str, Json], key: str) -> str:
    found = record[key]
    if not isinstance(found, str):
        raise EntryError(f"`{key}` of an event is text")
    return found


def _text_or_none(record: Mapping[str, Json], key: str) -> str | None:
    return None if record[key] is None else _text(record, key)


def _object(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise EntryError("`sealed`, `facts` and `clocks` of an event are objects")
    return value


def _commitments(value: Json) -> dict[str, str]:
    record = _object(value)
    return {key: _text(record, key) for key in record}


def _clocks(value: Json) -> Clocks:
    record = _object(value)
    if set(record) != {"host", "sender", "channel"}:
        raise EntryError("the clocks of an event are `host`, `sender` and `channel`")
    return Clocks(_text(record, "host"), _text_or_none(record, "sender"), _text_or_none(record, "channel"))
