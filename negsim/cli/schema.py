"""`negsim schema`: the JSON Schema of what negsim reads and writes."""

from __future__ import annotations

import click

from negsim.cli.terminal import say, say_json

__all__ = ["WHAT", "schema"]

WHAT = (
    "scenario",
    "check",
    "zone",
    "deal",
    "bargain",
    "bargain-trace",
    "talks",
    "talks-trace",
    "compare",
    "breakeven",
    "discover",
    "sensitivity",
    "studies",
    "study",
    "cases",
)


@click.command(short_help="Print a JSON Schema, for editors and programs.")
@click.argument("what", type=click.Choice(WHAT), default="scenario")
def schema(what: str) -> None:
    """Print a JSON Schema: of a scenario (for editors) or of a result.

    \b
    scenario       a scenario file; an editor that knows it completes and checks
    check          what `negsim check --format json` prints
    zone           what `negsim zone --format json` prints and `negsim run` saves
    deal           what `negsim deal --format json` prints
    bargain        what `negsim bargain --format json` prints
    bargain-trace  the same with --trace
    talks          what `negsim talks --format json` prints
    talks-trace    the same with --trace
    compare        what `negsim compare --format json` prints
    breakeven      what `negsim breakeven --format json` prints
    sensitivity    what `negsim sensitivity --format json` prints
    discover       what `negsim discover --format json` prints
    study          what `negsim results --format json` prints
    studies        what `negsim studies --format json` prints
    cases          what `negsim cases --format json` prints
    """  # noqa: D301 - \b is click's mark for lines to keep, not a backspace to read
    if what == "scenario":
        from negsim.scenario.json_schema import json_schema

        say_json(json_schema())
        return
    from negsim.report import schema as schemas

    texts = {
        "check": schemas.check_schema_text,
        "zone": schemas.zone_schema_text,
        "deal": schemas.deal_schema_text,
        "bargain": schemas.bargain_schema_text,
        "bargain-trace": schemas.trace_schema_text,
        "talks": schemas.talks_schema_text,
        "talks-trace": schemas.story_schema_text,
        "compare": schemas.compare_schema_text,
        "breakeven": schemas.break_even_schema_text,
        "sensitivity": schemas.sensitivity_schema_text,
        "discover": schemas.discover_schema_text,
        "study": schemas.study_schema_text,
        "cases": schemas.cases_schema_text,
        "studies": schemas.studies_schema_text,
    }
    say(texts[what]())
