"""`negsim deal`: one deal looked at closely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import Settings, analyse, common_options, placing, processors
from negsim.cli.options import format_option
from negsim.cli.progress import counting_worlds
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.scenario import LoadedScenario, Scenario
    from negsim.zone import DealResult

__all__ = ["deal"]


@click.command(short_help="Look at one deal: who accepts it, what each lacks.")
@click.argument("file")
@click.argument("options", nargs=-1, metavar="[ISSUE=OPTION]...")
@click.option(
    "--like",
    type=click.IntRange(min=1),
    metavar="N",
    help="Start from robust deal N of `negsim zone`; name only what differs.",
)
@common_options()
@format_option(("text", "json"), "`negsim schema deal` describes")
def deal(file: str, options: tuple[str, ...], like: int | None, output_format: str, **settings: Any) -> None:
    """Look at one deal: who accepts it how often, what each lacks, what all would prefer.

    Options are named by their ids, levels by their numbers: guarantor=us_treaty guarantee_years=30. An issue that does
    not arise is left out. Without any, or where something is wrong, it says what there is to choose from.
    """
    from negsim.scenario import load_with_places

    asked = Settings(**settings)
    loaded = load_with_places(file, overrides=asked.overrides)
    _print(_look(loaded, options, like, asked), loaded.scenario, output_format)


def _look(loaded: LoadedScenario, arguments: tuple[str, ...], like: int | None, settings: Settings) -> DealResult:
    """Read the deal and look at it, with a progress bar where someone watches."""
    from negsim.zone import analyse_deal, read_options

    start = None if like is None else _robust_deal(loaded, like, settings)
    with placing(loaded):
        options = read_options(loaded.scenario, arguments, start=start)
        with counting_worlds() as on_progress:
            return analyse_deal(
                loaded.scenario,
                options,
                n_worlds=settings.n_worlds,
                seed=settings.seed,
                sampler=settings.sampler,
                n_jobs=settings.jobs or processors(),
                on_progress=on_progress,
            )


def _robust_deal(loaded: LoadedScenario, rank: int, settings: Settings) -> dict[str, str]:
    """Find the robust deal that `negsim zone` lists under a number."""
    deals = analyse(loaded, settings).deals
    if rank > len(deals):
        there = f"there are {len(deals)}" if deals else "no deal is in the zone in any world"
        raise UsageError(f"--like {rank}: there is no robust deal {rank}; {there}")
    return dict(deals[rank - 1].options)


def _print(result: DealResult, scenario: Scenario, output_format: str) -> None:
    if output_format == "json":
        from negsim.report.json_deal import deal_data

        say_json(deal_data(result, scenario, __version__))
        return
    from negsim.report.text_deal import write_deal

    page = new_page()
    write_deal(page, result, scenario, __version__)
    say(page.text())
