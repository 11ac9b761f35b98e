"""Two fax servers really call each other: what comes is sealed and receipted, also when the server never told of it."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import lodged
from lodged.office.arrivals.channels.fax.spool import is_being_received
from tests.fax.docket import Docket
from tests.fax.exchange import Exchange

pytestmark = pytest.mark.fax
FAXES = Path(lodged.__file__).parent / "samples/faxes"
FIRST_PAGE_CONFIRMED = re.compile(r"recv MPS[\s\S]*send MCF[\s\S]*--> \[2:OK\]")
LAST_PAGE_CONFIRMED = re.compile(r"recv EOP[\s\S]*send MCF[\s\S]*--> \[2:OK\]")


@pytest.fixture(scope="module")
def docket() -> Iterator[Docket]:
    """The city's docket, connected before its modem answers; setting up takes longer than a call."""
    with Exchange() as exchange:
        docket = Docket(exchange)
        docket.connect()
        exchange.open()
        docket.wait()
        yield docket


def test_a_faxed_paper_is_sealed_and_its_receipt_comes_back_by_fax(docket: Docket, tmp_path: Path) -> None:
    sender, city = docket.exchange.sender, docket.exchange.city
    sheet = docket.exchange.confirmation(docket.exchange.send(FAXES / "noisy-line.tif"))
    assert "\nstatus:\n" in sheet, sheet
    docket.exchange.until(lambda: sender.rows("RECV"), "the receipt does not come back")
    (file,), (row,) = city.received(), city.rows("RECV")

    out = tmp_path / "receipt.pdf"
    call = ("--channel", "fax", "--spool", str(city.spool), "--receipt", str(out))
    said = docket.lodged("receive", str(file), *call)
    arrival, evidence = said["arrival"], said["arrival"]["evidence"]
    assert said["new"] is False, "the hook had taken it in"
    assert arrival["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert arrival["claims"] == {"station": "SENDER 5125550100", "caller": sender.number, "caller_name": "SENDER"}
    assert (evidence["called"], evidence["commid"], evidence["device"]) == (city.number, row[2], city.modem)
    assert (evidence["pages"], evidence["pages_logged"], evidence["dcs"]) == ("1", "1", row[18])
    assert [column.strip('"') for column in evidence["row"].split("\t")] == row
    trace = (docket.home / "documents" / evidence["trace_sha256"][:2] / evidence["trace_sha256"]).read_bytes()
    assert (city.spool / f"log/c{row[2]}").read_bytes().startswith(trace)
    assert b"recv EOP" in trace
    assert docket.verify(out, file)["trusted"]

    (back,) = sender.received()
    assert (sender.rows("RECV")[0][13], arrival["number"] in docket.reads(back)) == ("", True)


def test_a_paper_whose_receiver_was_killed_is_found_by_the_sweep(docket: Docket) -> None:
    exchange, city = docket.exchange, docket.exchange.city
    before, calls, rows = city.received(), city.traces(), city.rows("RECV")
    job = exchange.send(FAXES / "letter.tif", FAXES / "letter.tif")
    docket.exchange.until(
        lambda: city.traces() > calls and FIRST_PAGE_CONFIRMED.search(city.newest_trace()), "no first page"
    )
    (file,) = set(city.received()) - set(before)
    assert is_being_received(file), "the server holds it, so the sweep leaves it alone"
    docket.exchange.until(lambda: LAST_PAGE_CONFIRMED.search(city.newest_trace()), "no last page")
    exchange.kill(city, "faxgetty")
    sheet = exchange.confirmation(job)
    assert "\nstatus:\n" in sheet
    assert "\nnpages:2\n" in sheet, "the sender's sheet says that both pages were confirmed"
    assert city.rows("RECV") == rows, "the city's server wrote no row, and so no hook was called"

    assert not is_being_received(file)
    assert file.stat().st_mode & 0o777 == 0o600, "its group may not read it: the timer's unit must be able to"
    swept = docket.sweep()
    (found,) = swept["taken_in"]
    assert (found["file"], found["commid"]) == (f"recvq/{file.name}", city.traces()[-1].removeprefix("c"))
    assert (found["pages"], found["log_row"], swept["left"]) == (2, False, [])
    assert docket.verify(found["receipt"], file)["document_matches"]
    again = docket.sweep()
    assert (again["taken_in"], [one["number"] for one in again["already"]][-1]) == ([], found["number"])

    claim = {"dialled": city.number, "started": city.called_at(found["commid"]).isoformat(), "pages": 2, "result": "ok"}
    finding = docket.dispute(claim)
    assert finding["outcome"] == "delivered, orphaned", finding
    assert [(one["commid"], one["pages"]) for one in finding["ours"]] == [(found["commid"], 2)]


def test_an_exchange_leaves_nothing_behind() -> None:
    with Exchange() as exchange:
        folder = exchange.folder
        exchange.start(exchange.city, "iaxmodem", "iaxmodem", exchange.city.modem)
        inside = exchange.run("sh", "-c", "sleep 0.5; ls /dev; cat /etc/iaxmodem/*").stdout
        assert (exchange.city.modem in inside, f"cidnumber {exchange.city.number}" in inside) == (True, True)
        assert not Path("/dev", exchange.city.modem).is_symlink()
        assert _processes(folder)
    assert (folder.exists(), _processes(folder)) == (False, [])


def _processes(folder: Path) -> list[str]:
    """The processes of this machine that work in a folder or were started with its name."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + str((process / "cwd").readlink()).encode()
        except OSError:
            continue
        if str(folder).encode() in words:
            found.append(words.decode(errors="replace"))
    return found
