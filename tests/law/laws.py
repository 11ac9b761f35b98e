"""Small random laws for tests, as text, so that they pass through the grammar like any pack."""

from hypothesis import strategies as st

from lodged.law.packs import Packs, Source, read

FACTS = ("person.registrant", "person.charge_serious", "person.in_custody")

_literal = st.one_of(
    st.sampled_from(FACTS),
    st.sampled_from(["paper.box is 1", "paper.box is not 2", "paper.box is one of 1, both"]),
    st.sampled_from(["person.days_incarcerated is more than 24", "person.days_incarcerated is at most 48"]),
    st.sampled_from(["paper.attached has i-200", "paper.attached has any of i-200, i-205"]),
    st.sampled_from(["R1 is A", "R2 is B"]),
)
condition = st.recursive(
    _literal,
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=4,
)


@st.composite
def rules(draw: st.DrawFn, names: list[str]) -> str:
    texts = []
    for place, name in enumerate(names):
        effect = draw(st.sampled_from(["require", "permit", "forbid", "forbid"]))
        text = f"rule {name}\n  {effect} hold\n"
        if draw(st.booleans()):
            text += f"  when {draw(condition)}\n"
        if draw(st.integers(0, 2)) == 0:
            text += f"  unless {draw(condition)}\n"
        if place and draw(st.integers(0, 3)) == 0:
            text += f'  overrides {names[place - 1]} cite "o"\n'
        texts.append(text + f'  cite "§ {name}"\n')
    return "\n".join(texts)


@st.composite
def laws(draw: st.DrawFn) -> list[str]:
    """One to three packs as text; the first holds two questions."""
    found = []
    for place in range(draw(st.integers(1, 3))):
        level = draw(st.sampled_from(["federal", "state", "local"]))
        status = draw(st.sampled_from(["confirmed", "confirmed", "confirmed", "draft"]))
        text = f'pack us/p{place} level {level} binds us status {status} cite "p{place}"\n\n'
        names = [f"r{n}" for n in range(draw(st.integers(1, 2)))]
        text += draw(rules(names))
        if place and draw(st.booleans()):
            text += f'\nprevails over us/p{place - 1} for hold cite "v"\n'
        found.append(text)
    questions = "".join(
        f'question {name} "?" reading A "a" cite "a" reading B "b" cite "b"\n\n' for name in ("R1", "R2")
    )
    return [f'pack us/words level federal binds us status confirmed cite "w"\n\n{questions}', *found]


constraints = st.lists(
    st.tuples(st.sampled_from(FACTS), st.sampled_from(FACTS), st.booleans()).filter(lambda t: t[0] != t[1]),
    max_size=2,
    unique_by=lambda t: frozenset(t[:2]),
).map(lambda found: [f'constraint {a} implies {"not " if turned else ""}{b}\n  cite "c"\n' for a, b, turned in found])

given = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.booleans() for name in FACTS},
        "paper.box": st.sampled_from(["1", "2", "both", "neither"]),
        "person.days_incarcerated": st.sampled_from([0, 24, 25, 48, 49]),
        "paper.attached": st.sampled_from([[], ["i-200"], ["i-205"], ["i-200", "i-205"]]),
    },
)


def library(texts: list[str], more: list[str] | None = None) -> Packs:
    """The packs of some texts; `more` statements go into the first."""
    texts = [texts[0] + "\n".join(more or []), *texts[1:]]
    return read([Source(f"law{place}.md", f"```law\n{text}```\n") for place, text in enumerate(texts)])
