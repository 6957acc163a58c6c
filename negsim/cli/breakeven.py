"""`negsim breakeven`: the value of a quantity at which a result crosses a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import Settings, common_options, placing, processors
from negsim.cli.options import format_option
from negsim.cli.progress import counting_worlds
from negsim.cli.terminal import new_page, say, say_json

if TYPE_CHECKING:
    from negsim.scenario import LoadedScenario, Scenario
    from negsim.study.breakeven.result import BreakEven
    from negsim.study.breakeven.search import Search

__all__ = ["breakeven"]


@click.command(short_help="Find the value of a quantity at which a result crosses a target.")
@click.argument("file")
@click.option("--path", "path", required=True, metavar="PATH", help="The quantity, as in --set.")
@click.option(
    "--target",
    required=True,
    metavar="RESULT=P",
    help="What to reach: p_zone, p_agreement (as `negsim bargain`) or talks.p_agreement (as `negsim talks`), and a"
    " probability: p_zone=0.5, p_agreement=20%.",
)
@click.option("--from", "low", type=float, metavar="VALUE", help="Search from here.  [default: the quantity's low end]")
@click.option("--to", "high", type=float, metavar="VALUE", help="Search up to here.  [default: its high end]")
@click.option(
    "--grid",
    "n_grid",
    type=click.IntRange(2, 1001),
    default=17,
    show_default=True,
    metavar="N",
    help="Values at which to look first. Two crossings between neighbours go unseen.",
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0, min_open=True),
    metavar="WIDTH",
    help="How finely to find a crossing.  [default: a thousandth of the range]",
)
@common_options("4096 for p_zone, else 1024")
@format_option(("text", "json", "csv"), "`negsim schema breakeven` describes")
def breakeven(file: str, *, path: str, target: str, output_format: str, **settings: Any) -> None:
    """Find how far an assumption would have to be off for a result to change sides.

    Holds one quantity at one value after the other, in the same worlds, and finds where the result crosses the target,
    with an interval. A quantity is any number of the scenario; `negsim show FILE --format json` lists them.
    """
    from negsim.scenario import load_with_places
    from negsim.study.breakeven.search import Search, read_target

    result, share = read_target(target)
    search = Search(path, share, result, *(settings.pop(name) for name in ("low", "high", "n_grid", "tolerance")))
    asked = Settings(**settings)
    loaded = load_with_places(file, overrides=asked.overrides)
    _print(_find(loaded, search, asked), loaded.scenario, output_format)


def _find(loaded: LoadedScenario, search: Search, settings: Settings) -> BreakEven:
    """Search, with a progress bar where someone watches."""
    from negsim.study.breakeven.analysis import find_break_even

    with placing(loaded), counting_worlds() as on_progress:
        return find_break_even(
            loaded.scenario,
            search,
            n_worlds=settings.worlds,
            seed=settings.seed,
            sampler=settings.sampler,
            n_jobs=settings.jobs or processors(),
            on_progress=on_progress,
        )


def _print(found: BreakEven, scenario: Scenario, output_format: str) -> None:
    if output_format == "json":
        from negsim.report.json_breakeven import break_even_data

        say_json(break_even_data(found, scenario, __version__))
    elif output_format == "csv":
        from negsim.report.json_breakeven import curve_csv

        say(curve_csv(found))
    else:
        from negsim.report.text_breakeven import write_break_even

        page = new_page()
        write_break_even(page, found, scenario, __version__)
        say(page.text())
