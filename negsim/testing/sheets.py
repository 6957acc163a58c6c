"""What those who play a party are told, laid over any small scenario."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from negsim.testing.documents import Document

__all__ = ["told"]

_LISTS: list[list[str]] = [[], ["Peace."], ["To be first: always.", "Time"]]


@st.composite
def told(draw: st.DrawFn, plain: st.SearchStrategy[Document]) -> Document:
    """Draw one of some scenario documents, in which parties may have a sheet and in it each of its keys."""
    document = draw(plain)
    for party in document["parties"].values():
        if draw(st.booleans()):
            party["sheet"] = draw(_sheets())
    return document


@st.composite
def _sheets(draw: st.DrawFn) -> Document:
    every: dict[str, st.SearchStrategy[Any]] = {
        "story": st.sampled_from(["", "You came last.", "Two\nlines.\n"]),
        "interests": st.sampled_from(_LISTS),
        "may_say": st.sampled_from(_LISTS),
    }
    stated = draw(st.lists(st.sampled_from(list(every)), unique=True))
    return {key: draw(every[key]) for key in stated}
