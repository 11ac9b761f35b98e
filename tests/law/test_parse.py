"""Reading law texts: what is right comes back whole, what is wrong is said with its line and a mend."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.law import laws

import lodged.laws
from lodged.law import load
from lodged.law.packs import Source, read
from lodged.law.packs import load as load_folder
from lodged.law.parse import parse_file
from lodged.law.tidy import tidied
from lodged.law.tree import Case, Held, Measure, Not, Order, Rule, Some, Within
from lodged.law.written import written_pack
from lodged.problem import ProblemsError

HEAD = 'pack us/x level federal binds us status confirmed\n  cite "X"\n'


def md(text: str) -> str:
    return f"# Words\n\n```law\n{text}```\n"


def problem(text: str) -> str:
    with pytest.raises(ProblemsError) as caught:
        read([Source("x.md", md(text))])
    return str(caught.value)


@pytest.mark.parametrize("pack", load().packs, ids=lambda pack: pack.id)
def test_every_packaged_pack_written_out_reads_back_the_same(pack) -> None:
    assert parse_file(md(written_pack(pack)), "again.md")[0] == (pack,)


@given(laws.laws(), laws.constraints)
@settings(max_examples=40, deadline=None)
def test_any_law_written_out_reads_back_the_same(texts: list, constraints: list) -> None:
    for pack in laws.library(texts, constraints).packs:
        assert parse_file(md(written_pack(pack)), "again.md")[0] == (pack,)


def test_every_kind_of_test_is_read() -> None:
    text = HEAD + (
        'clock c counting every hour\n  cite "C"\n'
        "rule r\n  forbid hold\n"
        "  when any conviction c where (c.on within 5 years before person.arrested_on plus c.days_incarcerated days "
        "leap days as the 28th) and held more than 48 hours by c\n"
        "  unless person.arrested_on not after today or person.days_incarcerated is at least 3 or paper.box is not 1\n"
        '  cite "R"\n'
    )
    rule = next(s for s in read([Source("x.md", md(text))]).packs[0].statements if isinstance(s, Rule))
    some, held = rule.when.parts
    assert isinstance(some, Some)
    assert some.where == Within("c.on", 5, "person.arrested_on", "c.days_incarcerated", leap=True)
    assert held == Held("more than", 48, "c")
    assert rule.unless.parts[0] == Order("person.arrested_on", "not after", "today")
    assert rule.unless.parts[1] == Measure("person.days_incarcerated", "at least", 3)
    assert isinstance(rule.unless.parts[2], Not)


def test_a_rule_keeps_the_line_it_stands_on() -> None:
    packs, _ = parse_file(md(HEAD + '\nrule r\n  forbid hold\n  cite "R"\n'), "x.md")
    assert packs[0].statements[0].line == 7


def test_a_worked_case_is_read_with_what_a_let_gave() -> None:
    text = (
        md(HEAD)
        + '```case\nlet p be paper.form i-247a\nhold at 2020-01-17 with p, paper.box 1 -> forbidden citing "X"\n```\n'
    )
    _, cases = parse_file(text, "x.md")
    facts = (("paper.form", "i-247a"), ("paper.box", "1"))
    assert cases == (Case("hold", "", "2020-01-17", facts, "forbidden", ("X",)),)


@pytest.mark.parametrize(
    ("text", "line", "words", "mend"),
    [
        (HEAD + "rule r\n  forbid hold\n", 6, "`rule r` has no citation", "add: cite"),
        (
            HEAD + 'rule r\n  forbid hold\n\nrule s\n  forbid hold cite "S"\n',
            6,
            "`rule r` has no citation",
            "add: cite",
        ),
        (
            HEAD + 'rule r\n  forbid hold whn paper.signed\n  cite "R"\n',
            7,
            "`whn` is not expected",
            "did you mean `when`?",
        ),
        (
            HEAD + 'rule r\n  forbid hold when warrant.signd_by is none\n  cite "R"\n',
            7,
            "`warrant.signd_by`",
            "warrant.signed_by",
        ),
        (HEAD + 'rule r\n  forbid hold when paper.box is 3\n  cite "R"\n', 7, "`3` is not a known value", "1, 2, both"),
        (HEAD + 'rule r\n  forbid hld\n  cite "R"\n', 7, "`hld` is not a known act", "did you mean `hold`?"),
        (
            HEAD + 'rule r\n  forbid hold when paper.box\n  cite "R"\n',
            7,
            "`paper.box` is one of several values",
            "`paper.box is VALUE`",
        ),
        (
            HEAD + 'rule r\n  forbid hold when paper.signed is yes\n  cite "R"\n',
            7,
            "`paper.signed` is a yes-no fact",
            "just",
        ),
        (HEAD + 'rule r\n  forbid hold\n  cite ""\n', 8, "cites nothing", "name the section"),
        (
            HEAD + 'rule r in force from 2014-13-01\n  forbid hold\n  cite "R"\n',
            6,
            "`2014-13-01` is a day that does not exist",
            "the month",
        ),
        (
            HEAD + 'rule r in force from 2014-01-02 until 2014-01-02\n  forbid hold\n  cite "R"\n',
            6,
            "does not come after",
            "turn",
        ),
        (
            HEAD + 'rule r\n  forbid hold when held more than x hours by c\n  cite "R"\n',
            7,
            "`x` is not a number",
            "digits",
        ),
        (
            HEAD + 'rule r\n  forbid hold when held more than 4 hours by c\n  cite "R"\n',
            7,
            "`c` is not a known clock",
            "",
        ),
        (
            HEAD + 'rule r\n  forbid hold overrides q cite "o"\n  cite "R"\n',
            7,
            "`q` is not a known rule",
            "it is one of: r",
        ),
        (HEAD + 'define a as b\n  cite "A"\ndefine b as a\n  cite "B"\n', 6, "`a` is defined by itself", "by facts"),
        (HEAD + 'settles Q1 is A\n  cite "S"\n', 6, "`Q1` is not a known question", ""),
        (HEAD + 'question Q "?" reading A "a" cite "a"\n', 6, "two different readings", "add: reading"),
        (HEAD + 'default paper.box is 1 when paper.box is 2\n  cite "D"\n', 6, "implied by itself", "other facts"),
        (HEAD + 'default hold.hours is 1 when paper.box is 2\n  cite "D"\n', 6, "cannot be implied", "yes-no"),
        (HEAD + 'fact person.tall inches "?"\n', 6, "`inches` is not a known type", "yes-no"),
        ('pack us/x level cosmic binds us status confirmed\n  cite "X"\n', 4, "`cosmic` is not a known level", "court"),
        (
            'pack us/x level federal binds us-zz status confirmed\n  cite "X"\n',
            4,
            "`us-zz` is not a known place",
            "`us",
        ),
        ('rule r\n  forbid hold\n  cite "R"\n', 4, "before any `pack`", "begin with: pack"),
        (HEAD + 'rule r\n  forbid hold when % \n  cite "R"\n', 7, "`%` has no meaning here", "take it out"),
        (
            HEAD + 'rule r\n  forbid hold cite "R"\nrule r\n  forbid notify cite "R"\n',
            8,
            "given twice with different words",
            "name",
        ),
    ],
)
def test_a_mistake_is_said_with_its_line_and_a_mend(text: str, line: int, words: str, mend: str) -> None:
    said = problem(text)
    assert said.startswith(f"x.md, line {line}: ")
    assert words in said
    assert mend in said


def test_mistakes_of_several_blocks_are_all_said() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_file(md(HEAD + "rule r\n") + md("rule s\n"), "x.md")
    assert len(caught.value.problems) == 2


def test_a_block_that_is_never_closed_is_a_problem() -> None:
    with pytest.raises(ProblemsError, match="never closed"):
        parse_file("```law\nrule r\n", "x.md")


def test_two_packs_that_each_go_first_are_a_problem() -> None:
    one = HEAD + 'prevails over us/y for hold\n  cite "P"\n'
    two = one.replace("us/x", "us/z").replace("us/y", "us/x").replace("us/z", "us/y")
    with pytest.raises(ProblemsError, match="each go before the other"):
        read([Source("x.md", md(one)), Source("y.md", md(two))])


def test_a_table_that_is_not_there_is_a_problem() -> None:
    assert "not beside the pack" in problem(HEAD + 'table t from "t.toml"\n  cite "T"\n')


def test_formatting_leaves_prose_alone_and_is_stable(tmp_path: Path) -> None:
    untidy = md(HEAD + 'rule   r\n forbid hold   cite "R"\n')
    once = tidied(untidy, "x.md")
    assert once.startswith("# Words\n")
    assert "rule r\n  forbid hold\n  cite" in once
    assert tidied(once, "x.md") == once
    assert parse_file(once, "x.md")[0] == parse_file(untidy, "x.md")[0]


def test_a_folder_without_packs_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="holds no law pack"):
        load_folder(tmp_path)


def test_a_file_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProblemsError, match="cannot be read"):
        load_folder(tmp_path)


def test_a_version_follows_the_rules_not_the_prose() -> None:
    text = HEAD + 'rule r\n  forbid hold\n  cite "R"\n'
    version = read([Source("x.md", md(text))]).versions["us/x"]
    assert read([Source("x.md", "More prose.\n" + md(text))]).versions["us/x"] == version
    assert read([Source("x.md", md(text.replace("hold", "notify")))]).versions["us/x"] != version
    assert len(version) == 12


def test_the_packaged_law_stands_in_canonical_form() -> None:
    root = Path(lodged.laws.__file__).parent
    files = sorted(root.rglob("*.md"))
    assert len(files) > 10
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert tidied(text, file.name) == text
