"""An invented log of a jail that does not exist, small enough to be held in a dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from lodged.log.checkpoint import Checkpoint, cosign, sign_checkpoint
from lodged.log.entry import Clocks, Event, document_commitment, leaf
from lodged.log.note import Note
from lodged.log.policy import Policy, parse_policy, trust
from lodged.log.proof import Proof
from lodged.log.receipt import ReceiptContents, draft, sign
from lodged.log.sign import COSIGNATURE, SignKey, key_from_seed
from lodged.log.tree import NodeReader, append, leaf_hash, prove_entry, root_at

ORIGIN = "docket.example.gov/1"
KEY = key_from_seed(ORIGIN, b"k" * 32)
OTHER_KEY = key_from_seed(ORIGIN, b"o" * 32)
WITNESS = key_from_seed("witness.example.org/w1", b"w" * 32, COSIGNATURE)
SECOND_WITNESS = key_from_seed("archive.example.org/w", b"x" * 32, COSIGNATURE)
SAW_AT = 1_795_557_600  # 2026-11-24T22:00:00Z

CUSTODIAN = "Ossian County Jail"
RECEIVED = "2026-11-24T16:52:10-05:00"
DOCUMENT = b"%PDF-1.7 an invented detainer"
DOCUMENT_SALT = b"d" * 32
SALT = b"s" * 32


@dataclass
class Tree:
    """Nodes in a dictionary, and the entries they were made from."""

    entries: list[bytes] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def read_node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def add(self, entry: bytes) -> None:
        for node in append(len(self.entries), leaf_hash(entry), self.read_node):
            self.nodes[node.level, node.index] = node.hash
        self.entries.append(entry)

    def root(self, size: int | None = None) -> bytes:
        return root_at(len(self.entries) if size is None else size, self.read_node)


def tree_of(entries: Sequence[bytes]) -> Tree:
    tree = Tree()
    for entry in entries:
        tree.add(entry)
    return tree


def numbered_tree(size: int) -> Tree:
    """A tree of leaves of 32 bytes, each its own number."""
    return tree_of([number.to_bytes(32, "big") for number in range(size)])


def read_nothing(level: int, index: int) -> bytes:
    raise AssertionError(f"node {index} of level {level} was asked for")


def arrival(**changes: object) -> Event:
    """The event of one fax, filed."""
    fields: dict[str, object] = {
        "kind": "ContentConsignment",
        "custodian": CUSTODIAN,
        "clocks": Clocks(RECEIVED, sender="11/24/26 16:51", channel="2026-11-24T16:51:58-05:00"),
        "number": "L-2026-00001",
        "channel": "fax",
        "document": document_commitment(sha256(DOCUMENT).digest(), DOCUMENT_SALT),
        "facts": {"pages": 2},
    }
    return Event(**{**fields, **changes})  # type: ignore[arg-type]  # the fields are those of Event, each of its own type


def signed_note(tree: Tree, key: SignKey = KEY, witnesses: Sequence[SignKey] = ()) -> Note:
    note = sign_checkpoint(Checkpoint(key.verify.name, len(tree.entries), tree.root()), key)
    for witness in witnesses:
        note = cosign(note, witness, SAW_AT)
    return note


def policy_of(*witnesses: SignKey, quorum: int = 1, key: SignKey = KEY) -> Policy:
    """Trust in the log, and in so many of the witnesses."""
    if not witnesses:
        return trust(key.vkey)
    lines = [f"log {key.vkey}", *(f"witness w{place} {one.vkey}" for place, one in enumerate(witnesses))]
    names = " ".join(f"w{place}" for place in range(len(witnesses)))
    return parse_policy("\n".join([*lines, f"group all-of-them {quorum} {names}", "quorum all-of-them", ""]))


def contents(
    event: Event | None = None,
    key: SignKey = KEY,
    cosigned_by: Sequence[SignKey] = (),
    policy: Policy | None = None,
    neighbours: tuple[int, int] = (1, 1),
) -> ReceiptContents:
    """What a receipt holds, for an entry with so many entries before and after it."""
    told = event or arrival()
    before, after = neighbours
    entry = leaf(told.text(), SALT)
    tree = tree_of([*(bytes([1]) * 32 for _ in range(before)), entry, *(bytes([2]) * 32 for _ in range(after))])
    note = signed_note(tree, key, cosigned_by)
    read_node: NodeReader = tree.read_node
    return ReceiptContents(
        event=told.text(),
        salt=SALT,
        document_salt=None if told.document is None else DOCUMENT_SALT,
        proof=Proof(before, prove_entry(before, len(tree.entries), read_node), note.content),
        policy=policy or policy_of(key=key),
        vkey=key.vkey,
    )


def receipt(**made_of: object) -> bytes:
    """A signed receipt that is nothing but its attachment."""
    key = made_of.get("key", KEY)
    assert isinstance(key, SignKey)
    return sign(draft(contents(**made_of)), key)  # type: ignore[arg-type]  # handed on to `contents` as they came
