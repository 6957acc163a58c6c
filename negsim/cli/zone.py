"""`negsim zone`: the finding, printed."""

from __future__ import annotations

from typing import Any

import click

from negsim.cli.analysis import (
    Findings,
    Settings,
    analyse,
    analysis_options,
    find_frontier_asked,
    print_result,
    refuse_no_frontier,
    refuse_rows_without_csv,
)

__all__ = ["zone"]


@click.command(short_help="Analyse a scenario: is there room for a deal, and for which.")
@click.argument("file")
@analysis_options
def zone(file: str, output_format: str, rows: str | None, **settings: Any) -> None:
    """Say how likely it is that some deal is acceptable to all, and which.

    FILE is a scenario. Nothing is saved; `negsim run` does the same and saves it.
    """
    from negsim.scenario import load_with_places

    refuse_rows_without_csv(output_format, rows)
    asked = Settings(**settings)
    loaded = load_with_places(file, overrides=asked.overrides)
    refuse_no_frontier(loaded, asked, rows)
    result = analyse(loaded, asked)
    frontier = find_frontier_asked(loaded, asked, result.n_worlds)
    print_result(Findings(result, frontier), loaded.scenario, output_format, rows)
