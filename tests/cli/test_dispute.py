"""`lodged dispute` as others call it: keys, exit codes, and every wrong input said in words."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.dispute.invented import REAL

from lodged.cli import run

SPOOL = ["--spool", str(REAL / "spool"), "--numbers", str(REAL / "truth.json"), "--zone", "UTC"]


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["dispute", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_finding_has_the_keys_that_were_promised(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, str(REAL / "sheets" / "X3.json"), *SPOOL, "--json")
    told = json.loads(out)
    assert code == 0
    assert {"outcome", "also_defensible", "sentence", "sheet", "ours", "contradictions", "clock_offset_s"} <= set(told)
    assert {"dialled", "started", "pages", "result", "doubts"} <= set(told["sheet"])
    assert (told["outcome"], told["sheet"]["dialled"], told["sheet"]["result"]) == (
        "delivered, orphaned",
        "+15125550199",
        "ok",
    )
    (held,) = told["ours"]
    assert (held["commid"], held["file"], held["pages"]) == ("000003125", "recvq/fax000003125.tif", 2)
    assert "no row in the fax server's log" in held["why"]


def test_without_json_it_speaks_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, str(REAL / "sheets" / "B.tif"), *SPOOL)
    assert code == 0
    assert out.startswith("We received it: 1 page, at 2026-11-24 03:33:52 UTC.\n")


def test_nothing_to_hold_it_against_leaves_everything_open(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, str(REAL / "sheets" / "A.json"), "--json")
    assert (code, json.loads(out)["outcome"]) == (3, "cannot say")


def test_a_paper_that_is_no_sheet_is_found_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, str(REAL / "spool" / "recvq" / "fax000003127.tif"), *SPOOL, "--json")
    assert (code, json.loads(out)["outcome"]) == (1, "sheet altered or not a sheet")


def test_a_spool_may_be_given_several_times(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, str(REAL / "sheets" / "A.json"), *SPOOL, "--spool", str(REAL / "spool"), "--json")
    assert (code, json.loads(out)["outcome"]) == (0, "delivered and filed")


@pytest.fixture
def list_csv(tmp_path: Path) -> Path:
    claims = [json.loads((REAL / "sheets" / f"{case}.json").read_text())["typed"] for case in ("A", "B", "X2", "X5")]
    rows = [
        [one["dialled"], one["started"], one["pages"], one["result"], f"R{place}"] for place, one in enumerate(claims)
    ]
    out = io.StringIO()
    csv.writer(out).writerows([["Number", "Time", "Pages", "Result", "Ref"], *rows, ["12", "soon", "", "", "R9"]])
    path = tmp_path / "list.csv"
    path.write_text(out.getvalue())
    return path


def test_a_list_gets_a_finding_a_row_with_its_totals(
    capsys: pytest.CaptureFixture[str], list_csv: Path, tmp_path: Path
) -> None:
    code, out, _ = asked(capsys, str(list_csv), *SPOOL, "--json", "--export", str(tmp_path / "out"))
    told = json.loads(out)
    assert code == 3
    assert [row["outcome"] for row in told["rows"]] == [
        "delivered and filed", "delivered and filed", "sent to a number not ours", "busy or no answer",
    ]  # fmt: skip
    assert (told["totals"]["rows"], told["totals"]["unreadable"], told["totals"]["agreed"]) == (5, 1, 3)
    assert told["problems"][0]["row"] == 6
    assert len((tmp_path / "out" / "agreed.csv").read_text().splitlines()) == 4
    assert len((tmp_path / "out" / "disputed.csv").read_text().splitlines()) == 3


def test_a_list_without_json_names_the_rows_in_dispute(capsys: pytest.CaptureFixture[str], list_csv: Path) -> None:
    _, out, _ = asked(capsys, str(list_csv), *SPOOL)
    assert out.startswith("5 rows: 3 agreed, 1 disputed, 1 not read\n")
    assert "row 4: It was sent to +15125550169" in out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["{tmp}/none.png"], "no such file"),
        (["{tmp}"], "is a directory"),
        (["{tmp}/empty"], "the file is empty"),
        (["{tmp}/junk"], "not a TIFF, PDF, PNG or JPEG file"),
        (["{sheet}", "--spool", "{tmp}"], "there is no fax server's spool here"),
        (["{sheet}", "--spool", "{tmp}/junk"], "there is no fax server's spool here"),
        (["{sheet}", "--zone", "Mars/Olympus"], "is not a time zone"),
        (["{sheet}", "--numbers", "{tmp}/none"], "no such file"),
        (["{sheet}", "--numbers", "{tmp}/junk"], "is not a whole number"),
        (["{sheet}", "--log", "{tmp}"], "there is no log here"),
        (["{tmp}/broken.json"], "is not JSON"),
        (["{tmp}/head.csv"], "there is no row below its headings"),
    ],
)
def test_wrong_input_is_said_in_words_and_ends_with_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], what: str
) -> None:
    for name, text in {"empty": "", "junk": "junk7", "broken.json": "{", "head.csv": "number,time\n"}.items():
        (tmp_path / name).write_text(text)
    places = {"tmp": tmp_path, "sheet": REAL / "sheets" / "A.json"}
    code, out, err = asked(capsys, *(argument.format(**places) for argument in arguments))
    assert (code, out) == (2, "")
    assert what in err
