"""Headings for party columns: whole titles where they fit, otherwise short forms with a legend."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.records import dataclass

__all__ = ["GAP", "PartyHeadings", "party_headings"]

GAP = 2
"""Blank columns between two columns of a table."""

_NARROWEST = 3
"""Enough for ``100`` and ``>99``."""


@dataclass(frozen=True, slots=True)
class PartyHeadings:
    """The heading and width of each party's column, and a legend where headings had to be cut."""

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    legend: str = ""

    @property
    def total_width(self) -> int:
        """All columns with the gap before each."""
        return sum(self.widths) + GAP * len(self.widths)


def party_headings(titles: Sequence[str], room: int) -> PartyHeadings:
    """Fit party titles over narrow columns within ``room`` characters.

    Titles wrap between words; where their longest words together are too wide, they are cut and explained.
    Very many parties fit in no room; then `total_width` is above ``room``.

    >>> party_headings(["Russia", "European guarantors"], 24).widths
    (6, 10)
    >>> party_headings(["Russia", "European guarantors"], 15).legend
    'Russ. Russia, Euro. European guarantors'
    """
    widths = tuple(max(_NARROWEST, *(len(word) for word in title.split() or [""])) for title in titles)
    whole = PartyHeadings(tuple(titles), widths)
    if whole.total_width <= room:
        return whole
    width = max(_NARROWEST, room // len(titles) - GAP)
    short = [title if len(title) <= width else f"{title[: width - 1].rstrip()}." for title in titles]
    if len(set(short)) < len(short):
        short = [str(rank) for rank in range(1, len(titles) + 1)]
    legend = ", ".join(f"{cut} {title}" for cut, title in zip(short, titles, strict=True) if cut != title)
    return PartyHeadings(tuple(short), (width,) * len(titles), legend)
