"""One side of a comparison: which packs, which custodian, which day; and one act's law on it, encoded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from lodged.law.custodians import CUSTODIANS, Custodian
from lodged.law.packs import Packs
from lodged.law.prove.door import Term
from lodged.law.prove.effect import Speech, speeches, with_open_laws
from lodged.law.prove.encode import Elements, Encoder
from lodged.law.prove.hours import Hours
from lodged.law.prove.settle import Settled
from lodged.law.prove.terms import every
from lodged.law.prove.vocabulary import Vocabulary
from lodged.law.standing import standing
from lodged.problem import Problem, ProblemsError

NOON = time(12)  # the moment of the day that is asked about; only counts of hours could tell one from another


@dataclass(frozen=True, eq=False)
class Side:
    """The law of one custodian on one local day, as some packs have it.

    >>> from lodged.law.packs import load
    >>> Side(load(), "us-ny/sheriff", date(2018, 11, 14)).at.isoformat()
    '2018-11-14T12:00:00-05:00'
    """

    packs: Packs
    custodian: str
    day: date

    @property
    def place(self) -> Custodian:
        """The custodian. Raises ProblemsError for one that is not known."""
        if self.custodian not in CUSTODIANS:
            mend = f"it is one of: {', '.join(CUSTODIANS)}"
            raise ProblemsError([Problem("custodian", f"`{self.custodian}` is not a known custodian", mend)])
        return CUSTODIANS[self.custodian]

    @property
    def at(self) -> datetime:
        """Noon there on that day."""
        return datetime.combine(self.day, NOON, self.place.zone)

    def __str__(self) -> str:
        return f"{self.custodian}@{self.day}"


class ActLaw:
    """The law of one act on one side: each rule, each code of the effect, what is admissible, as terms."""

    def __init__(
        self,
        side: Side,
        act: str,
        vocabulary: Vocabulary,
        hours: Hours,
        lists: Mapping[str, Elements] | None = None,
    ) -> None:
        self.side, self.act = side, act
        self.vocabulary, self.hours = vocabulary, hours
        self.standing = standing(side.packs, side.place, side.day, act, frozenset())
        self.encoder = Encoder(self.standing, vocabulary, hours, lists)
        self.spoken: tuple[Speech, ...] = speeches(self.encoder, self.standing.packs)
        self.codes = with_open_laws(self.encoder, self.spoken)
        self.admissible: Term = every(term for _, term in self.encoder.constraints())
        self._settled: Settled | None = None

    @property
    def settled(self) -> Settled:
        """The effect over every reading and every open law; worked out when it is first asked for."""
        if self._settled is None:
            self._settled = Settled(self.codes, self.admissible, self.vocabulary)
        return self._settled
