"""Published cases, read from a folder beside the checkout where there is one; they are not ours to carry."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("NEGSIM_DATA", ROOT.parent / "shared" / "data"))


def case(name: str) -> Any:
    """Load a published case, or skip the test that asks for it."""
    path = FOLDER / "cases" / name
    if not path.is_file():
        pytest.skip(f"no published case at {path}; name the folder in NEGSIM_DATA")
    return json.loads(path.read_text("utf-8"))
