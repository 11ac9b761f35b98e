"""Who a paper may be about: rosters, names, and matching that shows its reasons and never decides."""

from lodged.person.index import Index
from lodged.person.match import Candidate, Matched, match
from lodged.person.query import Query, read_query
from lodged.person.roster import COLUMNS, Person, Roster, read_roster
from lodged.person.written import a_number, birth_date

__all__ = [
    "COLUMNS",
    "Candidate",
    "Index",
    "Matched",
    "Person",
    "Query",
    "Roster",
    "a_number",
    "birth_date",
    "match",
    "read_query",
    "read_roster",
]
