"""What a picture is, and what stands in its place where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from negsim.records import dataclass
from negsim.report.safe_csv import Cell, safe_csv

__all__ = ["NARROW", "WIDE", "Absent", "Cell", "Layout", "Picture", "Spec", "most_lines", "two_widths", "wrapped"]

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """How much room there is, in pixels: for labels at the left and for the plot; and how large text is.

    ``is_narrow`` is what a phone shows, whose screen is 360 wide or a little more.
    """

    labels: int
    plot: int
    font_size: float
    is_narrow: bool

    @property
    def label_chars(self) -> int:
        """How many characters fit beside each other into a label."""
        return int(self.labels / (self.font_size * 0.52))


WIDE = Layout(labels=270, plot=400, font_size=13, is_narrow=False)
NARROW = Layout(labels=120, plot=196, font_size=11.5, is_narrow=True)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    ``title`` states in one sentence what is seen, with its figures; ``description`` says how to read it, and serves
    where it cannot be seen. ``spec`` and ``narrow`` are the same as Vega-Lite specifications, for a page and for a
    phone. ``header`` and ``rows`` are its figures as a table; shares in it are in percent.
    """

    name: str
    title: str
    description: str
    spec: Spec
    narrow: Spec
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """Write the table as CSV; no text in it starts a formula where a spreadsheet opens it."""
        return safe_csv(self.header, (dict(zip(self.header, row, strict=True)) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Absent:
    """A picture that is left out, and why, in one sentence."""

    name: str
    why: str


def two_widths(draw: Callable[[Layout], Spec]) -> Mapping[str, Spec]:
    """Draw a specification for a page and for a phone, by the names of `Picture`."""
    return {"spec": draw(WIDE), "narrow": draw(NARROW)}


def wrapped(text: str, width: int, most: int = 3) -> str:
    r"""Break a text into lines of so many characters at most, and so many lines; the rest is cut.

    >>> wrapped("the firmness of a red line", 12)
    'the firmness\nof a red\nline'
    """
    import textwrap

    return "\n".join(textwrap.wrap(text, max(width, 6), max_lines=most, placeholder=" …")) or text


def most_lines(texts: Sequence[str]) -> int:
    """Count the lines of the text with most of them."""
    return max((text.count("\n") + 1 for text in texts), default=1)
