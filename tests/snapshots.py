"""Text under snapshot: compared with a file beside the test, written anew with NEGSIM_UPDATE_SNAPSHOTS=1."""

from __future__ import annotations

import os
from pathlib import Path


def assert_matches(text: str, snapshot: Path) -> None:
    if os.environ.get("NEGSIM_UPDATE_SNAPSHOTS"):
        snapshot.parent.mkdir(exist_ok=True)
        snapshot.write_text(text, encoding="utf-8", newline="\n")
    assert snapshot.exists(), f"{snapshot.name} is missing; NEGSIM_UPDATE_SNAPSHOTS=1 writes it"
    assert text == snapshot.read_text(encoding="utf-8"), (
        f"{snapshot.name} says otherwise; if the new text is right, NEGSIM_UPDATE_SNAPSHOTS=1 takes it over"
    )
