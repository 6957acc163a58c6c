"""`negsim sweep`: many cells of a scenario, each with some values changed, kept in a study."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import SAMPLERS, processors, set_option
from negsim.cli.progress import counting_cells
from negsim.errors import UsageError
from negsim.records import dataclass

if TYPE_CHECKING:
    from negsim.study import Crew, Policy, Sweep
    from negsim.study.study_file import StudyFile

__all__ = ["sweep"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of a sweep; None where one is not given."""

    vary: tuple[str, ...]
    design: str | None
    cells: int | None
    worlds: int | None
    of: str | None
    policies: tuple[str, ...]
    seed: int | None
    sampler: str | None
    overrides: tuple[str, ...]
    keep_worlds: bool

    @property
    def any(self) -> bool:
        """Whether anything is said of what to sweep."""
        values = (getattr(self, name) for name in self.__slots__)
        return any(value is not None and value is not False and value != () for value in values)


@click.command(short_help="Vary many things at once and keep what comes of it.")
@click.argument("file", required=False)
@click.option(
    "--vary",
    multiple=True,
    metavar="PATH=SPEC",
    help="What to vary, and over what: a,b,c or range(0,1,0.1), its end included, or 0..1/11 for 11 values, or 0..1 for"
    " all between; PATH alone over what the scenario says of it; all for everything uncertain. Repeatable.",
)
@click.option(
    "--design",
    type=click.Choice(("grid", "list", "sobol", "lhs", "morris", "saltelli")),
    help="Which combinations to try: every one (grid), the first values together, then the second (list), points spread"
    " evenly (sobol, lhs), points for negsim sensitivity (morris, saltelli).  [default: grid, or sobol where something"
    " is varied over all between]",
)
@click.option("--cells", type=click.IntRange(min=1), metavar="N", help="How many combinations.  [default: 256]")
@click.option("--worlds", type=click.IntRange(min=1), metavar="N", help="Worlds in each cell.  [default: 1024]")
@click.option(
    "--of",
    metavar="LIST",
    help="What to ask of each cell: zone, bargain, talks, or several with commas between.  [default: zone]",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME=CHANGES",
    help="Compare policies in the same worlds: NAME=PATH=VALUE,PATH=VALUE or NAME=FILE, a YAML mapping of paths to"
    " values; NAME= changes nothing. The first is what the others are compared with. Repeatable.",
)
@click.option("--study", metavar="DIR", help="Folder to keep it in.  [default: results/ID, from a hash of the inputs]")
@click.option("--resume", metavar="STUDY", help="Go on with the study in this folder, which says itself what to do.")
@click.option("--retry-failed", is_flag=True, help="With --resume: do the cells that failed once more.")
@click.option("--keep-worlds", is_flag=True, help="Keep every world of every cell, as Parquet files.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Another seed draws other worlds.  [default: 0]")
@click.option("--sampler", type=click.Choice(SAMPLERS), help="How worlds are drawn.  [default: lhs]")
@click.option(
    "--executor",
    type=click.Choice(("processes", "threads", "serial", "dask")),
    default="processes",
    show_default=True,
    help="Where cells are done; the result is the same.",
)
@click.option("--scheduler", metavar="ADDRESS", default="", help="Of a Dask cluster that runs: tcp://host:port.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes or threads to use.  [default: one a processor]"
)
@set_option
def sweep(
    file: str | None,
    study: str | None,
    resume: str | None,
    *,
    retry_failed: bool,
    executor: str,
    scheduler: str,
    jobs: int | None,
    **options: Any,
) -> None:
    """Vary many things at once, analyse each combination, and keep all of it.

    FILE is a scenario, or a study file that says the same as the options, which come before it. Each combination is a
    cell. A study is a folder; finished cells are never lost, and the same command, or --resume, goes on where it was
    stopped. See what came of it with negsim results, sensitivity and discover.
    """
    from negsim.study import begin_sweep
    from negsim.study.running.executors import check_executor

    check_executor(executor, scheduler)
    asked = _Asked(**options)
    if resume is not None:
        if file is not None or study is not None or asked.any:
            raise UsageError(
                "--resume takes all but --executor, --scheduler and --jobs from the study; leave the rest out"
            )
        if retry_failed:
            _plan_failed_again(resume)
        _run(resume, executor, scheduler, jobs)
        return
    if retry_failed:
        raise UsageError("--retry-failed goes with --resume STUDY")
    if file is None:
        raise UsageError("name a scenario or a study file, or go on with a study: --resume STUDY")
    wanted, name = _what(file, asked)
    folder = study or os.path.join("results", name)
    begin_sweep(wanted, folder)
    _run(folder, executor, scheduler, jobs)


def _plan_failed_again(folder: str) -> None:
    from negsim.study.runs import retry_failed

    if not retry_failed(folder):
        click.echo(f"No cell of {folder} failed.", err=True)


def _what(file: str, asked: _Asked) -> tuple[Sweep, str]:
    """Put together what to sweep, from the file and the options; and the name of the study."""
    from negsim.scenario import load_with_places
    from negsim.scenario.writer import write
    from negsim.study.sweep import Sweep, sweep_id

    said = _study_file(file)
    scenario_file = said.scenario if said else file
    overrides = (*(said.overrides if said else ()), *asked.overrides)
    scenario = load_with_places(scenario_file, overrides=overrides).scenario
    given = {
        "vary": tuple(_pair(text) for text in asked.vary) or None,
        "design": asked.design,
        "n_cells": asked.cells,
        "n_worlds": asked.worlds,
        "of": tuple(one.strip() for one in asked.of.split(",")) if asked.of is not None else None,
        "policies": tuple(_policy(text) for text in asked.policies) or None,
        "seed": asked.seed,
        "sampler": asked.sampler,
        "keeps_worlds": asked.keep_worlds or None,
    }
    settings = {
        **(said.settings if said else {}),
        **{name: value for name, value in given.items() if value is not None},
    }
    settings["policies"] = _with_baseline(settings.get("policies", ()))
    wanted = Sweep(write(scenario), **settings)
    return wanted, sweep_id(wanted, scenario, __version__)


def _study_file(file: str) -> StudyFile | None:
    """Read a study file; None of a scenario, or of what cannot be read as either."""
    from negsim.errors import ScenarioError
    from negsim.scenario.reader import read_on
    from negsim.study.study_file import is_study_file, read_study_file

    try:
        with open(file, "rb") as stream:
            document = read_on(stream.read(), file)
    except (OSError, ScenarioError):
        return None
    if not is_study_file(document):
        return None
    if document.problems:
        raise ScenarioError(document.problems)
    return read_study_file(document)


def _pair(text: str) -> tuple[str, str]:
    path, equals, over = text.partition("=")
    if not path.strip() or (equals and not over.strip()):
        raise UsageError(f"--vary {text}: write PATH=SPEC, such as parties.seller.no_deal=30..50/5")
    return path.strip(), over.strip()


def _policy(text: str) -> Policy:
    """Read one policy: changes, a file of them, or nothing."""
    from negsim.study.axes import split_list
    from negsim.study.sweep import Policy

    name, equals, changes = text.partition("=")
    name, changes = name.strip(), changes.strip()
    if not name or not equals:
        raise UsageError(f"--policy {text}: write NAME=PATH=VALUE, NAME=FILE, or NAME= for one that changes nothing")
    if not changes:
        return Policy(name, ())
    return Policy(name, tuple(split_list(changes))) if "=" in changes else _policy_in_file(name, changes)


def _policy_in_file(name: str, file: str) -> Policy:
    from negsim.scenario.reader import read_value
    from negsim.study.study_file import read_policy

    try:
        with open(file, encoding="utf-8") as stream:
            content = stream.read()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"--policy {name}: {file} cannot be read: {why}; a change is PATH=VALUE") from None
    return read_policy(name, read_value(content, file)[0] if content.strip() else {})


def _with_baseline(policies: tuple[Policy, ...]) -> tuple[Policy, ...]:
    """Put what changes nothing before a single policy, so that there is something to compare it with."""
    from negsim.study.sweep import AS_IS, Policy

    if len(policies) != 1 or not policies[0].changes:
        return policies
    if policies[0].name == AS_IS:
        raise UsageError(f"--policy {AS_IS}=...: this is what the scenario is called as it stands; take another name")
    return (Policy(AS_IS, ()), *policies)


def _run(folder: str, executor: str, scheduler: str, jobs: int | None) -> None:
    """Do what is left of a study, with a progress bar where someone watches, and say how it stands."""
    from negsim.study import go_on, make_crew
    from negsim.study.running.store import Store
    from negsim.study.runs import differs_here

    with Store(folder) as store:
        before, is_sealed = store.counts(), store.is_sealed
    if not is_sealed:
        for said in differs_here(folder):
            click.echo(f"Warning: {said}: the last digits of figures may differ from those of earlier cells.", err=True)
        # One that was stopped just before its end may have nothing left to do but that.
        crew = make_crew(executor, min(jobs or processors(), before["planned"]) or 1, scheduler)
        with _ending(crew), counting_cells(folder) as on_cells:
            go_on(folder, crew, on_cells=on_cells)
    with Store(folder) as store:
        counts, is_sealed = store.counts(), store.is_sealed
    if not is_sealed:
        said = "another program reads it now, so the file is not in its last form yet; --resume gives it that"
        click.echo(f"Note: {folder} is complete; {said}.", err=True)
    _say(folder, counts, before)


@contextmanager
def _ending(crew: Crew) -> Iterator[None]:
    try:
        yield
    except BaseException:
        crew.end()
        raise
    crew.end(in_peace=True)


def _say(folder: str, counts: dict[str, int], before: dict[str, int]) -> None:
    """Say how a study stands."""
    total, failed = sum(counts.values()), counts["failed"]
    done = f"{total:,} cell{'s' * (total != 1)}"
    if not before["planned"]:
        done = f"Nothing was left to do: {done}"
    failures = f", {failed:,} of which failed" if failed else ""
    click.echo(f"{done}{failures}, in {folder}.\nNext: negsim results {folder}")
    if failed == total:
        sys.exit(2)
