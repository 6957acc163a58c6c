"""What of a scenario is uncertain, and what its numbers rest on, as text: counts first, each quantity if asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from negsim.errors import Path, format_path
from negsim.report.page import Page
from negsim.report.phrases import parties_in_order, path_words, quantity_words
from negsim.report.provenance import count_standings
from negsim.report.words import count
from negsim.scenario.inventory import NamedQuantity, coin_paths, list_quantities
from negsim.scenario.quantities import Same, is_uncertain
from negsim.scenario.types import Scenario, Source
from negsim.scenario.words import number_text

__all__ = ["write_sources", "write_uncertain"]

_WIDEST_PATH = 60

_KINDS = {
    "priorities": ("priority", "priorities"),
    "values": ("value", "values"),
    "firmness": ("firmness", "firmnesses"),
    "audience_cost": ("audience cost", "audience costs"),
    "adjustments": ("adjustment", "adjustments"),
    "no_deal": ("no-deal value", "no-deal values"),
    "same_as": ("no-deal level", "no-deal levels"),
}
"""What the quantities of a party are called, in the order in which they are counted."""


def write_uncertain(page: Page, scenario: Scenario, *, every_quantity: bool) -> None:
    """Say what is uncertain, and what is the same as something else."""
    quantities = list_quantities(scenario)
    uncertain = [named for named in quantities if is_uncertain(named.quantity)]
    same = [named for named in quantities if isinstance(named.quantity, Same)]
    coins = coin_paths(scenario)
    page.heading("What is uncertain")
    if not uncertain and not coins:
        page.paragraph("Nothing: every number is a constant, every red line hard.")
    else:
        bluffs = f" and {count(len(coins), 'red line')} that may be a bluff" if coins else ""
        page.paragraph(f"{count(len(uncertain), 'quantity', 'quantities')} with a range or a distribution{bluffs}.")
    if every_quantity:
        _write_each(page, uncertain, same, scenario)
    else:
        _write_counts(page, uncertain, same, scenario)
    for tie in scenario.ties:
        first, second = (path_words(path, scenario) for path in tie.between)
        correlation = number_text(tie.rank_correlation)
        page.item(f"{first[0].upper()}{first[1:]} and {second} move together: rank correlation {correlation}")


def _write_counts(
    page: Page, uncertain: Sequence[NamedQuantity], same: Sequence[NamedQuantity], scenario: Scenario
) -> None:
    rows = []
    for party in parties_in_order(scenario):
        ranged, tied = (_counted(named, party.id) for named in (uncertain, same))
        parts = [*([ranged] if ranged else []), *([f"the same as another: {tied}"] if tied else [])]
        if parts:
            rows.append((party.title, "; ".join(parts)))
    page.pairs(rows)
    if rows:
        page.paragraph("`negsim show FILE --all` lists each of them.")


def _counted(quantities: Sequence[NamedQuantity], party: str) -> str:
    found = Counter(_kind(named.path) for named in quantities if named.path[1] == party)
    return ", ".join(count(found[kind], *names) for kind, names in _KINDS.items() if found[kind])


def _kind(path: Path) -> str:
    """Find what a quantity is called; any other part of its path is a name that an author chose."""
    match path[2:]:
        case ("red_lines", _, figure):
            return figure
        case ("no_deal", "same_as", _):
            return "same_as"
        case _:
            return path[2]


def _write_each(
    page: Page, uncertain: Sequence[NamedQuantity], same: Sequence[NamedQuantity], scenario: Scenario
) -> None:
    for party in parties_in_order(scenario):
        ranged, tied = ([n for n in named if n.path[1] == party.id] for named in (uncertain, same))
        if ranged or tied:
            page.paragraph(party.title, style="bold")
        page.pairs(((format_path(n.path), quantity_words(n.quantity)) for n in ranged), widest=_WIDEST_PATH)
        for named in tied:
            page.item(f"{format_path(named.path)} is {quantity_words(named.quantity)}")


def write_sources(page: Page, scenario: Scenario) -> None:
    """Say how many numbers rest on a source, and list the sources."""
    if not scenario.sources:
        return
    page.heading("Sources")
    paths = [named.path for named in list_quantities(scenario)]
    found = count_standings(paths, scenario.provenance)
    directed = f" ({found['directed']:,} in a direction that a source reports)" if found["directed"] else ""
    page.paragraph(
        f"Of {count(len(paths), 'quantity', 'quantities')} {count(found['reported'], 'rests', 'rest')} on a source,"
        f" {count(found['assumed'], 'is', 'are')} assumed{directed}, {count(found['none'], 'says', 'say')} neither."
    )
    page.pairs((source.id, _source_words(source)) for source in scenario.sources)


def _source_words(source: Source) -> str:
    date = f"{source.date}{' (inferred)' if source.date_is == 'inferred' else ''}" if source.date else ""
    return ", ".join(part for part in (source.title, source.publisher, date) if part)
