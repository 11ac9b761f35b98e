"""A witness is asked in bytes and understood in bytes: it signs growth, and each of its refusals keeps its own words."""

from base64 import b64encode

import pytest
from tests.log.invented import KEY, ORIGIN, OTHER_KEY, SAW_AT, SECOND_WITNESS, WITNESS, numbered_tree, tree_of
from tests.log.little_witness import LittleWitness

from lodged.log.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from lodged.log.errors import NoteError
from lodged.log.note import Note
from lodged.log.sign import SignKey
from lodged.log.tree import prove_growth, root_at
from lodged.log.witness import (
    MEANINGS,
    SIZE_TYPE,
    Answer,
    Cosigned,
    Refused,
    Stale,
    read_answer,
    with_cosignatures,
    write_request,
)

TREE = numbered_tree(40)


def head(size: int, key: SignKey = KEY) -> Note:
    return sign_checkpoint(Checkpoint(ORIGIN, size, root_at(size, TREE.read_node)), key)


def ask(witness: LittleWitness, old: int, size: int, note: Note | None = None) -> Cosigned | Stale | Refused:
    asked = note or head(size)
    growth = prove_growth(old, size, TREE.read_node) if old <= size else ()
    return read_answer(witness.answer(write_request(old, growth, asked)), asked, WITNESS.verify)


@pytest.fixture
def witness() -> LittleWitness:
    return LittleWitness(KEY.verify, WITNESS, SAW_AT)


def test_the_request_is_written_as_the_specification_says() -> None:
    growth = prove_growth(7, 13, TREE.read_node)
    above, _, below = write_request(7, growth, head(13)).decode().partition("\n\n")
    assert above.split("\n") == ["old 7", *(b64encode(one).decode() for one in growth)]
    assert below.encode() == head(13).content
    assert write_request(0, (), head(13)) == b"old 0\n\n" + head(13).content


def test_a_proof_longer_than_any_tree_is_not_sent() -> None:
    for growth in ([bytes(32)] * 64, [bytes(31)]):
        with pytest.raises(NoteError):
            write_request(8, growth, head(13))


def test_a_log_that_grows_is_cosigned_step_by_step(witness: LittleWitness) -> None:
    seen = 0
    for size in (1, 2, 17, 40):
        answered = ask(witness, seen, size)
        assert isinstance(answered, Cosigned)
        assert answered.cosignature.time == SAW_AT
        note = with_cosignatures(head(size), [answered.signature])
        opened = open_checkpoint(note.content, KEY.verify, [WITNESS.verify])
        assert [one.witness for one in opened.cosignatures] == [WITNESS.verify]
        seen = size


def test_a_witness_that_saw_another_size_tells_which(witness: LittleWitness) -> None:
    ask(witness, 0, 17)
    assert ask(witness, 0, 40) == Stale(17, "17")
    assert isinstance(ask(witness, 17, 40), Cosigned)


def test_a_rollback_is_refused(witness: LittleWitness) -> None:
    ask(witness, 0, 17)
    assert ask(witness, 17, 16) == Refused(400, "a log does not shrink", MEANINGS[400])
    assert ask(witness, 0, 16) == Stale(17, "17")


def test_a_fork_is_refused(witness: LittleWitness) -> None:
    ask(witness, 0, 17)
    forked = tree_of([*TREE.entries[:16], b"another entry than was shown    "])
    same_size = sign_checkpoint(Checkpoint(ORIGIN, 17, forked.root()), KEY)
    for size, note in ((17, same_size), (40, sign_checkpoint(Checkpoint(ORIGIN, 40, forked.root()), KEY))):
        refused = ask(witness, 17, size, note)
        assert isinstance(refused, Refused)
        assert (refused.status, refused.why) == (422, MEANINGS[422])


def test_another_key_is_refused_with_the_witness_words(witness: LittleWitness) -> None:
    refused = ask(witness, 0, 17, head(17, OTHER_KEY))
    assert refused == Refused(403, "no known key signed this", MEANINGS[403])


def test_a_cosignature_of_somebody_else_or_of_something_else_is_none(witness: LittleWitness) -> None:
    other = LittleWitness(KEY.verify, SECOND_WITNESS, SAW_AT)
    assert isinstance(ask(other, 0, 17), Refused)
    lines = witness.answer(write_request(0, (), head(17))).body
    assert isinstance(read_answer(Answer(200, "text/plain", lines), head(16), WITNESS.verify), Refused)
    assert isinstance(read_answer(Answer(200, "text/plain", lines), head(17), WITNESS.verify), Cosigned)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, "text/plain", b""),
        Answer(200, "text/plain", b"\xff\xfe"),
        Answer(200, "text/html", b"<html>welcome</html>"),
        Answer(200, "text/plain", "\u2014 witness.example.org/w1 AAAA\n".encode()),
        Answer(409, "text/plain", b"17\n"),
        Answer(409, SIZE_TYPE, b"017\n"),
        Answer(409, SIZE_TYPE, b"99999999999999999999\n"),
        Answer(500, "text/html", b"oops"),
        Answer(302, "", b""),
    ],
)
def test_whatever_is_no_cosignature_is_a_refusal(answer: Answer) -> None:
    refused = read_answer(answer, head(17), WITNESS.verify)
    assert isinstance(refused, Refused)
    assert refused.why


def test_the_words_of_a_witness_can_be_shown() -> None:
    refused = read_answer(Answer(403, "text/plain", b"go\x1b[31m away\n" * 500), head(17), WITNESS.verify)
    assert isinstance(refused, Refused)
    assert len(refused.words) <= 400
    assert "\x1b" not in refused.words
    assert "\n" not in refused.words
