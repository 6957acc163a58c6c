"""Which pages the site has, and in which order.

The order is that of the lists in docs/README.md. A page that is not listed there comes after the last listed one of its
folder; one whose folder has no listed page has no place, and that is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

__all__ = ["INDEX", "Part", "all_pages", "parts", "tree", "trees"]

INDEX = "docs/README"
PATTERNS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/**/*.md",
    "results/README.md",
    "scenarios/README.md",
    "scenarios/*.teaching.md",
)
BELOW = {"docs/reference/python"}
"""Folders whose pages hang below a page of the same name, which has a tree for them."""

HEADING = re.compile(r"^##+ (.+)$")
ENTRY = re.compile(r"^- \[[^\]]+\]\(([^)#]+\.md)\)")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading in the margin and the pages below it, by path without ``.md``."""

    title: str
    pages: tuple[str, ...]


def all_pages(root: Path) -> list[str]:
    """List every page of the repository that belongs on the site, by path without ``.md``."""
    found = (path for pattern in PATTERNS for path in sorted(root.glob(pattern)))
    return [path.relative_to(root).with_suffix("").as_posix() for path in found]


def parts(root: Path) -> list[Part]:
    """Give every page but the index its place.

    Raises
    ------
    LookupError
        docs/README.md lists a page that there is not, or no page of a folder that has some.
    """
    listed = _listed(root)
    pages = [page for page in all_pages(root) if page != INDEX and str(PurePosixPath(page).parent) not in BELOW]
    missing = [page for _, page in listed if page not in pages]
    if missing:
        raise LookupError(f"docs/README.md lists pages that there are not: {', '.join(missing)}")
    for page in pages:
        if page not in (known for _, known in listed):
            listed.insert(_place(page, listed), (_neighbours(page, listed)[-1][1][0], page))
    titles = list(dict.fromkeys(title for title, _ in listed))
    return [Part(title, tuple(page for under, page in listed if under == title)) for title in titles]


def trees(root: Path) -> str:
    """Write the navigation as directives of Sphinx, one tree a part."""
    return "".join(tree(part.title, part.pages) for part in parts(root)) + tree("Index", ["genindex"])


def tree(title: str, pages: list[str] | tuple[str, ...]) -> str:
    """Write one tree of pages, in the margin alone."""
    entries = "\n".join(f"/{page}" for page in pages)
    caption = f":caption: {title}\n" if title else ""
    return f"\n```{{toctree}}\n:hidden:\n{caption}\n{entries}\n```\n"


def _listed(root: Path) -> list[tuple[str, str]]:
    """Read the headings and the entries below them from docs/README.md."""
    found: list[tuple[str, str]] = []
    title = ""
    home = root / f"{INDEX}.md"
    for line in home.read_text(encoding="utf-8").splitlines():
        if heading := HEADING.match(line):
            title = heading[1]
        elif entry := ENTRY.match(line):
            target = (home.parent / entry[1]).resolve().relative_to(root.resolve())
            found.append((title, target.with_suffix("").as_posix()))
    return found


def _neighbours(page: str, listed: list[tuple[str, str]]) -> list[tuple[int, tuple[str, str]]]:
    """Find the listed pages in the folder of a page."""
    folder = PurePosixPath(page).parent
    near = [(index, entry) for index, entry in enumerate(listed) if PurePosixPath(entry[1]).parent == folder]
    if not near:
        raise LookupError(f"{page}.md has no place in the navigation: docs/README.md lists no page of {folder}/")
    return near


def _place(page: str, listed: list[tuple[str, str]]) -> int:
    return _neighbours(page, listed)[-1][0] + 1
