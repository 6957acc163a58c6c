"""Ties: rank correlations between uncertain quantities that can hold together."""

from __future__ import annotations

import math
from collections.abc import Sequence

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.quantities import Same, is_uncertain
from negsim.scenario.schema import ScenarioShape, TieShape
from negsim.scenario.types import Tie
from negsim.scenario.words import listed, number_text

__all__ = ["MOST_TIED", "build_ties"]

MOST_TIED = 60
"""How many quantities ties may join into one group."""


def build_ties(shape: ScenarioShape, context: Context) -> tuple[Tie, ...]:
    """Build the ties, each between two uncertain quantities, all of them together possible."""
    built: dict[frozenset[Path], Tie] = {}
    for tie_id, tie_shape in shape.ties.items():
        tie = _build_tie(tie_id, tie_shape, context)
        if tie is None:
            continue
        twin = built.setdefault(frozenset(tie.between), tie)
        if twin is not tie:
            message = f"{tie_id} ties the same two quantities as {twin.id}"
            context.findings.report("NS215", ("ties", tie_id), message, on_key=True)
    for group in _groups(list(built.values())):
        _check_group(group, context)
    return tuple(built.values())


def _build_tie(tie_id: str, shape: TieShape, context: Context) -> Tie | None:
    root = ("ties", tie_id)
    findings = context.findings
    if findings.is_broken((*root, "between")):
        return None
    if len(shape.between) != 2:
        message = f"between must name two quantities; it names {len(shape.between)}"
        findings.report("NS215", (*root, "between"), message)
        return None
    ends = [_find_end(dotted, (*root, "between", str(i)), context) for i, dotted in enumerate(shape.between)]
    if not -1 < shape.rank_correlation < 1:
        message = f"a rank correlation lies between -1 and 1, not at {number_text(shape.rank_correlation)}"
        path = (*root, "rank_correlation")
        findings.report("NS215", path, message, help="for two that are always equal, write {same: PATH}")
        return None
    first, second = ends
    if first is None or second is None:
        return None
    if first == second:
        findings.report("NS215", (*root, "between"), f"{tie_id} ties {format_path(first)} to itself")
        return None
    return Tie(tie_id, (first, second), shape.rank_correlation)


def _find_end(dotted: str, path: Path, context: Context) -> Path | None:
    target = context.canonical(dotted)
    named = context.find_quantity(target)
    if context.findings.is_broken(target) or context.findings.is_broken(path):
        return None
    if named is None:
        help = context.findings.suggest(dotted, context.quantities)
        context.findings.report("NS215", path, f"there is no quantity {dotted}", help=help)
        return None
    if isinstance(named.quantity, Same):
        help = f"tie {format_path(named.quantity.path)} instead"
        context.findings.report("NS215", path, f"{dotted} is the same as another quantity", help=help)
        return None
    if not is_uncertain(named.quantity):
        help = "make it a range, or drop the tie"
        context.findings.report("NS215", path, f"{dotted} is the same in every world", help=help)
        return None
    return named.path


def _groups(ties: Sequence[Tie]) -> list[list[Tie]]:
    """Part the ties into groups that share no quantity."""
    home: dict[Path, Path] = {}

    def root_of(path: Path) -> Path:
        while home.setdefault(path, path) != path:
            home[path] = home[home[path]]
            path = home[path]
        return path

    for tie in ties:
        home[root_of(tie.between[0])] = root_of(tie.between[1])
    groups: dict[Path, list[Tie]] = {}
    for tie in ties:
        groups.setdefault(root_of(tie.between[0]), []).append(tie)
    return list(groups.values())


def _check_group(ties: Sequence[Tie], context: Context) -> None:
    paths = sorted({path for tie in ties for path in tie.between})
    if len(paths) > MOST_TIED:
        message = f"ties join {len(paths)} quantities into one group; at most {MOST_TIED} can be"
        context.findings.report("NS215", ("ties",), message, on_key=True)
    elif not _is_positive_definite(_correlations(ties, paths)):
        names = listed([tie.id for tie in ties], "and")
        message = f"{names} cannot hold together: no quantities have these rank correlations"
        help = "bring them nearer to 0, or tie the remaining pair too"
        context.findings.report("NS215", ("ties", ties[-1].id), message, help=help, on_key=True)


def _correlations(ties: Sequence[Tie], paths: Sequence[Path]) -> list[list[float]]:
    """Build the correlation matrix of the normal copula: 2 sin(pi r / 6) for Spearman's r (Pearson 1907)."""
    place = {path: index for index, path in enumerate(paths)}
    matrix = [[float(row == column) for column in range(len(paths))] for row in range(len(paths))]
    for tie in ties:
        row, column = (place[path] for path in tie.between)
        matrix[row][column] = matrix[column][row] = 2 * math.sin(math.pi * tie.rank_correlation / 6)
    return matrix


def _is_positive_definite(matrix: Sequence[Sequence[float]]) -> bool:
    """Tell whether Cholesky's factorisation goes through, with some room for rounding."""
    lower: list[list[float]] = []
    for row, entries in enumerate(matrix):
        line: list[float] = []
        for column in range(row):
            line.append((entries[column] - _dot(line, lower[column])) / lower[column][column])
        rest = entries[row] - _dot(line, line)
        if rest < 1e-9:
            return False
        lower.append([*line, math.sqrt(rest)])
    return True


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=False))
