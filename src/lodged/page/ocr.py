"""The recogniser: one line of writing as a picture becomes the likelihood of each letter, step by step.

The model is PP-OCRv6 (Apache-2.0) as packed in the `rapidocr` wheel; only its file is used, so that neither
the detector nor the classifier is ever loaded. Nothing is fetched.
"""

import importlib.util
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from lodged.page.sight import THREADS, Grey

MODEL = Path("models") / "PP-OCRv6_rec_small.onnx"
LINE_HEIGHT = 48  # the model's own
COLUMNS_A_STEP = 8
BODY = slice(4, 38)  # of a line's height: above the rule that a form prints below it
LEAST_WIDTH, MOST_WIDTH = 160, 3_200
BLANK = ""
LETTERS = (
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüý§°"
)


class OcrError(Exception):
    """The recogniser's model is not there or is not the one expected."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A line as the model saw it: `likelihood` (steps x letters) for each of `letters`, the first of which is blank.

    `paper` tells for each column of pixels (`COLUMNS_A_STEP` a step) whether it is bare.
    """

    letters: tuple[str, ...]
    likelihood: NDArray[np.float32]
    paper: NDArray[np.bool_]


class Recogniser:
    """The model, loaded once; it may be asked from several threads."""

    def __init__(self, model: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # two lines at once on one thread each beat one line on two (1.6 times)
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # lines differ in length: an arena would only grow
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        known = [BLANK, *self._session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
        places = {letter: place for place, letter in enumerate(known)}
        self._letters = (BLANK, *(letter for letter in LETTERS if letter in places))
        self._columns = np.array([places[letter] for letter in self._letters])

    def read(self, line: Grey) -> Strip:
        """One line of dark writing on white paper."""
        prepared = _prepared(line)
        scores = self._session.run(None, {self._input: prepared})[0][0]
        return Strip(self._letters, np.asarray(scores[:, self._columns], np.float32), _bare(prepared[0, 0]))

    def read_all(self, lines: Sequence[Grey]) -> list[Strip]:
        """Many lines, in order, `THREADS` at a time."""
        if len(lines) < 2:
            return [self.read(line) for line in lines]
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(self.read, lines))


@cache
def recogniser() -> Recogniser:
    """The recogniser of this process. Raises `OcrError` when its model is missing."""
    spec = importlib.util.find_spec("rapidocr")
    places = [Path(place) / MODEL for place in (spec.submodule_search_locations or [])] if spec else []
    for model in places:
        if model.is_file():
            return Recogniser(model)
    raise OcrError(f"`{MODEL.name}` is not installed; install `rapidocr`, whose wheel holds it")


def _prepared(line: Grey) -> NDArray[np.float32]:
    """The line as the model was trained on it: 48 high, values from -1 to 1, padded with grey on the right."""
    height, width = line.shape
    fitted = min(MOST_WIDTH, max(1, round(width * LINE_HEIGHT / height)))
    scaled = cv2.resize(line, (fitted, LINE_HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 127.5 - 1
    padded = np.zeros((LINE_HEIGHT, max(fitted, LEAST_WIDTH)), np.float32)
    padded[:, :fitted] = scaled
    return np.broadcast_to(padded, (1, 3, *padded.shape)).copy()


def _bare(line: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Columns in which the body of the line holds at most one dark pixel."""
    return np.asarray((line[BODY] < 0).sum(axis=0) <= 1)
