"""The pages of an arrival as pictures: made from the document, thrown away at will, made again."""

from pathlib import Path

from django.conf import settings

from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.page import Opened, Raster, open_document


def keep(arrival: Arrival, opened: Opened) -> None:
    """Keep the pictures of an opened document beside the database; losing them loses nothing."""
    folder = _folder(arrival)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for raster in opened.pages:
        path = folder / f"{raster.number}.png"
        beside = path.with_suffix(".part")
        beside.write_bytes(raster.png)
        beside.replace(path)


def picture(arrival: Arrival, page: int) -> bytes | None:
    """One page as PNG, or None where there is no such page."""
    path = _folder(arrival) / f"{page}.png"
    if not path.exists():
        keep(arrival, open_document(shelf.take(arrival.sha256)))
    return path.read_bytes() if path.exists() else None


def _folder(arrival: Arrival) -> Path:
    folder: Path = settings.HOME.pages
    return folder / arrival.number


__all__ = ["Raster", "keep", "picture"]
