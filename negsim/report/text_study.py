"""A study as text: how its results run over the cells, what they go along with, its policies, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.page import Column, Page
from negsim.report.paths import path_words
from negsim.report.phrases import NO_FORECAST, SAMPLERS
from negsim.report.text_policies import write_policies
from negsim.report.words import count, exact_percent
from negsim.scenario.edits import split_path
from negsim.scenario.inventory import list_quantities
from negsim.scenario.types import Scenario
from negsim.scenario.words import number_text
from negsim.study.policies import PolicyComparison
from negsim.study.reading import ReadStudy
from negsim.study.summary import CellFound, Group, Headline, StudySummary

__all__ = ["RESULTS", "percent", "titles_of", "write_study"]

RESULTS = {
    "p_zone": "P(zone)",
    "p_agreement": "P(agreement), by bargaining",
    "talks.p_agreement": "P(agreement), by the calendar",
}
"""What the headlines of a study are called."""

DESIGNS = {
    "grid": "every combination of the values",
    "list": "the combinations listed",
    "sobol": "scrambled Sobol' points",
    "lhs": "a Latin hypercube",
    "morris": "Morris trajectories",
    "saltelli": "Saltelli's points for Sobol' indices",
}

_MOST_EFFECTS = 10
_MOST_ERRORS = 5
_WIDEST_INPUT = 24


def write_study(
    page: Page, study: ReadStudy, found: StudySummary, comparison: PolicyComparison | None, version: str
) -> None:
    """Put a study on a page; ``comparison`` is None where no policies are compared."""
    scenario, titles = study.scenario, titles_of(study)
    page.headline(_headline(found))
    for line in found.headlines[1:]:
        page.paragraph(_runs(line))
    page.paragraph(NO_FORECAST)
    page.blank()
    page.paragraph(
        f"{scenario.title}: {_cells_words(found)}. {DESIGNS[study.design][0].upper()}{DESIGNS[study.design][1:]}."
    )
    if comparison is not None:
        write_policies(page, comparison, RESULTS[comparison.of])
    if found.headlines:
        _write_effects(page, found, titles)
        _write_cells(page, found, titles)
    _write_failures(page, study, found)
    page.blank()
    page.paragraph(_settings(study, version))


def titles_of(study: ReadStudy) -> dict[str, str]:
    """Name what was varied: quantities in words, anything else as it is written."""
    known = {".".join(one.path) for one in list_quantities(study.scenario)}
    return {
        factor.path: _title(factor.path, study.scenario) if factor.path in known else factor.path
        for factor in study.table.factors
    }


def _title(path: str, scenario: Scenario) -> str:
    return path_words(split_path(path), scenario)


def percent(share: float) -> str:
    """Write a share in whole percents.

    >>> percent(0.312)
    '31 %'
    """
    return f"{exact_percent(share, 0)} %"


def _cells_words(found: StudySummary) -> str:
    parts = [count(found.n_cells, "cell")]
    parts += [f"{found.n_failed:,} of which failed"] * bool(found.n_failed)
    parts += [f"{found.n_planned:,} still to be done"] * bool(found.n_planned)
    return ", ".join(parts)


def _headline(found: StudySummary) -> str:
    if not found.headlines:
        return "No cell has a result yet." if found.n_planned else "Every cell failed."
    return _runs(found.headlines[0])


def _runs(line: Headline) -> str:
    cells = count(line.n, "cell")
    name = RESULTS[line.name]
    if line.n == 1:
        return f"{name} is {percent(line.low)} in the one cell done."
    above = f"it is above one half in {line.n_above_half:,} of {cells}"
    return (
        f"{name} goes from {percent(line.low)} to {percent(line.high)}, {percent(line.median)} in the middle: {above}."
    )


def _write_effects(page: Page, found: StudySummary, titles: dict[str, str]) -> None:
    if not found.effects:
        return
    name = RESULTS[found.headlines[0].name]
    page.heading("What it goes along with")
    page.paragraph(
        f"The mean of {name} over the cells with a value of what was varied, or with values between two; what it goes"
        " along with most comes first. negsim sensitivity measures it."
    )
    for effect in found.effects[:_MOST_EFFECTS]:
        page.blank()
        page.paragraph(titles[effect.path], indent=2)
        if titles[effect.path] != effect.path:
            page.paragraph(effect.path, indent=2, style="dim")
        page.table(
            [Column("", figures=not effect.groups[0].label), Column("", figures=True), Column("", bars=True)],
            [(_where(group), percent(group.mean), page.bar(group.mean, 24)) for group in effect.groups],
            indent=4,
            header=False,
        )
    left = len(found.effects) - _MOST_EFFECTS
    if left > 0:
        page.blank()
        page.paragraph(
            f"{count(left, 'further path')} goes along with less; --format csv has every cell."
            if left == 1
            else f"{left:,} further paths go along with less; --format csv has every cell."
        )


def _where(group: Group) -> str:
    if group.label:
        return group.label
    if group.low == group.high:
        return number_text(group.low)
    return f"{group.low:.4g}–{group.high:.4g}"


def _write_cells(page: Page, found: StudySummary, titles: dict[str, str]) -> None:
    shown = [path for path in found.inputs if path in {effect.path for effect in found.effects[:3]}]
    place = [found.inputs.index(path) for path in shown]
    page.heading("Cells" if len(found.cells) == found.n_cells else "Cells with the lowest and the highest value")
    columns = [
        Column("Cell", figures=True),
        *(Column(titles[path], width=_WIDEST_INPUT - 6 * (len(shown) > 2)) for path in shown),
    ]
    columns += [Column(RESULTS[found.headlines[0].name], figures=True)]
    page.table(columns, [(f"{cell.cell:,}", *(cell.inputs[k] for k in place), _value(cell)) for cell in found.cells])
    if len(shown) < len(found.inputs):
        page.paragraph(f"Of {len(found.inputs):,} paths the {len(shown)} that it goes along with most are shown.")


def _value(cell: CellFound) -> str:
    if cell.value is None:
        return "–"
    if cell.low is None or cell.high is None:
        return percent(cell.value)
    return f"{percent(cell.value)} ({exact_percent(cell.low, 0)}–{exact_percent(cell.high, 0)})"


def _write_failures(page: Page, study: ReadStudy, found: StudySummary) -> None:
    if not found.n_failed:
        return
    page.heading("Cells that failed")
    page.paragraph("They have no result and count nowhere above.")
    for error, n, first in study.errors[:_MOST_ERRORS]:
        page.item(f"{count(n, 'cell')}, the first is {first:,}: {_first_lines(error.splitlines())}")
    if len(study.errors) > _MOST_ERRORS:
        page.paragraph(f"{len(study.errors) - _MOST_ERRORS:,} more reasons are in the column error of --format csv.")


def _first_lines(lines: Sequence[str]) -> str:
    return lines[0] if lines else ""


def _settings(study: ReadStudy, version: str) -> str:
    sweep = study.sweep
    worlds = f"{count(sweep.n_worlds, 'world')} in each cell, {SAMPLERS[sweep.sampler]}, the same in all cells"
    return f"{worlds}; seed {sweep.seed}; negsim {version}. In {study.folder}."
