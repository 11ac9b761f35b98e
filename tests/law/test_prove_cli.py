"""`lodged law prove|gaps|conflicts|findings|diff` at a terminal: sentences and JSON, exit codes, plain problems."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lodged.cli import run

PACK = '# A\n\n```law\npack us/a level local binds us status confirmed\n  cite "A"\n\n{rules}```\n'
NO = 'rule no\n  forbid hold\n  unless person.registrant\n  cite "§ N"\n\n'
MUST = 'rule must\n  require hold\n  when paper.signed\n  cite "§ M"\n\n'
NEVER = 'rule idle\n  forbid hold\n  when paper.box is 1 and paper.box is 2\n  cite "§ I"\n\n'


def folder(path: Path, rules: str) -> str:
    path.mkdir()
    (path / "a.md").write_text(PACK.format(rules=rules), encoding="utf-8")
    return str(path)


def law(*words: str) -> int:
    return run(["law", *words])


@pytest.fixture
def one(tmp_path: Path) -> list[str]:
    return ["--law", folder(tmp_path / "one", NO), "--by", "us/custodian", "--on", "2026-06-01"]


def test_a_proof_exits_0_and_says_for_whom(one: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert law("prove", "never hold allowed unless person.registrant", *one) == 0
    out = capsys.readouterr().out
    assert "Proved for all facts and every reading: hold by us/custodian." in out
    assert "as of 2026-06-01" in out


def test_a_broken_property_exits_1_with_its_case_in_plain_words(
    one: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert law("prove", "never hold allowed", *one) == 1
    out = capsys.readouterr().out
    assert "- the person is a current sex or arson registrant." in out
    assert "Decided: permitted. § N." in out


def test_a_property_that_hangs_on_a_reading_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    text = "never hold allowed unless judge"
    assert law("prove", text, "--by", "us/custodian", "--on", "2026-06-01", "--json") == 3
    shown = json.loads(capsys.readouterr().out)
    assert shown["holds"] is False
    (proof,) = shown["proofs"]
    assert (proof["verdict"], proof["answer"]["replayed"]) == ("unsettled", True)
    assert "Q2 is A" in proof["when"]


def test_gaps_name_the_act_and_exit_0(one: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert law("gaps", *one) == 0
    out = capsys.readouterr().out
    assert "NOTIFY\n\n  us/custodian: no rule ever speaks of it." in out
    assert "HOLD" not in out


def test_a_conflict_exits_1_and_names_both_rules_with_their_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder(tmp_path / "two", NO + MUST)
    assert law("conflicts", "--law", path, "--by", "us/custodian") == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "Requires: us/a rule must" in out
    assert "line 12" in out
    assert "Forbids: us/a rule no" in out
    assert law("conflicts", "--law", path, "--by", "us/custodian", "--act", "notify") == 0


def test_findings_say_why_a_rule_makes_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(tmp_path / "idle", NO + NEVER)
    assert law("findings", "--law", path, "--by", "us/custodian") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "line 12: rule idle (forbid hold) never applies: no facts meet its conditions." in out


def test_two_folders_are_compared_for_every_custodian_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = folder(tmp_path / "old", NO), folder(tmp_path / "new", NO + MUST)
    assert law("diff", old, new, "--by", "us/custodian", "--by", "us-tx/sheriff", "--act", "hold", "--json") == 0
    shown = json.loads(capsys.readouterr().out)["comparisons"]
    assert [one["old"].partition("@")[0] for one in shown] == ["us/custodian", "us-tx/sheriff"]
    assert not shown[0]["equivalent"]
    assert shown[0]["only_new"][0]["rule"] == "must"
    assert all(one["replayed"] for one in shown[0]["differences"])


def test_the_memo_leads_with_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert law("diff", "us-ny/sheriff@2018-11-13", "us-ny/sheriff@2018-11-14", "--act", "hold") == 0
    out = capsys.readouterr().out
    assert (
        out.index("hold: contested on 2018-11-13, forbidden on 2018-11-14") < out.index("THE LAW") < out.index("\nHOLD")
    )
    assert "- its issuer did not withdraw the paper;" in out
    assert "People ex rel." in out


def test_the_same_law_twice_is_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    assert law("diff", "us-fl/sheriff@2026-06-01", "us-fl/sheriff@2026-06-01", "--act", "hold") == 0
    assert "No difference." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["prove", "nonsense"], "`nonsense` is no sentence about an act and its effect"),
        (["prove", "never hold allowed", "--by", "us-ny/sherif"], "did you mean `us-ny/sheriff`?"),
        (["gaps", "--on", "yesterday"], "`yesterday` is not a day"),
        (["gaps", "--on", "1066-10-14"], "`1066-10-14` is not a day the law is known for"),
        (["conflicts", "--act", "holt"], "`holt` is not a known act"),
        (["findings", "--law", "no-such-folder"], "holds no law pack"),
        (["diff", "x", "y"], "`x` is neither a custodian on a day nor a folder"),
        (["diff", "us-ny/sherif@2018-11-13", "y"], "`us-ny/sherif` is not a known custodian"),
        (["diff", "us-ny/sheriff@2018-13-13", "y"], "`2018-13-13` is not a day"),
        (["diff", "us-ny/sheriff@2018-11-13", "us-ny/sheriff@2018-11-14", "--cases", "0"], "`0` shows nothing"),
    ],
)
def test_wrong_input_is_a_plain_problem_and_exits_2(
    words: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law(*words) == 2
    assert what in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["prove", "gaps", "diff"])
def test_without_the_prover_the_mend_says_what_to_install(verb: str) -> None:
    program = (
        "import sys; sys.modules['z3'] = None\n"
        "from lodged.cli import run\n"
        f"sys.exit(run(['law', '{verb}', 'never hold allowed', 'x']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'lodged[prove]'" in done.stderr
    assert "Traceback" not in done.stderr
