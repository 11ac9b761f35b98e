"""What fax servers and providers write down of their own accord: rows, session traces, received files, lists.

>>> read_rows("11/24/26 03:33\\tRECV\\t000003120\\tttyS0\\trecvq/f.tif\\t", "xferfaxlog").problems[0].what
'the row breaks off after 6 of at least 14 fields'
"""

from lodged.fax.calls import Row, Rows, read_rows
from lodged.fax.provider import Carried, read_provider
from lodged.fax.received import Frame, Received, read_received
from lodged.fax.spool import Spool, read_spool
from lodged.fax.trace import Trace, read_trace

__all__ = [
    "Carried",
    "Frame",
    "Received",
    "Row",
    "Rows",
    "Spool",
    "Trace",
    "read_provider",
    "read_received",
    "read_rows",
    "read_spool",
    "read_trace",
]
