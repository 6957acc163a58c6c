"""`negsim run`: the finding, printed and saved with all it takes to get it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import (
    Settings,
    analyse,
    analysis_options,
    find_frontier_asked,
    print_result,
    refuse_no_frontier,
    refuse_rows_without_csv,
)
from negsim.cli.manifest import manifest, run_id
from negsim.cli.saving import refuse_what_is_not_ours, save

if TYPE_CHECKING:
    from negsim.scenario import Scenario
    from negsim.zone import Frontier, ZoneResult

__all__ = ["run"]


@click.command(short_help="Analyse a scenario and save the result.")
@click.argument("file")
@analysis_options
@click.option("--out", metavar="DIR", help="Folder to save in.  [default: results/ID, ID from a hash of the inputs]")
def run(file: str, output_format: str, rows: str | None, out: str | None, **settings: Any) -> None:
    """Say how likely a deal is, and save the result.

    Like `negsim zone`. Saves result.json, report.txt, the scenario as it was read (scenario.yaml) and run.json, which
    holds the settings and versions. The same inputs give the same bytes on one kind of processor.
    """
    from negsim.scenario import load_with_places
    from negsim.scenario.writer import write

    refuse_rows_without_csv(output_format, rows)
    asked = Settings(**settings)
    loaded = load_with_places(file, overrides=asked.overrides)
    scenario = loaded.scenario
    refuse_no_frontier(loaded, asked, rows)
    text = write(scenario)
    name = run_id(scenario.id, text, asked)
    folder = out or f"results/{name}"
    if out:
        # Before the work rather than after it. A folder named by its inputs holds the same bytes, if anything.
        refuse_what_is_not_ours(folder)
    result = analyse(loaded, asked)
    frontier = find_frontier_asked(loaded, asked, result.n_worlds)
    print_result(result, scenario, output_format, rows, frontier)
    fresh = save(folder, _files(result, frontier, scenario, text, asked, name))
    said = f"Saved in {folder}." if fresh else f"Already saved in {folder}, byte for byte."
    click.echo(said if output_format != "text" else f"\n{said}", err=output_format != "text")


def _files(
    result: ZoneResult, frontier: Frontier | None, scenario: Scenario, text: str, settings: Settings, name: str
) -> dict[str, bytes]:
    """Make the files of a run: the same inputs, the same bytes; no times, no names of machines."""
    from negsim.report.json import to_text, zone_data
    from negsim.report.page import Page
    from negsim.report.text_zone import write_zone

    page = Page()
    write_zone(page, result, scenario, __version__, frontier)
    texts = {
        "result.json": to_text(zone_data(result, scenario, __version__, frontier)),
        "report.txt": page.text(),
        "scenario.yaml": text,
        "run.json": to_text(manifest(name, settings, result.n_worlds)),
    }
    return {name: content.encode("utf-8") for name, content in texts.items()}
