"""The picture on the first page: what the example run found, drawn by the code."""

from __future__ import annotations

from negsim.cli.reporting import draw_result
from negsim.cli.saved_runs import read_run
from negsim.report.pictures.picture import Picture
from negsim.report.pictures.rendering import svg_file
from tests.docs.pages import ROOT

__all__ = ["PICTURE", "picture_of_the_example", "write_picture"]

PICTURE = ROOT / "docs" / "images" / "geneva-utility-space.svg"


def picture_of_the_example() -> Picture:
    """Draw what deals are worth to the first two parties of the example run."""
    run = read_run(ROOT / "results" / "example-geneva-2026")
    drawn = draw_result(run.document, run.scenario, run.text, run.id)
    return next(one for one in drawn.pictures if one.name == "utility-space")


def write_picture() -> None:
    """Write it anew."""
    one = picture_of_the_example()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg_file(one.spec, one.name, one.title, one.description), encoding="utf-8", newline="\n")
