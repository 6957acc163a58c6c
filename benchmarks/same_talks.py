"""Whether talks end alike in negsim and in NegMAS: in the same deal, after as many rounds.

Stacked alternating offers between time-based negotiators, on random spaces of outcomes without ties. Both are given the
same utilities and reservation values, multiples of 10^-7 of the scale, which negsim counts in whole numbers. NegMAS
may offer what misses the utility asked for by up to 10^-6; a space in which that could happen is drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from benchmarks.negmas_talks import EXPONENTS, additive_utility, space_of, talk
from negsim.bargaining.arena import Arena, Rules, plain_seat
from negsim.bargaining.play import play
from negsim.bargaining.tactics import TACTICS

__all__ = ["Domain", "compare"]

SCALE = 10_000_000
"""Units of 10^-5 points in NegMAS's 1."""

EPSILON = 0.0001 * SCALE
"""By how much what is asked for is lowered, in both."""

MISSES = 1e-6 * SCALE
"""By how much an offer of NegMAS may miss what is asked for."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Talks to be held.

    ``utility`` int64 array (party, outcome) and ``reserved`` (party,) are in units of 10^-5 points; ``exponent`` is
    that of each party.
    """

    utility: NDArray[np.int64]
    reserved: NDArray[np.int64]
    exponent: tuple[float, ...]
    n_rounds: int


def compare(n_parties: int, n_domains: int, seed: int = 0) -> tuple[int, int]:
    """Hold talks in both, every choice of tactics equally often.

    Returns
    -------
    n_equal, n_agreed : int
        How many talks ended alike, which is all of them, and how many of those in agreement.

    Raises
    ------
    SystemExit
        At the first that do not.
    """
    rng = np.random.default_rng([seed, n_parties])
    tactics = list(product(EXPONENTS, repeat=n_parties))
    n_agreed = 0
    for number in range(n_domains):
        domain = _draw(rng, tactics[number % len(tactics)])
        ours, theirs = _with_negsim(domain), _with_negmas(domain)
        if ours != theirs:
            raise SystemExit(
                f"talks of {n_parties} parties, domain {number} of seed {seed}: (outcome, rounds) is {ours} in negsim "
                f"and {theirs} in NegMAS; exponents {domain.exponent}, reserved {domain.reserved.tolist()}, "
                f"{domain.utility.shape[1]} outcomes, {domain.n_rounds} rounds"
            )
        n_agreed += ours[0] is not None
    return n_domains, n_agreed


def _draw(rng: np.random.Generator, exponent: tuple[float, ...]) -> Domain:
    """Draw a domain; in every other one, the second party opposes the first more or less."""
    while True:
        n_outcomes, n_rounds = int(rng.integers(20, 301)), int(rng.integers(2, 101))
        share = rng.random((len(exponent), n_outcomes))
        opposed = rng.random() * rng.integers(2)
        share[1] = opposed * (1 - share[0]) + (1 - opposed) * share[1]
        utility = np.rint(share * SCALE).astype(np.int64)
        reserved = np.rint(rng.random(len(exponent)) * rng.integers(2, size=len(exponent)) * 0.8 * SCALE)
        domain = Domain(utility, reserved.astype(np.int64), exponent, n_rounds)
        if not _has_ties(domain) and not _may_miss(domain):
            return domain


def _has_ties(domain: Domain) -> bool:
    return any(len(np.unique(utility)) < len(utility) for utility in domain.utility)


def _may_miss(domain: Domain) -> bool:
    """Tell whether an outcome lies so little below what a party ever asks for that NegMAS may offer it."""
    time = np.arange(1, domain.n_rounds + 1) / (domain.n_rounds + 1)
    for utility, reserved, exponent in zip(domain.utility, domain.reserved, domain.exponent, strict=True):
        least = max(np.min(utility), reserved)
        asked = np.maximum((np.max(utility) - least) * (1 - time**exponent) + least - EPSILON, least)
        below = asked[:, None] - utility
        if np.any((below > 0) & (below < 2 * MISSES)):
            return True
    return False


def _with_negsim(domain: Domain) -> tuple[int | None, int]:
    n_parties = len(domain.exponent)
    gain = (domain.utility - domain.reserved[:, None]).astype(np.float32)
    parameters = [{"exponent": np.array([exponent]), "start": np.ones(1)} for exponent in domain.exponent]
    arena = Arena(
        row=np.zeros(1, np.intp),
        seats=tuple(plain_seat(f"p{k}", gain[k : k + 1], TACTICS["time"], parameters[k], 1) for k in range(n_parties)),
        rules=Rules("stacked_alternating_offers", domain.n_rounds, offers="own_rank", learns=False),
        required=tuple(range(n_parties)),
        quorum=n_parties,
        breaks_down=np.full(1, np.inf),
    )
    ended = play(arena)
    deal = int(ended.deal[0])
    return (None if deal < 0 else deal), int(ended.round[0]) + 1


def _with_negmas(domain: Domain) -> tuple[int | None, int]:
    space = space_of([domain.utility.shape[1]])
    utilities = [
        additive_utility([(utility / SCALE).tolist()], float(reserved) / SCALE, space)
        for utility, reserved in zip(domain.utility, domain.reserved, strict=True)
    ]
    agreement, n_steps = talk(utilities, domain.exponent, domain.n_rounds)
    return (None if agreement is None else agreement[0]), n_steps
