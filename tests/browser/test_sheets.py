"""Sheets in a browser: they break no rule of accessibility, fetch nothing, and print on one or two pages of A4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browser
from tests.browser.test_report_page import axe_findings
from tests.cli.support import run

FOLDER = Path(__file__).parents[2] / "scenarios"
CASES = {"house-sale": 0, "energy-truce-2026": 0, "geneva-2026": 1}
PRINTED = [*((name, "en") for name in CASES), ("geneva-2026", "uk"), ("geneva-2026", "ru")]
A4 = (595, 842)
"""In points, by ISO 216."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    for name, lang in PRINTED:
        file, out = FOLDER / f"{name}.scenario.yaml", folder / name / lang
        result = run("sheets", str(file), "--out", str(out), "--seed", str(CASES[name]), "--lang", lang)
        assert result.exit_code == 0, result.stderr
    return folder


def pages_of(page: Any) -> tuple[int, set[tuple[int, int]]]:
    """How many pages are printed, and of which sizes in points."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)\s*\]", pdf)
    return len(re.findall(rb"/Type\s*/Page\b[^s]", pdf)), {(round(float(w)), round(float(h))) for w, h in sizes}


@pytest.mark.parametrize(("name", "lang"), PRINTED)
def test_axe_finds_nothing_and_every_sheet_prints_on_two_pages_at_most(
    chromium: Any, written: Path, name: str, lang: str
) -> None:
    for file in sorted((written / name / lang).rglob("*.html")):
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(file.as_uri())
        assert axe_findings(page) == [], file.name
        assert asked == [file.as_uri()]
        n_pages, sizes = pages_of(page)
        assert n_pages <= 2, (file.name, n_pages)
        assert {(abs(w - A4[0]) <= 1, abs(h - A4[1]) <= 1) for w, h in sizes} == {(True, True)}
        page.close()


def test_axe_would_find_what_is_wrong(chromium: Any, written: Path, tmp_path: Path) -> None:
    text = (written / "house-sale/en/role-buyer.html").read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace(' lang="en"', "", 1).replace("color: #111", "color: #aaa"), encoding="utf-8")
    page = chromium.new_page()
    page.goto(broken.as_uri())
    assert {"html-has-lang", "color-contrast"} <= {rule for rule, _ in axe_findings(page)}
