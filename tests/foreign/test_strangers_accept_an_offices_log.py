"""What an office hands out holds for programs that nobody here wrote: its log, and the proof on the filer's own receipt."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.foreign.evidence import Shown, flipped
from tests.foreign.programs import PROGRAMS, Commands, ask, built
from tests.log.invented import WITNESS
from tests.log.little_witness import LittleWitness, served

from lodged.log.receipt import MARKER
from lodged.log.tree import prove_growth
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.seals import heads, tree, witnesses
from lodged.office.seals.acts import Sealed, enter_many
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Checkpoint, WitnessedReceipt
from lodged.office.seals.written_out import write_out

JAIL = "us-ny-nyc/doc"
AT = datetime(2026, 11, 24, 21, 52, 10, tzinfo=UTC)

pytestmark = pytest.mark.foreign


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    return built(tmp_path_factory.mktemp("go") / "verify")


@pytest.fixture
def home(transactional_db: None, tmp_path: Path, settings: Settings) -> Iterator[Home]:
    """An office with a witness, which has cosigned its log twice: with one paper in it, and with a sweep after that."""
    settings.HOME = Home(tmp_path / "office")
    heads.start(AT)
    witness = LittleWitness(heads.key().verify, WITNESS, int(AT.timestamp()))
    with served(witness) as address:
        settings.HOME.witnesses.write_text(f"witness archive {WITNESS.vkey} {address}\nquorum archive\n")
        receive(Delivery(b"a paper", JAIL, "fax", "fax000000001.tif"), AT)
        Round(AT).witness()
        with docket(AT):
            enter_many([Sealed("Heartbeat", JAIL, facts={"queue": number}) for number in range(700)], AT)
        Round(AT).witness()
        yield settings.HOME


def shown_by(folder: Path) -> Shown:
    """The log as the office writes it out; entry, proof and keys as the filer's second receipt holds them."""
    evidence = folder / "evidence"
    evidence.mkdir(parents=True)
    write_out(folder / "log")
    receipt = WitnessedReceipt.objects.get()
    body = bytes(receipt.body)
    contents = json.loads(body[body.index(MARKER) + len(MARKER) :].split(b"\n")[1])
    (evidence / "log.vkey").write_text(contents["vkey"])
    (evidence / "witness.vkey").write_text(WITNESS.vkey)
    (evidence / "entry.tlog-proof").write_text(contents["proof"])
    (evidence / "entry").write_bytes(bytes(receipt.entry.leaf))
    old = Checkpoint.objects.get(size=1)
    (evidence / "old-checkpoint").write_bytes(witnesses.cosigned_note(old).content)
    growth = prove_growth(1, tree.size(), tree.read_node)
    (evidence / "growth").write_text("".join(f"{b64encode(one).decode()}\n" for one in growth))
    return Shown(folder / "log", evidence)


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_offices_log_and_receipt_hold(program: str, home: Home, commands: Commands, tmp_path: Path) -> None:
    assert ask(commands[program], shown_by(tmp_path / "shown")) == (0, "holds: 701 entries")


@pytest.mark.parametrize("path", ["tile/0/002.p/189", "tile/entries/000", "entry", "entry.tlog-proof", "growth"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_one_bit_of_it_changed_does_not(
    program: str, path: str, home: Home, commands: Commands, tmp_path: Path
) -> None:
    shown = shown_by(tmp_path / "shown")
    shown.change(path, flipped(60 if path == "entry.tlog-proof" else 5))
    code, said = ask(commands[program], shown)
    assert (code, said[:9]) == (1, "refused: "), said
