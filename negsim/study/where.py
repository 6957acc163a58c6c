"""Conditions on the cells of a study: ``p_agreement > 0.5 and protocol == single_text``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Place, Problem, UsageError
from negsim.records import dataclass
from negsim.scenario.conditions import Flaw, IssueNames, Names
from negsim.scenario.conditions.comparing import CONNECTIVES, NumbersChecker, label_text
from negsim.scenario.conditions.dotted import tokenize_dotted
from negsim.scenario.conditions.parse import MAX_LENGTH, MAX_TOKENS
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Prefix, Word, parse
from negsim.scenario.conditions.working_out import work_out
from negsim.study.table import StudyTable

__all__ = ["Where", "parse_where", "where_names"]

Cells = NDArray[np.bool_]
Values = NDArray[np.float64]

_WANTED = "a result, a path, a number or '('"


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on cells as written (``text``) and as understood; ``names`` are the results and factors it needs."""

    text: str
    root: Expression
    names: tuple[str, ...]

    def holds(self, table: StudyTable) -> Cells:
        """Tell in which cells the condition holds.

        Parameters
        ----------
        table : StudyTable
            With all results and factors that the condition was read for.

        Returns
        -------
        bool array (cell,)
            Never where a cell is not `known`. Numbers that differ by a billionth of themselves or less are equal,
            so that ``== 0.3`` finds the third step of a range.
        """
        return _Evaluation(self.text, table).condition(self.root) & self.known(table)

    def known(self, table: StudyTable) -> Cells:
        """Tell which cells are done and have a number for everything that the condition names, and computes from it.

        Returns
        -------
        bool array (cell,)
        """
        evaluation = _Evaluation(self.text, table)
        evaluation.condition(self.root)
        return evaluation.known


def where_names(table: StudyTable) -> dict[str, tuple[str, ...]]:
    """Give the names that a condition on the cells of a study may use: each result and factor, with the words of it."""
    return {**dict.fromkeys(table.results, ()), **{factor.path: factor.labels for factor in table.factors}}


def parse_where(text: str, names: Mapping[str, tuple[str, ...]], source: str = "--where") -> Where:
    """Read a condition on cells.

    Parameters
    ----------
    text : str
        Comparisons (``<``, ``<=``, ``>``, ``>=``, ``==``, ``!=``, ``in A | B``) of results and varied paths with
        numbers, percentages, sums, products and words, joined by ``and``, ``or``, ``not``, ``implies`` and ``iff``.
        Names with unusual signs may stand in backticks.
    names : mapping of str to tuple of str
        What it may name, as `where_names` gives it: words of a categorical factor, none for numbers.
    source : str
        What messages call the place of the text.

    Raises
    ------
    UsageError
        With every flaw, its place, and the nearest name.

    Examples
    --------
    >>> parse_where("p_zone - p_agreement > 10 %", {"p_zone": (), "p_agreement": ()}).names
    ('p_zone', 'p_agreement')
    """
    if not text.strip():
        raise UsageError(f"{source} is empty; compare a result with something, as in {source} 'p_agreement > 0.5'")
    if len(text) > MAX_LENGTH:
        raise UsageError(f"{source} has {len(text)} characters; {MAX_LENGTH} is the most")
    words = {*names, *(label for labels in names.values() for label in labels)}
    tokens, flaws = tokenize_dotted(text, words)
    if len(tokens) - 1 > MAX_TOKENS:
        raise UsageError(f"{source} has {len(tokens) - 1} words and signs; {MAX_TOKENS} is the most")
    if len(tokens) <= 1:
        raise _error(text, flaws, source)
    # Units are all that the parser asks of names, and "%" is the one unit here.
    root = parse(text, tokens, Names([IssueNames(name, "numeric", unit="%") for name in names]), _WANTED)
    if isinstance(root, Flaw):
        raise _error(text, (*flaws, root), source)
    checker = NumbersChecker(text, names)
    checker.condition(root)
    if flaws or checker.flaws:
        raise _error(text, (*flaws, *checker.flaws), source)
    return Where(text, root, tuple(checker.used))


def _error(text: str, flaws: Sequence[Flaw], source: str) -> UsageError:
    line = " ".join(text.splitlines()) if len(text.splitlines()) > 1 else text
    problems = [
        Problem("", flaw.message, place=Place(source, 1, flaw.start + 1, flaw.length, line), help=flaw.help)
        for flaw in sorted(dict.fromkeys(flaws), key=lambda flaw: (flaw.start, flaw.length))
    ]
    return UsageError("\n".join([f"{source} cannot be understood", *map(str, problems)]))


_JOINING: Mapping[str, Callable[[Cells, Cells], Cells]] = {
    "and": lambda left, right: left & right,
    "or": lambda left, right: left | right,
    "implies": lambda left, right: ~left | right,
    "iff": lambda left, right: left == right,
}


def _equal(left: Values, right: Values) -> Cells:
    return np.isclose(left, right, rtol=1e-9, atol=1e-12)


_COMPARING: Mapping[str, Callable[[Values, Values], Cells]] = {
    "==": _equal,
    "!=": lambda left, right: ~_equal(left, right),
    "<": lambda left, right: (left < right) & ~_equal(left, right),
    "<=": lambda left, right: (left < right) | _equal(left, right),
    ">": lambda left, right: (left > right) & ~_equal(left, right),
    ">=": lambda left, right: (left > right) | _equal(left, right),
}


class _Evaluation:
    """A condition over all cells at once; ``known`` shrinks by every cell with a number that there is not."""

    def __init__(self, text: str, table: StudyTable) -> None:
        self.text = text
        self.table = table
        self.factors = {factor.path: factor for factor in table.factors}
        self.known: Cells = table.done.copy()

    def condition(self, expression: Expression) -> Cells:
        if isinstance(expression, Prefix):
            return ~self.condition(expression.item)
        assert isinstance(expression, Infix)  # the checker has let nothing else through
        if expression.operator in CONNECTIVES:
            return _JOINING[expression.operator](self.condition(expression.left), self.condition(expression.right))
        right = expression.right
        if not isinstance(right, Choices):
            return self.compare(expression.operator, expression.left, right)
        return np.any([self.compare("==", expression.left, item) for item in right.items], axis=0)

    def compare(self, sign: str, left: Expression, right: Expression) -> Cells:
        factor = self.factors.get(left.text) if isinstance(left, Word) else None
        if factor is not None and factor.categorical:
            same: Cells = factor.values == factor.labels.index(label_text(self.text, right))
            return ~same if sign == "!=" else same
        return _COMPARING[sign](self.number(left), self.number(right))

    def number(self, expression: Expression) -> Values:
        with np.errstate(all="ignore"):
            value: Values = work_out(expression, self.named, lambda one: np.full(len(self.table.cell), one), _divide)
        # What there is no number for makes none of all that is worked out of it.
        self.known &= ~np.isnan(value)
        return value

    def named(self, name: str) -> Values:
        factor = self.factors.get(name)
        return self.table.results[name] if factor is None else factor.values


def _divide(left: Values, right: Values) -> Values:
    return np.where(right == 0, np.nan, left / right)
