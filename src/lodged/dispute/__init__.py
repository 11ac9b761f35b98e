"""Disputes: a sender's evidence of sending held against our own records of what came.

>>> sheet = Sheet("typed", dialled="+15125550199", started=read_printed("11/24/2026 03:32"), pages=2, result=Result.OK)
>>> reconcile(sheet, records([])).sentence[:42]
'We cannot say whether it came at 2026-11-2'
"""

from lodged.dispute.banner import Banner, read_banner
from lodged.dispute.finding import Evidence, Finding
from lodged.dispute.moments import Printed, read_printed
from lodged.dispute.numbers import OurNumbers, read_numbers
from lodged.dispute.our_records import Records, records
from lodged.dispute.outcome import DENIES, RECEIVED, Outcome
from lodged.dispute.reconcile import reconcile
from lodged.dispute.sheet import Result, Sheet
from lodged.dispute.sides import Arrival, Call

__all__ = [
    "DENIES",
    "RECEIVED",
    "Arrival",
    "Banner",
    "Call",
    "Evidence",
    "Finding",
    "OurNumbers",
    "Outcome",
    "Printed",
    "Records",
    "Result",
    "Sheet",
    "read_banner",
    "read_numbers",
    "read_printed",
    "reconcile",
    "records",
]
