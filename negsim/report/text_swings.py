"""A tornado, and where an outcome lies in the range of an input, as text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from negsim.report.columns import GAP
from negsim.report.page import Column, Page
from negsim.report.sensitivity_words import change_words, level, path_title, value_words
from negsim.report.study_names import result_title
from negsim.report.text_moves import write_tornado
from negsim.report.words import count
from negsim.study.sensitivity.result import Findings, Placed, Sensitivity, Swing

__all__ = ["write_placed", "write_swings"]

_MOST = 10
_INDENT, _FIGURE = 2, 9
_LEAST_SCALE = 0.1


def write_swings(page: Page, result: Sensitivity, found: Findings, names: Mapping[str, str], under: str) -> None:
    """Draw what a result is where an input is low and where it is high, unless nothing was compared."""
    if not found.swings or not found.varies:
        return
    page.heading(f"Low and high, one at a time{under}")
    page.paragraph(_about(result, found))
    shown = [one for one in found.swings if one.difference.excludes_zero or found.exact][:_MOST]
    n_clear = sum(one.difference.excludes_zero for one in found.swings)
    if not found.exact:
        compared = f"Of {count(len(found.swings), 'input')} the 95 % interval leaves out 0 for {n_clear or 'none'}"
        page.paragraph(f"{compared}; by chance it does for 1 in 20.")
    largest = max((abs(one.difference.estimate) for one in shown), default=0.0)
    scale = max(_LEAST_SCALE, largest) if result.share else largest or 1.0
    rows = [(one.difference, _swing_words(one, result, names), _below(one.path, names)) for one in shown]
    write_tornado(
        page,
        rows,
        scale,
        f"{result_title(result.of)} where it is low and high",
        difference="Points" if result.share else "Difference",
        figure=partial(change_words, share=result.share),
    )


def _about(result: Sensitivity, found: Findings) -> str:
    if result.kind == "scenario":
        return (
            "P(zone) with an input held at its 90th percentile less P(zone) with it held at its 10th, all else drawn"
            f" alike, in percentage points, over {count(found.n_held or 0, 'world')}; a red line held to be real less"
            " held to be a bluff. Of inputs with which some world changed above."
        )
    return (
        f"The mean of {result_title(result.of)} in the cells with an input in its highest fifth, less that in its"
        " lowest fifth"
        f"{', in percentage points' if result.share else ''}{_of_words(found)}."
        " Cells are sorted here, not changed."
    )


def _of_words(found: Findings) -> str:
    """Say which words are compared, where any are."""
    if all(one.low_label is None for one in found.swings):
        return ""
    return "; of words, the two with the highest and the lowest mean"


def _swing_words(one: Swing, result: Sensitivity, names: Mapping[str, str]) -> str:
    low, high = (value_words(side, share=result.share) for side in (one.at_low, one.at_high))
    if one.coin:
        sides = f"{low} a bluff, {high} real"
    elif one.low_label is not None:
        sides = f"{low} {one.low_label}, {high} {one.high_label}"
    elif one.low is not None and one.high is not None:
        to = ("at", "at") if result.kind == "scenario" else ("up to", "from")
        sides = f"{low} {to[0]} {level(one.low)}, {high} {to[1]} {level(one.high)}"
    else:
        sides = f"{low}, {high}"
    return f"{path_title(one.path, names)}: {sides}"


def _below(path: str, names: Mapping[str, str]) -> str:
    return "" if names[path] == path else path


def write_placed(page: Page, result: Sensitivity, found: Findings, names: Mapping[str, str], under: str) -> None:
    """Say how differently inputs are spread with an outcome, and how far they move the distribution of the result."""
    splits = [one for one in found.placed if one.split is not None]
    moves = [one for one in found.placed if one.pawn is not None]
    if not splits and not moves:
        return
    page.heading(f"{_heading(result)}{under}")
    if splits:
        page.paragraph(_about_splits(result, found))
    if moves:
        page.paragraph(_about_moves(result))
    shown = [one for one in found.placed if _stands_out(one)][:_MOST]
    n_out = sum(_stands_out(one) for one in found.placed)
    some = f"{n_out} stand{'s' if n_out == 1 else ''} out" if n_out else "none stands out"
    page.paragraph(f"Of {count(len(found.placed), 'input')} {some}.")
    if not shown:
        return
    headings = [*(["Spread"] if splits else []), *(["PAWN", "Largest"] if moves else [])]
    columns = [Column(name, figures=True, width=_FIGURE) for name in headings]
    columns.append(Column("Input", width=page.style.width - _INDENT - len(headings) * (_FIGURE + GAP)))
    page.blank()
    page.table(columns, [_row(one, result, names, bool(splits), bool(moves)) for one in shown], indent=_INDENT)


def _heading(result: Sensitivity) -> str:
    return "Where zones lie" if result.kind == "scenario" else "How the result moves over the range of an input"


def _about_splits(result: Sensitivity, found: Findings) -> str:
    what = "a zone" if result.kind == "scenario" else f"“{result.where}”"
    with_it = "" if found.n_with is None else f" ({count(found.n_with, 'cell')})"
    return (
        f"Spread: how differently an input is spread with {what}{with_it} and without, 0 to 1 (Kolmogorov and Smirnov);"
        " it stands out if that is more than chance makes of the largest of all."
    )


def _about_moves(result: Sensitivity) -> str:
    what = "P(zone)" if result.kind == "scenario" else f"the distribution of {result_title(result.of)}"
    return (
        f"PAWN and largest: how far {what} moves if an input is known to lie in one slice of its range, the median and"
        " the largest over slices, 0 to 1; the largest stands out if 19 in 20 inputs without influence stay below."
    )


def _stands_out(one: Placed) -> bool:
    """Judge by the split where there is one, which allows for the number of inputs."""
    return one.split.stands_out if one.split is not None else one.pawn is not None and one.pawn.stands_out


def _row(one: Placed, result: Sensitivity, names: Mapping[str, str], splits: bool, moves: bool) -> list[str]:  # noqa: FBT001
    figures = []
    if splits:
        figures.append("" if one.split is None else f"{one.split.distance:.2f}")
    if moves:
        figures += ["", ""] if one.pawn is None else [f"{one.pawn.median:.2f}", f"{one.pawn.largest:.2f}"]
    return [*figures, f"{path_title(one.path, names)}{_where(one, result)}"]


def _where(one: Placed, result: Sensitivity) -> str:
    """Say with which values the outcome goes."""
    if one.split is None:
        return ""
    what = "zones" if result.kind == "scenario" else "it"
    if one.coin:
        return f": {'more' if one.split.more else 'fewer'} zones where it is"
    if one.at_label is not None:
        return f": {'more' if one.split.more else 'less'} often {one.at_label}"
    side = "above" if one.split.more else "up to"
    return (
        f": more {what} {side} {level(one.split.at)}"
        if what == "zones"
        else f": goes with values {side} {level(one.split.at)}"
    )
