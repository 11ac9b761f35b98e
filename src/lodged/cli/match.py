"""Who in a roster a paper may be about, with reasons and alarms."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lodged.person import Candidate, Matched, Query, Roster, match, read_query, read_roster
from lodged.person.match import MOST_CANDIDATES
from lodged.person.roster import COLUMNS
from lodged.problem import Problem, ProblemsError
from lodged.when import parse_zone


def run(arguments: Sequence[str]) -> int:
    """Search the roster and say who may be meant; raises ProblemsError for a query or a roster that cannot be read."""
    asked = _parser().parse_args(arguments)
    zone = None if asked.zone is None else parse_zone(asked.zone, "--zone")
    if isinstance(zone, Problem):
        raise ProblemsError([zone])
    query = _query(asked.query)
    document = _bytes(asked.roster)
    if not document.strip():
        raise ProblemsError(
            [Problem(asked.roster, "the file is empty", f"export it again: the columns are {', '.join(COLUMNS)}")]
        )
    roster = read_roster(document, asked.roster, zone)
    if not roster.people:
        mend = "export it again with a line for each booking below the line of columns"
        raise ProblemsError([*roster.problems, Problem(asked.roster, "the roster lists nobody", mend)])
    _report(roster.problems)
    matched = match(query, roster.people, asked.limit)
    if asked.json:
        print(json.dumps(_as_json(matched, roster), ensure_ascii=False, indent=2))
    else:
        print(_as_sentences(matched, roster))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged match", description=__doc__)
    parser.add_argument(
        "query", metavar="QUERY.json", help="name, dob, a_number, fbi, state_id, booking_no, sex; - for stdin"
    )
    parser.add_argument("--roster", required=True, metavar="FILE", help="the people in custody, as CSV")
    parser.add_argument("--limit", type=_limit, default=MOST_CANDIDATES, metavar="N", help="at most so many candidates")
    parser.add_argument("--zone", metavar="TZ", help="whose clocks the roster shows, where it gives no offset")
    parser.add_argument("--json", action="store_true", help="speak JSON")
    return parser


def _limit(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError("show at least 1")
    return number


def _query(path: str) -> Query:
    """The query of a JSON file; what it says beyond the keys of a query is not looked at."""
    document = sys.stdin.buffer.read() if path == "-" else _bytes(path)
    try:
        said = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise ProblemsError([Problem(path, f"this is not JSON: {error}", _QUERY_MEND)]) from None
    if not isinstance(said, dict):
        raise ProblemsError([Problem(path, "this is not an object with fields", _QUERY_MEND)])
    query, problems = read_query(said, path)
    if problems:
        raise ProblemsError(problems)
    return query


_QUERY_MEND = 'write it as {"name": "LAST, FIRST", "dob": "YYYY-MM-DD", "a_number": "…"}'


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise ProblemsError([Problem(path, f"cannot be read: {error}", "name a file that is there")]) from None


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _as_json(matched: Matched, roster: Roster) -> dict[str, Any]:
    return {
        "state": matched.state,
        "candidates": [_candidate_as_json(candidate) for candidate in matched.candidates],
        "roster": {
            "people": len(roster.people),
            "set_aside": roster.set_aside,
            "problems": [str(problem) for problem in roster.problems],
            "unknown_columns": list(roster.unknown_columns),
        },
    }


def _candidate_as_json(candidate: Candidate) -> dict[str, Any]:
    person = candidate.person
    return {
        "booking": candidate.booking_no,
        "rank": candidate.rank,
        "reasons": list(candidate.reasons),
        "alarms": list(candidate.alarms),
        "identifiers_agreeing": candidate.identifiers_agreeing,
        "against": list(candidate.against),
        "name": _name(candidate),
        "dob": person.dob.isoformat() if person.dob else None,
        "released_at": person.released_at.isoformat() if person.released_at else None,
    }


def _name(candidate: Candidate) -> str:
    person = candidate.person
    given = " ".join(part for part in (person.first, person.middle) if part)
    return ", ".join(part for part in (person.last, given) if part)


def _as_sentences(matched: Matched, roster: Roster) -> str:
    lines = [_SAID[matched.state] + f" ({len(roster.people)} people searched)"]
    for candidate in matched.candidates:
        lines.append(f"\n{candidate.rank}. booking {candidate.booking_no}: {_name(candidate)}")
        lines += [f"   released {candidate.person.released_at}"] if candidate.person.released_at else []
        lines += [f"   for: {reason}" for reason in candidate.reasons]
        lines += [f"   against: {words}" for words in candidate.against]
        lines += [f"   ALARM: {alarm}" for alarm in candidate.alarms]
        lines.append(f"   independent identifiers that agree: {candidate.identifiers_agreeing}")
    lines += [f"\ncolumns not looked at: {', '.join(roster.unknown_columns)}"] if roster.unknown_columns else []
    return "\n".join(lines)


_SAID = {
    "candidate": "a candidate was found; a person must say whether it is the one",
    "not_known": "not known who is meant; a person must look",
}
