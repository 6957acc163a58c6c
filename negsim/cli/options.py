"""Options that several commands have, and how a command is given them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["Command", "format_option", "with_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def with_options(command: Command, *options: Callable[[Command], Command]) -> Command:
    """Give a command options, in the order in which its help lists them."""
    for option in reversed(options):
        command = option(command)
    return command


def format_option(formats: tuple[str, ...], described: str) -> Callable[[Command], Command]:
    """Let a command print text or something else; ``described`` says what describes the JSON."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help=f"What to print. {described} the JSON.",
    )
