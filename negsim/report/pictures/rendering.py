"""Specifications as files: SVG for pages and papers, PNG for slides; offline, and the same bytes every time."""

from __future__ import annotations

import re

from negsim.report.pictures.picture import Spec, wrapped

__all__ = ["VEGA_LITE", "page_script", "png_bytes", "svg_file", "svg_inline"]

VEGA_LITE = "6.4"
"""The version of Vega-Lite that pictures are drawn with."""

_PNG_SCALE = 2.0

_TITLE_CHARS = 66

_TAG = re.compile(r"<[^>]*>")
_SPOKEN = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')
_MADE_UP = re.compile(r'\bid="((?:clip|gradient_)[0-9]+)"')


def svg_inline(spec: Spec, name: str, title: str, description: str) -> str:
    """Draw a specification as an SVG element for a page.

    It is one image to who cannot see it, with a title and a description, and its ids are those of no other picture.
    """
    import html

    svg = _drawn(spec, name)
    spoken = (
        f'<title id="{name}-title">{html.escape(title, quote=False)}</title>'
        f'<desc id="{name}-desc">{html.escape(description, quote=False)}</desc>'
    )
    head, _, rest = svg.partition(">")
    return f'{head} role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc">{spoken}{rest}'


def svg_file(spec: Spec, name: str, title: str, description: str) -> str:
    """Draw a specification as an SVG file, on white, with its title above it."""
    return svg_inline(_titled(spec, title), name, title, description) + "\n"


def png_bytes(spec: Spec, title: str) -> bytes:
    """Draw a specification as a PNG, on white, at twice its size, with its title above it."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(
        {**_titled(spec, title), "padding": 12}, vl_version=VEGA_LITE, scale=_PNG_SCALE, allowed_base_urls=[]
    )
    return drawn


def _titled(spec: Spec, title: str) -> Spec:
    """Write what is seen above a picture that stands alone."""
    lines = wrapped(title, _TITLE_CHARS, 4).split("\n")
    head = {"text": lines, "anchor": "start", "frame": "bounds", "fontSize": 15, "lineHeight": 20, "offset": 16}
    return {**spec, "background": "#ffffff", "title": head}


def page_script(snippet: str) -> str:
    """Bundle a script with the libraries that draw specifications in a page."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle(snippet, vl_version=VEGA_LITE)
    return bundle


def _drawn(spec: Spec, name: str) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    svg = _TAG.sub(lambda tag: _SPOKEN.sub("", tag[0]), svg)
    # The library numbers what it refers to over all pictures that a process ever drew.
    for k, made_up in enumerate(dict.fromkeys(_MADE_UP.findall(svg))):
        svg = re.sub(rf'(id="|url\(#){made_up}(["\)])', rf"\g<1>{name}-{k}\g<2>", svg)
    return svg
