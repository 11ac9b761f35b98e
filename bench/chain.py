"""From a three-page fax to a drafted answer: a fresh process each run, as a fax server's hook would start it."""

import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageSequence

import lodged
from bench.results import Figure

RUNS = 5
FAXES = Path(lodged.__file__).parent / "samples" / "faxes"
STEP = re.compile(r"\s*([0-9.]+) s  (.*)")


def measure() -> list[Figure]:
    """Fax to draft by the program's own clock, the whole command, and the largest process."""
    drafted, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        fax = three_pages(Path(folder))
        for run in range(RUNS):
            steps, seconds = _run(fax, Path(folder) / str(run))
            drafted.append(steps["done"] - steps["received"])
            whole.append(seconds)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Figure("fax (3 pages) received to answer drafted", "s", tuple(drafted), 10),
        Figure("the whole command, office set up included", "s", tuple(whole)),
        Figure("peak memory of the largest process", "MB", (largest,), 700),
    ]


def three_pages(folder: Path) -> Path:
    """A fax of a cover sheet, a detainer and its warrant, joined from two faxes that were really sent."""
    cover = Image.open(FAXES / "cover-and-detainer.tif").copy()
    with Image.open(FAXES / "detainer-with-warrant.tif") as detainer:
        pages = [frame.copy() for frame in ImageSequence.Iterator(detainer)]
    path = folder / "three-pages.tif"
    cover.save(path, save_all=True, append_images=pages, compression="group4", dpi=(204, 196))
    return path


def _run(fax: Path, out: Path) -> tuple[dict[str, float], float]:
    command = [sys.executable, "-m", "lodged.cli", "demo", "--once", "--paper", str(fax), "--out", str(out)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LODGED_")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    steps = [(float(found[1]), found[2]) for line in done.stderr.splitlines() if (found := STEP.match(line))]
    received = next(at for at, step in steps if step.startswith("received as"))
    finished = next(at for at, step in steps if step == "drafted; it waits for a person")
    return {"received": received, "done": finished}, steps[-1][0]
