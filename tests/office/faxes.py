"""A fax server's spool for a test: the samples under the numbers they were received as, beside the server's own log."""

import shutil
from pathlib import Path

import lodged

SAMPLES = Path(lodged.__file__).parent / "samples" / "faxes"
KEPT = Path(__file__).parent / "spool"
NAMES = {
    3120: "detainer-with-warrant",
    3121: "detainer-handwritten",
    3122: "noisy-line",
    3123: "other-number",
    3124: "subpoena-with-schedule",
    3125: "orphaned-served-warrant",
    3126: "cover-and-detainer",
    3127: "letter",
    3128: "two-people",
    3130: "line-dropped",
}


def spool(folder: Path, *numbers: int) -> Path:
    """A spool with the files, rows and kept traces of some calls; of all where none are named."""
    chosen = numbers or (*NAMES, 3129)
    (folder / "recvq").mkdir(parents=True)
    (folder / "log").mkdir()
    for number in chosen:
        source = SAMPLES / f"{NAMES[number]}.tif" if number in NAMES else KEPT / file(number)
        shutil.copy(source, folder / file(number))
        if (trace := KEPT / "log" / f"c{number:09d}").exists():
            shutil.copy(trace, folder / "log" / trace.name)
    rows = (KEPT / "log/xferfaxlog").read_text().splitlines(keepends=True)
    (folder / "log/xferfaxlog").write_text("".join(row for row in rows if int(row.split("\t")[2]) in chosen))
    return folder


def file(number: int) -> str:
    """The server's own name of a received file."""
    return f"recvq/fax{number:09d}.tif"
