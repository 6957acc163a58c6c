"""`negsim run`: the finding, printed and saved with all it takes to get it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim.cli.analysis import (
    Findings,
    Settings,
    analyse,
    analysis_options,
    find_frontier_asked,
    find_space,
    findings_data,
    print_result,
    refuse_no_frontier,
    refuse_rows_without_csv,
    write_findings,
)
from negsim.cli.bargain import bargain_if_any
from negsim.cli.manifest import manifest, run_id
from negsim.cli.reporting import (
    REPORT,
    draw_result,
    open_in_browser,
    page_of,
    picture_options,
    refuse_plots_in_a_file,
    write_plots,
)
from negsim.cli.saving import refuse_what_is_not_ours, save
from negsim.cli.talks import talks_if_any
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.scenario import Scenario

__all__ = ["run"]


@click.command(short_help="Analyse a scenario and save the result.")
@click.argument("file")
@analysis_options
@click.option("--out", metavar="DIR", help="Folder to save in.  [default: results/ID, ID from a hash of the inputs]")
@click.option("--html", is_flag=True, help="Save a page with pictures, report.html, beside the result.")
@picture_options("--plot-format")
def run(
    file: str,
    *,
    output_format: str,
    rows: str | None,
    out: str | None,
    html: bool,
    opens: bool,
    plots: str | None,
    plot_format: str,
    **settings: Any,
) -> None:
    """Say how likely a deal is, let the parties bargain and talk, and save the result.

    Like `negsim zone`, and in short like `negsim bargain` and `negsim talks` over the first worlds. Saves result.json,
    report.txt, the scenario as it was read (scenario.yaml) and run.json, which holds the settings and versions. The
    same inputs give the same bytes on one kind of processor. `negsim report` makes a page with pictures of it later.
    """
    from pathlib import Path

    from negsim.scenario import load_with_places
    from negsim.scenario.writer import write

    refuse_rows_without_csv(output_format, rows)
    refuse_plots_in_a_file(plots)
    if opens and not html:
        raise UsageError("--open shows the page that --html saves: give both")
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
    bargaining = bargain_if_any(loaded, asked, result.n_worlds)
    talks = talks_if_any(loaded, asked, result.n_worlds)
    space = find_space(loaded, asked, result)
    found = Findings(result, frontier, bargaining, talks, bargained=True, space=space)
    print_result(found, scenario, output_format, rows)
    files = _files(found, scenario, text, asked, name)
    drawn = draw_result(findings_data(found, scenario), scenario, text, name) if html or plots is not None else None
    if html and drawn is not None:
        files[REPORT] = page_of(drawn)
    fresh = save(folder, files)
    said = f"Saved in {folder}." if fresh else f"Already saved in {folder}, byte for byte."
    click.echo(said if output_format != "text" else f"\n{said}", err=output_format != "text")
    if plots is not None and drawn is not None:
        write_plots(drawn, plots, plot_format)
    if opens:
        open_in_browser(Path(folder) / REPORT)


def _files(found: Findings, scenario: Scenario, text: str, settings: Settings, name: str) -> dict[str, bytes]:
    """Make the files of a run: the same inputs, the same bytes; no times, no names of machines."""
    from negsim.report.json import to_text
    from negsim.report.page import Page

    page = Page()
    write_findings(page, found, scenario)
    texts = {
        "result.json": to_text(findings_data(found, scenario)),
        "report.txt": page.text(),
        "scenario.yaml": text,
        "run.json": to_text(manifest(name, settings, found.zone.n_worlds)),
    }
    return {name: content.encode("utf-8") for name, content in texts.items()}
