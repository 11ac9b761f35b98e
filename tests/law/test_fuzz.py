"""Whatever is read as law, or asked of it, is read or refused with problems: never a traceback.

LODGED_FUZZ_EXAMPLES sets how many examples each test tries; the suite tries few.
"""

import json
import os
import re
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lodged.laws
from lodged.law import ACTS, CUSTODIANS, DUTIES, FACTS, Question, decide, load
from lodged.law.ask import from_text
from lodged.law.packs import Source, read
from lodged.law.parse import parse_file
from lodged.law.speak import spoken
from lodged.law.tidy import tidied
from lodged.law.worked import unsound
from lodged.law.written import written_pack
from lodged.problem import ProblemsError

EXAMPLES = int(os.environ.get("LODGED_FUZZ_EXAMPLES", "60"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

ROOT = Path(lodged.laws.__file__).parent
PACKS = [file.read_text(encoding="utf-8") for file in sorted(ROOT.rglob("*.md"))]
PIECE = re.compile(r'"[^"\n]*"|[^\s",(){}\[\]]+|[ \t]+|\n|.')
WORDS = sorted({word for text in PACKS for word in PIECE.findall(text) if not word.isspace()})


def whole_or_refused(text: str) -> None:
    """Either problems that a person can read, or packs that are written, tidied and checked without end or change."""
    try:
        packs, _ = parse_file(text, "fuzz.md")
    except ProblemsError as error:
        readable(error)
        return
    for pack in packs:
        assert parse_file(f"```law\n{written_pack(pack)}```\n", "again.md")[0] == (pack,)
    once = tidied(text, "fuzz.md")
    assert tidied(once, "fuzz.md") == once
    assert parse_file(once, "fuzz.md")[0] == packs
    try:
        unsound(read([Source("fuzz.md", text)]))
    except ProblemsError as error:
        readable(error)


def readable(error: ProblemsError) -> None:
    for problem in error.problems:
        assert problem.what
        assert len(str(problem)) < 3000
        assert str(problem).encode()


@given(st.binary(max_size=400))
@fuzz
def test_bytes(junk: bytes) -> None:
    for text in (junk.decode("utf-8", "replace"), junk.decode("latin-1")):
        whole_or_refused(text)
        whole_or_refused(f"```law\n{text}\n```\n")
        whole_or_refused(f"```case\n{text}\n```\n")


@given(st.lists(st.sampled_from(WORDS) | st.sampled_from([" ", "\n", '"', "(", ")", "```law\n", "```\n"]), max_size=40))
@fuzz
def test_words_of_the_law_in_any_order(words: list[str]) -> None:
    whole_or_refused("```law\n" + " ".join(words) + "\n```\n")
    whole_or_refused(
        '```law\npack us/x level federal binds us status confirmed cite "x"\n' + " ".join(words) + "\n```\n"
    )
    whole_or_refused("```case\n" + " ".join(words) + "\n```\n")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A packaged pack in which some pieces, or lines, are left out, doubled, changed about, or put in another's place."""
    text = draw(st.sampled_from(PACKS))
    parts = text.split("\n") if draw(st.booleans()) else PIECE.findall(text)
    joined = "\n" if parts == text.split("\n") else ""
    for _ in range(draw(st.integers(1, 4))):
        if not parts:
            break
        at, other = draw(st.integers(0, len(parts) - 1)), draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "replace", "cut", "spell"])):
            case "delete":
                del parts[at]
            case "double":
                parts.insert(at, parts[at])
            case "swap":
                parts[at], parts[other] = parts[other], parts[at]
            case "replace":
                parts[at] = draw(st.sampled_from(WORDS))
            case "cut":
                parts = parts[:at]
            case "spell":
                place = draw(st.integers(0, len(parts[at])))
                letter = draw(st.characters(codec="utf-8"))
                parts[at] = parts[at][:place] + letter + parts[at][place + 1 :]
    return joined.join(parts)


@given(mutated())
@fuzz
def test_packs_with_slips(text: str) -> None:
    whole_or_refused(text)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2020-01-17", "2020-01-17T14:05:00-05:00", "hold", "1", "i-247a", "none", 0, 47, 1e6])
    | st.sampled_from([choice for fact in FACTS.values() for choice in fact.choices]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["on", "code", "section", "class", "x"]) | st.text(max_size=3), inner, max_size=4
        )
    ),
    max_leaves=6,
)
questions = st.fixed_dictionaries(
    {},
    optional={
        "custodian": st.sampled_from([*CUSTODIANS]) | values,
        "act": st.sampled_from([*ACTS, *DUTIES]) | values,
        "at": st.datetimes(datetime(1890, 1, 1), datetime(2210, 1, 1)).map(lambda at: f"{at.isoformat()}-05:00")
        | values,
        "facts": st.dictionaries(st.sampled_from([*FACTS]) | st.text(max_size=5), values, max_size=5) | values,
        "more": values,
    },
)


@given(questions | values)
@fuzz
def test_questions_of_any_shape(asked: object) -> None:
    text = json.dumps(asked)
    try:
        given = from_text(text, "q.json")
        question = Question.from_json(given)
    except ProblemsError as error:
        readable(error)
        return
    assert question.custodian in CUSTODIANS


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda junk: junk.decode("utf-8", "replace")))
@fuzz
def test_questions_that_are_no_json(text: str) -> None:
    try:
        Question.from_json(from_text(text, "q.json"))
    except ProblemsError as error:
        readable(error)


def fitting(name: str) -> st.SearchStrategy[object]:
    """Any value that a fact may have."""
    fact = FACTS[name]
    days = st.dates(datetime(1900, 1, 1).date(), datetime(2199, 12, 31).date()).map(str)
    match fact.type:
        case "yes-no":
            return st.booleans()
        case "one-of":
            return st.sampled_from(fact.choices)
        case "set-of":
            return st.lists(st.sampled_from(fact.choices), max_size=3)
        case "date":
            return days
        case "moment":
            moments = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30))
            return moments.map(lambda at: at.isoformat(timespec="seconds") + "-05:00")
        case "number":
            return st.integers(0, 1_000_000) | st.floats(0, 1_000_000)
        case "text":
            return st.sampled_from(["a", "ICE", "PL"])
    fields = st.fixed_dictionaries(
        {}, optional={"on": days, "code": st.sampled_from(["PL", "PC"]), "state": st.just("NY")}
    )
    return st.lists(fields, max_size=2)


OPTIONAL = {name: fitting(name) for name in FACTS if name != "inquiry.item"}


@given(
    st.sampled_from([*CUSTODIANS]),
    st.sampled_from([*ACTS]),
    st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)),
    st.fixed_dictionaries({"inquiry.item": fitting("inquiry.item")}, optional=OPTIONAL),
)
@settings(fuzz, max_examples=max(EXAMPLES // 6, 10))
def test_questions_that_can_be_asked_are_decided_and_said(custodian: str, act: str, at: datetime, facts: dict) -> None:
    asked = {"custodian": custodian, "act": act, "at": f"{at.isoformat(timespec='seconds')}-05:00", "facts": facts}
    try:
        decision = decide(load(), Question.from_json(asked))
    except ProblemsError as error:
        readable(error)
        return
    assert json.dumps(decision.to_json())
    assert all(len(line) <= 80 or " " not in line.strip() for line in spoken(decision).splitlines())
