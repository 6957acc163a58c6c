"""`negsim talks`: let the calendar of talks run, over many worlds, or day by day in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import (
    DEFAULT_WORLDS,
    Settings,
    common_options,
    placing,
    processors,
    refuse_rows_without_csv,
)
from negsim.cli.progress import counting_worlds
from negsim.cli.terminal import new_page, say, say_json
from negsim.cli.tracing import refuse_half_a_trace, trace_options
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.scenario import LoadedScenario, Scenario
    from negsim.talks.result import TalksResult
    from negsim.talks.story import Story

__all__ = ["ROWS", "RUN_WORLDS", "talks", "talks_if_any"]

ROWS = ("sessions", "days", "reasons", "what-ifs", "moved")

RUN_WORLDS = 1024
"""How many worlds `negsim run` lets talk at most."""

_ALL = "all"

_WHAT_TO_WRITE = """\
write a block like this one into the file:

talks:
  start: 2026-03-01
  horizon: 2026-09-30
  sessions:
    first:  {date: 2026-03-10}
    rounds: {every: 21, from: 2026-04-01, until: 2026-09-30}"""


@click.command(short_help="Let the calendar of talks run: how likely agreement is by when.")
@click.argument("file")
@click.option(
    "--what-if",
    "what_if",
    multiple=True,
    metavar="NAME",
    help="Tell what this what-if of the scenario would change; with --trace, tell the history under it. `all` asks them"
    " all. Repeatable.",
)
@common_options(DEFAULT_WORLDS)
@trace_options(told="one history day by day", schema="talks")
@click.option(
    "--rows",
    type=click.Choice(ROWS),
    help="What a row of CSV is: a session, a day and P(agreement) by then, a reason for which talks end, a what-if, a"
    " quantity that what was seen moved.  [default: sessions]",
)
def talks(
    file: str,
    *,
    what_if: tuple[str, ...],
    trace: bool,
    world: int | None,
    output_format: str,
    rows: str | None,
    **settings: Any,
) -> None:
    """Let the calendar of talks run: sessions, what strikes in between, and the deadline.

    Says how likely agreement is by when, given what was seen so far, why talks fail, what was learned, and what the
    what-ifs of the scenario would change. Where the scenario says what was observed, each world counts by how well it
    fits that; `negsim zone` gives the zone before it.
    """
    from negsim.scenario import load_with_places

    asked = Settings(**settings)
    refuse_rows_without_csv(output_format, rows)
    refuse_half_a_trace(world, output_format, asked, trace=trace)
    loaded = load_with_places(file, overrides=asked.overrides)
    refuse_no_calendar(loaded.scenario)
    names = what_ifs_asked(loaded.scenario, what_if)
    if trace:
        one = _only(names)
        _print_trace(_tell(loaded, world or 0, asked, one), loaded.scenario, asked, output_format, one)
    else:
        _print(_hold(loaded, asked, asked.n_worlds, names), loaded.scenario, output_format, rows)


def refuse_no_calendar(scenario: Scenario) -> None:
    """Refuse a scenario without a calendar of talks, and one in which fewer than two parties sign."""
    from negsim.scenario.types import Role

    if scenario.talks is None:
        raise UsageError(f"{scenario.id} has no calendar of talks; {_WHAT_TO_WRITE}")
    signing = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    if len(signing) < 2:
        only = f"only {signing[0]} has" if signing else "nobody has"
        raise UsageError(f"talks take two signatories or more, and in {scenario.id} {only} to sign")


def what_ifs_asked(scenario: Scenario, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Name the what-ifs asked for, each once, in the order asked; ``all`` stands for those of the file."""
    from negsim.scenario.words import did_you_mean

    known = [one.id for one in scenario.talks.what_if] if scenario.talks else []
    for name in asked:
        if name != _ALL and name not in known:
            hint = did_you_mean(name, known) or "it has none"
            raise UsageError(f"--what-if {name}: {scenario.id} has no what-if of this name; {hint}")
    return tuple(dict.fromkeys(found for name in asked for found in (known if name == _ALL else [name])))


def _only(names: tuple[str, ...]) -> str:
    """Give the one what-if under which a history is told, or none."""
    if len(names) > 1:
        raise UsageError(f"--trace tells one history: of --what-if {', '.join(names)} only one goes with it")
    return names[0] if names else ""


def talks_if_any(loaded: LoadedScenario, settings: Settings, n_worlds: int) -> TalksResult | None:
    """Let the calendar run in the first of so many worlds, with all what-ifs; None where there is no calendar."""
    if loaded.scenario.talks is None:
        return None
    from negsim.talks import NoWorldFits, can_hold_talks

    if not can_hold_talks(loaded.scenario):
        return None
    try:
        return _hold(loaded, settings, min(n_worlds, RUN_WORLDS), what_ifs_asked(loaded.scenario, (_ALL,)))
    except NoWorldFits as error:
        # All else that was found is worth having.
        click.echo(f"Warning: no talks are held: {error}", err=True)
        return None


def _hold(loaded: LoadedScenario, settings: Settings, n_worlds: int, what_if: tuple[str, ...]) -> TalksResult:
    """Let the calendar run in the first worlds, with a progress bar where someone watches."""
    from negsim.talks import hold_talks

    with placing(loaded), counting_worlds() as on_progress:
        return hold_talks(
            loaded.scenario,
            n_worlds=n_worlds,
            seed=settings.seed,
            sampler=settings.sampler,
            n_jobs=settings.jobs or processors(),
            what_if=what_if,
            on_progress=on_progress,
        )


def _tell(loaded: LoadedScenario, world: int, settings: Settings, what_if: str) -> Story:
    from negsim.talks import tell_story

    with placing(loaded):
        return tell_story(loaded.scenario, world=world, seed=settings.seed, sampler=settings.sampler, what_if=what_if)


def _print(result: TalksResult, scenario: Scenario, output_format: str, rows: str | None) -> None:
    if output_format == "json":
        from negsim.report.json_talks import talks_data

        say_json(talks_data(result, scenario, __version__))
    elif output_format == "csv":
        from negsim.report.csv_talks import TALKS_ROWS

        say(TALKS_ROWS[rows or "sessions"](result))
    else:
        from negsim.report.text_talks import write_talks

        page = new_page()
        write_talks(page, result, scenario, __version__)
        say(page.text())


def _print_trace(found: Story, scenario: Scenario, settings: Settings, output_format: str, what_if: str) -> None:
    if output_format == "json":
        from negsim.report.json_story import story_data

        say_json(story_data(found, scenario, settings.sampler, __version__, what_if))
        return
    from negsim.report.text_story import write_story

    page = new_page()
    write_story(page, found, scenario, settings.sampler, __version__)
    say(page.text())
