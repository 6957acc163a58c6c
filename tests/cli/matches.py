"""Matches for tests of `negsim play`: small games in a folder, and a person who answers by a script."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from negsim.cli import main
from tests.teaching.playing.games import HARBOUR, MILL, SALE
from tests.teaching.playing.test_sittings import CALENDAR

__all__ = ["SHORT", "play", "write_games"]

SHORT = "offer | 2 | yes | refuse | offer price=4 | yes"
"""A buyer who offers 2 and 4 euros; the seller, at 64 points asked, would take 7."""


def write_games(folder: Path) -> Path:
    """Write small scenarios to play."""
    mill = MILL.replace("KIND", "alternating_offers").replace("SESSIONS", "2").replace("FIRM", "0")
    for name, text in {"sale": SALE, "mill": mill, "harbour": HARBOUR, "calendar": CALENDAR}.items():
        (folder / f"{name}.scenario.yaml").write_text(text, encoding="utf-8")
    return folder


def play(name: str, *options: str, answers: str = "") -> Result:
    """Play a match; answers stand between bars."""
    lines = "\n".join(re.split(r" ?\| ?", answers)) + "\n" if answers else ""
    return CliRunner().invoke(main, ["play", f"{name}.scenario.yaml", *options], input=lines)
