"""Joins terms of z3 and folds what is constant, so that a rule that cannot speak costs the prover nothing."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from lodged.law.prove.door import Term, z3

YES: Term = z3.BoolVal(True)
NO: Term = z3.BoolVal(False)
_YES, _NO = YES.get_id(), NO.get_id()  # equal terms have equal numbers, and asking for one is a single call


# The binding's own `Not`, `And`, `Or` look at the sort of every part; these are truths already.
_CONTEXT = z3.main_ctx().ref()


def _made(ast: Any) -> Term:
    return z3.BoolRef(ast, z3.main_ctx())


def _joined(join: Callable[..., Any], terms: Collection[Term]) -> Term:
    parts = (z3.Ast * len(terms))(*[term.as_ast() for term in terms])
    return _made(join(_CONTEXT, len(terms), parts))


def checked(solver: Any, terms: Collection[Term]) -> Any:
    """Whether some terms can hold together with what a solver holds: `z3.sat`, `z3.unsat` or `z3.unknown`."""
    parts = (z3.Ast * len(terms))(*[term.as_ast() for term in terms])
    return z3.CheckSatResult(z3.Z3_solver_check_assumptions(_CONTEXT, solver.solver, len(terms), parts))


def constant(value: bool) -> Term:
    """The term that is always so."""
    return YES if value else NO


def is_yes(term: Term) -> bool:
    """Is it always so?"""
    return bool(term.get_id() == _YES)


def is_no(term: Term) -> bool:
    """Is it never so?"""
    return bool(term.get_id() == _NO)


def is_constant(term: Term) -> bool:
    """Does it hang on nothing?"""
    return term.get_id() in (_YES, _NO)


def negation(term: Term) -> Term:
    """True where `term` is not.

    >>> negation(negation(z3.Bool("a")))
    a
    """
    number = term.get_id()
    if number == _YES:
        return NO
    if number == _NO:
        return YES
    return term.arg(0) if term.decl().kind() == z3.Z3_OP_NOT else _made(z3.Z3_mk_not(_CONTEXT, term.as_ast()))


def every(terms: Iterable[Term]) -> Term:
    """True where all are; of none, true."""
    found: dict[int, Term] = {}
    for term in terms:
        number = term.get_id()
        if number == _NO:
            return NO
        if number != _YES:
            found[number] = term
    if not found:
        return YES
    return next(iter(found.values())) if len(found) == 1 else _joined(z3.Z3_mk_and, found.values())


def either(terms: Iterable[Term]) -> Term:
    """True where one is; of none, false."""
    found: dict[int, Term] = {}
    for term in terms:
        number = term.get_id()
        if number == _YES:
            return YES
        if number != _NO:
            found[number] = term
    if not found:
        return NO
    return next(iter(found.values())) if len(found) == 1 else _joined(z3.Z3_mk_or, found.values())


def implies(given: Term, then: Term) -> Term:
    """True where `given` is not, or `then` is."""
    return either([negation(given), then])


def if_(test: Term, then: Term, other: Term) -> Term:
    """`then` where `test` holds, `other` elsewhere; all three are truths."""
    if is_constant(test):
        return then if is_yes(test) else other
    if is_constant(then):
        return either([test, other]) if is_yes(then) else every([negation(test), other])
    if is_constant(other):
        return either([negation(test), then]) if is_yes(other) else every([test, then])
    return then if then.eq(other) else z3.If(test, then, other)


def same(a: Term, b: Term) -> Term:
    """True where both are true or both false."""
    if is_constant(a):
        a, b = b, a
    if is_constant(b):
        return a if is_yes(b) else negation(a)
    return YES if a.eq(b) else a == b
