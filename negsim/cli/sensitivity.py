"""`negsim sensitivity`: what decides whether there is a zone, or a result of a study."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import placing, processors, refuse_rows_without_csv, set_option
from negsim.cli.options import format_option
from negsim.cli.progress import counting_worlds
from negsim.cli.results import warn_of_cells_left
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.scenario import Scenario
    from negsim.study.sensitivity.result import Sensitivity

__all__ = ["DEFAULT_BASE", "ROWS", "sensitivity"]

ROWS = ("indices", "tornado", "distributions")
DEFAULT_BASE = 1024

_OF_SCENARIOS = {"n_base": "--base", "seed": "--seed", "jobs": "--jobs", "overrides": "--set"}
_OF_STUDIES = {"of": "--of", "where": "--where"}


@click.command(short_help="Say what decides: which assumptions carry the result, and how.")
@click.argument("what", metavar="FILE|STUDY")
@click.option(
    "--base",
    "n_base",
    type=click.IntRange(min=1),
    metavar="N",
    help="Base points, a multiple of 8; each costs a world an input, and two. Of a scenario only."
    f"  [default: {DEFAULT_BASE}]",
)
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Of a scenario only.  [default: 0]")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes to use at most; the result is the same. Of a scenario only.  [default: one a processor]",
)
@set_option
@click.option(
    "--of",
    metavar="NAME",
    help="The result to explain. Of a study only.  [default: the first of p_zone, p_agreement, talks.p_agreement]",
)
@click.option(
    "--where", metavar="CONDITION", help="Compare cells with and without this, such as 'p_zone > 0.5'. Of a study only."
)
@format_option(("text", "json", "csv"), "`negsim schema sensitivity` describes")
@click.option(
    "--rows", type=click.Choice(ROWS), metavar="NAME",
    help=f"Only with --format csv, a row an input: {', '.join(ROWS)}.  [default: {ROWS[0]}]",
)  # fmt: skip
def sensitivity(what: str, *, output_format: str, rows: str | None, **asked: Any) -> None:
    """Say which assumptions carry a result: a few of them, or many by way of one another.

    Of a scenario (FILE): first-order and total Sobol' indices of whether there is a zone, for every uncertain quantity
    and for every red line that may be a bluff; P(zone) with one input low and high; where zones lie. Of a folder that
    `negsim sweep` made (STUDY): what its design can tell of a result.
    """
    refuse_rows_without_csv(output_format, rows)
    is_study = os.path.isdir(what)
    _refuse(_OF_SCENARIOS if is_study else _OF_STUDIES, asked, what, "scenario" if is_study else "study")
    found, scenario = _of_study(what, asked["of"], asked["where"]) if is_study else _of_scenario(what, asked)
    if output_format == "json":
        from negsim.report.json_sensitivity import sensitivity_data

        say_json(sensitivity_data(found, scenario, __version__))
    elif output_format == "csv":
        from negsim.report.json_sensitivity import SENSITIVITY_ROWS

        say(SENSITIVITY_ROWS[rows or ROWS[0]](found))
    else:
        from negsim.report.text_sensitivity import write_sensitivity

        page = new_page()
        write_sensitivity(page, found, scenario, __version__)
        say(page.text())


def _refuse(options: dict[str, str], asked: dict[str, Any], what: str, needed: str) -> None:
    """Refuse an option that says nothing here."""
    for name, option in options.items():
        if asked[name] is not None and asked[name] != ():
            other = "a folder that `negsim sweep` made" if needed == "scenario" else "a scenario file"
            raise UsageError(f"{option} goes with a {needed}; {what} is {other}")


def _of_scenario(file: str, asked: dict[str, Any]) -> tuple[Sensitivity, Scenario]:
    """Analyse a scenario, with a progress bar where someone watches."""
    from negsim.scenario import load_with_places
    from negsim.study.sensitivity.world_sensitivity import world_sensitivity

    loaded = load_with_places(file, overrides=asked["overrides"])
    with placing(loaded), counting_worlds() as on_progress:
        found = world_sensitivity(
            loaded.scenario,
            n_base=asked["n_base"] or DEFAULT_BASE,
            seed=asked["seed"] or 0,
            n_jobs=asked["jobs"] or processors(),
            on_progress=on_progress,
        )
    return found, loaded.scenario


def _of_study(folder: str, of: str | None, where: str | None) -> tuple[Sensitivity, Scenario]:
    from negsim.study.reading import read_study
    from negsim.study.sensitivity.analysis import Outcome, study_sensitivity
    from negsim.study.where import parse_where, where_names

    read = read_study(folder)
    warn_of_cells_left(read.n_planned, read.n_cells)
    outcome = None
    if where is not None:
        condition = parse_where(where, where_names(read.table))
        outcome = Outcome(condition.text, condition.holds(read.table), condition.known(read.table))
    return study_sensitivity(read.table, of=of, where=outcome), read.scenario
