"""The site is built without a warning, hangs together, and asks nothing of the network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.site.navigation import all_pages, parts
from tests.docs.pages import ROOT

pytest.importorskip("sphinx", reason="the site is built with Sphinx, of the extra `docs`")
pytest.importorskip("myst_parser", reason="the site is read with MyST-Parser, of the extra `docs`")
pytest.importorskip("furo", reason="the site is dressed by Furo, of the extra `docs`")

CHROMIUM = Path("/usr/bin/chromium")
OUTSIDE = re.compile(r"^(https?:)?//")
REQUESTED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")}
DESCRIBES = {"index", "search", "next", "prev", "canonical"}
LOOKED_AT = [
    "docs/README.html",
    "docs/tutorial.html",
    "docs/reference/scenario-format.html",
    "docs/reference/python/negsim.zone.html",
    "search.html",
]


class Reader(HTMLParser):
    """Collects what a page names, leads to, and asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.margin: list[str] = []
        self.requests: list[str] = []
        self.language = ""
        self._in_margin = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.ids |= {values[name] for name in ("id", "name") if name in values}
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "div":
            self._in_margin += bool(self._in_margin) or "sidebar-tree" in values.get("class", "")
        if tag == "a" and self._in_margin:
            self.margin.append(values["href"])
        for name in ("src", "href"):
            if (tag, name) in REQUESTED and name in values and values.get("rel") not in DESCRIBES:
                self.requests.append(values[name])

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._in_margin:
            self._in_margin -= 1


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def follow(page: Path, link: str) -> tuple[Path, str]:
    """Give the file that a link on a page leads to, and the place in it."""
    parts_of_link = urlsplit(link)
    target = (page.parent / unquote(parts_of_link.path)).resolve() if parts_of_link.path else page
    return target, unquote(parts_of_link.fragment)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site").resolve()
    done = subprocess.run(
        [sys.executable, "-m", "docs.site.build", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Reader]:
    return {path: read(path) for path in sorted(site.rglob("*.html"))}


def test_every_page_of_the_repository_is_on_the_site(site: Path) -> None:
    assert [page for page in all_pages(ROOT) if not (site / f"{page}.html").exists()] == []


def test_every_page_is_reached_from_the_margin_of_the_first(site: Path, pages: dict[Path, Reader]) -> None:
    first = site / "docs" / "README.html"
    reached = {follow(first, link)[0] for link in pages[first].margin}
    assert set(pages) - reached == {first, site / "index.html", site / "search.html"}


def test_the_way_in_leads_to_the_first_page(site: Path, pages: dict[Path, Reader]) -> None:
    (link,) = pages[site / "index.html"].links
    assert follow(site / "index.html", link)[0] == site / "docs" / "README.html"
    assert f"url={link}" in (site / "index.html").read_text(encoding="utf-8")


def test_every_link_within_the_site_leads_somewhere(pages: dict[Path, Reader]) -> None:
    broken = []
    for page, reader in pages.items():
        for link in (link for link in reader.links if not urlsplit(link).scheme):
            target, place = follow(page, link)
            if not target.exists() or (place and target in pages and place not in pages[target].ids):
                broken.append((page.name, link))
    assert broken == []


def test_nothing_is_asked_of_the_network(site: Path, pages: dict[Path, Reader]) -> None:
    requests = [(page.name, link) for page, reader in pages.items() for link in reader.requests]
    assert requests
    assert [(page, link) for page, link in requests if OUTSIDE.match(link)] == []
    sheets = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert [found for sheet in sheets for found in re.findall(r"url\(['\"]?(?:https?:)?//|@import", sheet)] == []


def test_every_page_says_its_language(pages: dict[Path, Reader]) -> None:
    assert {reader.language for reader in pages.values()} == {"en-GB"}


def test_a_page_without_a_place_and_an_entry_without_a_page_are_refused(tmp_path: Path) -> None:
    for name in ("docs/README.md", "docs/how-to/one.md", "docs/how-to/two.md", "docs/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Page\n", encoding="utf-8")
    index = tmp_path / "docs" / "README.md"
    index.write_text("## Do\n\n- [Two](how-to/two.md): it.\n\n## Learn\n\n- [A](a.md): it.\n", encoding="utf-8")
    assert [part.pages for part in parts(tmp_path)] == [("docs/how-to/two", "docs/how-to/one"), ("docs/a",)]
    (tmp_path / "docs" / "other").mkdir()
    (tmp_path / "docs" / "other" / "lost.md").write_text("# Lost\n", encoding="utf-8")
    with pytest.raises(LookupError, match=r"docs/other/lost\.md has no place"):
        parts(tmp_path)
    index.write_text("## Do\n\n- [Two](how-to/three.md): it.\n", encoding="utf-8")
    with pytest.raises(LookupError, match="docs/how-to/three"):
        parts(tmp_path)


def test_a_broken_link_and_a_request_are_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<a href="#b">b</a><p id="a"></p><script src="//x.org/a.js"></script>', encoding="utf-8")
    reader = read(page)
    assert follow(page, reader.links[0]) == (page, "b")
    assert reader.ids == {"a"}
    assert [link for link in reader.requests if OUTSIDE.match(link)] == ["//x.org/a.js"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_in_a_browser_pages_ask_for_nothing_are_accessible_and_do_not_overflow(
    site: Path, scheme: str, width: int
) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright to lead a browser")
    axe = pytest.importorskip("axe_playwright_python", reason="needs axe-core, which axe-playwright-python brings")
    if not CHROMIUM.exists():
        pytest.skip(f"needs {CHROMIUM}")
    checks = next(Path(axe.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for name in LOOKED_AT:
            page.goto(f"{(site / name).as_uri()}?q=zone" if name == "search.html" else (site / name).as_uri())
            if name == "search.html":
                page.wait_for_selector("ul.search li a")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            page.evaluate(checks)
            found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
            assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], name
        assert [url for url in asked if not url.startswith("file:")] == []
        browser.close()
