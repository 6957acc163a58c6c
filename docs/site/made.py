"""Pages that are made from the code alone: what `--help` says, and what the Python packages offer."""

from __future__ import annotations

import os
from unittest.mock import patch

import click

from docs.site import api
from negsim.cli import main

__all__ = ["help_page", "made_pages"]

WIDTH = 80


def made_pages() -> dict[str, str]:
    """Give the text of every page that is made from the code, by its path."""
    pages = {f"{api.OVERVIEW}/{name}.md": api.page(name) for name in api.modules()}
    return {"docs/reference/help.md": help_page(), f"{api.OVERVIEW}.md": api.overview(), **pages}


def help_page() -> str:
    """Write the page with what `--help` says of negsim and of each command."""
    sections = "".join(f"\n## negsim {name}\n\n{_fence(command, name)}" for name, command in main.commands.items())
    return (
        f"# What --help says\n\n{api.MADE}\n\n"
        "The words of the program itself, command by command. [Command line](command-line.md) says more about each\n"
        "option.\n\n"
        f"{_fence(main, '')}{sections}"
    )


def _fence(command: click.Command, name: str) -> str:
    parent = click.Context(main, info_name="negsim", **main.context_settings)
    with patch.dict(os.environ, {"COLUMNS": str(WIDTH), "NO_COLOR": "1"}):
        context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH) if name else parent
        text = command.get_help(context)
    return "```text\n" + "".join(f"{line.rstrip()}\n" for line in text.splitlines()) + "```\n"
