"""What the page of a run says, from its saved result and scenario."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from negsim.report.html.page import DealTable, NamedSource, Report
from negsim.report.phrases import NO_FORECAST, SAMPLERS, agreement_rule, in_worlds_sentence
from negsim.report.pictures.picture import Absent, Picture
from negsim.report.pictures.source import Source, estimate_of
from negsim.report.words import count, percent_with_interval
from negsim.scenario.types import IRRELEVANT, Scenario

__all__ = ["report_of_run", "scenario_hash", "sources_of"]


def report_of_run(
    source: Source, pictures: Sequence[Picture], absent: Sequence[Absent], *, run_id: str, scenario_text: str
) -> Report:
    """Put together what the page of a run says.

    Parameters
    ----------
    source : Source
    pictures, absent : sequences
        As drawn.
    run_id : str
        The id in the manifest of the run.
    scenario_text : str
        The scenario as it was saved; its hash tells scenarios apart.
    """
    document, scenario = source.document, source.scenario
    settings = document["settings"]
    space = document["outcome_space"]
    p_zone = estimate_of(document["p_zone"])
    title = in_worlds_sentence(p_zone, settings["worlds"], scenario, "some deal", "any deal")
    return Report(
        subject=scenario.title,
        title=title.removesuffix("."),
        lead=tuple(_lead(source)),
        pictures=tuple(pictures),
        absent=tuple(absent),
        deals=_deals(source),
        caution=NO_FORECAST,
        facts=(
            ("Scenario", scenario.id),
            ("Scenario hash", scenario_hash(scenario_text)),
            ("Run", run_id),
            ("Worlds", f"{settings['worlds']:,}, {SAMPLERS[settings['sampler']]}"),
            ("Seed", str(settings["seed"])),
            ("Size", f"{count(space['issues'], 'issue')}, {count(space['outcomes'], 'possible outcome')}"),
            ("Who must accept", agreement_rule(scenario)),
            ("Version", f"negsim {document['negsim']}"),
            ("Intervals", "95 %; they cover the error of sampling, and nothing that is assumed"),
        ),
        sources=sources_of(scenario),
        version=document["negsim"],
    )


def _lead(source: Source) -> list[str]:
    document, scenario = source.document, source.scenario
    said = [_sentence(scenario.about)] if scenario.about else []
    deals = document["deals"]
    if deals:
        first, covered = estimate_of(deals[0]["p_in_zone"]), estimate_of(document["p_covered"])
        robust = f"The most robust deal is in the zone in {percent_with_interval(first)} of worlds"
        more = (
            "" if len(deals) < 2 else f"; at least one of the {len(deals)} below is in {percent_with_interval(covered)}"
        )
        said.append(f"{robust}{more}.")
    talks = document.get("talks")
    if talks and talks["conditioning"]:
        said.append(
            "P(zone) is prior to what was observed of the talks; figures by the calendar of talks weigh worlds by how"
            " well they fit it."
        )
    said.append(NO_FORECAST)
    return said


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _deals(source: Source) -> DealTable | None:
    deals = source.document["deals"]
    if not deals:
        return None
    rows = []
    for issue in source.scenario.issues:
        options = [deal["options"][issue.id] for deal in deals]
        terms = ("–" if one == IRRELEVANT else source.option(issue.id, one) for one in options)
        rows.append((issue.title, tuple(terms)))
    return DealTable(
        caption="Deal 1 is in the zone in most worlds; each further one is the deal most often in it where none before"
        " is. – means that the issue does not arise.",
        heads=tuple(
            f"Deal {deal['rank']}: in {percent_with_interval(estimate_of(deal['p_in_zone']))}" for deal in deals
        ),
        rows=tuple(rows),
    )


def scenario_hash(text: str) -> str:
    """Give the SHA-256 of a scenario as it was saved.

    >>> scenario_hash("")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sources_of(scenario: Scenario) -> tuple[NamedSource, ...]:
    """Name the sources of a scenario with their dates; only addresses of the web become links."""
    found = []
    for source in scenario.sources:
        dated = f", {source.date_is} {source.date}" if source.date else ""
        rest = f"{f', {source.publisher}' if source.publisher else ''}{dated}"
        url = source.url if source.url.startswith(("https://", "http://")) else ""
        found.append(NamedSource(source.title, rest, url))
    return tuple(found)
