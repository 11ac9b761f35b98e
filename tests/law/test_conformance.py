"""What other suites ask of an engine, asked of ours: DMN's ternary logic, and defeasible theories of the literature.

Every theory of `datalog-conformance` stands in `conformance/theories.toml` with what came of it: it agrees, it differs by
design, or our language cannot say it, and why.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from itertools import product
from pathlib import Path

import pytest
import yaml
from tests.law.conformance.theories import CannotSayError, Literal, Theory, effect, provable

from lodged.law import Question, decide
from lodged.law.packs import Source, read

HERE = Path(__file__).parent / "conformance"
TERNARY = tomllib.loads((HERE / "ternary.toml").read_text(encoding="utf-8"))["case"]
TABLE = tomllib.loads((HERE / "theories.toml").read_text(encoding="utf-8"))["theory"]
SUITE = Path(str(resources.files("datalog_conformance"))) / "_tests" / "defeasible"
LARGEST = 100_000  # bytes of a file: beyond, it holds a table of data, which is counted and not read


# ---- three truths --------------------------------------------------------------------------------

VALUES = {"true": True, "false": False, "null": None}
CONDITIONS = {
    "and": "person.registrant and person.charge_serious",
    "or": "person.registrant or person.charge_serious",
    "not": "not person.registrant",
}
EFFECTS = {"true": "forbidden", "false": "permitted", "null": "not_known"}
LAW = '```law\npack us/x level federal binds us status confirmed cite "x"\nrule r forbid hold when {condition} cite "r"\n```\n'


def test_there_are_twelve_cases_with_twenty_one_results() -> None:
    assert len(TERNARY) == 12
    assert sum(name in case for case in TERNARY for name in CONDITIONS) == 21


@pytest.mark.parametrize("case", TERNARY, ids=[case["id"] for case in TERNARY])
def test_ternary_logic_comes_out_as_dmn_says(case: dict) -> None:
    for name in CONDITIONS.keys() & case.keys():
        packs = read([Source("x.md", LAW.replace("{condition}", CONDITIONS[name]))])
        facts = {"person.registrant": VALUES[case["a"]], "person.charge_serious": VALUES[case.get("b", "null")]}
        asked = {"custodian": "us/custodian", "act": "hold", "at": "2026-01-01T12:00:00-05:00", "facts": facts}
        assert decide(packs, Question.from_json(asked)).effect == EFFECTS[case[name]]


# ---- defeasible theories -------------------------------------------------------------------------


def suite() -> Iterator[tuple[str, dict | None]]:
    """Every theory of the suite by name; None where its file is too large to be a law."""
    for file in sorted(SUITE.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if len(text) > LARGEST:
            names = [
                line.partition("name: ")[2] for line in text.splitlines() if line.startswith(("- name: ", "name: "))
            ]
            yield from ((name, None) for name in names)
            continue
        read_ = yaml.load(text, Loader=yaml.CSafeLoader)
        for test in read_.get("tests", [read_]):
            yield test["name"], {**test, "source": f"{file.name} {test.get('source', '')}"}


def outcome(test: dict | None) -> tuple[str, str]:
    """What comes of a theory: agrees, differs or cannot; and why not."""
    if test is None:
        return "cannot", "it is a table of data: written out it has hundreds of rules"
    if "theory" not in test:
        return "cannot", "it asks about a property of closures, not about a conclusion"
    policies = test.get("expect_per_policy") or {"blocking": test["expect"]}
    if not {"blocking", "propagating"} & policies.keys():
        return "cannot", "it ranks rules by how special they are; ours prevail only by a cited statement"
    try:
        theory = Theory(test["theory"], test["source"])
        agreed = {name for name, expected in policies.items() if all(checks(theory, expected))}
    except CannotSayError as error:
        return "cannot", str(error)
    if agreed == policies.keys():
        return "agrees", ""
    if agreed == {"propagating"}:
        return "differs", "ambiguity is propagated, never blocked: what hangs on an open question stays open"
    return "differs", "the more special rule wins there without being told; here only a cited statement prevails"


def checks(theory: Theory, expected: dict) -> Iterator[bool]:
    for section, predicates in expected.items():
        for predicate, rows in predicates.items():
            wanted = {as_literal(predicate, row) for row in rows}
            match section:
                case "definitely" | "defeasibly":
                    possible = {one for one in known(theory) if named(one) == predicate} | wanted
                    strictly = section == "definitely"
                    yield {one for one in possible if provable(theory, one, strictly=strictly)} == wanted
                case "not_defeasibly":
                    yield not any(provable(theory, one) for one in wanted)
                case "undecided":
                    yield all(effect(theory, one) in ("contested", "permitted") for one in wanted)


def as_literal(predicate: str, row: list) -> Literal:
    return Literal((predicate.lstrip("~"), tuple(map(str, row))), not predicate.startswith("~"))


def named(one: Literal) -> str:
    return ("" if one.positive else "~") + one.atom[0]


def known(theory: Theory) -> set[Literal]:
    return theory.facts | set(theory.heads)


def test_every_theory_of_the_suite_stands_in_the_table() -> None:
    assert sorted(name for name, _ in suite()) == sorted(entry["name"] for entry in TABLE)
    assert len(TABLE) == 181


def test_each_theory_comes_out_as_the_table_says() -> None:
    table = {entry["name"]: (entry["outcome"], entry.get("why", "")) for entry in TABLE}
    assert {name: outcome(test) for name, test in suite()} == table


def test_the_counts() -> None:
    assert Counter(entry["outcome"] for entry in TABLE) == {"agrees": 140, "differs": 2, "cannot": 39}
    assert sorted(Counter(entry["why"] for entry in TABLE if entry["outcome"] == "cannot").values()) == [
        *(1, 1, 1, 2, 3, 4),
        27,  # tables of data
    ]


def test_superiority_in_all_its_forms_is_said_by_overrides() -> None:
    """Two rules each way and every choice of superiority: provable exactly where each opposing rule is beaten."""
    pairs = [(one, other) for one in ("a", "b") for other in ("x", "y")]
    for chosen in product([None, "for", "against"], repeat=len(pairs)):
        superior = [
            pair if side == "for" else pair[::-1] for pair, side in zip(pairs, chosen, strict=True) if side is not None
        ]
        rules = [{"id": id_, "head": "p" if id_ in "ab" else "~p", "body": []} for id_ in "abxy"]
        theory = Theory({"facts": {}, "defeasible_rules": rules, "superiority": superior}, "")
        beaten = all(any((mine, other) in superior for mine in "ab") for other in "xy")
        assert provable(theory, Literal(("p", ()))) == (beaten and not all_lost(superior))


def all_lost(superior: list[tuple[str, str]]) -> bool:
    return all(any((other, mine) in superior for other in "xy") for mine in "ab")
