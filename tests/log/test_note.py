"""Signed notes, checkpoints and cosignatures: what is refused, and what must be passed over."""

from base64 import b64encode

import pytest
from tests.log.invented import KEY, ORIGIN, OTHER_KEY, SAW_AT, WITNESS, numbered_tree, signed_note

from lodged.log.checkpoint import Checkpoint, cosign, open_checkpoint, parse_checkpoint, sign_checkpoint
from lodged.log.errors import NoteError, SignatureError
from lodged.log.note import LONGEST, open_note, parse_note, sign_note
from lodged.log.sign import key_from_seed, parse_vkey
from lodged.log.tree import EMPTY_ROOT

# From the documentation of Go's golang.org/x/mod/sumdb/note, §Signing and verifying
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PETER = parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")

NOTE = sign_note("text\n", KEY)
LINE = NOTE.signatures[0].line
TREE = numbered_tree(5)


def test_a_note_signed_by_another_program_opens() -> None:
    note = parse_note(GO_NOTE.encode())
    assert note.content == GO_NOTE.encode()
    assert [key.name for key, _ in open_note(note, [PETER])] == ["PeterNeumann"]


def test_a_note_is_read_back_as_it_was_written() -> None:
    assert parse_note(NOTE.content) == NOTE


def test_empty_lines_in_the_text_belong_to_the_text() -> None:
    assert parse_note(sign_note("one\n\ntwo\n", KEY).content).text == "one\n\ntwo\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"\n\n" + LINE.encode(),
        b"text\n" + LINE.encode(),
        b"te\x00xt\n\n" + LINE.encode(),
        b"te\txt\n\n" + LINE.encode(),
        b"text\r\n\n" + LINE.encode(),
        b"te\xffxt\n\n" + LINE.encode(),
        b"text\n\n" + LINE.encode().rstrip(b"\n"),
        b"text\n\n" + LINE.replace("—", "-").encode(),
        b"text\n\n" + LINE.replace("— ", "—").encode(),
        b"text\n\n" + LINE.replace(ORIGIN, "a+b").encode(),
        b"text\n\n" + LINE.replace(ORIGIN, "a\u2003b").encode(),
        b"text\n\n" + LINE.replace(ORIGIN, "").encode(),
        b"text\n\n" + LINE.replace("\n", " \n").encode(),
        b"text\n\n" + LINE.replace("=\n", "\n").encode(),
        b"text\n\n" + "— a QUJDRA==\n".encode(),
        b"text\n\n" + LINE.encode() + b"more\n",
        b"text\n\n" + LINE.encode() * 101,
        b"x" * LONGEST + b"\n\n" + LINE.encode(),
    ],
)
def test_what_is_not_a_note_is_refused(content: bytes) -> None:
    with pytest.raises(NoteError):
        parse_note(content)


def test_base64_with_stray_bits_is_refused() -> None:
    blob = b64encode(b"12345678").decode()
    assert blob.endswith("g=")
    with pytest.raises(NoteError, match="one spelling"):
        parse_note(f"text\n\n— a {blob[:-2]}h=\n".encode())


def test_many_signatures_are_accepted_and_unknown_ones_passed_over() -> None:
    strangers = [key_from_seed(f"stranger{number}.example", bytes([number]) * 32) for number in range(1, 31)]
    note = sign_note("text\n", *strangers, KEY)
    assert [key for key, _ in open_note(note, [KEY.verify])] == [KEY.verify]


def test_a_key_that_shares_only_the_name_is_unknown() -> None:
    with pytest.raises(SignatureError, match="no known key"):
        open_note(sign_note("text\n", OTHER_KEY), [KEY.verify])


def test_a_bad_signature_by_a_known_key_makes_the_note_refused_even_beside_a_good_one() -> None:
    peter = parse_note(GO_NOTE.encode()).signatures[0].line
    note = parse_note(NOTE.content + peter.encode())
    with pytest.raises(SignatureError, match="PeterNeumann"):
        open_note(note, [KEY.verify, PETER])


def test_nobody_signs_twice() -> None:
    with pytest.raises(SignatureError, match="twice"):
        open_note(parse_note(NOTE.content + LINE.encode()), [KEY.verify])


def test_a_checkpoint_is_three_lines() -> None:
    checkpoint = Checkpoint(ORIGIN, 5, TREE.root())
    assert parse_checkpoint(checkpoint.text) == checkpoint
    assert open_checkpoint(signed_note(TREE).content, KEY.verify).checkpoint == checkpoint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n5\n", "\n05\n"),
        ("\n5\n", "\n+5\n"),
        ("\n5\n", "\n5 \n"),
        ("\n5\n", "\n٥\n"),
        ("\n5\n", "\n9007199254740993\n"),
        ("\n5\n", "\n5\n5\n"),
        ("\n5\n", "\n0\n"),
        (ORIGIN, ""),
        ("=\n", "\n"),
        ("=\n", "=\nextension\n"),
        ("=\n", "="),
    ],
)
def test_what_is_not_a_checkpoint_is_refused(old: str, new: str) -> None:
    text = Checkpoint(ORIGIN, 5, TREE.root()).text
    with pytest.raises(NoteError):
        parse_checkpoint(text.replace(old, new))


def test_a_root_of_another_length_is_refused() -> None:
    with pytest.raises(NoteError):
        Checkpoint(ORIGIN, 5, b"short")
    with pytest.raises(NoteError, match="empty log"):
        Checkpoint(ORIGIN, 0, TREE.root())


def test_a_log_signs_for_itself_alone() -> None:
    with pytest.raises(SignatureError):
        sign_checkpoint(Checkpoint("elsewhere.example", 0, EMPTY_ROOT), KEY)
    foreign = sign_note(Checkpoint("elsewhere.example", 0, EMPTY_ROOT).text, KEY)
    with pytest.raises(SignatureError, match="elsewhere"):
        open_checkpoint(foreign.content, KEY.verify)


def test_a_cosignature_names_its_witness_and_its_time() -> None:
    note = cosign(signed_note(TREE), WITNESS, SAW_AT)
    seen = open_checkpoint(note.content, KEY.verify, [WITNESS.verify]).cosignatures
    assert [(one.witness, one.time) for one in seen] == [(WITNESS.verify, SAW_AT)]
    assert len(note.signatures[1].blob) == 72


def test_without_known_witnesses_a_checkpoint_is_unwitnessed() -> None:
    note = cosign(signed_note(TREE), WITNESS, SAW_AT)
    assert open_checkpoint(note.content, KEY.verify).cosignatures == ()


def test_a_cosignature_alone_is_not_the_logs_signature() -> None:
    unsigned = parse_note(cosign(signed_note(TREE, OTHER_KEY), WITNESS, SAW_AT).content)
    with pytest.raises(SignatureError, match="did not sign"):
        open_checkpoint(unsigned.content, KEY.verify, [WITNESS.verify])


@pytest.mark.parametrize("change", ["time", "signature", "length", "year 10000"])
def test_a_bad_cosignature_of_a_known_witness_is_refused(change: str) -> None:
    note = cosign(signed_note(TREE), WITNESS, 253_402_300_800 if change == "year 10000" else SAW_AT)
    log, seen = note.signatures
    blob = bytearray(seen.blob)
    if change == "time":
        blob[7] ^= 1
    if change == "signature":
        blob[20] ^= 1
    if change == "length":
        blob.append(0)
    changed = note.content.replace(seen.line.encode(), type(seen)(seen.name, seen.key_id, bytes(blob)).line.encode())
    with pytest.raises(SignatureError):
        open_checkpoint(changed, KEY.verify, [WITNESS.verify])
    assert open_checkpoint(changed, KEY.verify).note.signatures[0] == log


def test_keys_of_the_wrong_type_are_refused() -> None:
    with pytest.raises(NoteError, match="type 01"):
        open_checkpoint(signed_note(TREE).content, WITNESS.verify)
    stranger = key_from_seed("stranger.example", b"z" * 32)
    note = sign_note(signed_note(TREE).text, KEY, stranger)
    with pytest.raises(NoteError, match="type 04"):
        open_checkpoint(note.content, KEY.verify, [stranger.verify])
