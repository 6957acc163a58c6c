"""`negsim compare`: two scenarios on the same worlds, or one with and without changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import Settings, common_options, processors
from negsim.cli.options import format_option
from negsim.cli.progress import counting_worlds
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import ScenarioError, UsageError

if TYPE_CHECKING:
    from negsim.errors import Problem
    from negsim.scenario import LoadedScenario
    from negsim.zone import Comparison

__all__ = ["compare"]


@click.command(short_help="Compare two scenarios, or one with changes, on the same worlds.")
@click.argument("first", metavar="FILE")
@click.argument("second", metavar="[FILE]", required=False)
@common_options()
@format_option(("text", "json"), "`negsim schema compare` describes")
def compare(first: str, second: str | None, output_format: str, **settings: Any) -> None:
    """Say how much likelier a deal is in one scenario than in another.

    With two files, --set applies to both. With one, the file as it is comes first, and second the file with what --set
    changes. What both have in common is drawn alike in both.
    """
    asked = Settings(**settings)
    before, after = _load(first, second, asked.overrides)
    found = _compare(before, after, asked)
    if output_format == "json":
        from negsim.report.json_compare import comparison_data

        say_json(comparison_data(found, __version__))
        return
    from negsim.report.text_compare import write_comparison

    page = new_page()
    write_comparison(page, found, before.scenario, after.scenario, __version__)
    say(page.text())


def _load(first: str, second: str | None, overrides: tuple[str, ...]) -> Sequence[LoadedScenario]:
    """Read both sides; what is wrong with either is told at once."""
    from negsim.scenario import load_with_places

    if second is None and not overrides:
        raise UsageError("nothing to compare with: name a second file, or change the first with --set PATH=VALUE")
    sides = [(first, ()), (first, overrides)] if second is None else [(first, overrides), (second, overrides)]
    loaded: list[LoadedScenario] = []
    problems: list[Problem] = []
    for file, changes in sides:
        try:
            loaded.append(load_with_places(file, overrides=changes))
        except ScenarioError as error:
            problems += error.problems if second is None else (_naming(file, problem) for problem in error.problems)
        except UsageError as error:
            raise UsageError(str(error) if second is None else f"{file}: {error}") from None
    if problems:
        raise ScenarioError(tuple(dict.fromkeys(problems)))
    return loaded


def _naming(file: str, problem: Problem) -> Problem:
    """Name the file that a change on the command line does not go with."""
    place = problem.place
    if place is None or place.file != "--set":
        return problem
    return replace(problem, place=replace(place, file=f"{file} --set"))


def _compare(before: LoadedScenario, after: LoadedScenario, settings: Settings) -> Comparison:
    """Compare, with a progress bar where someone watches."""
    from negsim.zone import compare_zones

    with _placing_both(before, after), counting_worlds() as on_progress:
        return compare_zones(
            before.scenario,
            after.scenario,
            n_worlds=settings.n_worlds,
            seed=settings.seed,
            sampler=settings.sampler,
            n_jobs=settings.jobs or processors(),
            on_progress=on_progress,
        )


@contextmanager
def _placing_both(*sides: LoadedScenario) -> Iterator[None]:
    """Give problems that only the analysis finds their place, in the file that has them."""
    try:
        yield
    except ScenarioError as error:
        # One that only some later world has is told of both sides.
        found = [problem for side in sides for problem in _unusable(side)] or [
            problem for side in sides for problem in side.located(error).problems
        ]
        raise ScenarioError(tuple(dict.fromkeys(found))) from None


def _unusable(side: LoadedScenario) -> Sequence[Problem]:
    """Find what keeps a scenario from being analysed."""
    from negsim.zone import estimate_p_zone

    try:
        estimate_p_zone(side.scenario, n_worlds=1)
    except ScenarioError as error:
        return side.located(error).problems
    return ()
