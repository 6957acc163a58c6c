"""Monotonic concession: all offer at once, nobody takes an offer back, and talks end where all stand still."""

from __future__ import annotations

import numpy as np

from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics.base import Stance
from negsim.bargaining.talk import Talk, Turn

__all__ = ["concede"]


def concede(talk: Talk) -> None:
    """Play a round of simultaneous monotonic concession.

    All offer at once, and ask for no more than before. There is agreement where an offer is worth no less to each of
    the others than its own offer; of several such offers the first in the order of speaking counts. Where nobody asks
    for less than before, and nothing is agreed, talks end.

    References
    ----------
    Zeuthen (1930); Harsanyi (1956), Econometrica 24, 144-157; Rosenschein & Zlotkin (1994), Rules of Encounter,
    section 3.3.
    """
    chairs = talk.chairs
    before = talk.begin(lambda: {"level": np.full((len(chairs), len(talk.going)), np.inf)})["level"]
    stances = [talk.stance(k) for k in range(len(chairs))]
    asks = np.minimum(np.stack([stance.ask for stance in stances]), before)
    deals = [talk.offer(k, Stance(asks[k], stances[k].take)) for k in range(len(chairs))]
    asks = np.stack([chair.stands_at(ask) for chair, ask in zip(chairs, asks, strict=True)])
    talk.memory = {"level": asks}
    for k, deal in enumerate(deals):
        _put(talk, k, deal, stances)
    # Whoever opens asks for less than before: for anything at all.
    talk.end(~np.any(asks < before, axis=0), Stop.STANDSTILL)


def _put(talk: Talk, speaker: int, deal: np.ndarray, stances: list[Stance]) -> None:
    """Put one of the offers to the others."""
    accepted = np.zeros((len(talk.chairs), len(deal)), np.bool_)
    asked = np.broadcast_to((deal >= 0) & talk.going, accepted.shape).copy()
    asked[speaker] = False
    take = np.full(accepted.shape, np.nan)
    for k, chair in enumerate(talk.chairs):
        if k != speaker:
            # No less than the party's own offer, or than it would take if it has made none.
            own = np.where(chair.offer >= 0, chair.menu.level(chair.gain(chair.offer)), stances[k].take)
            least = np.where(np.isinf(stances[k].take), stances[k].take, own)
            accepted[k] = talk.answer(k, deal, Stance(least, least), asked[k])
            take[k] = chair.units(least)
    accepted[speaker] = deal >= 0
    suits = talk.suits(deal)
    talk.tell(lambda: Turn(talk.round, speaker, talk.world, deal, asked, accepted, take, suits))
    talk.note_refusal(deal, asked & ~accepted)
    talk.agree(talk.consents(accepted) & suits, deal, speaker, accepted)
