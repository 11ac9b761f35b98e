"""The log that a hostile party must accept, and the receipt that it gives (RFC 6962 tree, C2SP formats).

What is here takes values and returns values; the only files touched are the key (`sign`), the head (`head`) and a
folder of tiles (`store`). No clock, no network, no database: whoever keeps records hands in a `NodeReader`.

>>> check(b"a fax confirmation sheet", None, None).ok
False
"""

from lodged.log.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from lodged.log.entry import Clocks, Event
from lodged.log.errors import LogError
from lodged.log.policy import Policy, parse_policy, trust
from lodged.log.proof import Proof, check_proof
from lodged.log.receipt import ReceiptContents, check, draft, sign
from lodged.log.verdict import Verdict

__all__ = [
    "Checkpoint",
    "Clocks",
    "Event",
    "LogError",
    "Policy",
    "Proof",
    "ReceiptContents",
    "Verdict",
    "check",
    "check_proof",
    "draft",
    "open_checkpoint",
    "parse_policy",
    "sign",
    "sign_checkpoint",
    "trust",
]
