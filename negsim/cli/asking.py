"""Answers of a person, one a line: typed in a terminal, piped in, or read from a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

import click

from negsim.cli.terminal import say

__all__ = ["Answers", "EndOfAnswersError", "open_answers"]


class EndOfAnswersError(Exception):
    """There are no more answers: Ctrl-D, the end of a pipe or of a file."""


class Answers:
    """Asks for answers; what is not typed is shown, so that a record of it can be read."""

    def __init__(self, lines: Iterator[str] | None) -> None:
        self._lines = lines

    def ask(self, prompt: str) -> str:
        """Ask for a line, without blanks around it.

        Raises
        ------
        EndOfAnswersError
            If there is none.
        """
        if self._lines is None:
            return self._typed(prompt)
        line = next(self._lines, None)
        if line is None:
            say("")
            raise EndOfAnswersError
        answer = line.strip()
        say(f"{prompt}{answer}".rstrip())
        return answer

    def _typed(self, prompt: str) -> str:
        try:
            return input(prompt).strip()
        except EOFError:
            click.echo()
            raise EndOfAnswersError from None


def open_answers(script: str | None) -> Answers:
    """Take answers from a file, from a pipe, or from whoever sits at the terminal."""
    if script is not None:
        return Answers(iter(Path(script).read_text(encoding="utf-8", errors="replace").splitlines()))
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if sys.stdin.isatty():
        _allow_editing()
        return Answers(None)
    return Answers(line.rstrip("\n") for line in sys.stdin)


def _allow_editing() -> None:
    """Let a line be edited, and earlier ones be fetched, where Python can."""
    try:
        import readline  # noqa: F401
    except ImportError:  # pragma: no cover  # not everywhere
        return
