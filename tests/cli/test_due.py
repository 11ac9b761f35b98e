"""`lodged due`, as others call it."""

import json

import pytest

from lodged.cli import run


def test_json_has_the_frozen_keys(capsys):
    assert run(["due", "--rule", "frcp-6a1:14d", "--from", "2020-01-13", "--calendar", "us-federal", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["due"] == "2020-01-27"
    assert said["working"][0] == "14 days after Mon 13 Jan 2020"
    assert (said["rule"]["id"], said["rule"]["cite"]) == ("frcp-6a1:14d", "Fed. R. Civ. P. 6(a)(1)")
    assert said["calendar"]["id"] == "us-federal"
    assert "6103" in said["calendar"]["source"]


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        ("frcp-6a2:72h", "2026-10-09T15:00:00-04:00", "2026-10-13T15:00:00-04:00"),
        ("8cfr287.7:48h", "2026-11-13T15:00:00-05:00", "2026-11-17T15:00:00-05:00"),
        ("i-247a:48h", "2026-11-13T15:00:00-05:00", "2026-11-15T15:00:00-05:00"),
        ("nypd-14-154:48h", "2026-11-13T15:00:00-05:00", "2026-11-17T15:00:00-05:00"),
        ("face:14d", "2020-01-13", "2020-01-27"),
    ],
)
def test_every_rule_answers(capsys, rule, start, end):
    assert run(["due", "--rule", rule, "--from", start, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == end


def test_the_zone_sees_the_clocks_change(capsys):
    assert (
        run(["due", "--rule", "i-247a:48h", "--from", "2026-10-31T15:00", "--zone", "America/New_York", "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["due"] == "2026-11-02T14:00:00-05:00"


def test_a_rule_that_leaves_no_day_out_says_so(capsys):
    assert run(["due", "--rule", "face:14d", "--from", "2020-01-13", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["calendar"]["id"] == "every-day"


def test_without_json_it_speaks_in_sentences(capsys):
    assert run(["due", "--rule", "frcp-6a1:14d", "--from", "2020-01-13"]) == 0
    said = capsys.readouterr().out
    assert "due Mon 27 Jan 2020" in said
    assert "Fed. R. Civ. P. 6(a)(1)" in said
    assert "does not know days that the President or Congress declares" in said


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["--rule", "frcp-6a3:14d", "--from", "2020-01-13"], "8cfr287.7:48h"),
        (["--rule", "frcp-6a1:14d", "--from", "2040-01-13"], "2005 to 2035"),
        (["--rule", "frcp-6a1:14d", "--from", "1999-01-13"], "2005 to 2035"),
        (["--rule", "frcp-6a1:14d", "--from", "2020-02-30"], "YYYY-MM-DD"),
        (["--rule", "frcp-6a1:14d", "--from", ""], "YYYY-MM-DD"),
        (["--rule", "8cfr287.7:48h", "--from", "2020-01-13"], "offset"),
        (["--rule", "8cfr287.7:48h", "--from", "2020-01-13T10:00"], "offset"),
        (["--rule", "frcp-6a1:14d", "--from", "2020-01-13", "--calendar", "us-ca"], "us-federal"),
        (["--rule", "frcp-6a1:14d", "--from", "2020-01-13", "--zone", "Mars/Base"], "America/New_York"),
    ],
)
def test_wrong_input_is_told_how_to_mend_it(capsys, arguments, mend):
    assert run(["due", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert mend in said.err


def test_a_missing_argument_exits_2(capsys):
    with pytest.raises(SystemExit) as caught:
        run(["due", "--rule", "frcp-6a1:14d"])
    assert caught.value.code == 2
    assert "lodged due" in capsys.readouterr().err
