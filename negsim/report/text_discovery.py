"""Where in a study a condition holds, as text: each region in words, its limits, and the way to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.model.estimates import Estimate
from negsim.report.discovery_words import box_words, limit_number, limits_by_path, limits_words, titles, why_no_box
from negsim.report.page import Column, Page
from negsim.report.words import count, evenly, exact_percent, percent_with_interval, short_percent
from negsim.scenario.types import Scenario
from negsim.scenario.words import listed
from negsim.study.discovery.result import Box, BoxLimit, Discovery, Varied

__all__ = ["write_discovery"]

_CELLS = (
    "A cell is the scenario with some values changed; how many cells there are is the design's choice, not a"
    " likelihood. The figures explore these assumptions; they are no forecast."
)
_MOST_STEPS, _MOST_NAMED = 8, 4
_LIMIT, _RANGE, _CHANCE, _AGAIN = 20, 11, 7, 5
_LEAST_P = 0.001


def write_discovery(page: Page, found: Discovery, scenario: Scenario, version: str) -> None:
    """Put what was discovered on a page."""
    names = titles(found, scenario)
    page.headline(_headline(found, names))
    if found.base_rate is not None:
        shares = percent_with_interval(found.base_rate)
        cells = f"{count(found.n_interest, 'cell')} of {found.n_cells:,}"
        page.paragraph(f"{found.where} holds in {cells}: {shares}{_of_policy(found)}.")
    page.paragraph(_CELLS)
    page.blank()
    page.paragraph(f"{scenario.title}, study {found.study}.")
    if found.n_unknown:
        page.paragraph(
            f"{count(found.n_unknown, 'cell')} of {found.n_planned:,} left out: not done, or without a number that is"
            " needed."
        )
    for number, box in enumerate(found.boxes, 1):
        _write_box(page, number, box, found, names)
    if len(found.boxes) > 1 and found.covered is not None:
        page.blank()
        page.paragraph(f"Together the regions hold {percent_with_interval(found.covered)} of the cells in question.")
    if found.rejected is not None:
        _write_rejected(page, found.rejected, found, names)
    if found.constant:
        page.blank()
        page.paragraph(f"Of a single value in all these cells: {listed(found.constant, last='and')}.")
    page.blank()
    page.paragraph(_settings(found, version))


def _headline(found: Discovery, names: Mapping[str, str]) -> str:
    if not found.boxes:
        return why_no_box(found)
    box = found.boxes[0]
    base = exact_percent(box.base_rate, 0)
    return (
        f"Of the cells with {found.where}, {percent_with_interval(box.coverage)} lie where"
        f" {box_words(box, found, names)}; {percent_with_interval(box.density)} of the cells there are such, against"
        f" {base} % of all."
    )


def _of_policy(found: Discovery) -> str:
    return f", under the policy {found.policy}" if found.policy else ""


def _write_box(page: Page, number: int, box: Box, found: Discovery, names: Mapping[str, str]) -> None:
    """Put one region on the page: what it holds, whether it holds up, its limits, and how it was found."""
    page.heading(f"Region {number}" + (", among the cells outside those before" if number > 1 else ""))
    if number > 1:
        page.paragraph(
            f"{_capital(box_words(box, found, names))}: {percent_with_interval(box.coverage)} of all cells in question;"
            f" {percent_with_interval(box.density)} of the {count(box.n_cells, 'cell')} there are such, against"
            f" {exact_percent(box.base_rate, 0)} % of those outside."
        )
    page.paragraph(_held(box, found, first=number == 1))
    page.blank()
    rows = [_limit_row(names[path], limits, found) for path, limits in limits_by_path(box)]
    page.table(_columns(page.style.width), rows)
    if number == 1:
        page.paragraph(
            "Quasi-p: how likely so pure a region would be without the limit's help, of two limits the larger figure."
            " Again: in how many of the halves the same is restricted."
        )
    _write_remarks(page, box, names)
    if number == 1:
        page.blank()
        _write_trajectory(page, box)


def _held(box: Box, found: Discovery, *, first: bool) -> str:
    """Say how the region fares in cells that it was not fitted to."""
    if box.held_density is None or box.held_coverage is None:
        return "In the halves of the cells left out, no cell lay in a region: nothing tells whether it holds up."
    density, coverage = percent_with_interval(box.held_density), percent_with_interval(box.held_coverage)
    if not first:
        return (
            f"In the halves left out regions have a density of {density} and hold {coverage} of what is sought there."
        )
    return (
        f"These shares are seen in the cells that the region was fitted to, which flatters it. Regions fitted to"
        f" {found.n_resamples:,} random halves of {count(box.n_sought, 'cell')} have, in the other half, a density of"
        f" {density} and hold {coverage} of what is sought there; with half the cells to go by, that is a cautious"
        " figure."
    )


def _columns(width: int) -> list[Column]:
    room = width - _LIMIT - _RANGE - _CHANCE - _AGAIN - 10
    return [
        Column("What was varied", width=room),
        Column("Within", width=_LIMIT),
        Column("Varied", width=_RANGE),
        Column("Quasi-p", figures=True, width=_CHANCE),
        Column("Again", figures=True, width=_AGAIN),
    ]


def _limit_row(title: str, limits: Sequence[BoxLimit], found: Discovery) -> tuple[str, ...]:
    varied = next(varied for varied in found.varied if varied.path == limits[0].path)
    chance = max(limit.quasi_p for limit in limits)
    again = limits[0].reproduced
    return (
        title.removeprefix("the "),
        limits_words(limits, varied),
        _range(varied),
        "<0.001" if chance < _LEAST_P else f"{chance:.3f}",
        "" if again is None else f"{exact_percent(again, 0)} %",
    )


def _range(varied: Varied) -> str:
    if varied.words:
        return count(len(varied.words), "word")
    return f"{limit_number(varied.low, varied, digits=2)} to {limit_number(varied.high, varied, digits=2)}"


def _write_remarks(page: Page, box: Box, names: Mapping[str, str]) -> None:
    """Say which limits were dropped, and what else halves of the cells would restrict."""
    if box.dropped:
        dropped = list(dict.fromkeys(f"{names[limit.path]} ({_SIDES[limit.side]})" for limit in box.dropped))
        were = "was" if len(dropped) == 1 else "were"
        page.paragraph(f"Dropped, since chance may explain the limit, {were}: {listed(dropped, 'and', _MOST_NAMED)}.")
    if box.others:
        some = [f"{names[path]} ({exact_percent(share, 0)} %)" for path, share in box.others]
        page.paragraph(f"Free here, but restricted in some halves: {listed(some, 'and', _MOST_NAMED)}.")


_SIDES = {"low": "from below", "high": "from above", "words": "some words"}


def _write_trajectory(page: Page, box: Box) -> None:
    """Show some of the boxes on the way of the peeling, the one taken among them."""
    page.paragraph(
        f"The way there: {count(len(box.trajectory) - 1, 'peel')}, of which --box takes another. Limits that chance may"
        " explain are dropped, and the region widened where that costs no density, after this."
    )
    page.blank()
    steps = sorted({*evenly(range(len(box.trajectory)), _MOST_STEPS), box.chosen})
    columns = [Column("Box", figures=True), Column("Cells", figures=True), Column("Coverage", figures=True)]
    columns += [Column("Density", figures=True), Column("Mass", figures=True), Column("Restricted", figures=True)]
    rows = []
    for step in steps:
        point = box.trajectory[step]
        shares = (f"{exact_percent(share, 0)} %" for share in (point.coverage, point.density, point.mass))
        taken = "taken" if step == box.chosen else ""
        rows.append((str(step), f"{point.n_cells:,}", *shares, str(point.n_restricted), taken))
    page.table([*columns, Column("")], rows)


def _write_rejected(page: Page, box: Box, found: Discovery, names: Mapping[str, str]) -> None:
    """Say of the search that ended what it came to."""
    page.heading("No further region" if found.boxes else "What was tried")
    base = exact_percent(box.base_rate, 0)
    if not box.limits:
        page.paragraph(
            f"Of {count(len(box.dropped), 'limit')} that peeling sets among {count(box.n_sought, 'cell')}, chance may"
            f" explain every one: {base} % of these cells are of interest, in whatever region."
        )
        return
    page.paragraph(
        f"The best that peeling finds among {count(box.n_sought, 'cell')} is where {box_words(box, found, names)}:"
        f" {short_percent(box.density)} of its cells are of interest, against {base} %. It does not hold up:"
        f" {_fails(box.held_density)}."
    )


def _fails(held: Estimate | None) -> str:
    if held is None:
        return "in the halves of the cells left out, no cell lay in such a region"
    return f"in the half of the cells that a region was not fitted to, {percent_with_interval(held)} are"


def _settings(found: Discovery, version: str) -> str:
    return (
        f"PRIM over {count(len(found.varied), 'factor')} and {count(found.n_cells, 'cell')}, {found.n_resamples:,}"
        f" random halves, seed {found.seed}; negsim {version}. Intervals are 95 %, for the cells as draws of the"
        " design's ranges."
    )


def _capital(text: str) -> str:
    """Begin a sentence, unless with a path."""
    return f"The{text[3:]}" if text.startswith("the ") else text
