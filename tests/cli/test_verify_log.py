"""`lodged log`: a log that was written out is audited from its folder, or from where it is served."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.log.invented import CUSTODIAN, KEY, OTHER_KEY, numbered_tree, signed_note, tree_of

from lodged.cli import run
from lodged.log.entry import Clocks, Event, leaf
from lodged.log.export import Opened, Source, export
from lodged.log.store import FolderStore

TREE = numbered_tree(260)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("log")
    export(Source(TREE.read_node, TREE.entries.__getitem__, signed_note(TREE).content), FolderStore(folder).write)
    return folder


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    beats = [Event("Heartbeat", CUSTODIAN, Clocks(f"2026-11-24T{hour}:00-05:00")).text() for hour in ("16:00", "18:00")]
    tree = tree_of([leaf(text, bytes(32)) for text in beats])
    source = Source(tree.read_node, tree.entries.__getitem__, signed_note(tree).content)
    export(source, FolderStore(tmp_path / "log").write, lambda index: Opened(beats[index], bytes(32)))
    return tmp_path / "log"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without writing to the test's output."""

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def address(whole: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(whole)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_whole_log_is_0(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "audit", str(whole), "--trust", KEY.vkey, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["size"], found["first_bad"], found["gaps"]) == (True, 260, None, [])
    assert found["root"] == signed_note(TREE).text.split("\n")[2]


def test_a_log_that_is_served_is_audited_from_there(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "audit", address, "--trust", KEY.vkey]) == 0
    assert "All 260 entries" in capsys.readouterr().out
    assert run(["log", "audit", address + "elsewhere", "--trust", KEY.vkey]) == 1


def test_an_address_where_nobody_answers_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "audit", "http://127.0.0.1:1/"]) == 2
    assert run(["log", "audit", "http://127.0.0.1:notaport/"]) == 2
    assert "nobody answers" in capsys.readouterr().err


def test_without_trust_less_is_proved(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "audit", str(whole)]) == 3
    assert "nobody vouches" in capsys.readouterr().out


def test_the_first_bad_entry_is_named(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = FolderStore(tmp_path)
    for path in sorted(whole.rglob("*")):
        if path.is_file():
            store.write(str(path.relative_to(whole)), path.read_bytes())
    bundle = bytearray(store.read("tile/entries/000"))
    bundle[34 * 77 + 9] ^= 1
    store.write("tile/entries/000", bytes(bundle))
    assert run(["log", "audit", str(tmp_path), "--trust", KEY.vkey, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["first_bad"] == 77
    assert run(["log", "audit", str(tmp_path)]) == 1
    assert "entry 77" in capsys.readouterr().out


def test_another_key_is_refused(whole: Path) -> None:
    assert run(["log", "audit", str(whole), "--trust", OTHER_KEY.vkey]) == 1
    assert run(["log", "checkpoint", str(whole), "--trust", OTHER_KEY.vkey]) == 1


def test_a_checkpoint_is_told(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "checkpoint", str(whole), "--trust", KEY.vkey, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["origin"], told["size"], told["trusted"]) == ("docket.example.gov/1", 260, True)
    assert run(["log", "checkpoint", str(whole)]) == 3


def test_gaps_are_told_where_entries_are_opened(opened: Path, whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "gaps", str(opened), "--trust", KEY.vkey, "--json"]) == 3
    gap = {"from": "2026-11-24T16:00:00-05:00", "to": "2026-11-24T18:00:00-05:00"}
    assert [{**one, "what": None} for one in json.loads(capsys.readouterr().out)["gaps"]] == [{**gap, "what": None}]
    assert run(["log", "audit", str(opened), "--trust", KEY.vkey]) == 3
    assert "1 gap in 2 opened entries" in capsys.readouterr().out
    assert run(["log", "gaps", str(whole), "--trust", KEY.vkey]) == 3
    assert "nothing can be said of gaps" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["missing", ".", "a\x00b", "x" * 5000])
def test_where_no_log_is_2(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "audit", place if "\x00" in place else str(tmp_path / place)]) == 2
    assert "no log here" in capsys.readouterr().err


def test_an_unreadable_checkpoint_is_1(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_bytes(b"\xff")
    assert run(["log", "audit", str(tmp_path)]) == 1
    assert run(["log", "checkpoint", str(tmp_path), "--json"]) == 1
