"""Keys: kept in a file that only their owner reads, named to others in one line that contradicts itself nowhere."""

from pathlib import Path

import pytest
from tests.log.invented import KEY, ORIGIN

from lodged.log.errors import KeyFileError, NoteError, SignatureError
from lodged.log.sign import FIELD, SMALL_ORDER, VerifyKey, load_key, make_key, parse_vkey

# From the documentation of Go's golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_key_is_made_once_and_read_back(tmp_path: Path) -> None:
    made = make_key(ORIGIN, tmp_path / "log.key")
    assert load_key(tmp_path / "log.key").vkey == made.vkey
    assert (tmp_path / "log.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyFileError, match="never written over"):
        make_key(ORIGIN, tmp_path / "log.key")
    assert load_key(tmp_path / "log.key").vkey == made.vkey
    assert [path.name for path in tmp_path.iterdir()] == ["log.key"]


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    make_key(ORIGIN, tmp_path / "log.key")
    (tmp_path / "log.key").chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_key(tmp_path / "log.key")


def test_a_key_inside_the_published_folder_is_refused(tmp_path: Path) -> None:
    make_key(ORIGIN, tmp_path / "log.key")
    with pytest.raises(KeyFileError, match="lies inside"):
        load_key(tmp_path / "log.key", outside=tmp_path)
    (tmp_path / "tiles").mkdir()
    assert load_key(tmp_path / "log.key", outside=tmp_path / "tiles").verify.name == ORIGIN


@pytest.mark.parametrize("content", [b"", b"junk", b"lodged log key of docket.example.gov/1\njunk"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError):
        load_key(path)


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be read"):
        load_key(tmp_path / "log.key")


def test_a_vkey_written_by_another_program_is_read() -> None:
    assert parse_vkey(PETER).vkey == PETER
    assert parse_vkey(KEY.vkey) == KEY.verify


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        PETER[:-1],
        PETER + "\n",
        " " + PETER,
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("Peter", "Peter "),
        PETER.replace("+AR", "+BR"),
        "name+00000000+AQ==",
    ],
)
def test_a_vkey_that_contradicts_itself_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_vkey(text)


@pytest.mark.parametrize("y", [*sorted(SMALL_ORDER), FIELD, FIELD + 1, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_public_key_that_signs_anything_is_refused(y: int, sign: int) -> None:
    with pytest.raises(NoteError, match="public key"):
        VerifyKey("log.example", 1, (y | sign << 255).to_bytes(32, "little"))


def test_a_signature_over_another_message_fails() -> None:
    signature = KEY.sign(b"message")
    KEY.verify.check(b"message", signature)
    for message, signed in ((b"massage", signature), (b"message", signature[:63]), (b"message", bytes(64))):
        with pytest.raises(SignatureError):
            KEY.verify.check(message, signed)


def test_the_secret_is_not_in_the_text_of_a_key() -> None:
    assert b"k" * 32 not in repr(KEY).encode()
