"""A docket beside the city's fax server, connected word for word as `docs/fax.md` says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import lodged
from lodged.log.sign import load_key
from tests.fax.exchange import Exchange, ExchangeError, script

PAGE = Path(__file__).parents[2] / "docs/fax.md"
SOURCE = Path(lodged.__file__).parents[1]
# The office's user must be able to run this checkout, which may be root's alone: root without the right to read
# everything stands in for `lodged`, so that the modes in step 2 are really needed.
AS_LODGED = "setpriv --groups=uucp --inh-caps=-all --bounding-set=-dac_override,-fowner,-chown,-sys_admin"
AS_THE_HOOK = f"{AS_LODGED},-dac_read_search"


class Docket:
    """The office of the city, and the steps of the page with this test's own paths in them."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.home = exchange.folder / "office"
        self.command = exchange.folder / "lodged"
        self.timer = exchange.folder / "lodged-with-the-unit's-capability"
        self.receipts = exchange.folder / "receipts"
        self.opening: subprocess.Popen[bytes] | None = None

    def connect(self) -> None:
        """Steps 1 to 3, and an office that `lodged demo` has made."""
        city = self.exchange.city
        wrapper = self._step("export LODGED_HOME")
        script(self.command, wrapper.replace("AS_USER", AS_THE_HOOK))
        script(self.timer, wrapper.replace("AS_USER", AS_LODGED))
        with (city.spool / "etc" / f"config.{city.modem}").open("a") as config:
            config.write(self._step("RecvFileMode"))
        subprocess.run(["sh", "-ec", self._step("touch xferfaxlog")], check=True)
        script(city.spool / "bin/lodged-faxrcvd", self._step("receipt="))
        sudoers = self.exchange.folder / "over/sudoers.d/lodged"
        sudoers.write_text(self._step("NOPASSWD"))
        sudoers.chmod(0o440)
        self.opening = subprocess.Popen(
            [str(self.command), "demo", "--once", "--keep"], env=_outside(), stdout=subprocess.DEVNULL
        )

    def wait(self) -> None:
        """Until the office is there."""
        if self.opening is None or self.opening.wait(timeout=180):
            raise ExchangeError("the office could not be opened")

    def lodged(self, *arguments: str) -> Any:
        """What a verb says, as JSON, run with no more rights than the hook has."""
        return _told(self.command, *arguments)

    def sweep(self) -> Any:
        """Step 4: the command that the timer runs, with the one right that its unit gives."""
        unit = self._step("ExecStart").splitlines()
        assert "AmbientCapabilities=CAP_DAC_READ_SEARCH" in unit
        (line,) = (one for one in unit if one.startswith("ExecStart="))
        return _told(self.timer, *line.removeprefix("ExecStart=").split()[1:])

    def dispute(self, claim: dict[str, Any]) -> Any:
        """What the fax server's own records say of a sender's claim, typed in; its clock is UTC here."""
        sheet, city = self.exchange.folder / "claim.json", self.exchange.city
        sheet.write_text(json.dumps(claim))
        return _told(self.timer, "dispute", str(sheet), "--spool", str(city.spool), "--zone", "UTC")

    def key(self) -> str:
        """The log's verifier key, as the office would publish it."""
        return load_key(self.home / "keys/log.pem").vkey

    def reads(self, document: Path) -> str:
        """The words on a page of no known form."""
        return "\n".join(page["text"] or "" for page in _told(self.timer, "read", str(document))["pages"])

    def verify(self, receipt: Path, document: Path) -> Any:
        """What a receipt proves to somebody who has the log's key."""
        return _told(self.timer, "verify", str(receipt), str(document), "--trust", self.key())

    def _step(self, words: str) -> str:
        """The block of the page with these words in it, with our own places for its."""
        blocks = [block.partition("\n")[2] for block in PAGE.read_text().split("```")[1::2]]
        (found,) = (block for block in blocks if words in block)
        places = {
            "/usr/local/bin/lodged": str(self.command),
            "/opt/lodged/.venv/bin/lodged": f"env PYTHONPATH={SOURCE} AS_USER {sys.executable} -m lodged.cli",
            "/var/lib/lodged/office": str(self.home),
            "/var/lib/lodged/receipts": str(self.receipts),
            "/var/spool/hylafax": str(self.exchange.city.spool),
            "-u lodged": "-u root",
            "(lodged)": "(root)",
        }
        for theirs, ours in places.items():
            found = found.replace(theirs, ours)
        return found


def _told(command: Path, *arguments: str) -> Any:
    done = subprocess.run([str(command), *arguments, "--json"], env=_outside(), capture_output=True, check=False)
    if done.returncode:
        raise ExchangeError(done.stderr.decode() or done.stdout.decode())
    return json.loads(done.stdout)


def _outside() -> dict[str, str]:
    """The environment without what would name another office."""
    return {name: kept for name, kept in os.environ.items() if not name.startswith(("LODGED_", "DATABASE_URL"))}
