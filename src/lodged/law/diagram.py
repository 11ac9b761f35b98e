"""Decision diagrams with many-valued variables: every completion of what is not known, each shared part kept once.

A diagram is a number that names a node; equal functions have equal numbers (Bryant 1986, for variables with more than
two values). A variable is its rank, a tuple; lower ranks are asked first. A leaf may hold any hashable value.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

Rank = tuple[int | str, ...]
Node = int
_LAST: Rank = (1 << 30,)


class Diagrams:
    """A store of shared nodes, with the operations on them. Diagrams of two stores do not mix."""

    def __init__(self) -> None:
        self._rank: list[Rank] = []
        self._children: list[tuple[Node, ...]] = []
        self._value: list[Hashable] = []
        self._leaves: dict[tuple[type, Hashable], Node] = {}
        self._inner: dict[tuple[Rank, tuple[Node, ...]], Node] = {}
        self._memo: dict[tuple[object, ...], Node] = {}
        self._ifs: dict[tuple[Node, Node, Node], Node] = {}
        self.no = self.leaf(False)
        self.yes = self.leaf(True)

    # ---- making

    def leaf(self, value: Hashable) -> Node:
        """The diagram that is `value` whatever the variables are."""
        key = (type(value), value)
        if key not in self._leaves:
            self._leaves[key] = self._add(_LAST, (), value)
        return self._leaves[key]

    def choose(self, rank: Rank, children: Sequence[Node]) -> Node:
        """The diagram that is `children[i]` where the variable takes its i-th cell."""
        children = tuple(children)
        if children.count(children[0]) == len(children):
            return children[0]
        key = (rank, children)
        if key not in self._inner:
            self._inner[key] = self._add(rank, children, None)
        return self._inner[key]

    def _add(self, rank: Rank, children: tuple[Node, ...], value: Hashable) -> Node:
        self._rank.append(rank)
        self._children.append(children)
        self._value.append(value)
        return len(self._rank) - 1

    # ---- joining

    def apply(self, operation: Callable[..., Hashable], *nodes: Node) -> Node:
        """The diagram whose every leaf is `operation` of the leaves of `nodes`. `operation` must be pure."""
        key = (operation, *nodes)
        if key in self._memo:
            return self._memo[key]
        top = min(self._rank[node] for node in nodes)
        if top == _LAST:
            found = self.leaf(operation(*(self._value[node] for node in nodes)))
        else:
            followed = self._followed(top, nodes)
            below = {cell: self.apply(operation, *cell) for cell in dict.fromkeys(followed)}
            found = self.choose(top, [below[cell] for cell in followed])
        self._memo[key] = found
        return found

    def _followed(self, top: Rank, nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
        """What the diagrams go on with in each cell of a variable; one that does not ask it stays what it is."""
        rank, children = self._rank, self._children
        width = next(len(children[node]) for node in nodes if rank[node] == top)
        return list(zip(*[children[node] if rank[node] == top else (node,) * width for node in nodes], strict=True))

    def every(self, nodes: Sequence[Node]) -> Node:
        """True where all are."""
        found = self.yes
        for node in nodes:
            found = self._both(found, node)
        return found

    def either(self, nodes: Sequence[Node]) -> Node:
        """True where one is."""
        found = self.no
        for node in nodes:
            found = self.if_(found, self.yes, node)
        return found

    def negation(self, node: Node) -> Node:
        """True where `node` is not."""
        return self.if_(node, self.no, self.yes)

    def _both(self, a: Node, b: Node) -> Node:
        return self.if_(a, b, self.no) if a < b else self.if_(b, a, self.no)

    def if_(self, test: Node, then: Node, other: Node) -> Node:
        """`then` where `test` is true, `other` elsewhere; what is settled above is not followed further down."""
        if test == self.yes or then == other:
            return then
        if test == self.no:
            return other
        if then == self.yes and other == self.no:
            return test
        key = (test, then, other)
        found = self._ifs.get(key)
        if found is None:
            top = min(self._rank[test], self._rank[then], self._rank[other])
            followed = self._followed(top, key)
            below = {cell: self.if_(*cell) for cell in dict.fromkeys(followed)}
            self._ifs[key] = found = self.choose(top, [below[cell] for cell in followed])
        return found

    def equal(self, node: Node, value: Hashable) -> Node:
        """True where a diagram has this value."""
        key = (value, node)
        if key not in self._memo:
            rank = self._rank[node]
            children = () if rank == _LAST else self._children[node]
            settled = self.yes if self._value[node] == value else self.no
            self._memo[key] = self.choose(rank, [self.equal(at, value) for at in children]) if children else settled
        return self._memo[key]

    # ---- asking

    def value(self, node: Node) -> Hashable:
        """The value of a leaf. Raises ValueError for a diagram that still hangs on something."""
        if self._rank[node] != _LAST:
            raise ValueError("this diagram is no leaf")
        return self._value[node]

    def is_leaf(self, node: Node) -> bool:
        """Does nothing matter any more?"""
        return self._rank[node] == _LAST

    def rank(self, node: Node) -> Rank:
        """The variable this node asks first."""
        return self._rank[node]

    def children(self, node: Node) -> tuple[Node, ...]:
        """What follows each cell of that variable."""
        return self._children[node]

    def values(self, node: Node) -> set[Hashable]:
        """Every leaf's value that can be reached."""
        return {self._value[at] for at in self.below(node) if self._rank[at] == _LAST}

    def support(self, node: Node) -> set[Rank]:
        """The variables it hangs on."""
        return {self._rank[at] for at in self.below(node)} - {_LAST}

    def below(self, node: Node) -> Iterator[Node]:
        """The node, then every node beneath it, each once."""
        seen, waiting = {node}, [node]
        while waiting:
            at = waiting.pop()
            yield at
            for child in self._children[at]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

    def distinct(self, nodes: Sequence[Node], rank: Rank) -> list[int]:
        """Cells of a variable, one for each way in which the diagrams can go on; empty where none hangs on it."""
        below = [at for node in nodes for at in self.below(node) if self._rank[at] == rank]
        width = len(self._children[below[0]]) if below else 0
        first: dict[tuple[Node, ...], int] = {}
        for cell in range(width):
            first.setdefault(tuple(self._children[at][cell] for at in below), cell)
        return list(first.values())

    # ---- narrowing

    def restrict(self, node: Node, cells: Mapping[Rank, int]) -> Node:
        """The diagram once some variables have taken their cells."""
        return self._restricted(node, cells, max(cells, default=_LAST), {})

    def _restricted(self, here: Node, cells: Mapping[Rank, int], deepest: Rank, memo: dict[Node, Node]) -> Node:
        rank = self._rank[here]
        if rank > deepest or rank == _LAST:
            return here
        if here not in memo:
            children = self._children[here]
            if rank in cells:
                memo[here] = self._restricted(children[cells[rank]], cells, deepest, memo)
            else:
                below = {child: self._restricted(child, cells, deepest, memo) for child in set(children)}
                memo[here] = self.choose(rank, [below[child] for child in children])
        return memo[here]

    def fold(self, node: Node, over: Callable[[Rank], bool], join: Callable[[Sequence[Node]], Node]) -> Node:
        """The diagram without the variables that `over` picks, their children joined by `join` (every, either)."""
        return self._folded(node, over, join, {})

    def _folded(
        self,
        here: Node,
        over: Callable[[Rank], bool],
        join: Callable[[Sequence[Node]], Node],
        memo: dict[Node, Node],
    ) -> Node:
        rank = self._rank[here]
        if rank == _LAST:
            return here
        if here not in memo:
            children = self._children[here]
            below = {child: self._folded(child, over, join, memo) for child in dict.fromkeys(children)}
            if over(rank):
                memo[here] = join(tuple(below.values()))
            else:
                memo[here] = self.choose(rank, [below[child] for child in children])
        return memo[here]
