"""What of a scenario is uncertain, and what its numbers rest on, as text: counts first, each quantity if asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from negsim.errors import Path, format_path
from negsim.report.names import Names, actors_in_order
from negsim.report.page import Page
from negsim.report.paths import path_words
from negsim.report.phrases import quantity_words
from negsim.report.provenance import count_standings
from negsim.report.words import count
from negsim.scenario.inheritance import is_inherited, own_path
from negsim.scenario.inventory import NamedQuantity, coin_paths, list_quantities, serious_paths
from negsim.scenario.quantities import Same, is_uncertain
from negsim.scenario.types import Scenario, Source
from negsim.scenario.words import joined, number_text

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
    "rest": ("worth of other issues without a deal", "worths of other issues without a deal"),
    "lottery": ("figure of a lottery", "figures of a lottery"),
    "war": ("figure of the war", "figures of the war"),
    "discount_rate": ("discount rate", "discount rates"),
    "good_faith": ("probability of good faith", "probabilities of good faith"),
    "tactic": ("figure of a tactic", "figures of a tactic"),
    "walks_out_below": ("belief below which it walks out", "beliefs below which it walks out"),
    "sacred": ("figure of what is sacred", "figures of what is sacred"),
    "levers": ("figure of a lever", "figures of levers"),
    "sides": ("hazard of collapse", "hazards of collapse"),
    "breakers": ("hazard of a breach", "hazards of a breach"),
    "supports": ("credibility", "credibilities"),
    "power_shifts": ("figure of a power shift", "figures of power shifts"),
    "remedies": ("figure of a remedy", "figures of remedies"),
    "at_most": ("bound", "bounds"),
    "worth": ("worth of a unit", "worths of a unit"),
    "breakdown": ("probability of breakdown", "probabilities of breakdown"),
    "envoys": ("figure of an envoy", "figures of envoys"),
    "sessions": ("figure of a session", "figures of sessions"),
    "deadline": ("figure of the deadline", "figures of the deadline"),
    "events": ("figure of an event", "figures of events"),
    "reciprocity": ("figure of an answer", "figures of answers"),
    "partial_agreements": ("figure of a partial agreement", "figures of partial agreements"),
    "counsel": ("figure of counsel", "figures of counsel"),
    "what_if": ("figure of a what-if", "figures of what-ifs"),
}
"""What the quantities of a scenario are called, in the order in which they are counted."""

_SHARED = {
    "war": "The war",
    "durability": "Durability",
    "side_payments": "Side payments",
    "protocol": "The talks",
    "talks": "The calendar of talks",
}
"""Headings for the quantities that are no party's."""


def write_uncertain(page: Page, scenario: Scenario, *, every_quantity: bool) -> None:
    """Say what is uncertain, and what is the same as something else."""
    quantities = _stated(scenario)
    uncertain = [named for named in quantities if is_uncertain(named.quantity)]
    same = [named for named in quantities if isinstance(named.quantity, Same)]
    coins, serious = coin_paths(scenario), serious_paths(scenario)
    page.heading("What is uncertain")
    if not uncertain and not coins and not serious:
        page.paragraph("Nothing: every number is a constant, every red line hard.")
    else:
        found = [f"{count(len(uncertain), 'quantity', 'quantities')} with a range or a distribution"]
        found += [f"{count(len(coins), 'red line')} that may be a bluff"] if coins else []
        found += [f"{count(len(serious), 'party', 'parties')} that may not be in earnest"] if serious else []
        page.paragraph(f"{joined(found)}.")
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
    for owner, title in _owners(scenario).items():
        ranged, tied = (_counted(named, owner) for named in (uncertain, same))
        parts = [*([ranged] if ranged else []), *([f"the same as another: {tied}"] if tied else [])]
        if parts:
            rows.append((title, "; ".join(parts)))
    page.pairs(rows)
    if rows:
        page.paragraph("`negsim show FILE --all` lists each of them.")


def _stated(scenario: Scenario) -> list[NamedQuantity]:
    """List the quantities that somebody stated: what a ratifier has of its party stands with the party."""
    return [named for named in list_quantities(scenario) if not is_inherited(named.path, named.quantity)]


def _owners(scenario: Scenario) -> dict[str, str]:
    """Name whose quantities there are: those of parties and ratifiers, then those of nobody."""
    names = Names(scenario)
    return {actor.id: names.party[actor.id] for actor in actors_in_order(scenario)} | {
        f".{block}": title for block, title in _SHARED.items()
    }


def _owner(path: Path) -> str:
    return own_path(path)[1] if path[0] == "parties" else f".{path[0]}"


def _counted(quantities: Sequence[NamedQuantity], owner: str) -> str:
    found = Counter(_kind(named.path) for named in quantities if _owner(named.path) == owner)
    return ", ".join(count(found[kind], *names) for kind, names in _KINDS.items() if found[kind])


def _kind(path: Path) -> str:
    """Find what a quantity is called; any other part of its path is a name that an author chose."""
    if path[0] != "parties":
        return path[1]
    match own_path(path)[2:]:
        case ("red_lines", _, figure):
            return figure
        case ("no_deal", kind, *_):
            return kind
        case (kind, *_):
            return kind
        case _:
            return ""


def _write_each(
    page: Page, uncertain: Sequence[NamedQuantity], same: Sequence[NamedQuantity], scenario: Scenario
) -> None:
    for owner, title in _owners(scenario).items():
        ranged, tied = ([n for n in named if _owner(n.path) == owner] for named in (uncertain, same))
        if ranged or tied:
            page.paragraph(title, style="bold")
        page.pairs(((format_path(n.path), quantity_words(n.quantity)) for n in ranged), widest=_WIDEST_PATH)
        for named in tied:
            page.item(f"{format_path(named.path)} is {quantity_words(named.quantity)}")


def write_sources(page: Page, scenario: Scenario) -> None:
    """Say how many numbers rest on a source, and list the sources."""
    if not scenario.sources:
        return
    page.heading("Sources")
    paths = [named.path for named in _stated(scenario)]
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
