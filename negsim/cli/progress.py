"""A progress bar on stderr for long work, and what Ctrl-C says about how far it came."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from negsim.cli.group import Interrupted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["counting_worlds"]

_SECONDS_BETWEEN = 0.1


@dataclass(slots=True)
class _Counter:
    """How many worlds are done, shown on a bar if there is one."""

    done: int = 0
    total: int = 0
    bar: Progress | None = None
    task: TaskID | None = None
    shown_at: float = 0.0

    def advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        now = time.monotonic()
        if self.bar is None or self.task is None or (done < total and now - self.shown_at < _SECONDS_BETWEEN):
            return
        self.shown_at = now
        self.bar.update(self.task, completed=done, total=total)
        # Refreshed here and by no thread: workers may be forked while the bar is up.
        self.bar.refresh()


@contextmanager
def counting_worlds() -> Iterator[Callable[[int, int], None]]:
    """Give a function to call with (worlds done, worlds in all). Silent unless stderr is a terminal."""
    counter = _Counter()
    try:
        if not sys.stderr.isatty():
            yield counter.advance
            return
        with _bar() as bar:
            counter.bar, counter.task = bar, bar.add_task("worlds", total=None)
            yield counter.advance
    except KeyboardInterrupt:
        far = f" after {counter.done:,} of {counter.total:,} worlds" if counter.total else ""
        raise Interrupted(f"Interrupted{far}; nothing was saved.") from None


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
