"""Programs that nobody here wrote accept a log that lodged wrote out, and refuse it once anything in it was changed.

`./dev foreign` runs these: they need Go with its module mirror's code from Debian, and `@sigstore/verify` from npm.
"""

from pathlib import Path

import pytest
from tests.foreign.evidence import SIZE, TAMPERS, Shown, whole_tree, write_shown
from tests.foreign.programs import PROGRAMS, Commands, ask, built

pytestmark = pytest.mark.foreign


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    return built(tmp_path_factory.mktemp("go") / "verify")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return write_shown(tmp_path_factory.mktemp("shown"), whole_tree())


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
