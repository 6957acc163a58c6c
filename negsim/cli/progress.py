"""A progress bar on stderr for long work, and what Ctrl-C says about how far it came."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING

from negsim.cli.group import Interrupted
from negsim.records import dataclass

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["counting_cells", "counting_worlds"]

_SECONDS_BETWEEN = 0.1
_SECONDS_BEFORE = 0.5


@dataclass(slots=True)
class _Counter:
    """How many worlds are done, shown on a bar where someone watches work that takes its time."""

    watched: bool
    what: str = "worlds"
    done: int = 0
    total: int = 0
    bar: Progress | None = None
    next_at: float = field(default_factory=lambda: time.monotonic() + _SECONDS_BEFORE)

    def advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        now = time.monotonic()
        if self.watched and now >= self.next_at:
            self.next_at = now + _SECONDS_BETWEEN
            self._show()

    def _show(self) -> None:
        if self.bar is None:
            self.bar = _bar()
            self.bar.add_task(self.what, total=None)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], description=self.what, completed=self.done, total=self.total)
        # Refreshed here and by no thread: workers may be forked while the bar is up.
        self.bar.refresh()

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()


@contextmanager
def counting_worlds() -> Iterator[Callable[[int, int], None]]:
    """Give a function to call with (worlds done, worlds in all). Silent unless stderr is a terminal."""
    counter = _Counter(sys.stderr.isatty())
    try:
        yield counter.advance
    except KeyboardInterrupt:
        far = f" after {counter.done:,} of {counter.total:,} worlds" if counter.total else ""
        raise Interrupted(f"Interrupted{far}; nothing was saved.") from None
    finally:
        counter.close()


@contextmanager
def counting_cells(folder: str) -> Iterator[Callable[[int, int, int], None]]:
    """Give a function to call with (cells done, those of them that failed, cells in all), for a study in a folder."""
    counter = _Counter(sys.stderr.isatty(), "cells")
    first: list[tuple[float, int]] = []

    def advance(done: int, failed: int, total: int) -> None:
        now = time.monotonic()
        first[:] = first or [(now, done)]
        seconds = now - first[0][0]
        rate = f", {(done - first[0][1]) / seconds:,.1f} a second" if seconds > 0 else ""
        counter.what = f"cells{rate}{f', {failed:,} failed' if failed else ''}"
        counter.advance(done, total)

    try:
        yield advance
    except KeyboardInterrupt:
        far = f" after {counter.done:,} of {counter.total:,} cells, which are kept" if counter.total else ""
        raise Interrupted(f"Interrupted{far}. Go on with: negsim sweep --resume {folder}") from None
    finally:
        counter.close()


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
