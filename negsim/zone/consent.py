"""Whose acceptance makes an outcome part of the zone, and how acceptances combine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.scenario.types import Role, Scenario

__all__ = ["Consent", "Mask", "Masks", "consent_of"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Masks:
    """Arrays of one shape to write into, so that the hot loop allocates nothing."""

    zone: Mask
    other: Mask
    votes: NDArray[np.uint16]

    @classmethod
    def empty(cls, shape: tuple[int, ...]) -> Masks:
        """Reserve masks of a shape."""
        return cls(np.empty(shape, np.bool_), np.empty(shape, np.bool_), np.empty(shape, np.uint16))

    def first(self, n: int) -> Masks:
        """Give the first ``n`` entries of the first axis."""
        return Masks(self.zone[:n], self.other[:n], self.votes[:n])


@dataclass(frozen=True, slots=True)
class Consent:
    """The agreement rule over positions among the parties.

    ``required`` must accept wherever the outcome needs them; of ``voters`` at least ``quorum`` must. Unanimity has
    no voters. Positions are those of `Scenario.actors`: parties first, then ratifiers.
    """

    required: tuple[int, ...]
    voters: tuple[int, ...]
    quorum: int

    @property
    def parties(self) -> tuple[int, ...]:
        """Everybody whose acceptance can matter."""
        return tuple(sorted({*self.required, *self.voters}))

    def combine(self, accepts: Callable[[int, Mask], object], masks: Masks) -> Mask:
        """Combine acceptances into a mask of the zone.

        Parameters
        ----------
        accepts : callable
            Writes where a party accepts into the mask it is given; true where the outcome does not need the party.
        masks : Masks

        Returns
        -------
        bool array
            ``masks.zone``, overwritten.
        """
        if self.voters:
            masks.votes.fill(0)
            for party in self.voters:
                accepts(party, masks.other)
                np.add(masks.votes, masks.other.view(np.uint8), out=masks.votes)
            np.greater_equal(masks.votes, np.uint16(self.quorum), out=masks.zone)
        for place, party in enumerate(self.required):
            if place == 0 and not self.voters:
                accepts(party, masks.zone)
            else:
                accepts(party, masks.other)
                np.logical_and(masks.zone, masks.other, out=masks.zone)
        return masks.zone


def consent_of(scenario: Scenario) -> Consent:
    """Read the agreement rule: unanimity of signatories, or a quorum of them with vetoes; others where they consent.

    Whoever ratifies for a party is required with it; a scenario with a quorum has no ratifiers.
    """
    parties, agreement = scenario.parties, scenario.agreement
    signatories = tuple(k for k, party in enumerate(parties) if party.role is Role.SIGNATORY)
    consulted = tuple(
        k for k, party in enumerate(parties) if party.role is not Role.SIGNATORY and party.consents_to is not None
    )
    if agreement.quorum is None:
        asked = {parties[k].id for k in signatories + consulted}
        at_home = (k for k, actor in enumerate(scenario.actors) if actor.ratifies in asked)
        return Consent(tuple(sorted((*signatories, *consulted, *at_home))), (), 0)
    vetoes = tuple(k for k in signatories if parties[k].id in agreement.vetoes)
    return Consent(tuple(sorted(vetoes + consulted)), signatories, agreement.quorum)
