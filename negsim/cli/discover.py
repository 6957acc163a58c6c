"""`negsim discover`: where in a study a condition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import refuse_rows_without_csv
from negsim.cli.options import Share, format_option
from negsim.cli.results import warn_of_cells_left
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.scenario import Scenario
    from negsim.study.discovery.result import Discovery

__all__ = ["DEFAULT_HALVES", "DEFAULT_REGIONS", "ROWS", "discover"]

ROWS = ("limits", "trajectory")
DEFAULT_REGIONS, DEFAULT_HALVES = 3, 20

_SHARE = Share(min_open=True)


@click.command(short_help="Find the region of a study in which something holds.")
@click.argument("study")
@click.option(
    "--where", required=True, metavar="CONDITION", help="What cells to look for, such as 'p_agreement > 0.5'."
)
@click.option("--policy", default="", metavar="NAME", help="Read only cells of this policy.")
@click.option(
    "--box", "number", type=click.IntRange(min=0), metavar="N", help="Take this box of the way, not the knee."
)
@click.option("--density", type=_SHARE, metavar="P", help="Take a box at least so pure; alone, the one covering most.")
@click.option("--coverage", type=_SHARE, metavar="P", help="Take a box that covers at least this; alone, the purest.")
@click.option(
    "--regions",
    type=click.IntRange(1, 20),
    default=DEFAULT_REGIONS,
    show_default=True,
    metavar="N",
    help="Regions to look for, one outside the other.",
)
@click.option(
    "--halves",
    type=click.IntRange(1, 1000),
    default=DEFAULT_HALVES,
    show_default=True,
    metavar="N",
    help="Random halves of the cells in which to look again.",
)
@format_option(("text", "json", "csv"), "`negsim schema discover` describes")
@click.option(
    "--rows", type=click.Choice(ROWS), metavar="NAME",
    help=f"Only with --format csv, a row for each of: {', '.join(ROWS)}.  [default: {ROWS[0]}]",
)  # fmt: skip
def discover(study: str, *, where: str, output_format: str, rows: str | None, **asked: Any) -> None:
    """Find the region, in what a study varied, in which a condition holds.

    STUDY is a folder that `negsim sweep` made. The condition compares results (p_zone, p_agreement, ...) and varied
    paths with numbers and words, joined by and, or, not, implies. The regions are boxes of a few limits, each tried
    again in random halves of the cells.
    """
    refuse_rows_without_csv(output_format, rows)
    if asked["number"] is not None and (asked["density"] is not None or asked["coverage"] is not None):
        raise UsageError(f"--box {asked['number']} names one box; --density and --coverage choose another")
    found, scenario = _discover(study, where, **asked)
    if output_format == "json":
        from negsim.report.json_discovery import discovery_data

        say_json(discovery_data(found, scenario, __version__))
    elif output_format == "csv":
        from negsim.report.json_discovery import DISCOVER_ROWS

        say(DISCOVER_ROWS[rows or ROWS[0]](found))
    else:
        from negsim.report.text_discovery import write_discovery

        page = new_page()
        write_discovery(page, found, scenario, __version__)
        say(page.text())


def _discover(
    study: str,
    where: str,
    *,
    policy: str,
    number: int | None,
    density: float | None,
    coverage: float | None,
    regions: int,
    halves: int,
) -> tuple[Discovery, Scenario]:
    from negsim.study.discovery.analysis import discover as find_regions
    from negsim.study.discovery.choosing import Choice
    from negsim.study.reading import read_study
    from negsim.study.where import parse_where, where_names

    read = read_study(study)
    warn_of_cells_left(read.n_planned, read.n_cells)
    found = find_regions(
        read.table,
        parse_where(where, where_names(read.table)),
        policy=policy,
        choice=Choice(number, density, coverage),
        most_boxes=regions,
        n_resamples=halves,
    )
    return found, read.scenario
