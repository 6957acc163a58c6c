"""What the terminal, pipe or file behind stdout can show, and saying things on it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from negsim.report.page import Page

__all__ = ["new_page", "say", "say_json", "stdout_width"]

_SIGNS = "█▏±–≥“"
_NARROWEST, _WIDEST = 40, 100
_PIPED_WIDTH = 80


def say(text: str) -> None:
    """Write text to stdout; in ASCII where its encoding cannot take the text."""
    if not _shows(text):
        from negsim.report.ascii import to_ascii

        text = to_ascii(text)
    click.echo(text, nl=not text.endswith("\n"))


def say_json(data: Mapping[str, Any]) -> None:
    """Write data to stdout as JSON, with escapes where its encoding asks for them."""
    from negsim.report.json import to_text

    text = to_text(data)
    say(text if _shows(text) else to_text(data, ascii_only=True))


def new_page() -> Page:
    """Open a page that fits stdout: its width, its signs, its colours."""
    from negsim.report.page import Page, Style

    colour = sys.stdout.isatty() and _wants_colour()
    return Page(Style(width=stdout_width(), colour=colour, ascii_only=not _shows(_SIGNS)))


def stdout_width() -> int:
    """Give the columns that text on stdout may take."""
    import shutil

    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns, _WIDEST) if terminal else _PIPED_WIDTH
    return max(width, _NARROWEST)


def _wants_colour() -> bool:
    """Follow https://no-color.org and terminals that call themselves dumb."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _shows(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
