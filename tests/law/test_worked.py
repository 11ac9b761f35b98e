"""The worked cases that stand in the packs come out as written, a wrong one is told with its line."""

import pytest

from lodged.law import load
from lodged.law.packs import Source, read
from lodged.law.worked import failures

LAW = """```law
pack us/a level local binds us/custodian status confirmed
  cite "A"
rule r
  forbid hold when person.registrant
  cite "§ R"
```
```case
hold at 2020-01-17 with person.registrant {given} -> {effect} {tail}
```
"""


def run(given: str, effect: str, tail: str = "") -> list[str]:
    text = LAW.replace("{given}", given).replace("{effect}", effect).replace("{tail}", tail)
    return [str(problem) for problem in failures(read([Source("a.md", text)]))]


def test_the_packaged_cases_all_come_out() -> None:
    assert [str(problem) for problem in failures(load())] == []
    assert len(load().cases) > 100


def test_every_packaged_file_of_rules_has_worked_cases() -> None:
    with_rules = {load().files[pack.id] for pack in load().packs if any(hasattr(s, "effect") for s in pack.statements)}
    assert with_rules <= {file for file, _, _ in load().cases}


def test_a_right_case_is_silent() -> None:
    assert run("yes", "forbidden", 'citing "§ R"') == []


@pytest.mark.parametrize(
    ("given", "effect", "tail", "words"),
    [
        ("no", "forbidden", "", "the law says `permitted`"),
        ("yes", "forbidden", 'citing "§ S"', "`§ S` is not cited"),
        ("yes", "forbidden", "needing hold.hours", "`hold.hours` is not needed"),
        ("yes", "forbidden", "asking Q1", "`Q1` is not asked"),
        ("yes", "forbidden", "challenged Q1", "`Q1` is not listed"),
        ("yes", "forbidden", "due give_copy", "`give_copy` is not due"),
        ("perhaps", "forbidden", "", "`perhaps` is not a value"),
    ],
)
def test_a_wrong_case_is_told_with_its_line(given: str, effect: str, tail: str, words: str) -> None:
    said = run(given, effect, tail)
    assert said[0].startswith("a.md, line 9")
    assert words in said[0]
