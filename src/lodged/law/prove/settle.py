"""The effect that the law gives facts, over every reading of what is not settled and every law that is open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from lodged.law.prove.door import Term, z3
from lodged.law.prove.effect import CONFLICT, FORBIDDEN, OPEN, PERMITTED, REQUIRED, SILENT, Codes
from lodged.law.prove.terms import NO, constant, either, every, is_no, negation, same
from lodged.law.prove.vocabulary import Vocabulary

CONTESTED, NOT_KNOWN = "contested", "not_known"
EFFECTS = (REQUIRED, PERMITTED, FORBIDDEN, CONTESTED, NOT_KNOWN)

Pick = Mapping[str, str | bool]  # question -> reading, law -> does it stand


class Settled:
    """Terms over facts alone: `effects[e]` is true where `decide` would say `e`, all facts being given."""

    def __init__(self, codes: Codes, admissible: Term, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        names, terms = zip(*((code, term) for code, term in codes.items() if not is_no(term)), strict=True)
        self.picks = list(_picks(vocabulary, _names_in(terms)))
        others = {name for name in _names_in([admissible]) if name in vocabulary.questions} - self.names
        somehow = either(term for (term,) in self._under(list(_picks(vocabulary, others)), [admissible]))
        self._codes = [dict(zip(names, found, strict=True)) for found in self._under(self.picks, terms)]
        self._admissible = [term for (term,) in self._under(self.picks, [somehow])]
        self.admissible: Term = either(self._admissible)
        self.effects: dict[str, Term] = self._effects()

    @property
    def names(self) -> set[str]:
        """The questions and open laws the effect may hang on."""
        return set(self.picks[0])

    def under(self, pick: Pick, term: Term) -> Term:
        """A term once questions are read, and laws stand or not, as picked."""
        return next(self._under([pick], [term]))[0]

    def everywhere(self, term: Term) -> Term:
        """True where a term holds under every admissible reading."""
        found = self._under(self.picks, [term])
        return every(
            [self.admissible, *(either([negation(ok), t]) for ok, (t,) in zip(self._admissible, found, strict=True))]
        )

    def _under(self, picks: Sequence[Pick], terms: Sequence[Term]) -> Iterator[Sequence[Term]]:
        """Terms under one pick after another: one template of them all, in which only what is picked is filled in."""
        free = self._picked(picks[0])
        if not free:
            yield from (terms for _ in picks)
            return
        together = z3.Function(f"together {len(terms)}", *[z3.BoolSort()] * (len(terms) + 1))(*terms)
        places = [(term, z3.Var(at, z3.BoolSort())) for at, (term, _) in enumerate(free)]
        template = z3.substitute(together, *places)
        for pick in picks:
            values = [constant(value) for _, value in self._picked(pick)]
            yield z3.simplify(z3.substitute_vars(template, *values)).children()

    def _picked(self, pick: Pick) -> list[tuple[Term, bool]]:
        found: list[tuple[Term, bool]] = []
        for name, way in pick.items():
            if isinstance(way, bool):
                found.append((self.vocabulary.laws[name], way))
            else:
                readings = self.vocabulary.questions[name]
                found += [(truth, choice == way) for choice, truth in readings.items()]
        return found

    # ---- the effect

    def _effects(self) -> dict[str, Term]:
        ways = {
            FORBIDDEN: self._may(lambda code: code == FORBIDDEN or code.startswith(CONFLICT)),
            REQUIRED: self._may(lambda code: code == REQUIRED or code.startswith(CONFLICT)),
            PERMITTED: self._may(lambda code: code in (PERMITTED, SILENT)),
            OPEN: self._may(lambda code: code == OPEN),
        }
        decided = {
            effect: every([ways[effect], *(negation(way) for other, way in ways.items() if other != effect)])
            for effect in (REQUIRED, PERMITTED, FORBIDDEN)
        }
        by_law = either(self._law_matters())
        undecided = [self.admissible, *(negation(term) for term in decided.values())]
        return {**decided, CONTESTED: every([*undecided, negation(by_law)]), NOT_KNOWN: every([*undecided, by_law])}

    def _may(self, wanted: Callable[[str], bool]) -> Term:
        return either(
            every([ok, either(term for code, term in codes.items() if wanted(code))])
            for codes, ok in zip(self._codes, self._admissible, strict=True)
        )

    def _law_matters(self) -> Iterator[Term]:
        """Where two completions that differ only in whether one open law stands differ in effect."""
        places = {tuple(pick.items()): at for at, pick in enumerate(self.picks)}
        for at, pick in enumerate(self.picks):
            for name, way in pick.items():
                if way is False:
                    other = places[tuple({**pick, name: True}.items())]
                    unlike = negation(_alike(self._codes[at], self._codes[other]))
                    yield every([self._admissible[at], self._admissible[other], unlike])


def _alike(a: Codes, b: Codes) -> Term:
    """Do two completions have the same effect? Silence permits."""
    a, b = _spoken(a), _spoken(b)
    return every(same(a.get(code, NO), b.get(code, NO)) for code in dict.fromkeys((*a, *b)))


def _spoken(codes: Codes) -> Codes:
    permitted = either([codes.get(PERMITTED, NO), codes.get(SILENT, NO)])
    return {**{code: term for code, term in codes.items() if code != SILENT}, PERMITTED: permitted}


def _picks(vocabulary: Vocabulary, names: set[str]) -> Iterator[Pick]:
    """Every way to read the questions and to let the laws stand or not."""
    questions = {name: tuple(vocabulary.questions[name]) for name in sorted(names) if name in vocabulary.questions}
    laws = {name: (False, True) for name in sorted(names) if name in vocabulary.laws}
    axes: dict[str, tuple[str | bool, ...]] = {**questions, **laws}
    for ways in product(*axes.values()):
        yield dict(zip(axes, ways, strict=True))


def _names_in(terms: Sequence[Term]) -> set[str]:
    """The questions and laws that some terms hang on."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        if term.get_id() in seen:
            continue
        seen.add(term.get_id())
        if term.num_args():
            waiting += term.children()
        elif z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            name = term.decl().name()
            found |= {name.removeprefix("law:"), name.rsplit(" is ", 1)[0]}
    return found
