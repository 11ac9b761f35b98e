"""`lodged verify`: the codes a script relies on, the sentences a person reads, and no traceback for any file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.log.invented import (
    DOCUMENT,
    KEY,
    OTHER_KEY,
    SECOND_WITNESS,
    WITNESS,
    contents,
    policy_of,
    receipt,
)

from lodged.cli import run
from lodged.log.receipt import draft


@pytest.fixture
def receipt_file(tmp_path: Path) -> Path:
    (tmp_path / "receipt.pdf").write_bytes(receipt())
    return tmp_path / "receipt.pdf"


@pytest.fixture
def document_file(tmp_path: Path) -> Path:
    (tmp_path / "document.pdf").write_bytes(DOCUMENT)
    return tmp_path / "document.pdf"


def test_trusted_is_0(receipt_file: Path, document_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(receipt_file), str(document_file), "--trust", KEY.vkey, "--json"]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert {
        key: verdict[key] for key in ("ok", "trusted", "index", "size", "document_matches", "witnesses", "why")
    } == {
        "ok": True,
        "trusted": True,
        "index": 1,
        "size": 3,
        "document_matches": True,
        "witnesses": [],
        "why": None,
    }
    assert verdict["proves"].startswith("This receipt proves that Ossian County Jail held this document (SHA-256 ")
    assert verdict["does_not_prove"].startswith("It does not prove")


def test_consistent_only_is_3(receipt_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(receipt_file)]) == 3
    assert "consistent with the key inside; nobody vouches for that key" in capsys.readouterr().out


def test_refused_is_1_and_says_why(receipt_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipt_file.write_bytes(receipt_file.read_bytes() + b" ")
    assert run(["verify", str(receipt_file), "--json"]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["ok"], verdict["trusted"]) == (False, False)
    assert "altered" in verdict["why"]
    assert run(["verify", str(receipt_file)]) == 1
    assert capsys.readouterr().out.startswith("Refused: ")


def test_another_key_another_document_and_another_file_are_1(receipt_file: Path, document_file: Path) -> None:
    assert run(["verify", str(receipt_file), "--trust", OTHER_KEY.vkey]) == 1
    assert run(["verify", str(receipt_file), str(receipt_file)]) == 1
    assert run(["verify", str(document_file), str(receipt_file)]) == 1


def test_trust_may_be_a_policy_or_a_file_with_one_key(receipt_file: Path, tmp_path: Path) -> None:
    (tmp_path / "policy").write_text(policy_of().text)
    (tmp_path / "key").write_text(KEY.vkey + "\n")
    assert run(["verify", str(receipt_file), "--trust", str(tmp_path / "policy")]) == 0
    assert run(["verify", str(receipt_file), "--trust", str(tmp_path / "key")]) == 0


def test_a_policy_asks_for_its_witnesses(tmp_path: Path) -> None:
    path = tmp_path / "receipt.pdf"
    path.write_bytes(receipt(cosigned_by=[WITNESS], policy=policy_of(WITNESS)))
    for witnesses, code in (([WITNESS], 0), ([SECOND_WITNESS], 3)):
        (tmp_path / "policy").write_text(policy_of(*witnesses).text)
        assert run(["verify", str(path), "--trust", str(tmp_path / "policy")]) == code


def test_a_draft_that_nobody_signed_is_1(tmp_path: Path) -> None:
    (tmp_path / "draft").write_bytes(draft(contents()))
    assert run(["verify", str(tmp_path / "draft"), "--trust", KEY.vkey]) == 1


@pytest.mark.parametrize("what", ["missing", "folder", "empty", "null byte", "long name"])
@pytest.mark.parametrize("place", ["receipt", "document", "policy"])
def test_what_is_no_file_is_2_with_a_mend(
    what: str, place: str, receipt_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").write_bytes(b"")
    wrong = {
        "missing": str(tmp_path / "missing"),
        "folder": str(tmp_path),
        "empty": str(tmp_path / "empty"),
        "null byte": "a\x00b",
        "long name": "x" * 5000,
    }[what]
    good = str(receipt_file)
    arguments = {"receipt": [wrong], "document": [good, wrong], "policy": [good, "--trust", wrong]}[place]
    assert run(["verify", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "\n  " in said.err
    assert "Traceback" not in said.err


def test_a_file_that_is_too_large_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(2**30)  # a hole: nothing is written
    assert run(["verify", str(tmp_path / "large")]) == 2
    assert "too large" in capsys.readouterr().err


@pytest.mark.parametrize("trust", [KEY.vkey[:-3], "name+00000000+AAAA", ""])
def test_a_key_that_is_none_is_2(trust: str, receipt_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(receipt_file), "--trust", trust]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe", b"trust everybody\n", b"log x\nquorum none\n"])
def test_a_policy_that_is_none_is_2(content: bytes, receipt_file: Path, tmp_path: Path) -> None:
    (tmp_path / "policy").write_bytes(content)
    assert run(["verify", str(receipt_file), "--trust", str(tmp_path / "policy")]) == 2


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(tmp_path / "one"), str(tmp_path / "two"), "--trust", str(tmp_path / "three")]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in ("one", "two", "three"))


def test_nothing_heavy_is_loaded(receipt_file: Path) -> None:
    program = (
        "import sys; from lodged.cli import run; code = run(sys.argv[1:]); "
        "heavy = {'django', 'numpy', 'cv2', 'pikepdf', 'typst', 'lark', 'sqlite3'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "verify", str(receipt_file)], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")
