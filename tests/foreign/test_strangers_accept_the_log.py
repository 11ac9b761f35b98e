"""Programs that nobody here wrote accept a log that lodged wrote out, and refuse it once anything in it was changed.

`./dev foreign` runs these: they need Go with its module mirror's code from Debian, and `@sigstore/verify` from npm.
"""

import os
import subprocess
from pathlib import Path

import pytest
from tests.foreign.evidence import SIZE, TAMPERS, Shown, whole_tree, write_shown

HERE = Path(__file__).parent
GO_CODE = "/usr/share/gocode"  # where Debian's golang-golang-x-mod-dev puts it
PROGRAMS = ("go", "node")
Commands = dict[str, list[str]]

pytestmark = pytest.mark.foreign


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """How each program is called; the Go one is built first, offline, from Debian's packages alone."""
    program = tmp_path_factory.mktemp("go") / "verify"
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": GO_CODE, "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", str(program), "."], cwd=HERE / "go", env=environment, check=True)
    return {"go": [str(program)], "node": ["node", str(HERE / "node" / "verify.js")]}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return write_shown(tmp_path_factory.mktemp("shown"), whole_tree())


def ask(command: list[str], shown: Shown) -> tuple[int, str]:
    """The program's exit code and the sentence that it says."""
    done = subprocess.run([*command, str(shown.log), str(shown.evidence)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip() or done.stderr.strip()


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_log_is_accepted(program: str, commands: Commands, shown: Shown) -> None:
    assert ask(commands[program], shown) == (0, f"holds: {SIZE} entries")


@pytest.mark.parametrize("tamper", TAMPERS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_log_that_was_tampered_with_is_refused(
    program: str, tamper: str, commands: Commands, shown: Shown, tmp_path: Path
) -> None:
    copy = shown.copied(tmp_path / "copy")
    for path, changed in TAMPERS[tamper]:
        before = ask_for(copy, path)
        copy.change(path, changed)
        assert ask_for(copy, path) != before
    code, said = ask(commands[program], copy)
    assert (code, said[:9]) == (1, "refused: "), said


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_entry_that_was_changed_is_named(program: str, commands: Commands, shown: Shown, tmp_path: Path) -> None:
    copy = shown.copied(tmp_path / "copy")
    copy.change("tile/entries/007", lambda content: content[: 34 * 9 + 5] + b"?" + content[34 * 9 + 6 :])
    said = ask(commands[program], copy)[1]
    assert {"go": f"entry {7 * 256 + 9}: ", "node": "tile/0/007 "}[program] in said


def ask_for(shown: Shown, path: str) -> bytes:
    """The bytes of a file in either folder."""
    return ((shown.log if (shown.log / path).exists() else shown.evidence) / path).read_bytes()
