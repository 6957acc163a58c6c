"""How Sphinx builds the site; ``make site`` calls it by way of `docs.site.build`.

The source folder is the whole repository, so that a link from one page to another, to a scenario or to LICENSE is the
same here and on a code host. Which pages there are and in which order, `docs.site.navigation` reads from
docs/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import negsim  # noqa: E402  # from this folder, whatever is installed
from docs.site import api, navigation  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "negsim"
author = "negsim authors"
release = version = negsim.__version__
language = "en_GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = navigation.INDEX
include_patterns = [f"{page}.md" for page in navigation.all_pages(ROOT)]
exclude_patterns = [".*", "build", "dist", "negsim", "tests", "benchmarks"]  # spares Sphinx a walk through them

# Headings have the anchors that a code host gives them; nothing but plain Markdown is read.
myst_heading_anchors = 6

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
napoleon_google_docstring = False
napoleon_use_rtype = False
default_role = "literal"

html_theme = "furo"
html_title = f"negsim {version}"
html_static_path = ["style.css"]
html_css_files = ["style.css"]
html_extra_path = ["index.html"]
html_copy_source = False
html_show_copyright = False
html_permalinks_icon = "#"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options = {"navigation_with_keys": False, "top_of_page_buttons": []}


def setup(app: Sphinx) -> None:
    """Add what Markdown on a code host has no room for: the tree of pages, and docstrings in full."""
    app.connect("source-read", _add)
    app.connect("html-page-context", _mend, priority=900)  # after the theme has made its tree


def _add(_: Sphinx, page: str, source: list[str]) -> None:
    source[0] = source[0].replace("```csv\n", "```text\n")  # nothing colours it, and Sphinx would warn
    if page == navigation.INDEX:
        source[0] += navigation.trees(ROOT)
    elif page == api.OVERVIEW:
        source[0] += navigation.tree("", api.pages())
    elif page in api.pages():
        source[0] += api.directives(page)


def _mend(_: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Let a keyboard scroll wide blocks and tables, and give headings in the margin a level: WCAG 2.1.1 and 1.3.1."""
    del page, template, tree
    for part, before, after in (
        ("body", "<pre>", '<pre tabindex="0">'),
        ("body", '<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
        ("furo_navigation_tree", 'role="heading"', 'role="heading" aria-level="2"'),
    ):
        context[part] = context.get(part, "").replace(before, after)
