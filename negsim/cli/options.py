"""Options that several commands have, and how a command is given them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["Command", "Share", "format_option", "with_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


class Share(click.FloatRange):
    """A share between two bounds, written as a number or in percent: ``0.5``, ``50%``."""

    name = "share"

    def __init__(self, low: float = 0, high: float = 1, *, min_open: bool = False) -> None:
        super().__init__(low, high, min_open=min_open)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the share; what is no number is none."""
        text = str(value).strip()
        if text.endswith("%"):
            try:
                value = float(text[:-1]) / 100
            except ValueError:
                self.fail(f"{text!r} is not a number in percent.", param, ctx)
        if text.lower().lstrip("+-") == "nan":
            self.fail(f"{text!r} is not a valid share.", param, ctx)
        return super().convert(value, param, ctx)


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
