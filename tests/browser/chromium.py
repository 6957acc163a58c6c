"""A headless Chromium, where there is one, that lets nothing reach a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_chromium() -> str | None:
    """Find a Chromium: the one that NEGSIM_CHROMIUM names, or one on the path."""
    return os.environ.get("NEGSIM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser() -> Iterator[Any]:
    """Start the browser; skip where there is none."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium was found: install one, or name it by NEGSIM_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield started
        finally:
            started.close()
