"""`negsim schema`: the JSON Schema of what negsim reads and writes."""

from __future__ import annotations

import click

from negsim.cli.terminal import say, say_json

__all__ = ["schema"]


@click.command(short_help="Print a JSON Schema, for editors and programs.")
@click.argument("what", type=click.Choice(("scenario", "zone", "deal", "compare")), default="scenario")
def schema(what: str) -> None:
    """Print a JSON Schema: of a scenario (for editors) or of a result.

    \b
    scenario  a scenario file; an editor that knows it completes and checks
    zone      what `negsim zone --format json` prints and `negsim run` saves
    deal      what `negsim deal --format json` prints
    compare   what `negsim compare --format json` prints
    """  # noqa: D301 - \b is click's mark for lines to keep, not a backspace to read
    if what == "zone":
        from negsim.report.schema import zone_schema_text

        say(zone_schema_text())
    elif what == "compare":
        from negsim.report.schema import compare_schema_text

        say(compare_schema_text())
    elif what == "deal":
        from negsim.report.schema import deal_schema_text

        say(deal_schema_text())
    else:
        from negsim.scenario.json_schema import json_schema

        say_json(json_schema())
