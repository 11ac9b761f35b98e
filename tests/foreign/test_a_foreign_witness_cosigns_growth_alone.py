"""A witness that nobody here wrote, aics-witness from PyPI, cosigns the log as it grows, and refuses rollback and fork.

`./dev foreign` installs it beside a Python of its own (3.12 or later) and names its folder in LODGED_FOREIGN_WITNESS.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.log.invented import KEY, ORIGIN, OTHER_KEY, numbered_tree, tree_of

from lodged.log.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from lodged.log.note import Note
from lodged.log.sign import SignKey, VerifyKey, parse_vkey
from lodged.log.tree import prove_growth
from lodged.log.witness import PATH, Cosigned, Refused, Stale, read_answer, with_cosignatures, write_request
from lodged.office.seals.outside import UnreachableError, post

TREE = numbered_tree(3_000)
FORK = tree_of([*TREE.entries[:1_999], b"another entry than was shown    "])
NAME = "witness.example.org/w1"
LONGEST_START_S = 20

pytestmark = pytest.mark.foreign


class ForeignWitness:
    """The running program: its address and its key."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.listen = f"127.0.0.1:{found.getsockname()[1]}"
        self.address = f"http://{self.listen}"
        self.program, self.config = program, str(folder / "witness.json")
        told = self.run("init", "--name", NAME, "--listen", self.listen)
        vkey = next(word for word in told.split() if word.startswith(f"{NAME}+"))
        self.key: VerifyKey = parse_vkey(vkey)
        self.run("add-log", "--origin", ORIGIN, "--vkey", KEY.vkey)

    def run(self, verb: str, *arguments: str) -> str:
        command = [self.program, verb, "--config", self.config, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def ask(self, old: int, note: Note, growth: tuple[bytes, ...]) -> Cosigned | Stale | Refused:
        answer = post(f"{self.address}/{PATH}", write_request(old, growth, note))
        return read_answer(answer, note, self.key)


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[ForeignWitness]:
    program = os.environ.get("LODGED_FOREIGN_WITNESS", "")
    assert program, "run this as `./dev foreign`, which installs the witness"
    made = ForeignWitness(program, tmp_path)
    with (tmp_path / "said").open("wb") as said:
        served = subprocess.Popen([program, "serve", "--config", made.config], stdout=said, stderr=said)
        try:
            _wait(made.address)
            yield made
        finally:
            served.terminate()
            served.wait(timeout=20)


def _wait(address: str) -> None:
    started = time.monotonic()
    while time.monotonic() - started < LONGEST_START_S:
        try:
            post(address, b"")
        except UnreachableError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"the witness does not answer at {address}")


def head(size: int, key: SignKey = KEY) -> Note:
    return sign_checkpoint(Checkpoint(ORIGIN, size, TREE.root(size)), key)


def grown(old: int, size: int) -> tuple[bytes, ...]:
    return prove_growth(old, size, TREE.read_node)


def status(answered: Cosigned | Stale | Refused) -> int:
    """The status of what must be a refusal."""
    assert isinstance(answered, Refused), answered
    return answered.status


def test_growth_is_cosigned_and_told_sizes_lead_on(witness: ForeignWitness) -> None:
    for old, size in ((0, 1), (1, 700), (700, 2_000)):
        answered = witness.ask(old, head(size), grown(old, size))
        assert isinstance(answered, Cosigned), answered
        opened = open_checkpoint(with_cosignatures(head(size), [answered.signature]).content, KEY.verify, [witness.key])
        assert [one.witness for one in opened.cosignatures] == [witness.key]
        assert answered.cosignature.time > 0
    stale = witness.ask(700, head(3_000), grown(700, 3_000))
    assert stale == Stale(2_000, "2000")
    assert isinstance(witness.ask(2_000, head(3_000), grown(2_000, 3_000)), Cosigned)


def test_a_rollback_is_refused(witness: ForeignWitness) -> None:
    witness.ask(0, head(2_000), ())
    assert witness.ask(0, head(1_500), ()) == Stale(2_000, "2000")
    assert status(witness.ask(2_000, head(1_500), ())) == 400


def test_a_fork_is_refused_and_kept_as_evidence(witness: ForeignWitness) -> None:
    witness.ask(0, head(2_000), ())
    forked = sign_checkpoint(Checkpoint(ORIGIN, 2_000, FORK.root()), KEY)
    assert status(witness.ask(2_000, forked, ())) == 422
    longer = tree_of([*FORK.entries, *TREE.entries[2_000:]])
    note = sign_checkpoint(Checkpoint(ORIGIN, 3_000, longer.root()), KEY)
    assert status(witness.ask(2_000, note, prove_growth(2_000, 3_000, longer.read_node))) == 422
    assert ORIGIN in json.dumps(json.loads(witness.run("evidence")))


def test_another_key_or_another_log_is_refused(witness: ForeignWitness) -> None:
    assert status(witness.ask(0, head(5, OTHER_KEY), ())) == 403
    elsewhere = KEY.verify.name.replace("docket", "elsewhere")
    key = SignKey(VerifyKey(elsewhere, KEY.verify.type, KEY.verify.public), KEY.secret)
    note = sign_checkpoint(Checkpoint(elsewhere, 5, TREE.root(5)), key)
    assert status(witness.ask(0, note, ())) == 404
