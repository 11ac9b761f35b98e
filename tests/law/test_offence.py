"""The City's table of violent or serious crimes is the local law's list, and a spelling it does not know is never a silent no."""

import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.law.offence import OffenceTable, read_sections, read_table
from lodged.problem import ProblemsError

# N.Y.C. Admin. Code § 9-131(a)(7)(i), as Local Law 58 of 2014 has it, its ranges left as ranges.
LIST = (
    "120.01, .02, .03, .04, .04-a(4), .05-.13, .18, .25, .55, .60, .70; 121.12, .13; 125.10-.15, .20-.22, .25-.27, .40, .45; "
    "130.25, .30, .35, .40, .45, .50, .53, .65, .65-a, .66, .67, .70, .75, .80, .85, .90, .95, .96; 135.10, .20, .25, .35, "
    ".50, .65(2)(b); 140.17, .25, .30; 145.12; 150.05, .10, .15, .20; 160.05, .10, .15; 195.07, .08, .17; 215.11-.13, "
    ".15-.17, .51, .52; 220.18, .21, .28, .41, .43, .44, .48, .77; 230.05, .06, .19, .25(2), .30, .32-.34; 235.22; 240.06, "
    ".55, .60-.63, .75; 241.05; 255.26, .27; 260.25, .32, .34; 263.05, .10, .11, .15, .16, .30; 265.01-a, .01-b, .02(2)-(8), "
    ".03, .04, .08-.14, .16, .17, .19, .35(2); 270.30, .35; 405.16(1), .18; 460.22; 470.21-.24; 490.10, .15, .20, .25, .30, "
    ".35, .37, .40, .45, .47, .50, .55"
)


def expanded(text: str) -> set[str]:
    """Every section of the list, one by one, each with the subdivision it names."""
    found: set[str] = set()
    for article in text.split("; "):
        stem = article[:3]
        for item in article[3:].split(", "):
            parts = re.fullmatch(r"\.(\d\d(?:-[a-z])?)((?:\(\w\))*)(?:-\.?(?:\()?(\d+)\)?)?", item.removeprefix(stem))
            assert parts, item
            first, mark, last = parts.groups()
            if not last:
                found.add(f"{stem}.{first}{mark}")
            elif mark:
                found |= {f"{stem}.{first}({n})" for n in range(int(mark[1:-1]), int(last) + 1)}
            else:
                found |= {f"{stem}.{n:02}" for n in range(int(first), int(last) + 1)}
    return found


@pytest.fixture(scope="module")
def table() -> OffenceTable:
    text = resources.files("lodged.laws").joinpath("us-ny-nyc/violent-or-serious.toml").read_text(encoding="utf-8")
    return read_table(text, "violent-or-serious.toml")


def felony(table: OffenceTable, section: str, code: str = "PL") -> object:
    return table.lists({"code": code, "section": section, "state": "NY", "class": "felony"})


def test_the_table_is_the_list_of_the_local_law(table: OffenceTable) -> None:
    penal = table.codes["PL"]
    written = set(penal.whole)
    for base, parts in penal.parts.items():
        written |= {base + "".join(f"({mark})" for mark in part) for part in parts}
    assert written == expanded(LIST)
    assert len(written) == 160


def test_every_section_of_the_list_counts_as_a_felony(table: OffenceTable) -> None:
    assert [section for section in expanded(LIST) if felony(table, section) is not True] == []


@pytest.mark.parametrize(
    "section",
    ["160.15", "160.15-4", "160.15(4)", "160.15 (04)", "160.15 sub 4", "160.15 subd. 4", "160.15.4", "§ 160.15",
     "PL 160.15", "P.L. § 160.15", "Penal Law 160.15(1)"],
)  # fmt: skip
def test_one_crime_is_written_in_many_ways(table: OffenceTable, section: str) -> None:
    assert felony(table, section) is True


@pytest.mark.parametrize(
    "section",
    ["110/160.15", "110.00/160.15", "110-160.15", "110.00-160.15", "160.15/110", "110/PL 160.15(4)", "105.15/125.25",
     "100.10-125.25(1)", "115.08 / 160.15"],
)  # fmt: skip
def test_an_attempt_conspiracy_solicitation_or_facilitation_follows_the_crime(
    table: OffenceTable, section: str
) -> None:
    assert felony(table, section) is True


def test_an_attempt_at_what_is_not_listed_is_not(table: OffenceTable) -> None:
    assert felony(table, "110/155.30") is False
    assert felony(table, "110/265.02(1)") is False


def test_an_attempt_that_is_a_misdemeanor_is_not(table: OffenceTable) -> None:
    assert table.lists({"code": "PL", "section": "110/120.05", "state": "NY", "class": "misdemeanor"}) is False


@pytest.mark.parametrize("section", ["110", "110.00", "105.15", "110/265.02", "160.15/120.05"])
def test_what_does_not_say_of_which_crime_is_for_a_reviewer(table: OffenceTable, section: str) -> None:
    assert felony(table, section) is None


@pytest.mark.parametrize("section", ["485.05", "120.00/485.05", "485.05-240.30"])
def test_a_felony_hate_crime_counts_whatever_the_section(table: OffenceTable, section: str) -> None:
    assert felony(table, section) is True
    assert table.lists({"code": "PL", "section": section, "state": "NY", "class": "misdemeanor"}) is False


@pytest.mark.parametrize(
    ("section", "counts"),
    [("265.02", None), ("265.02(1)", False), ("265.02(2)", True), ("265.02-8", True), ("265.02(9)", False),
     ("135.65", None), ("135.65(2)", None), ("135.65(2)(b)", True), ("135.65(2)(a)", False), ("135.65(1)", False),
     ("120.04-a", None), ("120.04-a(4)", True), ("120.04-a(3)", False), ("120.04 a", None), ("160.15-a", None),
     ("265.01", None), ("265.01-A", True), ("130.65-a", True)],
)  # fmt: skip
def test_a_section_listed_in_part_needs_its_subdivision(table: OffenceTable, section: str, counts: bool | None) -> None:
    if section == "265.01":
        assert felony(table, section) is False  # a section of its own, a misdemeanor, not the stem of 265.01-a
    else:
        assert felony(table, section) is counts


@pytest.mark.parametrize("section", ["robbery 1", "160", "160.5", "160.1504", "160.15 B felony", "?", "160.15/", "one"])
def test_a_spelling_that_is_not_understood_is_for_a_reviewer(table: OffenceTable, section: str) -> None:
    assert felony(table, section) is None


@given(st.sampled_from(sorted(expanded(LIST))), st.text("abz 4(.)-/§", max_size=6), st.text(" §(", max_size=2))
def test_no_ending_turns_a_listed_section_into_a_silent_no(section: str, ending: str, before: str) -> None:
    text = resources.files("lodged.laws").joinpath("us-ny-nyc/violent-or-serious.toml").read_text(encoding="utf-8")
    base = section.split("(")[0]
    found = felony(read_table(text, "x"), before + section + ending)
    partly = base in ("120.04-a", "135.65", "230.25", "265.02", "265.35", "405.16")
    assert found is not False or partly


@pytest.mark.parametrize(
    ("code", "section", "counts"),
    [("VTL", "600", True), ("VTL", "600-2-a", True), ("V.T.L.", "600(2)(a)", True), ("V&T", "600.2", True),
     ("Vehicle and Traffic Law", "600", True), ("VTL", "1192", False), ("VTL", "600-a", None), ("Penal Law", "160.15", True),
     ("NYPL", "160.15", True), ("NY PL", "155.30", False), ("CPL", "160.15", False), ("TAX", "1801", None), ("PC", "211", None)],
)  # fmt: skip
def test_a_code_goes_by_several_names(table: OffenceTable, code: str, section: str, counts: bool | None) -> None:
    assert felony(table, section, code) is counts


def test_another_states_conviction_is_for_a_reviewer_also_where_it_is_called_a_misdemeanor(table: OffenceTable) -> None:
    for class_ in ("felony", "misdemeanor", "wobbler"):
        assert table.lists({"code": "PC", "section": "211", "state": "CA", "class": class_}) is None


def test_what_is_missing_is_named(table: OffenceTable) -> None:
    assert table.lists({"section": "160.15"}) == ("code", "class")
    assert table.lists({"code": "PL", "class": "felony"}) == ("section",)
    assert table.lists({"code": "PL", "section": "160.15"}) == ("class",)
    assert table.lists({"code": "PL", "section": "155.30"}) is False  # off the list, whatever its class


def test_a_table_without_sections_settles_only_what_is_no_felony() -> None:
    text = resources.files("lodged.laws").joinpath("us-ca/serious-or-violent.toml").read_text(encoding="utf-8")
    california = read_table(text, "serious-or-violent.toml")
    assert california.lists({"code": "PC", "section": "211", "class": "felony", "state": "CA"}) is None
    assert california.lists({"code": "PC", "section": "459", "class": "wobbler", "state": "CA"}) is False


@given(st.text(max_size=20))
def test_reading_a_section_never_fails(text: str) -> None:
    assert all(section.base[:3].isdigit() for section in read_sections(text))


@pytest.mark.parametrize(
    "text",
    ["", "id = 1", 'id = "a"\nsource = "b"\nstate = "NY"', 'id = "a"\nsource = "b"\nstate = "NY"\ncode = 3',
     'id = "a"\nsource = "b"\nstate = "NY"\n[code.PL]\nwhole = "160.15"',
     'id = "a"\nsource = "b"\nstate = "NY"\n[code.PL]\nwhole = ["robbery"]',
     'id = "a"\nsource = "b"\nstate = "NY"\n[code.PL.parts]\n"265.02" = 3', "= ="],
)  # fmt: skip
def test_a_text_that_is_no_table_is_a_problem_with_a_mend(text: str) -> None:
    with pytest.raises(ProblemsError) as told:
        read_table(text, "a.toml")
    assert told.value.problems[0].where.partition(",")[0] == "a.toml"
    assert told.value.problems[0].mend


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("id = ", "a.toml", "this text is no TOML, or ends too early"),
        ('id = "a"\n\nsource "b"\n', "a.toml, line 3", "this line is no TOML"),
        ('id = "a"\nstate = "NY"\n[code.PL]\n', "a.toml", "this is no offence table: `source` is missing"),
        ('id = "a"\nsource = "b"\nstate = 3\n[code.PL]\n', "a.toml", "`state` is no text"),
        ('id = "a"\nsource = "b"\nstate = "NY"\ncode = 3\n', "a.toml", "`code` is no table"),
        ('id = "a"\nsource = "b"\nstate = "NY"\n[code]\nPL = 3\n', "a.toml", "`code.PL` is no table"),
        ('id = "a"\nsource = "b"\nstate = "NY"\n[code.PL]\nwhole = "160.15"\n', "a.toml", "`code.PL.whole` is no list"),
        ('id = "a"\nsource = "b"\nstate = "NY"\n[code.PL]\ncalled = "x"\n', "a.toml", "`code.PL.called` is no list"),
        ('id = "a"\nsource = "b"\nstate = "NY"\n[code.PL]\nparts = 3\n', "a.toml", "`code.PL.parts` is no table"),
        (
            'id = "a"\nsource = "b"\nstate = "NY"\n[code.PL.parts]\n"265.02" = 3\n',
            "a.toml",
            "`code.PL.parts.265.02` is no list",
        ),
        (
            'id = "a"\nsource = "b"\nstate = "NY"\nother_codes = "VTL"\n[code.PL]\n',
            "a.toml",
            "`other_codes` is no list",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_words(text: str, where: str, what: str) -> None:
    with pytest.raises(ProblemsError) as told:
        read_table(text, "a.toml")
    problem = told.value.problems[0]
    assert problem.where == where
    assert what in problem.what
    assert not any(
        word in str(problem) for word in ("NoneType", "object", "attribute", "(at line", "Expected", "iterable")
    )
