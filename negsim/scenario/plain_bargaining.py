"""The protocol of talks and the tactics of parties as the plain data of a file."""

from __future__ import annotations

from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.marks import Plain
from negsim.scenario.plain_values import Tree, plain_quantity, present, unless_nothing
from negsim.scenario.plugins import tactic_parameters
from negsim.scenario.quantities import Constant

__all__ = ["plain_protocol", "plain_tactic"]


def plain_tactic(tactic: Tactic) -> Plain:
    """Write a tactic; one whose parameters all have their defaults as its name alone.

    >>> plain_tactic(Tactic("time", (("exponent", Constant(4.0)), ("start", Constant(1.0)))))
    {'time': {'exponent': 4}}
    """
    defaults = {item.name: Constant(item.default) for item in tactic_parameters(tactic.name) or ()}
    given: Tree = {
        name: plain_quantity(quantity) for name, quantity in tactic.parameters if quantity != defaults.get(name)
    }
    return {tactic.name: given} if given else tactic.name


def plain_protocol(protocol: Protocol) -> Tree:
    """Write the block ``protocol``; what has its default is left out."""
    usual = Protocol()
    words = ("kind", "rounds", "sessions", "offers", "beliefs")
    said: Tree = {name: getattr(protocol, name) for name in words if getattr(protocol, name) != getattr(usual, name)}
    return present(
        {
            **said,
            "order": [*protocol.order] or None,
            "breakdown": unless_nothing(protocol.breakdown),
            "about": protocol.about or None,
        }
    )
