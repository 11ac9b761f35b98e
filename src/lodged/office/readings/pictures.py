"""The pages of an arrival as pictures: made from the document, thrown away at will, made again."""

from pathlib import Path

from django.conf import settings

from lodged.log.durable import SECRET, write_durably
from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.readings import quarantine
from lodged.page import Opened, Raster, open_document


def keep(arrival: Arrival, opened: Opened) -> None:
    """Keep the pictures of an opened document beside the database; losing them loses nothing."""
    folder = _folder(arrival)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for raster in opened.pages:
        write_durably(folder / f"{raster.number}.png", raster.png, SECRET)


def picture(arrival: Arrival, page: int) -> bytes | None:
    """One page as PNG, or None where there is no such page, or where the document may not be opened."""
    if quarantine.is_held(arrival):
        return None
    path = _folder(arrival) / f"{page}.png"
    if not path.exists() and _on_the_shelf(arrival):
        keep(arrival, open_document(shelf.take(arrival.sha256)))
    return path.read_bytes() if path.exists() else None


def pages(arrival: Arrival) -> list[bytes]:
    """Every page in order, as PNG."""
    if picture(arrival, 1) is None:
        return []
    return [path.read_bytes() for path in sorted(_folder(arrival).glob("*.png"), key=lambda path: int(path.stem))]


def _on_the_shelf(arrival: Arrival) -> bool:
    """Whether the document can be opened again; a page is shown without its picture rather than not at all."""
    return shelf.place(arrival.sha256).exists()


def _folder(arrival: Arrival) -> Path:
    folder: Path = settings.HOME.pages
    return folder / arrival.number


__all__ = ["Raster", "keep", "pages", "picture"]
