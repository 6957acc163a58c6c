"""A study as text: how its results run over the cells, what they go along with, its policies, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.page import Column, Page
from negsim.report.paths import titles_of
from negsim.report.phrases import NO_FORECAST, SAMPLERS
from negsim.report.study_names import DESIGNS, RESULTS
from negsim.report.text_policies import write_policies
from negsim.report.words import count, exact_percent, points
from negsim.scenario.words import joined, number_text
from negsim.study.designs import CHOSEN
from negsim.study.policies import PolicyComparison
from negsim.study.reading import ReadStudy
from negsim.study.summary import CellFound, Effect, Group, Headline, StudySummary
from negsim.study.table import POLICY

__all__ = ["percent", "short_paths", "write_study"]

_MOST_EFFECTS = 10
_MOST_ERRORS = 5
_MOST_INPUTS = 3


def write_study(page: Page, study: ReadStudy, found: StudySummary, comparison: PolicyComparison | None) -> None:
    """Put a study on a page; ``comparison`` is None where no policies are compared."""
    titles = titles_of((factor.path for factor in study.table.factors), study.scenario)
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
        _write_effects(page, found, titles, study.design)
        _write_cells(page, found)
    _write_failures(page, study, found)
    page.blank()
    page.paragraph(_settings(study))


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
    each = f" ({found.n_cells // n_policies:,} under each of {n_policies} policies)" if n_policies > 1 else ""
    parts = [cells + each]
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


def _write_effects(page: Page, found: StudySummary, titles: dict[str, str], design: str) -> None:
    """Show how the result goes along with what was varied; policies have a section of their own."""
    if not found.effects:
        return
    page.heading("What it goes along with")
    clear = [effect for effect in found.effects if effect.stands_out]
    if clear:
        page.paragraph(
            f"The mean of {RESULTS[found.of]} over the cells with a value of what was varied, or with values between"
            " two; what it goes along with most comes first. negsim sensitivity measures it."
        )
    for effect in clear[:_MOST_EFFECTS]:
        _write_effect(page, effect, titles[effect.path])
    if len(clear) > _MOST_EFFECTS:
        page.blank()
        n = len(clear) - _MOST_EFFECTS
        page.paragraph(
            f"{count(n, 'further path')} {'goes' if n == 1 else 'go'} along with less; --format csv has every cell."
        )
    if len(clear) < len(found.effects):
        if clear:
            page.blank()
        _write_unclear(page, found, sampled=design not in CHOSEN)


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


def _write_unclear(page: Page, found: StudySummary, *, sampled: bool) -> None:
    """List what has no bars of its own."""
    unclear = [effect for effect in found.effects if not effect.stands_out]
    chance = ", or no more than chance may make of so many cells" if sampled else ""
    page.paragraph(f"With these the mean of {RESULTS[found.of]} changes by less than half a percentage point{chance}:")
    for effect in unclear[:_MOST_EFFECTS]:
        page.item(f"{effect.path} ({points(effect.span * 100)} points)" if sampled else effect.path)
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
    n_shown = _fitting(page, found)
    most = [effect.path for effect in found.effects[:n_shown]]
    table = _cell_table(found, most)
    page.heading("Cells" if len(found.cells) == found.n_cells else "Cells with the lowest and the highest values")
    page.table(*table)
    if len(most) < len(paths):
        which = "the one" if len(most) == 1 else f"the {len(most)}"
        page.paragraph(
            f"Of {len(paths):,} paths {which} that it goes along with most {'is' if len(most) == 1 else 'are'} shown."
        )
    if len(found.headlines) > 1:
        others = [line.name for line in found.headlines if line.name != found.of]
        page.paragraph(f"--of {joined(others, 'or')} shows the same of another result.")


def _fitting(page: Page, found: StudySummary) -> int:
    """Count the paths that fit on a page beside cells and results; one at least."""
    n = min(_MOST_INPUTS, len(found.effects))
    while n > 1 and _width(*_cell_table(found, [effect.path for effect in found.effects[:n]])) > page.style.width:
        n -= 1
    return n


Cells = tuple[list[Column], list[tuple[str, ...]]]


def _cell_table(found: StudySummary, most: Sequence[str]) -> Cells:
    shown = [path for path in found.inputs if path in most or path == POLICY]
    place = [found.inputs.index(path) for path in shown]
    # A heading breaks after a dot.
    headings = [short.replace(".", ".\n") for short in short_paths(shown)]
    columns = [Column("Cell", figures=True), *map(Column, headings), Column(RESULTS[found.of], figures=True)]
    return columns, [(f"{cell.cell:,}", *(cell.inputs[k] for k in place), _value(cell)) for cell in found.cells]


def _width(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """Count the signs that a table needs so that no cell wraps."""
    texts = [[*column.heading.split("\n"), *(row[k] for row in rows)] for k, column in enumerate(columns)]
    return sum(max(map(len, one)) + 2 for one in texts) - 2


def _value(cell: CellFound) -> str:
    if cell.value is None or cell.low is None or cell.high is None:
        return "–"
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
    # The dimension of a Sobol' point that a quantity gets depends on which others are uncertain.
    alike = "" if sweep.sampler == "sobol" else ", the same in all cells"
    worlds = f"{count(sweep.n_worlds, 'world')} in each cell, {SAMPLERS[sweep.sampler]}{alike}"
    return f"{worlds}; seed {sweep.seed}; negsim {study.made_with['negsim']}. In {study.folder}."
