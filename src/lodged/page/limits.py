"""What one file may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, pages, pixels and points a page, seconds, bytes of memory and of output: a bomb needs 1 GiB, a fax a fiftieth."""

    bytes: int = 40_000_000
    pages: int = 60
    pixels: int = 40_000_000
    points: int = 2_000
    seconds: int = 20
    memory: int = 1_500 * 2**20
    written: int = 300_000_000


DEFAULT = Limits()
