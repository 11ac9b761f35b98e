"""A `.tlog-proof`: read strictly, checked against the log's key, worthless for any other entry."""

import pytest
from tests.log.invented import KEY, OTHER_KEY, WITNESS, numbered_tree, signed_note

from lodged.log.errors import LogError, NoteError, ProofError, SignatureError
from lodged.log.proof import Proof, check_proof, parse_proof
from lodged.log.tree import prove_entry

TREE = numbered_tree(7)
PROOF = Proof(4, prove_entry(4, 7, TREE.read_node), signed_note(TREE, witnesses=[WITNESS]).content)


def test_a_proof_is_read_back_and_holds() -> None:
    assert parse_proof(PROOF.text) == PROOF
    signed = check_proof(PROOF, TREE.entries[4], KEY.verify, [WITNESS.verify])
    assert (signed.checkpoint.size, len(signed.cosignatures)) == (7, 1)


def test_its_lines_are_those_of_the_specification() -> None:
    lines = PROOF.text.split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 4"]
    assert lines[2 + len(PROOF.hashes)] == ""
    assert PROOF.text.endswith("\n")


def test_extra_data_is_read_and_trusted_by_nobody() -> None:
    extra = Proof(PROOF.index, PROOF.hashes, PROOF.checkpoint, b"anything")
    assert "\nextra YW55dGhpbmc=\nindex 4\n" in extra.text
    assert parse_proof(extra.text) == extra


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"),
        ("index 4\n", ""),
        ("index 4", "index 04"),
        ("index 4", "index -4"),
        ("index 4", "index  4"),
        ("=\n", "\n"),
        ("\n\n", "\n"),
        ("index 4\n", "index 4\nQUJD\n"),
        ("index 4\n", "extra QUJD\nextra QUJD\nindex 4\n"),
    ],
)
def test_another_shape_is_refused(old: str, new: str) -> None:
    with pytest.raises(NoteError):
        parse_proof(PROOF.text.replace(old, new, 1))


def test_a_proof_is_of_one_entry_one_log_one_place() -> None:
    with pytest.raises(ProofError):
        check_proof(PROOF, TREE.entries[3], KEY.verify)
    with pytest.raises(SignatureError):
        check_proof(PROOF, TREE.entries[4], OTHER_KEY.verify)
    for index in (3, 5, 7):
        with pytest.raises(ProofError):
            check_proof(Proof(index, PROOF.hashes, PROOF.checkpoint), TREE.entries[4], KEY.verify)


def test_every_changed_byte_of_a_proof_is_found() -> None:
    unwitnessed = Proof(4, PROOF.hashes, signed_note(TREE).content).text.encode()
    for at in range(len(unwitnessed)):
        changed = bytearray(unwitnessed)
        changed[at] ^= 1
        with pytest.raises((LogError, UnicodeDecodeError)):
            check_proof(parse_proof(changed.decode()), TREE.entries[4], KEY.verify)
