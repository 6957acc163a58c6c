"""What decides a result, as text: the few that carry most, indices with what they mean, a tornado, distributions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from negsim.model.estimates import Estimate
from negsim.report.columns import GAP
from negsim.report.page import Column, Page
from negsim.report.paths import titles_of
from negsim.report.phrases import NO_FORECAST
from negsim.report.sensitivity_words import capital, change_words, headline, row_words, share_of_variance, value_words
from negsim.report.study_names import result_title
from negsim.report.text_swings import write_placed, write_swings
from negsim.report.words import bound, count, percent_with_interval
from negsim.scenario.types import Scenario
from negsim.scenario.words import listed
from negsim.study.sensitivity.elementary import Elementary
from negsim.study.sensitivity.result import Findings, Influence, Sensitivity

__all__ = ["write_sensitivity"]

_MOST = 10
_INDENT, _SHARE, _STEP = 2, 17, 14

_CELLS = (
    "A cell is the scenario with some values changed; how many cells there are is the design's choice, not a"
    " likelihood. The figures explore these assumptions; they are no forecast."
)

_MEANING = (
    "First-order: the share of the variance that would go, on average, if this input alone were known. Total: the share"
    " that would be left, on average, if all other inputs were known; what is more than the first-order share is"
    " interaction."
)


def write_sensitivity(page: Page, result: Sensitivity, scenario: Scenario, version: str) -> None:
    """Put a sensitivity analysis on a page."""
    names = titles_of(_paths(result), scenario)
    for found in result.findings:
        page.headline(headline(result, found, names))
    page.paragraph(NO_FORECAST if result.kind == "scenario" else _CELLS)
    page.blank()
    page.paragraph(f"{scenario.title}{f', study {result.name}' if result.kind == 'study' else ''}.")
    for found in result.findings:
        _write_findings(page, result, found, names)
    page.blank()
    page.paragraph(_settings(result, version))


def _paths(result: Sensitivity) -> list[str]:
    lists = [
        *([path for one in found.influences for path in one.paths] for found in result.findings),
        *([one.path for one in found.placed] for found in result.findings),
        *(found.constant for found in result.findings),
    ]
    return [path for paths in lists for path in paths]


def _write_findings(page: Page, result: Sensitivity, found: Findings, names: Mapping[str, str]) -> None:
    under = f", under the policy {found.policy}" if found.policy else ""
    page.heading(f"What carries the variance{under}" if not _steps(found) else f"What a step changes{under}")
    page.paragraph(_counted(result, found))
    if found.advice is not None:
        page.paragraph(_warning(found), style="bold")
    if found.varies:
        if _steps(found):
            _write_steps(page, result, found, names)
        else:
            _write_shares(page, result, found, names)
    if found.constant:
        page.blank()
        page.paragraph(f"Of a single value in all these cells: {listed(found.constant, 'and')}.")
    write_swings(page, result, found, names, under)
    write_placed(page, result, found, names, under)


def _steps(found: Findings) -> bool:
    return any(one.steps for one in found.influences)


def _counted(result: Sensitivity, found: Findings) -> str:
    """Say what the figures rest on, and what had to be left out."""
    if result.kind == "scenario":
        middle = "" if found.middle is None else f" {capital(_middle(result, found))}."
        points = count(found.n_base or 0, "base point")
        n_inputs = len(found.influences)
        return f"{points} and {count(n_inputs, 'input')}: {count(found.n_cells, 'world')}.{middle}"
    said = [f"{count(found.n_cells, 'cell')} of the design {result.design}"]
    if found.n_failed:
        said.append(f"{found.n_failed:,} without {result_title(result.of)} left out")
    if found.n_dropped:
        whole = "trajectories" if result.design == "morris" else "base points"
        said.append(f"{found.n_dropped:,} more since they belong to {whole} that are not whole")
    return f"{'; '.join(said)}. {capital(_middle(result, found))}."


def _middle(result: Sensitivity, found: Findings) -> str:
    if found.middle is None:
        return "nothing is known of the middle"
    if result.kind == "scenario":
        share = percent_with_interval(found.middle)
        return f"there is a zone in {share} of the first {count(found.n_held or 0, 'world')} of every analysis"
    middle = value_words(found.middle, share=result.share)
    return f"on average over the cells {result_title(result.of)} is {middle}"


def _warning(found: Findings) -> str:
    if found.advice is None:
        return ""
    width = math.ceil(found.advice.half_width * 100)
    told = f"The largest index is only known within {width} percentage points: the order of the others may be chance."
    if found.advice.n_base is None:
        return f"{told} More cells would tell, or a design of its own: saltelli."
    return f"{told} About {found.advice.n_base:,} base points would bring that to 10."


def _write_shares(page: Page, result: Sensitivity, found: Findings, names: Mapping[str, str]) -> None:
    page.paragraph(_MEANING if any(one.total for one in found.influences) else _MEANING.partition(" Total:")[0])
    if found.exact:
        page.paragraph("The cells are a whole grid, all alike likely: these shares are exact for it.")
    if found.sum_first is not None:
        page.paragraph(_interaction(found.sum_first))
    shown = [one for one in found.influences if one.moved and one.size > 0][:_MOST]
    if not any(one.first or one.total for one in found.influences):
        page.paragraph("The cells are too few to share the variance out; 40 is the least, hundreds are better.")
        return
    with_total = any(one.total for one in shown)
    columns = [Column("First-order", width=_SHARE), *([Column("Total", width=_SHARE)] if with_total else [])]
    room = page.style.width - _INDENT - len(columns) * (_SHARE + GAP)
    columns.append(Column("Input", width=room))
    rows = [
        ([share_of_variance(share) for share in ((one.first, one.total) if with_total else (one.first,))], one)
        for one in shown
    ]
    _write_rows(page, columns, rows, names)
    if rest := _rest(result, found, shown):
        page.blank()
        page.paragraph(rest)


def _interaction(total: Estimate) -> str:
    """Say how much is interaction."""
    together = share_of_variance(total)
    if total.low > 1 or total.estimate >= 1:
        return f"First-order shares add up to {together}: nothing says that inputs matter by way of one another."
    rest = share_of_variance(Estimate(1 - total.estimate, 1 - total.high, 1 - total.low))
    return f"First-order shares add up to {together}; the rest, {rest}, is interaction: what inputs do only together."


def _rest(result: Sensitivity, found: Findings, shown: Sequence[Influence]) -> str:
    """Say how small the others are, and how many never changed anything."""
    others = [one for one in found.influences if one not in shown]
    said = []
    moved = [one for one in others if one.moved]
    if moved:
        largest = max(min((one.total or one.first or Estimate(0, 0, 0)).high, 1.0) for one in moved)
        part = "a total share" if any(one.total for one in moved) else "a first-order share"
        said.append(f"{count(len(moved), 'more input')} {_has(moved)} {part} of {_at_most(largest)}.")
    still = [one for one in others if not one.moved]
    if still:
        bounds = [one.total.high for one in still if one.total]
        at_most = (
            f", so that each has a part in {bound(max(bounds), up=True)} % at most"
            if bounds and not found.exact
            else ""
        )
        cells = "worlds" if result.kind == "scenario" else "cells"
        said.append(f"With {count(len(still), 'input')} no result ever changed in the {cells} tried{at_most}.")
    return " ".join(said)


def _at_most(share: float) -> str:
    return f"{bound(share, up=True)} % at most" if share > 0 else "about 0"


def _has(some: Sequence[Influence]) -> str:
    return "has" if len(some) == 1 else "each have"


def _write_steps(page: Page, result: Sensitivity, found: Findings, names: Mapping[str, str]) -> None:
    page.paragraph(
        f"Elementary effects: how much {result_title(result.of)} changes if one input goes from its lowest to its"
        " highest value (of a range an eighth and seven eighths of it, of words from one to another) and all else"
        " stays, in proportion to the step that was taken. Mean size: of these changes without their sign. Mean: with"
        " it. Spread: their standard deviation, large beside the mean size where the effect is bent or hangs on other"
        " inputs." + (" In percentage points." if result.share else "")
    )
    columns = [Column(name, width=_STEP) for name in ("Mean size", "Mean", "Spread")]
    columns.append(Column("Input", width=page.style.width - _INDENT - 3 * (_STEP + GAP)))
    rows = [(_step_figures(one.steps, share=result.share), one) for one in found.influences[:_MOST] if one.steps]
    _write_rows(page, columns, rows, names)


def _step_figures(steps: Elementary, *, share: bool) -> list[str]:
    size, spread = (change_words(part, share=share, signed=False) for part in (steps.mu_star, steps.sigma))
    return [size, change_words(steps.mu, share=share), spread]


def _write_rows(
    page: Page, columns: Sequence[Column], rows: Sequence[tuple[list[str], Influence]], names: Mapping[str, str]
) -> None:
    """Set figures beside the input that they are of, with its paths below."""
    page.blank()
    page.table(columns, [], indent=_INDENT)
    for figures, one in rows:
        page.table(columns, [[*figures, row_words(one, names)]], indent=_INDENT, header=False)
        for path in one.paths:
            if names[path] != path:
                page.paragraph(path, 2 * _INDENT, style="dim")


def _settings(result: Sensitivity, version: str) -> str:
    design = "Saltelli's design in 8 Latin hypercubes" if result.kind == "scenario" else f"Design {result.design}"
    made = f"{design}, seed {result.seed}; negsim {version}."
    return f"{made}\nIntervals are 95 %, in percentage points where shares are."
