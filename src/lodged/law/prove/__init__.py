"""The analysis of law: properties proved for all facts, gaps, conflicts, idle rules, what two laws answer differently.

It needs the prover z3 (`pip install 'lodged[prove]'`); without it, importing this package raises ProblemsError. Every case
that is shown was put to `lodged.law.decide` first.

old, new = Side(packs, "us-ny/sheriff", date(2018, 11, 13)), Side(packs, "us-ny/sheriff", date(2018, 11, 14))
for difference in differences(old, new, ["hold"]):
    print(difference.change, difference.case.words, difference.old.cites, difference.new.cites)
"""

from lodged.law.prove.ask import Property, read_property
from lodged.law.prove.case import Answer, Case
from lodged.law.prove.conflict import Conflict, conflicts
from lodged.law.prove.differ import Difference, differences
from lodged.law.prove.finding import Finding, findings
from lodged.law.prove.gap import Gap, gaps
from lodged.law.prove.proof import Proof, prove
from lodged.law.prove.side import Side

__all__ = [
    "Answer",
    "Case",
    "Conflict",
    "Difference",
    "Finding",
    "Gap",
    "Proof",
    "Property",
    "Side",
    "conflicts",
    "differences",
    "findings",
    "gaps",
    "prove",
    "read_property",
]
