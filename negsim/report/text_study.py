"""A study as text: how its results run over the cells, what they go along with, its policies, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import format_path
from negsim.report.page import Column, Page
from negsim.report.paths import path_words
from negsim.report.phrases import NO_FORECAST, SAMPLERS
from negsim.report.text_policies import write_policies
from negsim.report.words import count, exact_percent
from negsim.scenario.edits import split_path
from negsim.scenario.inventory import list_quantities
from negsim.scenario.words import joined, number_text
from negsim.study.policies import PolicyComparison
from negsim.study.reading import ReadStudy
from negsim.study.summary import CellFound, Effect, Group, Headline, StudySummary
from negsim.study.work import POLICY

__all__ = ["RESULTS", "percent", "short_paths", "titles_of", "write_study"]

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
_MOST_INPUTS = 3
_WIDEST_INPUT = 17
_CLEAR_SPAN = 0.005


def write_study(page: Page, study: ReadStudy, found: StudySummary, comparison: PolicyComparison | None) -> None:
    """Put a study on a page; ``comparison`` is None where no policies are compared."""
    titles = titles_of(study)
    page.headline(_headline(found))
    for line in found.headlines:
        if line.name != found.of:
            page.paragraph(_runs(line))
    page.paragraph(NO_FORECAST)
    page.blank()
    page.paragraph(_what(study, found))
    if comparison is not None:
        write_policies(page, comparison, RESULTS[comparison.of])
    if found.headlines:
        _write_effects(page, found, titles)
        _write_cells(page, found)
    _write_failures(page, study, found)
    page.blank()
    page.paragraph(_settings(study))


def titles_of(study: ReadStudy) -> dict[str, str]:
    """Name what was varied: quantities in words, anything else as it is written."""
    known = {format_path(one.path) for one in list_quantities(study.scenario)}
    return {
        factor.path: path_words(split_path(factor.path), study.scenario) if factor.path in known else factor.path
        for factor in study.table.factors
    }


def short_paths(paths: Sequence[str]) -> list[str]:
    """Shorten paths to their ends, as long as that tells them apart.

    >>> short_paths(["parties.a.red_lines.line.firmness", "protocol.kind", "policy"])
    ['line.firmness', 'protocol.kind', 'policy']
    >>> short_paths(["parties.buyer.no_deal.same_as.price", "parties.seller.no_deal.same_as.price"])
    ['buyer … price', 'seller … price']
    """
    parts = [path.split(".") for path in paths]
    return [_short(one, [other for other in parts if other is not one]) for one in parts]


def _short(parts: list[str], others: list[list[str]]) -> str:
    length = next(n for n in range(2, len(parts) + 2) if all(other[-n:] != parts[-n:] for other in others))
    end = parts[-length:]
    return ".".join(end) if length == 2 else f"{end[0]} … {end[-1]}"


def percent(share: float) -> str:
    """Write a share in whole percents.

    >>> percent(0.312)
    '31 %'
    """
    return f"{exact_percent(share, 0)} %"


def _what(study: ReadStudy, found: StudySummary) -> str:
    """Say of what a study consists, and how far it is."""
    n_policies = len(study.sweep.policies)
    cells = count(found.n_cells, "cell")
    parts = [f"{cells}, {found.n_cells // n_policies:,} under each of {n_policies} policies" if n_policies else cells]
    parts += [f"{found.n_failed:,} of which failed"] * bool(found.n_failed)
    parts += [f"{found.n_planned:,} still to be done"] * bool(found.n_planned)
    how = DESIGNS[study.design]
    return f"{study.scenario.title}: {', '.join(parts)}. {how[0].upper()}{how[1:]}."


def _headline(found: StudySummary) -> str:
    line = next((line for line in found.headlines if line.name == found.of), None)
    if line is not None:
        return _runs(line)
    return "No cell has a result yet." if found.n_planned else "Every cell failed."


def _runs(line: Headline) -> str:
    name = RESULTS[line.name]
    if line.n == 1:
        return f"{name} is {percent(line.low)} in the one cell done."
    cells = count(line.n, "cell")
    if line.low == line.high:
        return f"{name} is {percent(line.low)} in all {cells}."
    n_above = {0: "none", line.n: "all"}.get(line.n_above_half, f"{line.n_above_half:,}")
    above = f"it is above one half in {n_above} of {cells}"
    return (
        f"{name} goes from {percent(line.low)} to {percent(line.high)}, {percent(line.median)} in the middle: {above}."
    )


def _write_effects(page: Page, found: StudySummary, titles: dict[str, str]) -> None:
    """Show how the result goes along with what was varied; policies have a section of their own."""
    effects = [effect for effect in found.effects if effect.path != POLICY]
    if not effects:
        return
    page.heading("What it goes along with")
    page.paragraph(
        f"The mean of {RESULTS[found.of]} over the cells with a value of what was varied, or with values between two;"
        " what it goes along with most comes first. negsim sensitivity measures it."
    )
    clear = [effect for effect in effects if effect.span >= _CLEAR_SPAN]
    for effect in clear[:_MOST_EFFECTS]:
        _write_effect(page, effect, titles[effect.path])
    _write_rest(page, clear[_MOST_EFFECTS:], effects[len(clear) :])


def _write_effect(page: Page, effect: Effect, title: str) -> None:
    page.blank()
    page.paragraph(title, indent=2)
    if title != effect.path:
        page.paragraph(effect.path, indent=2, style="dim")
    page.table(
        [Column("", figures=not effect.groups[0].label), Column("", figures=True), Column("", bars=True)],
        [(_where(group), percent(group.mean), page.bar(group.mean, 24)) for group in effect.groups],
        indent=4,
        header=False,
    )


def _write_rest(page: Page, further: Sequence[Effect], unclear: Sequence[Effect]) -> None:
    """Say what has no bars of its own."""
    if further:
        page.blank()
        goes = "goes" if len(further) == 1 else "go"
        page.paragraph(f"{count(len(further), 'further path')} {goes} along with less; --format csv has every cell.")
    if unclear:
        page.blank()
        page.paragraph("With these it changes by less than half a percentage point, sampling included:")
        for effect in unclear[:_MOST_EFFECTS]:
            page.item(effect.path)
        if len(unclear) > _MOST_EFFECTS:
            page.paragraph(f"and {len(unclear) - _MOST_EFFECTS:,} more.")


def _where(group: Group) -> str:
    if group.label:
        return group.label
    if group.low == group.high:
        return number_text(group.low)
    return "–".join(number_text(float(f"{end:.4g}")) for end in (group.low, group.high))


def _write_cells(page: Page, found: StudySummary) -> None:
    """Show cells with what the result goes along with most, and with their policy."""
    paths = [path for path in found.inputs if path != POLICY]
    most = [effect.path for effect in found.effects if effect.path in paths][:_MOST_INPUTS]
    shown = [path for path in found.inputs if path in most or path == POLICY]
    place = [found.inputs.index(path) for path in shown]
    page.heading("Cells" if len(found.cells) == found.n_cells else "Cells with the lowest and the highest values")
    columns = [
        Column("Cell", figures=True),
        *(Column(short) for short, k in zip(short_paths(shown), place, strict=True)),
        Column(RESULTS[found.of], figures=True),
    ]
    page.table(columns, [(f"{cell.cell:,}", *(cell.inputs[k] for k in place), _value(cell)) for cell in found.cells])
    if len(most) < len(paths):
        page.paragraph(f"Of {len(paths):,} paths the {len(most)} that it goes along with most are shown.")
    if len(found.headlines) > 1:
        others = [line.name for line in found.headlines if line.name != found.of]
        page.paragraph(f"--of {joined(others, 'or')} shows the same of another result.")


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


def _settings(study: ReadStudy) -> str:
    sweep = study.sweep
    worlds = f"{count(sweep.n_worlds, 'world')} in each cell, {SAMPLERS[sweep.sampler]}, the same in all cells"
    return f"{worlds}; seed {sweep.seed}; negsim {study.made_with['negsim']}. In {study.folder}."
