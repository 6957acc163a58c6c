"""The page in a browser: it breaks no rule of accessibility and none of its own policy, and fetches nothing."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from negsim.report.html.page import page_html
from negsim.report.html.study_report import report_of_study
from negsim.report.pictures.table import draw_study
from tests.browser.chromium import browser
from tests.report.html.test_page import nasty_page
from tests.report.html.test_page import page as strip_page
from tests.report.pictures.documents import study

WIDTHS = [1366, 390, 1920]
SCHEMES = ["light", "dark"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A run with everything in it, one whose texts look like scripts, the committed Geneva run, and a study."""
    from negsim.cli import main
    from tests.docs.pages import ROOT

    folder = tmp_path_factory.mktemp("pages")
    geneva = folder / "geneva.html"
    run = str(ROOT / "results" / "example-geneva-2026")
    main(["report", run, "--out", str(geneva)], standalone_mode=False)
    told = study(two=True)
    texts = {
        "strip": strip_page(),
        "nasty": nasty_page(),
        "study": page_html(report_of_study(told, *draw_study(told), scenario_hash="0")),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {"geneva": geneva} | {name: folder / f"{name}.html" for name in texts}


class Visit:
    """A page that was opened, with what it said and asked for on the way."""

    def __init__(self, context: Any, file: Path) -> None:
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(WATCH)
        self.page.goto(file.resolve().as_uri())

    def scroll_through(self) -> None:
        """Bring every picture into view once, and wait until each that is shown is live."""
        for picture in self.page.query_selector_all(".picture"):
            if picture.is_visible():
                picture.scroll_into_view_if_needed()
                self.page.wait_for_function("(one) => one.dataset.live === 'yes'", arg=picture, timeout=30_000)


def visit(chromium: Any, file: Path, **settings: Any) -> Visit:
    return Visit(chromium.new_context(**settings), file)


def axe_findings(page: Any) -> list[Any]:
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("axe-playwright-python is not installed")
    page.evaluate((Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found["violations"]]


@pytest.mark.parametrize("name", ["geneva", "strip", "study"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_the_page_keeps_its_own_policy(
    chromium: Any, pages: dict[str, Path], name: str, scheme: str, width: int
) -> None:
    opened = visit(chromium, pages[name], viewport={"width": width, "height": 844}, color_scheme=scheme)
    opened.scroll_through()
    assert opened.page.evaluate("window.refused") == []
    assert opened.said == []
    assert opened.asked == [pages[name].resolve().as_uri()]
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width  # nothing runs over at the right
    assert axe_findings(opened.page) == []


def test_axe_would_find_what_is_wrong(chromium: Any, pages: dict[str, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    text = pages["strip"].read_text(encoding="utf-8")
    broken.write_text(text.replace(' lang="en"', "", 1).replace("<main", "<div", 1), encoding="utf-8")
    found = {rule for rule, _ in axe_findings(visit(chromium, broken).page)}
    assert "html-has-lang" in found


def test_a_script_in_a_title_does_not_run(chromium: Any, pages: dict[str, Path]) -> None:
    opened = visit(chromium, pages["nasty"])
    opened.scroll_through()
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.evaluate("window.refused") == []  # nothing was even tried
    assert "window.hacked = true" in opened.page.inner_text("h2 >> nth=1")
    for details in opened.page.query_selector_all("summary"):
        details.click()
    assert opened.page.evaluate("window.hacked") is None


def test_a_script_that_is_put_into_the_page_is_refused_by_its_policy(chromium: Any, pages: dict[str, Path]) -> None:
    opened = visit(chromium, pages["strip"])
    opened.page.evaluate(
        """() => {
            const bad = document.createElement("script");
            bad.textContent = "window.hacked = true";
            document.body.append(bad);
        }"""
    )
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.evaluate("window.refused") == ["script-src-elem"]


def test_pointing_at_a_robust_deal_tells_its_terms(chromium: Any, pages: dict[str, Path]) -> None:
    opened = visit(chromium, pages["strip"], viewport={"width": 1366, "height": 900})
    opened.scroll_through()
    sign = opened.page.locator("#utility-space .wide path[fill='#e69f00']").first
    sign.scroll_into_view_if_needed()
    sign.hover(force=True)
    tip = opened.page.locator("#tip")
    tip.wait_for(state="visible", timeout=5_000)
    assert "Term of the guarantee: 20 years" in tip.inner_text()
    opened.page.keyboard.press("Escape")
    tip.wait_for(state="hidden", timeout=5_000)


def test_without_scripts_the_page_shows_every_picture(chromium: Any, pages: dict[str, Path]) -> None:
    opened = visit(chromium, pages["strip"], java_script_enabled=False, viewport={"width": 1366, "height": 900})
    shown = [one for one in opened.page.query_selector_all(".picture svg[role=img]") if one.is_visible()]
    assert len(shown) == 7
    assert all(one.query_selector("title") for one in shown)


def test_a_phone_is_shown_what_fits_it(chromium: Any, pages: dict[str, Path]) -> None:
    opened = visit(chromium, pages["strip"], viewport={"width": 390, "height": 844})
    kinds = {one.get_attribute("class") for one in opened.page.query_selector_all(".picture") if one.is_visible()}
    assert kinds == {"picture narrow"}
    sizes = opened.page.evaluate(
        "[...document.querySelectorAll('.narrow svg text')].map((one) => one.getBoundingClientRect().height)"
    )
    assert min(size for size in sizes if size) >= 8


def test_print_shows_the_pictures_of_the_page_on_white(chromium: Any, pages: dict[str, Path]) -> None:
    opened = visit(chromium, pages["strip"], viewport={"width": 700, "height": 900}, color_scheme="dark")
    opened.page.emulate_media(media="print")
    kinds = {one.get_attribute("class") for one in opened.page.query_selector_all(".picture") if one.is_visible()}
    assert kinds == {"picture wide"}
    assert opened.page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 29, 29)"
    assert opened.page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("link", ["tornado", "utility-space"])
def test_the_csv_can_be_downloaded_from_the_page(
    chromium: Any, pages: dict[str, Path], link: str, tmp_path: Path
) -> None:
    opened = visit(chromium, pages["strip"], accept_downloads=True)
    with opened.page.expect_download() as waiting:
        opened.page.click(f"a[download='{link}.csv']")
    target = tmp_path / "x.csv"
    waiting.value.save_as(target)
    assert waiting.value.suggested_filename == f"{link}.csv"
    assert target.read_text(encoding="utf-8").startswith("what,")
