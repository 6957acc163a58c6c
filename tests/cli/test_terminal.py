"""What a terminal gets that a pipe does not: colours, its own width, a progress bar."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from negsim.cli.progress import counting_worlds
from tests.cli.support import write_sale

ROOT = Path(__file__).parent.parent.parent


def in_terminal(*arguments: str, **environment: str) -> str:
    """Run negsim with a pseudo-terminal as stdout and stderr; give all it shows."""
    ours, theirs = pty.openpty()
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "negsim", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=variables
    )
    os.close(theirs)
    shown = io.BytesIO()
    try:
        while piece := os.read(ours, 4096):
            shown.write(piece)
    except OSError:  # Linux reports the end of a terminal as an error
        pass
    finally:
        os.close(ours)
    assert process.wait() == 0
    return shown.getvalue().decode()


def test_a_terminal_gets_colour(tmp_path: Path) -> None:
    assert "\x1b[1;32mIn all of 4,096 worlds" in in_terminal("zone", write_sale(tmp_path))


def test_no_line_on_a_terminal_ends_in_blanks(tmp_path: Path) -> None:
    shown = in_terminal("show", write_sale(tmp_path))
    assert "\x1b" in shown
    bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert [line for line in bare.splitlines() if line != line.rstrip()] == []


class Clock:
    """Stands in for the time, which passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


def progress_of(seconds_each: float, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal shows of ten steps that take so long each."""
    clock, terminal = Clock(), Terminal()
    monkeypatch.setattr("negsim.cli.progress.time", clock)
    monkeypatch.setattr(sys, "stderr", terminal)
    with counting_worlds() as advance:
        for done in range(1, 11):
            clock.now += seconds_each
            advance(done, 10)
    return terminal.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_work_that_takes_its_time_has_a_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    shown = progress_of(0.2, monkeypatch)
    assert "10/10" in shown
    assert "1/10" not in shown.replace("10/10", "")


def test_work_that_is_done_at_once_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress_of(0.04, monkeypatch) == ""


def test_no_color_is_obeyed(tmp_path: Path) -> None:
    shown = in_terminal("show", write_sale(tmp_path), NO_COLOR="1")
    assert "\x1b" not in shown


def test_a_narrow_terminal_gets_narrow_text(tmp_path: Path) -> None:
    shown = in_terminal("show", write_sale(tmp_path), NO_COLOR="1", COLUMNS="50")
    assert max(len(line) for line in shown.splitlines()) <= 50


def test_a_pipe_gets_no_progress_bar(capfd: pytest.CaptureFixture[str]) -> None:
    with counting_worlds() as advance:
        advance(1, 2)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
