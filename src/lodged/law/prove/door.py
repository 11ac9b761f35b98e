"""The one door to the prover z3, or the problem that says how to install it."""

from typing import Any

from lodged.problem import Problem, ProblemsError

try:
    import z3
except ModuleNotFoundError:
    _WHAT = "the analysis of law needs the prover z3, which is not installed"
    raise ProblemsError([Problem("lodged.law.prove", _WHAT, "pip install 'lodged[prove]'")]) from None

Term = Any  # a term of z3: its Python binding carries no types

__all__ = ["Term", "z3"]
