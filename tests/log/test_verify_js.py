"""The check in the browser says the same as the check in Python, of good receipts and of every tampering."""

import json
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

import pytest
from tests.log.invented import (
    DOCUMENT,
    KEY,
    OTHER_KEY,
    SECOND_WITNESS,
    WITNESS,
    arrival,
    contents,
    policy_of,
    receipt,
)
from tests.log.test_receipt import PAGE, RECEIPT, resigned, signed_raw

from lodged.log.canonical import Json, canonical
from lodged.log.entry import Clocks
from lodged.log.policy import trust
from lodged.log.receipt import MARKER, check, draft, sign

MODULE = Path(__file__).parents[2] / "src/lodged/office/room/static/room/verify.js"
VECTORS = json.loads((Path(__file__).parent / "data" / "wycheproof_ed25519.json").read_text())["tests"]
Case = tuple[bytes, bytes | None, str | None]

PROGRAM = """
import { readFileSync } from "node:fs";
import { check, sha256, sha512, verifyEd25519 } from "./verify.mjs";
const asked = JSON.parse(readFileSync(0, "utf8"));
const bytes = (text) => (text === null ? null : new Uint8Array(Buffer.from(text, "base64")));
const hex = (text) => new Uint8Array(Buffer.from(text, "hex"));
const verdicts = [];
for (const [receipt, document, vkey] of asked.receipts ?? []) {
  verdicts.push(await check(bytes(receipt), bytes(document), vkey));
}
const signatures = (asked.signatures ?? []).map((one) => verifyEd25519(hex(one[0]), hex(one[1]), hex(one[2])));
const toHex = (raw) => Buffer.from(raw).toString("hex");
const hashes = (asked.messages ?? []).map((one) => [toHex(sha256(bytes(one))), toHex(sha512(bytes(one)))]);
console.log(JSON.stringify({ verdicts, signatures, hashes }));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    shutil.copy(MODULE, folder / "verify.mjs")  # the suffix by which every version of node knows a module
    (folder / "run.mjs").write_text(PROGRAM)
    return folder


def ask(folder: Path, **asked: object) -> dict[str, Any]:
    node = shutil.which("node")
    assert node, "the check in the browser is tested with node: install the Debian package `nodejs`"
    done = subprocess.run(
        [node, "run.mjs"], cwd=folder, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def judge(folder: Path, cases: list[Case]) -> list[dict[str, Any]]:
    """The verdicts of the browser, each already found equal to the one of Python but for the words of a refusal."""
    encoded = [
        [b64encode(file).decode(), None if document is None else b64encode(document).decode(), vkey]
        for file, document, vkey in cases
    ]
    verdicts: list[dict[str, Any]] = ask(folder, receipts=encoded)["verdicts"]
    for (file, document, vkey), verdict in zip(cases, verdicts, strict=True):
        expected = check(file, document, trust(vkey) if vkey else None).record()
        assert list(verdict) == list(expected)
        assert bool(verdict["why"]) == bool(expected["why"])
        told = verdict if expected["ok"] else {**verdict, "why": expected["why"]}
        assert told == expected
    return verdicts


def test_hashes_are_the_known_ones(folder: Path) -> None:
    messages = [
        bytes([length % 251]) * length for length in (0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 119, 127, 128, 5000)
    ]
    found = ask(folder, messages=[b64encode(message).decode() for message in messages])["hashes"]
    assert found == [[sha256(message).hexdigest(), sha512(message).hexdigest()] for message in messages]


def test_signatures_are_judged_as_wycheproof_says(folder: Path) -> None:
    asked = [[one["publicKey"], one["msg"], one["sig"]] for one in VECTORS]
    found = ask(folder, signatures=asked)["signatures"]
    wrong = [one["tcId"] for one, holds in zip(VECTORS, found, strict=True) if holds != (one["result"] == "valid")]
    assert wrong == []
    assert {one["result"] for one in VECTORS} == {"valid", "invalid"}


def test_whole_receipts_are_accepted(folder: Path) -> None:
    witnessed = receipt(cosigned_by=[WITNESS, SECOND_WITNESS], policy=policy_of(WITNESS, SECOND_WITNESS, quorum=2))
    cases: list[Case] = [
        (RECEIPT, DOCUMENT, KEY.vkey),
        (RECEIPT, None, None),
        (RECEIPT, DOCUMENT, None),
        (witnessed, DOCUMENT, KEY.vkey),
        (receipt(cosigned_by=[WITNESS], policy=policy_of(WITNESS, SECOND_WITNESS, quorum=2)), None, None),
        (receipt(event=arrival(document=None, channel="phone")), None, KEY.vkey),
        (sign(PAGE + draft(contents()) + b"\xff\x00endstream\n%%EOF\n" + bytes(20_000), KEY), DOCUMENT, KEY.vkey),
        (
            receipt(event=arrival(facts={"note": 'é 😀 \u2028 \x7f " \\ \n', "many": [1, -5, True, None, {}]})),
            None,
            None,
        ),
        *((receipt(neighbours=neighbours), DOCUMENT, KEY.vkey) for neighbours in ((0, 0), (0, 6), (5, 0), (8, 5))),
    ]
    verdicts = judge(folder, cases)
    assert all(verdict["ok"] for verdict in verdicts)
    assert [verdict["trusted"] for verdict in verdicts] == [vkey is not None for _, _, vkey in cases]


def test_each_tampering_is_refused(folder: Path) -> None:
    flipped = []
    for at in range(0, len(RECEIPT), 7):
        changed = bytearray(RECEIPT)
        changed[at] ^= 0x20 if chr(changed[at]).isalpha() else 0x01
        flipped.append(bytes(changed))
    files = [
        *flipped,
        b"",
        b"a fax confirmation sheet",
        RECEIPT + b"\n",
        RECEIPT[:-1],
        RECEIPT * 2,
        RECEIPT + MARKER,
        PAGE + RECEIPT,
        draft(contents()),
    ]
    cases: list[Case] = [(file, None, None) for file in files]
    cases += [(RECEIPT, b"another document", KEY.vkey), (RECEIPT, DOCUMENT, OTHER_KEY.vkey)]
    cases += [(receipt(key=OTHER_KEY), DOCUMENT, KEY.vkey)]
    assert not any(verdict["ok"] for verdict in judge(folder, cases))


def test_a_forger_with_the_logs_key_is_refused_there_too(folder: Path) -> None:
    changes: dict[str, Json] = {
        "number": "L-2026-00002",
        "received_at": "2026-11-24T16:52:09-05:00",
        "custodian": "Another County Jail",
        "index": True,
        "size": 4,
        "event": arrival(number="L-2026-00002").record(),
        "salt": "00" * 32,
        "document_salt": None,
        "proof": contents().proof.text.replace("index 1", "index 01"),
        "policy": policy_of(WITNESS).text.replace("quorum all-of-them", "quorum nobody"),
        "unwitnessed": False,
        "how_to_verify": [1],
        "another": "field",
    }
    cases: list[Case] = []
    for key, value in changes.items():

        def change(record: dict[str, Json], key: str = key, value: Json = value) -> None:
            record[key] = value

        cases.append((resigned(change), DOCUMENT, KEY.vkey))
    assert not any(verdict["ok"] for verdict in judge(folder, cases))
    assert all(verdict["ok"] for verdict in judge(folder, [(resigned(lambda record: None), DOCUMENT, KEY.vkey)]))


def test_json_in_other_spellings_is_refused_there_too(folder: Path) -> None:
    written = draft(contents()).split(b"\n")[2]
    spellings = [
        written.replace(b'"index":1', b'"index": 1'),
        written.replace(b'"index":1', b'"index":1.0'),
        written.replace(b'"index":1', b'"index":1,"index":1'),
        written.replace(b'"index":1', b'"index":9007199254740993'),
        written.replace(b'"channel":"fax"', b'"channel":"f\\u0061x"'),
        written.replace(b'"channel":"fax"', b'"channel":"f\\ud800x"'),
        written.replace(b'"channel":"fax"', b'"channel":"f\xffx"'),
        written.replace(b'"facts":{"pages":2}', b'"facts":{"__proto__":null}'),
        b"[" * 5000 + b"]" * 5000,
        b"null",
        b"[]",
        canonical({"event": None}),
    ]
    cases: list[Case] = [(signed_raw(spelling), None, None) for spelling in spellings]
    assert not any(verdict["ok"] for verdict in judge(folder, cases))


@pytest.mark.parametrize(
    "moment", ["2024-02-29T00:00:00+00:00", "2026-11-24T23:59:59.999999-23:59", "0001-01-01T00:00:00+14:00"]
)
def test_moments_are_read_alike(folder: Path, moment: str) -> None:
    made = receipt(event=arrival(clocks=Clocks(moment)))
    assert judge(folder, [(made, None, None)])[0]["received_at"] == moment


def test_a_key_that_is_none_is_refused(folder: Path) -> None:
    encoded = b64encode(RECEIPT).decode()
    found = ask(folder, receipts=[[encoded, None, "junk"], [encoded, None, ""], [encoded, None, KEY.vkey + "\n"]])
    assert [verdict["ok"] for verdict in found["verdicts"]] == [False, False, True]


def test_the_module_runs_under_a_strict_policy() -> None:
    text = MODULE.read_text()
    for forbidden in (
        "eval(",
        "new Function",
        "innerHTML",
        "window.",
        "globalThis",
        "fetch(",
        "XMLHttpRequest",
        "import ",
        "crypto.",
    ):
        assert forbidden not in text, forbidden
