"""What `negsim bargain` and `negsim talks` have in common: they tell of many worlds, or trace a single one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from negsim.cli.options import Command, format_option, with_options
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.cli.analysis import Settings

__all__ = ["refuse_half_a_trace", "trace_options"]


def trace_options(*, told: str, schema: str) -> Callable[[Command], Command]:
    """Give a command the options of a trace, and of its format: what it tells, and the name of its schema."""
    options = (
        click.option("--trace", is_flag=True, help=f"Tell {told}."),
        click.option(
            "--world",
            type=click.IntRange(min=0),
            metavar="N",
            help="Which one --trace tells: that of world N, counted from 0.  [default: 0]",
        ),
        format_option(("text", "json", "csv"), f"`negsim schema {schema}` and `negsim schema {schema}-trace` describe"),
    )

    return lambda command: with_options(command, *options)


def refuse_half_a_trace(world: int | None, output_format: str, settings: Settings, *, trace: bool) -> None:
    """Refuse what goes with a trace alone, and what does not go with one, before any work.

    Raises
    ------
    UsageError
        If something does not go together.
    """
    if world is not None and not trace:
        raise UsageError(f"--world {world} needs --trace: without it all worlds are told together")
    if trace and output_format == "csv":
        raise UsageError("--trace has no rows: --format csv does not go with it")
    if trace and settings.worlds is not None:
        raise UsageError(f"--trace tells one world, named by --world: --worlds {settings.worlds} does not go with it")
