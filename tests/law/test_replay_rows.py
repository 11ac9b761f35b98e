"""Recorded rows as files hold them: none is lost, and what cannot be read is put aside with its reason."""

import gzip
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.law.recorded import answer_one_by_one, as_answer, replayed

from lodged.law import FACTS, ProblemsError, load
from lodged.law.replay import map_named, read_map, shipped_maps

PENNSYLVANIA = Path(__file__).parent / "cases" / "pa-detainers-2007-2015.csv.gz"
COLUMNS = "at,custodian,act,paper.form,person.arrested_on,hold.hours\n"
MAP = """custodian = "us-ny/sheriff"
act = "hold"
[at]
column = ["When", "Prepared"]
formats = ["%m/%d/%y", "excel"]
[[fact]]
name = "paper.form"
column = "Type"
values = { "I247D*" = "i-247d", "?" = "not known" }
"""


def cases(folder: Path, text: str, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def a_map(folder: Path, text: str = MAP) -> str:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_every_row_of_the_pennsylvania_release_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(gzip.decompress(PENNSYLVANIA.read_bytes()))
    outcome, rows, bad = replayed(load(), path, map_name="us-pa-2007-2015", by=("detainer_type",))
    assert (outcome.rows, outcome.decided, outcome.bad) == (32_757, 32_757, 0)
    assert len({row["row"] for row in rows}) == 32_757
    assert not bad
    assert {count.values[0]: count.cases for count in outcome.counts}[""] == 30_958
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if "I247N" in line)
    noon = datetime.fromisoformat(f"{lines[at][:10]}T00:00-05:00")
    alone = answer_one_by_one(load(), "us/custodian", "hold", noon, {"paper.form": "i-247n"})
    assert as_answer(rows[at - 1]) == alone


def test_rows_that_cannot_be_read_are_put_aside_with_column_value_and_reason(tmp_path: Path) -> None:
    good = "2019-06-01,us-ny/sheriff,hold,i-247d,2019-05-01,3\n"
    rows = [
        "2019-02-30,us-ny/sheriff,hold,i-247d,2019-05-01,3\n",
        ",us-ny/sheriff,hold,i-247d,2019-05-01,3\n",
        "2019-06-01,us-ny/sherif,hold,i-247d,2019-05-01,3\n",
        "2019-06-01,us-ny/sheriff,hold,i-247q,1 May,-3\n",
        "2019-06-01,us-ny/sheriff,hold\n",
        "2019-06-01,us-ny/sheriff,disclose,i-247d,2019-05-01,3\n",
        "2019-06-01,us-ny/sheriff,hold,i-247d,2020-05-01,3\n",
    ]
    path = cases(tmp_path, COLUMNS + good + "".join(rows) + good)
    outcome, decided, bad = replayed(load(), path)
    assert (outcome.rows, outcome.decided, outcome.bad) == (9, 2, 7)
    assert [row["row"] for row in decided] == [1, 9]
    told = {(row["row"], row["column"], row["value"]): str(row["reason"]) for row in bad}
    assert "no day or moment" in told[2, "at", "2019-02-30"]
    assert "missing" in told[3, "at", ""]
    assert "did you mean `us-ny/sheriff`" in told[4, "custodian", "us-ny/sherif"]
    assert {(5, "paper.form", "i-247q"), (5, "person.arrested_on", "1 May"), (5, "hold.hours", "-3")} <= set(told)
    assert told[6, "", rows[4].strip()] == "the row has 3 fields, the header 6"
    assert any(row == 7 and "does not say what" in reason for (row, _, _), reason in told.items())
    assert any(row == 8 and "cannot be true on" in reason for (row, _, _), reason in told.items())


def test_a_clean_file_leaves_no_file_of_bad_rows_behind(tmp_path: Path) -> None:
    bad = "2019-02-30,us-ny/sheriff,hold,i-247d,,\n"
    good = "2019-06-01,us-ny/sheriff,hold,i-247d,,\n"
    assert replayed(load(), cases(tmp_path, COLUMNS + good + bad))[0].bad == 1
    assert (tmp_path / "bad.parquet").exists()
    assert replayed(load(), cases(tmp_path, COLUMNS + good))[0].bad == 0
    assert not (tmp_path / "bad.parquet").exists()


def test_a_time_that_the_clocks_show_twice_or_never_is_no_moment(tmp_path: Path) -> None:
    text = "at,custodian,act\n2019-11-03 01:30:00,us-ny/sheriff,hold\n2019-03-10 02:30:00,us-ny/sheriff,hold\n"
    text += "2019-11-03 02:30:00,us-ny/sheriff,hold\n"
    outcome, _, bad = replayed(load(), cases(tmp_path, text))
    assert (outcome.decided, [row["row"] for row in bad]) == (1, [1, 2])


def test_a_map_translates_words_and_dates_and_old_names(tmp_path: Path) -> None:
    text = 'Prepared,Type\n06/01/19,"I247D - Request, for Action"\n43617,?\n06/01/19,\n'
    outcome, rows, _ = replayed(load(), cases(tmp_path, text), map_name=a_map(tmp_path))
    day = datetime.fromisoformat("2019-06-01T12:00-04:00")
    expected = [{"paper.form": "i-247d"}, {}, {}]
    assert outcome.rows == 3
    assert [as_answer(row) for row in rows] == [
        answer_one_by_one(load(), "us-ny/sheriff", "hold", day, facts) for facts in expected
    ]


def test_an_entry_speaks_of_its_days_only(tmp_path: Path) -> None:
    more = '[[fact]]\nname = "warrant.signed_by"\nvalue = "none"\nfrom = 2019-06-02\n'
    text = "When,Type\n06/01/19,I247D\n06/02/19,I247D\n"
    _, rows, _ = replayed(load(), cases(tmp_path, text), map_name=a_map(tmp_path, MAP + more))
    assert [row["effect"] for row in rows] == ["not_known", "forbidden"]


def test_a_list_may_stand_in_one_column_as_json(tmp_path: Path) -> None:
    robbery = '{"code": "PL", "section": "160.15", "state": "NY", "class": "felony", "on": "2016-01-15", "adjudication": "adult"}'
    known = {
        "paper.form": "i-247a",
        "warrant.signed_by": "us_magistrate_judge",
        "warrant.authorizes": "criminal_arrest",
    }
    names = ["at", "custodian", "act", *known, "person.arrested_on", "person.convictions"]
    table: dict[str, list[object]] = {name: [] for name in names}
    for convictions in (f"[{robbery}]", "[]", None, f"[{robbery}, {robbery}]", "[1]", "nonsense"):
        for arrested in (date(2020, 1, 15), date(2021, 1, 16)):
            row = [date(2021, 2, 20), "us-ny-nyc/doc", "hold", *known.values(), arrested, convictions]
            for name, value in zip(names, row, strict=True):
                table[name].append(value)
    pq.write_table(pa.table(table), tmp_path / "cases.parquet")
    outcome, rows, bad = replayed(load(), tmp_path / "cases.parquet")
    assert (outcome.decided, outcome.bad) == (8, 4)
    at = datetime.fromisoformat("2021-02-20T12:00-05:00")
    import_json = {"[]": []}
    for row in rows:
        text, arrested = table["person.convictions"][row["row"] - 1], table["person.arrested_on"][row["row"] - 1]
        facts: dict[str, object] = {**known, "person.arrested_on": arrested}
        if text is not None:
            facts["person.convictions"] = import_json.get(str(text)) or [_robbery()] * str(text).count("{")
        if text == "[]":
            facts["person.convictions"] = []
        assert as_answer(row) == answer_one_by_one(load(), "us-ny-nyc/doc", "hold", at, facts)
    assert {row["column"] for row in bad} == {"person.convictions"}


def _robbery() -> dict[str, object]:
    words = {"code": "PL", "section": "160.15", "state": "NY", "class": "felony", "adjudication": "adult"}
    return {**words, "on": "2016-01-15"}


def test_a_number_that_is_none_is_not_known(tmp_path: Path) -> None:
    table = {"at": [date(2019, 6, 1)] * 3, "custodian": ["us-ny/sheriff"] * 3, "act": ["hold"] * 3}
    hours = pa.array([float("nan"), None, 3.0], pa.float64())
    pq.write_table(pa.table({**table, "hold.hours": hours}), tmp_path / "cases.parquet")
    outcome, rows, _ = replayed(load(), tmp_path / "cases.parquet")
    assert outcome.decided == 3
    assert rows[0]["state"] == rows[1]["state"] != rows[2]["state"]


def test_a_folder_of_files_is_numbered_through(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, rows in (("a", 3), ("b", 2)):
        table = {"at": [date(2019, 6, 1)] * rows, "custodian": ["us-ny/sheriff"] * rows, "act": ["hold"] * rows}
        pq.write_table(pa.table(table), folder / f"{name}.parquet")
    outcome, rows, _ = replayed(load(), folder)
    assert (outcome.rows, [row["row"] for row in rows]) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("custodian = ", "map.toml", "this is no TOML"),
        ('colour = "red"\n' + MAP, "map.toml", "`colour` is not a key of a map"),
        (MAP.replace("paper.form", "paper.from"), "map.toml, line 6", "`paper.from` is not a declared fact"),
        (MAP.replace('column = "Type"', ""), "map.toml, line 6", "needs a `column` or a `value`"),
        (MAP.replace("us-ny/sheriff", "us-ny/sherif"), "map.toml, line 1", "`us-ny/sherif` is not a known custodian"),
        (MAP.replace('"excel"', '"d.m.y"'), "map.toml, line 3", "`d.m.y` is not a date format"),
        (MAP + "from = 2019\n", "map.toml, line 6", "`from` is `2019`, no day"),
        (MAP.replace("[[fact]]", "[fact]"), "map.toml", "`fact` is no list"),
        ('custodian = "us-ny/sheriff"\nact = "hold"\n', "map.toml", "the map names no fact"),
    ],
)
def test_a_map_that_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, where: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        map_named(a_map(tmp_path, text), FACTS)
    assert any(where in problem.where and what in problem.what for problem in caught.value.problems), caught.value
    assert all(problem.mend for problem in caught.value.problems)


def test_a_constant_that_is_no_value_is_told(tmp_path: Path) -> None:
    more = '[[fact]]\nname = "warrant.signed_by"\nvalue = "nobody"\n'
    with pytest.raises(ProblemsError, match="`nobody` is not a value"):
        replayed(load(), cases(tmp_path, "When,Type\n06/01/19,I247D\n"), map_name=a_map(tmp_path, MAP + more))


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        replayed(load(), cases(tmp_path, "When,Kind\n06/01/19,I247D\n"), map_name=a_map(tmp_path))
    assert caught.value.problems[0].what == "the file has no column `Type`"
    assert caught.value.problems[0].mend == "it has: When, Kind"


@pytest.mark.parametrize("name", shipped_maps())
def test_maps_that_come_with_the_program_are_right(name: str) -> None:
    found = map_named(name, FACTS)
    assert found.title
    assert found.source


@pytest.mark.parametrize("head", ["Detainer Prepare Date,Detainer Type", "Detainer_Prepare_Date,Detainer_Type"])
def test_the_national_map_knows_the_names_of_each_release(head: str, tmp_path: Path) -> None:
    form = "I247A - Immigration Detainer - Immigration Detainer - Notice of Action"
    text = f"{head}\n2019-06-01,{form}\n06/01/19,NA\n06/14/0002 03:10 PM,{form}\n"
    outcome, _, bad = replayed(load(), cases(tmp_path, text), map_name="us-national")
    assert (outcome.decided, outcome.bad) == (2, 1)
    assert bad[0]["value"] == "06/14/0002 03:10 PM"


def test_a_list_given_whole_and_in_parts_is_wrong() -> None:
    parts = "".join(
        f'[[fact]]\nname = "{name}"\ncolumn = "a"\n' for name in ("person.convictions", "person.convictions[0].on")
    )
    with pytest.raises(ProblemsError, match="given beside the whole"):
        read_map(parts, "map.toml", FACTS)


def test_the_map_that_the_page_shows_is_right() -> None:
    page = Path(__file__).parents[2] / "docs" / "replay.md"
    shown = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    found = read_map(shown, "docs/replay.md", FACTS)
    assert [entry.slot.name for entry in found.entries] == ["paper.form", "warrant.signed_by"]
    assert found.entries[0].end == date(2017, 4, 2)
