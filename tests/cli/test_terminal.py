"""What a terminal gets that a pipe does not: colours, its own width, a progress bar."""

from __future__ import annotations

import io
import os
import pty
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


def test_a_terminal_gets_colour_and_a_progress_bar(tmp_path: Path) -> None:
    shown = in_terminal("zone", write_sale(tmp_path))
    assert "\x1b[1;32mIn all of 4,096 worlds" in shown
    assert "4096/4096" in shown


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
