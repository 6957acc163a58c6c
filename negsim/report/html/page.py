"""A report as one HTML page that needs nothing else: pictures, tables and CSV are in it, and nothing is fetched.

A policy in the page itself allows its own script and style by their hashes, and nothing besides. Every text of a
scenario passes the template's escaping.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from markupsafe import Markup

from negsim.records import dataclass
from negsim.report.pictures.picture import Absent, Picture, Spec
from negsim.report.pictures.rendering import page_script, svg_inline

__all__ = ["DealTable", "NamedSource", "Report", "page_html"]

HEADINGS: Mapping[str, str] = {
    "utility-space": "what deals are worth to two parties",
    "acceptability": "who can accept which option",
    "red-lines": "what red lines block",
    "tornado": "what moves P(zone)",
    "agreement-by-date": "agreement by date",
    "reasons": "why talks end",
    "learned": "what was learned from the talks",
    "curves": "how results run with what is varied",
    "map": "a map of two quantities",
    "policies": "policies compared",
    "indices": "what results hang on",
}
"""What pictures are called in a list of them."""


@dataclass(frozen=True, slots=True)
class DealTable:
    """Robust deals beside each other: a heading for each, and a row for each issue with the term of each."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source: its title, what else is said of it, and its address where that is one of the web."""

    title: str
    rest: str
    url: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a page says. ``facts`` are what it takes to get the same figures again, as (name, value)."""

    subject: str
    title: str
    lead: tuple[str, ...]
    pictures: tuple[Picture, ...]
    absent: tuple[Absent, ...]
    deals: DealTable | None
    caution: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[NamedSource, ...]
    version: str


def page_html(report: Report) -> str:
    """Write a report as a page: the same report, the same bytes."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    style, script = _text("style.css"), _script()
    specs = {
        (picture.name, width): spec
        for picture in report.pictures
        for width, spec in (("wide", picture.spec), ("narrow", picture.narrow))
    }
    drawn = {(picture.name, width): picture for picture in report.pictures for width in ("wide", "narrow")}
    return environment.from_string(_text("page.html.j2")).render(
        report=report,
        headings={picture.name: HEADINGS.get(picture.name, picture.name) for picture in report.pictures},
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
        svg={
            key: Markup(svg_inline(specs[key], "-".join(key), picture.title, picture.description))
            for key, picture in drawn.items()
        },
        spec={key: Markup(_as_data(spec)) for key, spec in specs.items()},
        csv={picture.name: quote(picture.csv(), safe="") for picture in report.pictures},
    )


@cache
def _script() -> str:
    """Bundle the script of the page; nothing in it may end the element that it stands in."""
    return page_script(_text("upgrade.js")).replace("</script", "<\\/script")


def _text(name: str) -> str:
    return files("negsim.report.html").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _as_data(spec: Spec) -> str:
    """Write a specification so that nothing in it can end the element that it stands in."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
