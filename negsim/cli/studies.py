"""`negsim studies`: which studies there are, and how far each is."""

from __future__ import annotations

import click

from negsim import __version__
from negsim.cli.options import format_option
from negsim.cli.terminal import new_page, say, say_json

__all__ = ["studies"]


@click.command(short_help="List studies and how far each is.")
@click.argument("folder", default="results")
@format_option(("text", "json"), "`negsim schema studies` describes")
def studies(folder: str, output_format: str) -> None:
    """List the studies in FOLDER (default: results), each with its scenario, its cells, and whether it is finished."""
    from negsim.study.listing import list_studies

    found = list_studies(folder)
    if output_format == "json":
        from negsim.report.json_study import studies_data

        say_json(studies_data(found, folder, __version__))
        return
    from negsim.report.text_studies import write_studies

    page = new_page()
    write_studies(page, found, folder)
    say(page.text())
