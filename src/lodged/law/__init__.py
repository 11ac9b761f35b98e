"""The law engine: may, must or must not this custodian do this act, at this moment, and why; what is not known is said.

packs = load()
decision = decide(packs, Question(custodian, act, at, facts))
"""

from lodged.law.ask import Question
from lodged.law.custodians import CUSTODIANS, Custodian
from lodged.law.decide import decide
from lodged.law.decision import Decision, Reason
from lodged.law.fact import ACTS, DUTIES, FACTS, Fact
from lodged.law.gate import Outgoing, hindrances, outgoing
from lodged.law.packs import Packs, load
from lodged.problem import Problem, ProblemsError

__all__ = [
    "ACTS",
    "CUSTODIANS",
    "DUTIES",
    "FACTS",
    "Custodian",
    "Decision",
    "Fact",
    "Outgoing",
    "Packs",
    "Problem",
    "ProblemsError",
    "Question",
    "Reason",
    "decide",
    "hindrances",
    "load",
    "outgoing",
]
