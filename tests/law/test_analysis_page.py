"""The page on questions about the law itself shows what the commands really print."""

import re
import shlex
from pathlib import Path

import pytest

from lodged.cli import run

PAGE = Path(__file__).parents[2] / "docs" / "law-analysis.md"
SHOWN = re.findall(r"```console\n\$ lodged (.+?)\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_every_verb_is_shown() -> None:
    assert [shlex.split(command)[1] for command, _ in SHOWN] == ["prove", "gaps", "conflicts", "findings", "diff"]


@pytest.mark.parametrize(("command", "text"), SHOWN, ids=[command[:20] for command, _ in SHOWN])
def test_what_is_shown_is_what_is_printed(command: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shlex.split(command)) in (0, 1)
    printed = iter(_without_places(capsys.readouterr().out))
    for line in (line for line in _without_places(text) if line.strip() and line.strip() != "…"):
        assert line in printed, f"`{line}` is not printed, or not there"


def _without_places(text: str) -> list[str]:
    """Lines of text without the numbers of lines in packs, which move whenever a pack is edited."""
    return re.sub(r"line \d+", "line N", text).splitlines()
