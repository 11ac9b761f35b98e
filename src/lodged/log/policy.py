"""Whom somebody trusts: which logs, which witnesses, and how many of these must have cosigned (C2SP tlog-policy).

>>> parse_policy("quorum none\\n").quorum
'none'
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from lodged.log.errors import NoteError
from lodged.log.sign import COSIGNATURE, ED25519, VerifyKey, parse_vkey

NONE = "none"
LONGEST = 100_000  # bytes; tlog-policy asks for at least 32 logs, 32 witnesses and 32 groups
# tlog-policy, §Character set: tab and newline are the only control characters
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t]+")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these must have cosigned; a member is a witness or a group named earlier."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs that are accepted, witnesses by the name they have here, groups, and the name of the quorum.

    `addresses` tells where a witness is asked; a policy that is only checked against needs none.
    """

    logs: tuple[VerifyKey, ...]
    witnesses: Mapping[str, VerifyKey] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = NONE
    addresses: Mapping[str, str] = field(default_factory=dict)

    def satisfied_by(self, cosigners: Collection[VerifyKey]) -> bool:
        """Whether these witnesses, having cosigned, make the quorum. `none` asks for nobody."""
        return self.quorum == NONE or self._witnessed(self.quorum, cosigners)

    def _witnessed(self, name: str, cosigners: Collection[VerifyKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in cosigners
        group = self.groups[name]
        return sum(self._witnessed(member, cosigners) for member in group.members) >= group.least

    @property
    def text(self) -> str:
        """The policy as a file."""
        return "".join(line + "\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from (f"log {key.vkey}" for key in self.logs)
        for name, key in self.witnesses.items():
            yield f"witness {name} {key.vkey} {self.addresses.get(name, '')}".rstrip()
        yield from (f"group {name} {one.least} {' '.join(one.members)}" for name, one in self.groups.items())
        yield f"quorum {self.quorum}"


def trust(log_vkey: str) -> Policy:
    """Trust in one log, and in no witness."""
    return parse_policy(f"log {log_vkey}\nquorum none\n")


def parse_policy(text: str) -> Policy:
    """A policy read strictly; raises `NoteError` for the first line that says nothing or contradicts another."""
    if len(text) > LONGEST or _FORBIDDEN.search(text):
        raise NoteError(f"a policy is text of at most {LONGEST} characters without control characters")
    draft = _Draft()
    for number, line in enumerate(text.split("\n"), start=1):
        words = _BLANKS.split(line.strip(" \t"))
        if words == [""] or words[0].startswith("#"):
            continue
        try:
            draft.take(words)
        except NoteError as error:
            raise NoteError(f"line {number} of the policy: {error}") from error
    return draft.finished()


class _Draft:
    """A policy while its lines are read: a line may name only what stands above it."""

    def __init__(self) -> None:
        self.logs: list[VerifyKey] = []
        self.witnesses: dict[str, VerifyKey] = {}
        self.groups: dict[str, Group] = {}
        self.member: set[str] = set()
        self.quorum: str | None = None
        self.addresses: dict[str, str] = {}

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self.logs.append(self._new_key(vkey, ED25519))
            case ["witness", name, vkey, *address] if len(address) < 2:
                self._new_name(name)
                self.witnesses[name] = self._new_key(vkey, COSIGNATURE)
                if address:
                    self.addresses[name] = _address(address[0])
            case ["group", name, least, *members] if members:
                self._new_name(name)
                self.groups[name] = self._group(least, members)
            case ["quorum", name] if self.quorum is None:
                if name != NONE:
                    self._known(name)
                self.quorum = name
            case _:
                raise NoteError(f"`{' '.join(words)[:80]}` is not a `log`, `witness`, `group` or the one `quorum`")

    def finished(self) -> Policy:
        if self.quorum is None:
            raise NoteError("a policy has one line `quorum`; `quorum none` asks for no witness")
        return Policy(tuple(self.logs), self.witnesses, self.groups, self.quorum, self.addresses)

    def _new_name(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise NoteError(f"the name `{name}` is taken")

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise NoteError(f"`{name}` is not named above")

    def _new_key(self, vkey: str, kind: int) -> VerifyKey:
        """A key that stands once. Stricter than tlog-policy: nor may a log be its own witness."""
        key, others = parse_vkey(vkey), (*self.logs, *self.witnesses.values())
        if key.type != kind:
            raise NoteError(f"a key of type {key.type:02x} stands where one of type {kind:02x} belongs")
        if key.public in {other.public for other in others}:
            raise NoteError(f"the key of `{key.name}` stands twice")
        return key

    def _group(self, least: str, members: list[str]) -> Group:
        for name in members:
            self._known(name)
            if name in self.member:
                raise NoteError(f"`{name}` is a member twice")
            self.member.add(name)
        numbers = {"all": len(members), "any": 1}
        if least not in numbers and not _COUNT.fullmatch(least):
            raise NoteError(f"`{least}` is not `all`, `any` or a number")
        count = numbers.get(least) or int(least)
        if count > len(members):
            raise NoteError(f"{count} of {len(members)} members cannot be had")
        return Group(count, tuple(members))


def _address(text: str) -> str:
    """Where a witness is asked: the prefix before `add-checkpoint` (tlog-witness, §Parameters)."""
    if not text.startswith(("http://", "https://")):
        raise NoteError(f"`{text[:80]}` is not an address: write it like `https://witness.example.org`")
    return text
