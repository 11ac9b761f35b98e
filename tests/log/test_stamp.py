"""A time stamp holds for one text and one root; a renewal covers every stamp before it, and comes while those still hold."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.log.authority import Authority
from tests.log.invented import numbered_tree, signed_note

from lodged.log.canonical import parse_canonical
from lodged.log.errors import StampError
from lodged.log.renewal import Stamp, stamped_text
from lodged.log.stamp import (
    Stamped,
    check_answer,
    check_chain,
    check_renewal,
    parse_roots,
    request,
)

NOTE, LATER = signed_note(numbered_tree(3)).content, signed_note(numbered_tree(5)).content
MADE = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one")


def stamped(authority: Authority, checkpoint: bytes, renews: tuple[Stamp, ...] = ()) -> Stamp:
    query, _ = request(stamped_text(checkpoint, renews), renewal=bool(renews))
    return Stamp(checkpoint, authority.answer(query))


def test_a_stamp_says_when_and_with_which_hash(authority: Authority) -> None:
    query, nonce = request(NOTE)
    answer = authority.answer(query)
    said = check_answer(answer, NOTE, [authority.root], nonce)
    assert (said.algorithm, said.until) == ("sha256", authority.until)
    assert said.time < said.until


def test_openssl_accepts_what_is_kept(authority: Authority) -> None:
    first = stamped(authority, NOTE)
    renewal = stamped(authority, LATER, (first,))
    assert authority.openssl_accepts(first.answer, NOTE)
    assert authority.openssl_accepts(renewal.answer, stamped_text(LATER, (first,)))
    assert not authority.openssl_accepts(first.answer, LATER)


def test_another_text_another_nonce_another_root_or_a_changed_byte_is_refused(
    authority: Authority, tmp_path: Path
) -> None:
    query, nonce = request(NOTE)
    answer = authority.answer(query)
    other = Authority(tmp_path / "other")
    changed = bytearray(answer)
    changed[-20] ^= 1
    for told, text, root, expected in (
        (answer, LATER, authority.root, None),
        (answer, NOTE, authority.root, nonce + 1),
        (answer, NOTE, other.root, None),
        (bytes(changed), NOTE, authority.root, None),
        (b"no answer", NOTE, authority.root, None),
        (b"", NOTE, authority.root, None),
    ):
        with pytest.raises(StampError):
            check_answer(told, text, [root], expected)


def test_a_refusal_of_the_authority_is_told(authority: Authority) -> None:
    with pytest.raises(StampError, match="refused"):
        check_answer(authority.answer(b"no request"), NOTE, [authority.root])


def test_a_renewal_covers_checkpoint_and_stamps_before_it(authority: Authority) -> None:
    first = stamped(authority, NOTE)
    second = stamped(authority, LATER, (first,))
    third = stamped(authority, LATER, (first, second))
    said = check_chain([first, second, third], [authority.root])
    assert [one.algorithm for one in said] == ["sha256", "sha512", "sha512"]
    told = parse_canonical(stamped_text(LATER, (first, second)))
    assert isinstance(told, dict)
    assert [link["checkpoint"] for link in told["renews"]] == [NOTE.decode(), LATER.decode()]


def test_a_chain_with_a_stamp_taken_out_exchanged_or_altered_is_refused(authority: Authority) -> None:
    first = stamped(authority, NOTE)
    second = stamped(authority, LATER, (first,))
    third = stamped(authority, LATER, (first, second))
    other = stamped(authority, NOTE)
    for chain in ([first, third], [other, second, third], [second, first], [first, Stamp(NOTE, second.answer)]):
        with pytest.raises(StampError):
            check_chain(chain, [authority.root])


def test_a_stamp_made_after_its_certificate_ended_is_refused(tmp_path: Path) -> None:
    ended = Authority(tmp_path / "ended", days=-30)
    with pytest.raises(StampError):
        check_chain([stamped(ended, NOTE)], [ended.root])


def test_a_renewal_comes_after_the_stamp_and_while_its_certificate_is_valid() -> None:
    before = Stamped(MADE, 1, "sha256", MADE + timedelta(days=400))
    for days, holds in ((-1, False), (0, True), (400, True), (401, False)):
        after = Stamped(MADE + timedelta(days=days), 2, "sha512", MADE + timedelta(days=9_999))
        if holds:
            check_renewal(before, after)
        else:
            with pytest.raises(StampError):
                check_renewal(before, after)


def test_roots_are_read_from_a_file_of_certificates(authority: Authority) -> None:
    assert parse_roots(authority.roots_file.read_bytes()) == (authority.root,)
    with pytest.raises(StampError, match="no certificate"):
        parse_roots(b"nothing")
