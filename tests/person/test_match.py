"""Who a paper may be about: found under the errors that happen, never claimed for a surname."""

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodged.person.index import Index
from lodged.person.match import match
from lodged.person.query import Query, read_query
from lodged.person.roster import Person, read_roster

SAMPLES = read_roster((resources.files("lodged") / "samples" / "roster.csv").read_bytes()).people
SAMPLE_INDEX = Index(SAMPLES)
BORN = date(1962, 3, 8)
ANA = Person("J26-1", "RUIZ LARA", "ANA", "MARIA", dob=BORN, a_number="053740075")

# Every paper of the sample faxes: what it says, and the booking it is about (None: nobody in the roster).
PAPERS = [
    ("MERINO-PEREZ, MARCO ANTONIO", "11/24/1962", "A053 740 075", "J26-25693"),
    ("GARCIA VALENCIA, NAZARIO PRISCILA", "01/20/1981", "A237 820 383", "J26-25684"),
    ("DIAZ DOMINGUEZ, MARIA FERNANDA HERMENEGILDO", "09/13/1988", "A041 652 180", "J26-25669"),
    ("MUNOZ-GRAS, FLORENCIA", "03/08/1962", "A082 297 245", "J26-25649"),
    ("RINCON BOADA, CIRINO", "10/10/2000", "A167 243 967", "J26-25598"),
    ("SMITH, KIMBERLY MICHELLE", "09/24/1982", "A124 187 300", "J26-25673"),
    ("FERNANDEZ-QUIROZ, DULCE", "11/01/2002", "A238 968 522", "J26-25655"),
    ("SERRATO ARMENTA, CYNTHIA", "11/01/1988", "A206 679 756", "X26-86341"),
    ("ARIAS-MARTORELL, MELCHOR", "09/22/1953", "081786140", "J26-25527"),
    ("PINILLA-LEAL, AZENETH", "04/16/1971", "022615485", "J26-25626"),
    ("ESTRADA HINOJOSA, CARIDAD", "02/22/1988", "A072 426 030", "J26-25637"),
    ("DE LA ROSA RENTERIA, ROBERTO SALVADOR", "08/16/1995", "A035 120 725", "J26-25617"),
    ("VIDAL, ZOE", "07/26/1973", "A241 257 786", None),
]


def ranked(query: Query, people: object, limit: int = 5) -> list[str]:
    return [candidate.booking_no for candidate in match(query, people, limit).candidates]


@pytest.mark.parametrize(("name", "dob", "a_number", "booking"), PAPERS)
def test_the_person_of_every_sample_paper_stands_first(name, dob, a_number, booking):
    query, problems = read_query({"name": name, "dob": dob, "a_number": a_number})
    assert problems == ()
    matched = match(query, SAMPLE_INDEX)
    assert matched.state == ("candidate" if booking else "not_known")
    assert [each.booking_no for each in matched.candidates][:1] == ([booking] if booking else [])
    assert all(later.alarms for later in matched.candidates[1:])


@pytest.mark.parametrize(("name", "dob", "a_number", "booking"), [paper for paper in PAPERS if paper[3]])
def test_the_person_is_still_found_when_the_page_gave_no_number(name, dob, a_number, booking):
    query, _ = read_query({"name": name, "dob": dob})
    assert ranked(query, SAMPLE_INDEX)[0] == booking


def test_identifiers_come_before_names():
    namesake = Person("J26-2", "RUIZ LARA", "ANA", "MARIA", dob=date(1990, 9, 9))
    renamed = Person("J26-3", "KIM", "SOO", a_number="053740075")
    assert ranked(Query("RUIZ LARA, ANA MARIA", BORN, "A053740075"), [namesake, renamed])[0] == "J26-3"


def test_a_candidate_shows_its_reasons_and_its_count():
    (candidate,) = match(Query("RUIZ LARA, ANA MARIA", BORN, "A053 740 O75"), [ANA]).candidates
    assert candidate.reasons == (
        "A-number 053740075 is the same after reading `O` as `0`",
        "name is the same",
        "birth date 1962-03-08 is the same",
    )
    assert (candidate.rank, candidate.identifiers_agreeing, candidate.alarms, candidate.against) == (1, 2, (), ())
    assert candidate.person is ANA


def test_nobody_is_a_candidate_for_a_surname_alone():
    people = [
        replace(ANA, booking_no=f"J26-{number}", first=first) for number, first in enumerate(("EVA", "LUZ", "SOL"))
    ]
    for query in (Query("RUIZ LARA"), Query("RUIZ LARA, CARMEN"), Query("RUIZ LARA, CARMEN", date(1990, 9, 9))):
        matched = match(query, people)
        assert (matched.state, matched.candidates) == ("not_known", ())


@given(st.sampled_from(SAMPLES), st.dates(date(1940, 1, 1), date(2008, 1, 1)), st.text("QXWK", min_size=4, max_size=8))
def test_a_surname_of_the_roster_with_another_first_name_finds_nobody(person, born, first):
    matched = match(Query(f"{person.last}, {first}", born), SAMPLE_INDEX)
    assert matched.state == "not_known"
    assert all(candidate.person.dob == born for candidate in matched.candidates)


def test_the_same_name_with_another_birth_date_is_shown_with_an_alarm_and_is_not_the_candidate():
    matched = match(Query("RUIZ LARA, ANA MARIA", date(1990, 9, 9)), [ANA])
    assert matched.state == "not_known"
    (candidate,) = matched.candidates
    assert not candidate.is_strong
    assert candidate.alarms == ("same surname, other birth date", "same name, other birth date")


def test_candidates_too_close_to_be_told_apart_name_each_other():
    twin = replace(ANA, booking_no="J26-2", first="ANITA", a_number=None)
    matched = match(Query("RUIZ LARA, ANA", BORN), [replace(ANA, a_number=None), twin])
    assert [candidate.alarms[-1] for candidate in matched.candidates] == [
        "another candidate is close: booking J26-2",
        "another candidate is close: booking J26-1",
    ]


def test_two_stays_of_one_person_name_each_other_and_the_present_one_comes_first():
    earlier = replace(
        ANA,
        booking_no="J25-9",
        booked_at=datetime(2025, 1, 1, tzinfo=UTC),
        released_at=datetime(2025, 1, 9, tzinfo=UTC),
    )
    matched = match(Query(a_number="A053740075"), [earlier, ANA])
    assert [each.booking_no for each in matched.candidates] == ["J26-1", "J25-9"]
    assert matched.candidates[0].alarms == ("also in the roster as booking J25-9",)


def test_somebody_released_earlier_is_found():
    matched = match(Query("RINCON BOADA, CIRINO", date(2000, 10, 10)), SAMPLE_INDEX)
    assert matched.candidates[0].person.released_at is not None


def test_a_query_that_says_nothing_and_an_empty_roster_know_nobody():
    for query, people in ((Query(), [ANA]), (Query(dob=BORN), [ANA]), (Query("RUIZ LARA, ANA", BORN), [])):
        assert match(query, people).state == "not_known"


def test_no_more_are_shown_than_asked_for():
    people = [replace(ANA, booking_no=f"J26-{number:02}") for number in range(9)]
    assert len(match(Query("RUIZ LARA, ANA", BORN), people).candidates) == 5
    assert ranked(Query("RUIZ LARA, ANA", BORN), people, 2) == ["J26-00", "J26-01"]
    with pytest.raises(ValueError, match="cannot be shown"):
        match(Query("RUIZ LARA, ANA", BORN), people, 0)


@given(st.permutations(SAMPLES), st.sampled_from(PAPERS))
@settings(max_examples=40)
def test_the_order_of_the_roster_changes_nothing(people, paper):
    query, _ = read_query({"name": paper[0], "dob": paper[1], "a_number": paper[2]})
    assert match(query, people) == match(query, SAMPLE_INDEX)


@given(
    st.lists(st.text("PERUCHINALIMA", max_size=8), min_size=40, max_size=40),
    st.text(max_size=8),
    st.sampled_from(PAPERS),
)
@settings(max_examples=30)
def test_citizenship_and_birthplace_change_nothing(written, on_the_paper, paper):
    """Whatever stands in such columns, whatever the paper says of it, every candidate and rank stays."""
    lines = (resources.files("lodged") / "samples" / "roster.csv").read_text("utf-8").splitlines()
    added = [
        f"{lines[0]},citizenship,birthplace",
        *(f"{line},{cell},{cell}" for line, cell in zip(lines[1:], written, strict=True)),
    ]
    said = {"name": paper[0], "dob": paper[1], "a_number": paper[2]}
    without, _ = read_query(said)
    with_it, _ = read_query({**said, "citizenship": on_the_paper, "birthplace": on_the_paper})
    assert match(with_it, read_roster("\n".join(added).encode()).people) == match(without, SAMPLE_INDEX)


# the errors that happen ------------------------------------------------------------------------------------------

IN_THE_ROSTER = [paper for paper in PAPERS if paper[3]]


def misread(text: str, at: int, as_what: str) -> str:
    at %= len(text)
    return text[:at] + as_what + text[at + 1 :]


@given(st.sampled_from(IN_THE_ROSTER), st.integers(0, 60), st.sampled_from("ABEILMNORST01"))
def test_one_misread_character_of_a_name_hides_nobody_whose_birth_date_was_read(paper, at, as_what):
    name, dob, _, booking = paper
    query, _ = read_query({"name": misread(name.replace("-", " "), at, as_what), "dob": dob})
    assert ranked(query, SAMPLE_INDEX)[:1] == [booking]


@given(st.sampled_from(IN_THE_ROSTER), st.integers(0, 8), st.sampled_from("0123456789OISB"))
def test_one_misread_character_of_a_number_hides_nobody_whose_name_was_read(paper, at, as_what):
    name, dob, a_number, booking = paper
    digits = a_number.replace("A", "").replace(" ", "")
    query, _ = read_query({"name": name, "dob": dob, "a_number": misread(digits, at, as_what)})
    assert ranked(query, SAMPLE_INDEX)[:1] == [booking]


@pytest.mark.parametrize("paper", IN_THE_ROSTER)
def test_every_digit_that_looks_like_a_letter_and_every_such_letter_may_be_misread(paper):
    name, dob, a_number, booking = paper
    letters = str.maketrans({"0": "O", "1": "I"})
    digits = str.maketrans({"O": "0", "I": "1", "S": "5", "B": "8"})
    query, problems = read_query({"name": name.translate(digits), "dob": dob.translate(letters), "a_number": a_number})
    assert problems == ()
    assert ranked(query, SAMPLE_INDEX)[:1] == [booking]


@given(
    st.sampled_from(IN_THE_ROSTER),
    st.sampled_from(["drop", "turn", "swap", "no comma", "initial", "no middle", "spaced"]),
)
def test_the_ways_names_are_garbled_hide_nobody(paper, error):
    name, dob, _, booking = paper
    last, given_names = (part.strip() for part in name.replace("-", " ").split(","))
    garbled = {
        "drop": f"{last.rsplit(' ', 1)[0]}, {given_names}",
        "turn": f"{' '.join(reversed(last.split()))}, {given_names}",
        "swap": f"{given_names}, {last}",
        "no comma": f"{given_names} {last}",
        "initial": f"{last}, {given_names[0]}",
        "no middle": f"{last}, {given_names.split()[0]}",
        "spaced": f"  {last.lower()} ,{given_names.title()} ",
    }[error]
    query, _ = read_query({"name": garbled, "dob": dob})
    assert ranked(query, SAMPLE_INDEX)[:1] == [booking]


@given(st.text(max_size=30), st.text(max_size=12), st.text(max_size=12))
def test_no_text_on_a_page_breaks_the_search(name, dob, number):
    query, _ = read_query({"name": name, "dob": dob, "a_number": number, "booking_no": number, "fbi": number})
    matched = match(query, SAMPLE_INDEX)
    assert matched.state in {"candidate", "not_known"}
    assert [candidate.rank for candidate in matched.candidates] == list(range(1, len(matched.candidates) + 1))
    assert all(candidate.reasons for candidate in matched.candidates)
