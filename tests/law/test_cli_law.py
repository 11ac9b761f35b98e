"""`lodged law` at a terminal: sentences and JSON, and exit codes that tell right from wrong."""

import io
import json
from pathlib import Path

import pytest

from lodged.cli import run
from lodged.law import FACTS
from lodged.law.speak import said_fact

QUESTION = {
    "custodian": "us-ny-nyc/doc",
    "act": "hold",
    "at": "2020-01-17T14:05:00-05:00",
    "facts": {"paper.form": "i-247a", "paper.box": "1", "warrant.signed_by": "none", "person.convictions": []},
}
PACK = '# A\n\n```law\npack us/a level local binds us status confirmed\n  cite "A"\n\nrule r\n  forbid hold\n  cite "§ R"\n```\n'
CASE = "```case\nhold by us/custodian at 2020-01-17 -> {effect}\n```\n"


@pytest.fixture
def question(tmp_path: Path) -> str:
    file = tmp_path / "q.json"
    file.write_text(json.dumps(QUESTION), encoding="utf-8")
    return str(file)


def test_the_effect_comes_first_then_why(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "decide", question]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("FORBIDDEN. New York City Department of Correction must not hold")
    assert "9-131(b)(1) forbids it, since the paper is of form i-247a;" in " ".join(" ".join(lines).split())
    assert all(len(line) <= 80 for line in lines)
    assert lines[-1].startswith("Advisory")


def test_json_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(QUESTION)))
    assert run(["law", "decide", "-", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["effect"] == "forbidden"
    assert found["reasons"][0]["cite"] == "N.Y.C. Admin. Code § 9-131(b)(1)"


def test_what_is_not_known_is_asked_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.json"
    file.write_text(
        json.dumps({**QUESTION, "custodian": "us-wa/sheriff", "act": "interview", "facts": {}}), encoding="utf-8"
    )
    assert run(["law", "decide", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("NOT KNOWN.")
    assert "Did the person consent in writing" in said
    assert "Ask first: " in said


@pytest.mark.parametrize("content", ["", "  ", "{", "[]", "nonsense", '{"custodian": "us-ny-nyc/dock"}'])
def test_a_question_that_is_none_is_wrong_input(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q.json"
    file.write_text(content, encoding="utf-8")
    assert run(["law", "decide", str(file)]) == 2
    assert capsys.readouterr().err


def test_missing_files_folders_and_junk_are_wrong_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "junk").write_bytes(b"\xff\x00\xfe")
    for name in ("nowhere.json", ".", "junk"):
        assert run(["law", "decide", str(tmp_path / name)]) == 2
        assert "cannot be read" in capsys.readouterr().err


def test_a_key_given_twice_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.json"
    file.write_text(json.dumps(QUESTION).replace('"act"', '"act": "notify", "act"'), encoding="utf-8")
    assert run(["law", "decide", str(file)]) == 2
    assert "`act` is given twice" in capsys.readouterr().err


def test_facts_are_said_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = {
        "paper.form": "i-247a",
        "paper.box": "1",
        "paper.signed": True,
        "hold.hours": 60,
        "person.convictions": [{"code": "PL"}],
    }
    file = tmp_path / "q.json"
    for custodian in ("us-ny-nyc/doc", "us/custodian", "us-tx/sheriff", "us-ma/sheriff"):
        file.write_text(json.dumps({**QUESTION, "custodian": custodian, "facts": facts}), encoding="utf-8")
        assert run(["law", "decide", str(file)]) == 0
        said = capsys.readouterr().out
        assert max(len(line) for line in said.splitlines()) <= 80
        assert not any(f"{name} is" in said or "such that:" in said for name in facts)


def test_each_fact_has_words_of_its_own() -> None:
    for fact in FACTS.values():
        value = {"yes-no": True, "set-of": ["hold"], "list": [], "number": 3}.get(fact.type, "x_y")
        words = said_fact(fact.name, value)
        assert fact.name not in words
        assert "_" not in words


def test_problems_are_also_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "check", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["what"] == "holds no law pack"


def test_packs_of_ones_own_folder_decide(tmp_path: Path, question: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(PACK, encoding="utf-8")
    assert run(["law", "decide", question, "--law", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reasons"][0]["cite"] == "§ R"


def test_a_draft_is_used_only_when_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = {
        "paper.form": "i-247g",
        "warrant.signed_by": "none",
        "order.enjoins_compliance": False,
        "local.forbids": False,
    }
    asked = {"custodian": "us-il/sheriff", "act": "notify", "at": "2024-02-13T09:00:00-06:00", "facts": facts}
    file = tmp_path / "q.json"
    file.write_text(json.dumps(asked), encoding="utf-8")
    assert run(["law", "decide", str(file)]) == 0
    assert "Open law: us-il/805#15 (draft)." in capsys.readouterr().out
    assert run(["law", "decide", str(file), "--with-draft", "us-il/805#15"]) == 0
    assert "Draft law was used" in capsys.readouterr().out
    assert run(["law", "decide", str(file), "--with-draft", "us-il/999"]) == 2


def test_check_counts_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "check"]) == 0
    assert "nothing wrong" in capsys.readouterr().out
    (tmp_path / "a.md").write_text(PACK.replace('  cite "§ R"\n', ""), encoding="utf-8")
    assert run(["law", "check", str(tmp_path)]) == 2
    assert "line 7: `rule r` has no citation" in capsys.readouterr().err


@pytest.mark.parametrize(("effect", "code"), [("forbidden", 0), ("permitted", 1)])
def test_cases_fail_with_one(effect: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(PACK + CASE.replace("{effect}", effect), encoding="utf-8")
    assert run(["law", "cases", str(tmp_path)]) == code
    assert "1 cases" in capsys.readouterr().out


def test_no_case_at_all_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PACK, encoding="utf-8")
    assert run(["law", "cases", str(tmp_path)]) == 2


def test_format_checks_then_writes(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(PACK.replace("rule r", "rule   r"), encoding="utf-8")
    assert run(["law", "format", "--check", str(tmp_path)]) == 1
    assert run(["law", "format", str(tmp_path)]) == 0
    assert file.read_text(encoding="utf-8") == PACK
    assert run(["law", "format", "--check", str(tmp_path)]) == 0
    assert run(["law", "format"]) == 2


def test_no_verb_is_wrong_input() -> None:
    with pytest.raises(SystemExit) as caught:
        run(["law"])
    assert caught.value.code == 2
