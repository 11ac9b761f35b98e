"""Packs with a mistake: what is told to the person who wrote it, letter by letter, with the line and the mend.

The packs stand in `broken/packs.toml`, each with every problem that is told of it.
"""

import tomllib
from pathlib import Path

import pytest

from lodged.cli import run
from lodged.law.check import problems_in, unused_in
from lodged.law.packs import Source, load, read
from lodged.law.parse import HalfReadError, parse_file
from lodged.law.worked import unsound
from lodged.problem import ProblemsError

BROKEN = tomllib.loads((Path(__file__).parent / "broken" / "packs.toml").read_text(encoding="utf-8"))["broken"]
GOOD = """# An example

```law
pack us/example level local binds us/custodian in force from 2014-12-14 status confirmed
  cite "Example Code § 1"

rule no-hold
  forbid hold
  when person.registrant
  cite "Example Code § 1(b)"
```

```case
hold at 2020-01-17 with person.registrant yes -> forbidden
```
"""


def told(text: str, beside: dict[str, str] | None = None) -> list[str]:
    try:
        packs = read([Source("example.md", text, beside or {})])
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in unsound(packs)]


def test_there_are_many_and_none_twice() -> None:
    assert len(BROKEN) >= 80
    assert len({broken["name"] for broken in BROKEN}) == len({broken["text"] for broken in BROKEN}) == len(BROKEN)
    assert told(GOOD) == []


@pytest.mark.parametrize("broken", BROKEN, ids=[broken["name"] for broken in BROKEN])
def test_a_broken_pack_is_told_what_is_wrong(broken: dict) -> None:
    assert told(broken["text"], broken.get("beside")) == broken["problems"]


@pytest.mark.parametrize("broken", BROKEN, ids=[broken["name"] for broken in BROKEN])
def test_every_problem_has_a_line_that_holds_its_words_and_a_mend(broken: dict) -> None:
    lines = broken["text"].split("\n")
    for problem in broken["problems"]:
        first, mend = problem.split("\n  ")
        where, what = first.split(": ", 1)
        line = int(where.removeprefix("example.md, line "))
        words = [part.split()[0].strip('"') for part in what.split("`")[1::2] if part.split()]
        here = lines[line - 1].replace("\u200b", "")
        missing = what.startswith(("a rule stands before", "the case has no"))
        assert missing or not words or any(word in here for word in words)
        assert mend.strip()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(end: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(GOOD.replace("\n", end).encode())
    assert len(load(tmp_path).packs) == 1


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    odd = GOOD.replace("# An example", "# An\x0cexample\x85of\u2028prose").replace("no-hold\n", "no-hold when\n")
    for text in (odd, odd.replace("\n", "\r\n")):
        assert told(text)[0].startswith("example.md, line 7: ")


@pytest.mark.parametrize("space", ["\t", "\u00a0", "\u2003", "\u3000", " \t "])
def test_tabs_and_the_spaces_of_word_processors_count_as_spaces(space: str) -> None:
    assert told(GOOD.replace("  forbid hold", f"{space}forbid{space}hold")) == []


def test_a_byte_order_mark_is_passed_over() -> None:
    assert told("\ufeff" + GOOD) == []
    assert told("\ufeff" + GOOD.partition("\n\n")[2]) == []


def test_a_character_that_turns_the_reading_direction_is_a_problem_even_in_quotation_marks() -> None:
    assert told(GOOD.replace("Code § 1(b)", "Code \u202e§ 1(b)")) == [
        "example.md, line 10: an invisible character (U+202E) stands after `Code`\n"
        "  delete it, or write the line again by hand"
    ]


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_bytes(GOOD.encode("utf-16"))
    assert run(["law", "check", str(tmp_path)]) == 2
    assert "cannot be read as text" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["a" * 1_000_000, "a or " * 200_000, "(" * 1_000_000, '"' * 999_999, "é " * 500_000])
def test_a_line_of_a_million_characters_is_a_problem_told_in_few_words(line: str) -> None:
    said = told(GOOD.replace("person.registrant\n", line + "\n"))
    assert len(said) == 1
    assert said[0].startswith(f"example.md, line 9: this line has {len(line) + 7} characters")
    assert len(said[0]) < 200


def test_conditions_nested_without_end_are_a_problem() -> None:
    for deep in ("(" * 9000 + "paper.signed" + ")" * 9000, "not " * 4000 + "paper.signed"):
        assert told(GOOD.replace("person.registrant\n", deep + "\n"))[0].startswith(
            "example.md, line 9: brackets and `not` stand more than 30 deep"
        )
    assert told(GOOD.replace("person.registrant\n", "(" * 29 + "person.registrant" + ")" * 29 + "\n")) == []


def test_many_mistakes_in_many_lines_are_told_in_a_moment() -> None:
    rules = "".join(f'rule r{number}\n  forbid hold whn paper.signed\n  cite "§"\n\n' for number in range(200))
    assert len(told(GOOD.replace("rule no-hold", rules + "rule no-hold"))) == 200


def test_a_broken_table_is_told_beside_the_pack() -> None:
    text = GOOD.replace("rule no-hold", 'table listed from "listed.toml"\n  cite "§ 1"\n\nrule no-hold')
    said = told(text, {"listed.toml": "id = \n"})
    assert "no offence table" in said[0]
    assert said[0].startswith("listed.toml")


def test_what_can_be_read_beside_a_mistake_is_read() -> None:
    text = GOOD.replace("  forbid hold\n", "  forbid hold\n  wehn person.registrnt\n").replace(
        "  when person.registrant\n", ""
    )
    text = text.replace("rule no-hold", 'rule = = =\n  cite "§ 0"\n\nrule no-hold')
    with pytest.raises(HalfReadError) as caught:
        parse_file(text, "example.md")
    more = problems_in(caught.value.packs, {"us/example": "example.md"}, caught.value.lost)
    assert [str(problem) for problem in more] == [
        "example.md, line 12: `person.registrnt` is not a declared fact or definition\n"
        "  did you mean `person.registrant`?"
    ]


def test_a_library_tells_mistakes_of_grammar_and_of_meaning_at_once() -> None:
    half = GOOD.replace("rule no-hold", 'rule first\n  cite "§ 0"\n\nrule no-hold').replace("registrant", "registrnt")
    other = GOOD.replace("us/example level", "us/other level").replace("forbid hold", "forbid hodl")
    with pytest.raises(ProblemsError) as caught:
        read([Source("half.md", half), Source("other.md", other)])
    told = [str(problem).partition("\n")[0] for problem in caught.value.problems]
    assert len(told) == len(set(told))
    assert any(one.startswith("half.md, line 7: ") for one in told)
    assert "half.md, line 12: `person.registrnt` is not a declared fact or definition" in told
    assert "other.md, line 8: `hodl` is not a known act" in told


def test_a_pack_that_could_not_be_read_is_no_second_problem_where_it_is_used() -> None:
    lost = GOOD.replace("level local", "leevl local")
    user = GOOD.replace("us/example level", "us/other level").replace("# An", "# Another")
    user = user.replace('"Example Code § 1"\n\n', '"Example Code § 1"\n  uses us/example\n\n', 1)
    never_closed = lost.replace("```\n\n```case", "\n```case")
    for text in (lost, never_closed):
        with pytest.raises(ProblemsError) as caught:
            read([Source("lost.md", text), Source("user.md", user)])
        assert {problem.where.partition(",")[0] for problem in caught.value.problems} == {"lost.md"}


def test_two_packs_of_one_id_are_told_where_the_second_stands() -> None:
    with pytest.raises(ProblemsError) as caught:
        read([Source("one.md", "\n" + GOOD), Source("two.md", GOOD), Source("three.md", GOOD.replace("hold", "hodl"))])
    told = [str(problem).partition("\n")[0] for problem in caught.value.problems]
    assert "two.md, line 4: pack `us/example` is given twice" in told
    assert "three.md, line 4: pack `us/example` is given twice" in told
    assert not any(one.startswith("one.md") for one in told)


@pytest.mark.parametrize("sources", [[], [Source("prose.md", "# Only prose\n")]])
def test_a_library_without_a_pack_is_refused(sources: list[Source]) -> None:
    with pytest.raises(ProblemsError, match="holds no pack"):
        read(sources)


def test_a_let_may_end_in_the_name_of_another_right_before_a_case() -> None:
    text = GOOD.replace(
        "hold at", "let first be person.registrant yes\nlet both be paper.signed yes, first\nhold at", 1
    )
    text = text.replace("with person.registrant yes", "with both")
    text += "\n```case\nlet alone be first\nhold by us/custodian at 2020-01-17 with alone -> forbidden\n```\n"
    packs = read([Source("example.md", text)])
    assert [case.act for _, _, case in packs.cases] == ["hold", "hold"]
    assert dict(packs.cases[0][2].facts) == {"paper.signed": "yes", "person.registrant": "yes"}
    assert told(text) == []


def test_a_value_may_stand_on_a_line_of_its_own() -> None:
    text = GOOD.replace(
        "hold at 2020-01-17 with person.registrant yes", "hold at 2020-01-17\n  with person.registrant\n  yes"
    )
    assert dict(read([Source("example.md", text)]).cases[0][2].facts) == {"person.registrant": "yes"}


def test_a_circle_through_two_packs_is_told() -> None:
    one = GOOD.replace('"Example Code § 1"\n', '"Example Code § 1"\n  uses us/other\n')
    one = one.replace("rule no-hold", 'define first as second\n  cite "§ 2"\n\nrule no-hold')
    other = '```law\npack us/other level local binds us/custodian status confirmed\n  cite "O"\n  uses us/example\n'
    other += 'define second as not first\n  cite "§ 3"\n```\n'
    with pytest.raises(ProblemsError, match="`first` is defined by itself: first → second → first"):
        read([Source("example.md", one), Source("other.md", other)])


def test_definitions_of_one_name_may_follow_each_other_in_time() -> None:
    two = 'define d in_dates\n  cite "§ 2"\n\ndefine d as paper.signed in force from 2020-01-01\n  cite "§ 2"\n\nrule no-hold'
    for dates, problems in (("until 2020-01-01", 0), ("until 2020-01-02", 1)):
        text = GOOD.replace("rule no-hold", two.replace("in_dates", f"as paper.cancelled in force {dates}"))
        assert len(told(text)) == problems


def test_what_is_used_nowhere_is_a_remark_and_no_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text(GOOD.replace("rule no-hold", 'define genuine as paper.signed\n  cite "§"\n\nrule no-hold'), "utf-8")
    assert run(["law", "check", str(file)]) == 0
    assert "line 7: definition `genuine` is used nowhere" in capsys.readouterr().out
    assert unused_in(load().packs, load().files) == []


@pytest.mark.parametrize("text", ["", "  \n", "# Only prose\n", "```python\nx = 1\n```\n"])
def test_a_file_without_a_pack_is_wrong_input(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")
    question = tmp_path / "q.json"
    question.write_text('{"custodian": "us/custodian", "act": "hold", "at": "2020-01-17T12:00:00-05:00"}', "utf-8")
    for arguments in (["check", str(file)], ["check", str(tmp_path)], ["decide", str(question), "--law", str(file)]):
        assert run(["law", *arguments]) == 2
        assert "holds no pack" in capsys.readouterr().err
