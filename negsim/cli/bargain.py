"""`negsim bargain`: let the parties bargain, over many worlds, or step by step in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import Settings, common_options, placing, processors, refuse_rows_without_csv
from negsim.cli.progress import counting_worlds
from negsim.cli.terminal import new_page, say, say_json
from negsim.cli.tracing import refuse_half_a_trace, trace_options

if TYPE_CHECKING:
    from negsim.bargaining import BargainResult, Trace
    from negsim.scenario import LoadedScenario, Scenario

__all__ = ["DEFAULT_WORLDS", "ROWS", "bargain", "bargain_if_any"]

DEFAULT_WORLDS = 1024
ROWS = ("reasons", "options", "parties", "changes")


@click.command(short_help="Let the parties bargain: how often they agree, on what, and why not.")
@click.argument("file")
@common_options(DEFAULT_WORLDS)
@trace_options(told="one negotiation line by line", schema="bargain")
@click.option(
    "--rows",
    type=click.Choice(ROWS),
    help="What a row of CSV is: a reason for which talks end, an option of an issue, a party, a party that is tougher"
    " or softer.  [default: reasons]",
)
def bargain(
    file: str, *, trace: bool, world: int | None, output_format: str, rows: str | None, **settings: Any
) -> None:
    """Let the parties bargain, by the protocol and the tactics of the scenario.

    Says how often they agree beside how often they could, why they do not, what they agree on and what each gets, and
    what a tougher or a softer party would change. Without a protocol offers are made in turn for 20 rounds; without a
    tactic a party concedes evenly.
    """
    from negsim.scenario import load_with_places

    asked = Settings(**settings)
    refuse_rows_without_csv(output_format, rows)
    refuse_half_a_trace(world, output_format, asked, trace=trace)
    loaded = load_with_places(file, overrides=asked.overrides)
    if trace:
        _print_trace(_tell(loaded, world or 0, asked), loaded.scenario, asked, output_format)
    else:
        _print(_bargain_worlds(loaded, asked, asked.worlds or DEFAULT_WORLDS), loaded.scenario, output_format, rows)


def bargain_if_any(loaded: LoadedScenario, settings: Settings, n_worlds: int) -> BargainResult | None:
    """Let the parties bargain in the first of so many worlds; None where fewer than two sign."""
    from negsim.bargaining import can_bargain

    return _bargain_worlds(loaded, settings, min(n_worlds, DEFAULT_WORLDS)) if can_bargain(loaded.scenario) else None


def _bargain_worlds(loaded: LoadedScenario, settings: Settings, n_worlds: int) -> BargainResult:
    """Let the parties bargain in the first worlds, with a progress bar where someone watches."""
    from negsim.bargaining import bargain as bargain_over

    with placing(loaded), counting_worlds() as on_progress:
        return bargain_over(
            loaded.scenario,
            n_worlds=n_worlds,
            seed=settings.seed,
            sampler=settings.sampler,
            n_jobs=settings.jobs or processors(),
            on_progress=on_progress,
        )


def _tell(loaded: LoadedScenario, world: int, settings: Settings) -> Trace:
    from negsim.bargaining import trace_talks

    with placing(loaded):
        return trace_talks(loaded.scenario, world=world, seed=settings.seed, sampler=settings.sampler)


def _print(result: BargainResult, scenario: Scenario, output_format: str, rows: str | None) -> None:
    if output_format == "json":
        from negsim.report.json_bargain import bargain_data

        say_json(bargain_data(result, scenario, __version__))
    elif output_format == "csv":
        from negsim.report.csv_bargain import BARGAIN_ROWS

        say(BARGAIN_ROWS[rows or "reasons"](result))
    else:
        from negsim.report.text_bargain import write_bargain

        page = new_page()
        write_bargain(page, result, scenario, __version__)
        say(page.text())


def _print_trace(found: Trace, scenario: Scenario, settings: Settings, output_format: str) -> None:
    if output_format == "json":
        from negsim.report.json_trace import trace_data

        say_json(trace_data(found, scenario, settings.sampler, __version__))
        return
    from negsim.report.text_trace import write_trace

    page = new_page()
    write_trace(page, found, scenario, settings.sampler, __version__)
    say(page.text())
