"""The one door to the typesetter: a template and its data in, an accessible PDF out.

Every file claims PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1). The claim is the typesetter's own
check; no independent validator has been run. The same template, data, hour and attachments give the
same bytes: no clock, no fonts of the machine.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from lodged.letter.errors import TypesettingError
from lodged.letter.glyphs import shown

TEMPLATES = Path(__file__).parent / "templates"
RELATIONSHIPS = ("source", "data", "alternative", "supplement")  # ISO 19005-3, 6.8


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF: its name, media type, bytes, what it is, and how it relates to the page.

    `relationship` is one of `source`, `data`, `alternative`, `supplement`. A `plain` attachment stands
    uncompressed and in one piece, exactly once, in the PDF's own bytes.
    """

    name: str
    mime: str
    data: bytes
    description: str
    relationship: str
    plain: bool = False

    def __post_init__(self) -> None:
        if self.relationship not in RELATIONSHIPS:
            raise ValueError(f"`{self.relationship}` is not one of {', '.join(RELATIONSHIPS)}")
        if not (self.name and self.mime and self.description and self.data):
            raise ValueError("an attachment needs a name, a media type, a description and bytes")


def typeset(template: str, data: Mapping[str, object], at: datetime, attachments: Sequence[Attachment] = ()) -> bytes:
    """Set `template` (a file name in `templates/`) with `data`, as made at the hour `at`.

    `data` is JSON values under string keys; its strings are shown as they are, never read as markup.
    Raises TypesettingError, ValueError on an hour without zone or two attachments of one name.
    """
    if at.tzinfo is None:
        raise ValueError("an hour without a zone cannot date a file")
    if len({a.name for a in attachments}) != len(attachments):
        raise ValueError("two attachments cannot have one name")
    inputs = {"data": json.dumps(shown(data)), "attachments": json.dumps([_attachment_data(a) for a in attachments])}
    try:
        pdf = typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"`{template}` could not be set: {error}") from error
    return stand_plain(pdf, [a for a in attachments if a.plain])


def _attachment_data(attachment: Attachment) -> dict[str, object]:
    """The attachment as the template reads it; the bytes travel as numbers, since inputs are text.

    A plain one is only held a place of its length, so that no identifier in the file is made from its bytes.
    """
    held = bytes(len(attachment.data)) if attachment.plain else attachment.data
    return {
        "name": attachment.name,
        "mime": attachment.mime,
        "bytes": list(held),
        "description": attachment.description,
        "relationship": attachment.relationship,
    }


def stand_plain(pdf: bytes, attachments: Sequence[Attachment]) -> bytes:
    """The same PDF with these attachments uncompressed, each in one piece and exactly once.

    Nothing else in the file depends on those bytes: no checksum of them is kept, and the lengths and
    offsets hold as long as they are overwritten with as many. Raises TypesettingError where the bytes
    do not come out exactly once.
    """
    if not attachments:
        return pdf
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        names = pikepdf.NameTree(file.Root.Names.EmbeddedFiles)
        for attachment in attachments:
            stream = names[attachment.name].EF.F
            stream.write(attachment.data)
            if "/CheckSum" in stream.Params:
                del stream.Params.CheckSum
        file.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            fix_metadata_version=False,  # the typesetter's own metadata stays as it is, to the byte
            deterministic_id=True,
        )
    plain = out.getvalue()
    for attachment in attachments:
        if (times := plain.count(attachment.data)) != 1:
            raise TypesettingError(f"`{attachment.name}` stands {times} times in the file instead of once")
    return plain
