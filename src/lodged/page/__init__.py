"""Pages: opening files safely, and reading federal forms from faxes with the doubt shown.

`read_pages` lies one door further in, in `lodged.page.read`: it loads OpenCV and the recogniser, which the child
process that opens files must never carry.
"""

from lodged.page.form import Edition, Zone, editions
from lodged.page.limits import DEFAULT, Limits
from lodged.page.open import Opened, open_document
from lodged.page.paper import Attachment, Paper, group
from lodged.page.raster import Raster
from lodged.page.reading import Box, Field, ReadPage

__all__ = [
    "DEFAULT",
    "Attachment",
    "Box",
    "Edition",
    "Field",
    "Limits",
    "Opened",
    "Paper",
    "Raster",
    "ReadPage",
    "Zone",
    "editions",
    "group",
    "open_document",
]
