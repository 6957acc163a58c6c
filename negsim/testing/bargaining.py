"""Ways to bargain, laid over any small scenario: a protocol, tactics with and without parameters, walking out."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from negsim.scenario.bargaining import LEARNING, OFFERS, PROTOCOLS, TACTIC_PARAMETERS
from negsim.testing.documents import Document

__all__ = ["SHARES", "bargained", "protocols", "tactics"]

SHARES: list[Any] = [0, 0.25, 1, "0.1..0.6", {"beta": {"a": 2, "b": 5}}]


@st.composite
def bargained(draw: st.DrawFn, plain: st.SearchStrategy[Document]) -> Document:
    """Draw one of some scenario documents, in which signatories may have tactics and talks a protocol."""
    document = draw(plain)
    signing = [name for name, party in document["parties"].items() if party.get("role", "signatory") == "signatory"]
    if draw(st.integers(0, 2)):
        document["protocol"] = draw(protocols(signing))
    for name in signing:
        if draw(st.integers(0, 2)):
            document["parties"][name]["tactic"] = draw(tactics())
        if draw(st.integers(0, 2)) == 2:
            document["parties"][name]["walks_out_below"] = draw(st.sampled_from(SHARES))
    return document


@st.composite
def protocols(draw: st.DrawFn, signatories: list[str]) -> Document:
    """Draw a protocol in which each key may stand."""
    every: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(PROTOCOLS),
        "rounds": st.sampled_from([1, 20, 10_000]),
        "sessions": st.sampled_from([1, 2, 1_000]),
        "order": st.permutations(signatories),
        "offers": st.sampled_from(OFFERS),
        "beliefs": st.sampled_from(LEARNING),
        "breakdown": st.sampled_from(SHARES),
        "about": st.sampled_from(["", "In turn."]),
    }
    stated = draw(st.lists(st.sampled_from(list(every)), unique=True))
    return {key: draw(every[key]) for key in stated}


@st.composite
def tactics(draw: st.DrawFn) -> Any:
    """Draw a tactic as its name, or with some parameters anywhere in their domains, ends and defaults among them."""
    name = draw(st.sampled_from(list(TACTIC_PARAMETERS)))
    given: Document = {}
    for parameter in TACTIC_PARAMETERS[name]:
        low, high = parameter.domain.low, parameter.domain.high
        if draw(st.booleans()):
            given[parameter.name] = draw(st.sampled_from([low, high, parameter.default, f"{low}..{high}"]))
    bare: bool = draw(st.booleans())
    return name if bare and not given else {name: given}
