"""From the likelihood of letters to a word, with every letter's own certainty."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lodged.page.ocr import COLUMNS_A_STEP, Strip

SPACE_SURE, SPACE_HINT = 0.5, 0.1
SPACE_GAP = 8  # bare columns that turn a hint into a space: 29 of 24,823 joints wrong; 53 by certainty alone
TIGHT = ",;/"  # no space stands before these
COMMA_HINT = 0.02
ACCENT_CERTAIN = 0.9
RIVAL = 0.02
FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Word:
    """`text`, the certainty of each letter (0 to 1, spaces left out), and the text with its weakest letter replaced."""

    text: str
    certain: tuple[float, ...]
    second: str | None

    @property
    def weakest(self) -> float:
        """The certainty of the least certain letter or digit, marks left out; 0 for a word without any."""
        letters = self.text.replace(" ", "")
        told = [certainty for letter, certainty in zip(letters, self.certain, strict=True) if letter.isalnum()]
        return min(told, default=0.0)


def spell(strip: Strip, alphabet: Collection[str] | None = None) -> Word:
    """The likeliest word: at each step the best letter, repeats and blanks dropped (CTC, best path).

    With `alphabet` only its letters may occur. A space is taken on a hint if there is bare paper too: the model
    drops them far more often than it makes them up.
    """
    likelihood = np.where(_allowed(strip, alphabet), strip.likelihood, 0.0)
    space = strip.letters.index(" ")
    spaces = likelihood[:, space].copy()
    likelihood[:, space] = 0.0
    steps = _steps(likelihood.argmax(axis=1))
    letters = [_plain(strip, likelihood[step]) for step in steps]
    spaced = [
        _spaced(strip, spaces, *joint) and other[0] not in TIGHT
        for joint, other in zip(pairwise(steps), letters[1:], strict=False)
    ]
    return _word(letters, spaced, _rival(strip, likelihood, steps, letters))


def comma_after(strip: Strip) -> int | None:
    """After which word (1 is the first) a faint comma stands; None when there is no trace of one."""
    spaces = strip.likelihood[:, strip.letters.index(" ")]
    traces = strip.likelihood[:, strip.letters.index(",")] + strip.likelihood[:, strip.letters.index(".")]
    loud = strip.likelihood.copy()
    loud[:, strip.letters.index(" ")] = 0
    gaps = [joint for joint in pairwise(_steps(loud.argmax(axis=1))) if _spaced(strip, spaces, *joint)]
    found = [float(traces[here : after + 1].max()) for here, after in gaps]
    return found.index(max(found)) + 1 if found and max(found) >= COMMA_HINT else None


def _word(letters: list[tuple[str, float]], spaced: list[bool], rival: tuple[int, str] | None) -> Word:
    certain = tuple(certainty for _, certainty in letters)
    plain = [letter for letter, _ in letters]
    second = None if rival is None else _joined([*plain[: rival[0]], rival[1], *plain[rival[0] + 1 :]], spaced)
    return Word(_joined(plain, spaced), certain, second)


def _joined(letters: list[str], spaced: list[bool]) -> str:
    return "".join(letter + " " * gap for letter, gap in zip(letters, [*spaced, False], strict=False))


def _spaced(strip: Strip, spaces: NDArray[np.float32], here: int, after: int) -> bool:
    likely = float(spaces[here : after + 1].max())
    if likely >= SPACE_SURE or likely < SPACE_HINT:
        return likely >= SPACE_SURE
    between = strip.paper[here * COLUMNS_A_STEP : (after + 1) * COLUMNS_A_STEP]
    return _longest_run(between) >= SPACE_GAP


def _longest_run(flags: NDArray[np.bool_]) -> int:
    """The most in a row that are set."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _allowed(strip: Strip, alphabet: Collection[str] | None) -> NDArray[np.bool_]:
    if alphabet is None:
        return np.ones(len(strip.letters), np.bool_)
    return np.array([index == 0 or letter in alphabet for index, letter in enumerate(strip.letters)])


def _steps(best: NDArray[np.intp]) -> list[int]:
    """The steps at which a new letter begins."""
    return [step for step, letter in enumerate(best) if letter and (step == 0 or best[step - 1] != letter)]


def _plain(strip: Strip, likelihood: NDArray[np.float32]) -> tuple[str, float]:
    """The best letter of a step; an accent that is not certain is dirt on the glass."""
    best = int(likelihood.argmax())
    letter, certain = strip.letters[best], float(likelihood[best])
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare == letter or certain >= ACCENT_CERTAIN or bare not in strip.letters:
        return letter, certain
    return bare, min(1.0, certain + float(likelihood[strip.letters.index(bare)]))


def _rival(
    strip: Strip, likelihood: NDArray[np.float32], steps: list[int], letters: list[tuple[str, float]]
) -> tuple[int, str] | None:
    """Where the weakest letter stands and what else it may be; None when nothing else is likely."""
    if not steps:
        return None
    weakest = min(range(len(letters)), key=lambda place: letters[place][1])
    rivals = likelihood[steps[weakest]].copy()
    rivals[strip.letters.index(letters[weakest][0])] = 0
    rivals[int(likelihood[steps[weakest]].argmax())] = 0
    other = strip.letters[int(rivals.argmax())]
    return (weakest, other) if rivals.max() >= RIVAL else None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A word of a given shape, the likelihood of each letter before anything was forbidden, and of the whole (log)."""

    word: Word
    raw: tuple[float, ...]
    score: float


def fit(strip: Strip, shape: Sequence[str]) -> Fitted | None:
    """The likeliest word of exactly this shape: the n-th letter is one of `shape[n]`; spaces do not count.

    The best path through blank, letter, blank, letter … (Viterbi). None when the line is too short for it.
    Certainty is that of the letter among those its place allows. `Word.text` holds no spaces.
    """
    quiet = np.log(np.maximum(strip.likelihood[:, 0], strip.likelihood[:, strip.letters.index(" ")]) + FLOOR)
    columns = [[strip.letters.index(letter) for letter in allowed if letter in strip.letters] for allowed in shape]
    loud = np.stack([strip.likelihood[:, column].max(axis=1) for column in columns], axis=1)
    letter = np.stack([np.array(column)[strip.likelihood[:, column].argmax(axis=1)] for column in columns], axis=1)
    best = _best_path(quiet, np.log(loud + FLOOR), letter)
    if best is None:
        return None
    path, score = best
    found, certain, raw = [], [], []
    for place, column in enumerate(columns):
        step = max((at for at, state in enumerate(path) if state == 2 * place + 1), key=lambda at: loud[at, place])
        found.append(strip.letters[letter[step, place]])
        raw.append(float(loud[step, place]))
        certain.append(raw[-1] / (float(strip.likelihood[step, column].sum()) + FLOOR))
    return Fitted(Word("".join(found), tuple(certain), None), tuple(raw), score)


def _best_path(
    quiet: NDArray[np.float32], loud: NDArray[np.float32], letter: NDArray[np.intp]
) -> tuple[list[int], float] | None:
    """The states (even: blank, odd: the letter of a place) step by step, and their likelihood (log).

    Two same letters need a blank between.
    """
    steps, places = loud.shape
    states = 2 * places + 1
    if steps < places:
        return None
    emit = np.repeat(quiet[:, None], states, axis=1)
    emit[:, 1::2] = loud
    score = np.full(states, -np.inf)
    score[:2] = emit[0, :2]
    came = np.zeros((steps, states), np.intp)
    for step in range(1, steps):
        ways = np.full((3, states), -np.inf)
        ways[0] = score
        ways[1, 1:] = score[:-1]
        ways[2, 3::2] = np.where(letter[step, 1:] != letter[step - 1, :-1], score[1:-2:2], -np.inf)
        came[step] = ways.argmax(axis=0)
        score = ways.max(axis=0) + emit[step]
    state = states - 1 if score[-1] >= score[-2] else states - 2
    if not np.isfinite(score[state]):
        return None
    path = [state]
    for step in range(steps - 1, 0, -1):
        path.append(path[-1] - int(came[step, path[-1]]))
    return path[::-1], float(score[path[0]])
