"""Alternating offers: by turns (Rubinstein 1982), and stacked (Aydoğan et al. 2017); and the one offer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.tactics.base import Stance
from negsim.bargaining.talk import Talk, Turn

__all__ = ["alternate", "offer_once", "stack"]

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]


def alternate(talk: Talk) -> None:
    """Play a round of alternating offers: whose turn it is proposes, all others answer at once.

    References
    ----------
    Ståhl (1972), Bargaining Theory; Rubinstein (1982), Econometrica 50, 97-109. With more than two, turns go round.
    """
    _offer_and_answers(talk, talk.round % len(talk.chairs), final=False)


def offer_once(talk: Talk) -> None:
    """Play a session of one offer, to be taken or left where no session follows; in the next, it is the next one's."""
    _offer_and_answers(talk, talk.round % len(talk.chairs), final=talk.round == talk.arena.rules.n_rounds - 1)


def _offer_and_answers(talk: Talk, speaker: int, *, final: bool) -> None:
    deal = talk.offer(speaker, talk.stance(speaker))
    accepted = np.zeros((len(talk.chairs), len(deal)), np.bool_)
    asked = np.broadcast_to(deal >= 0, accepted.shape).copy()
    asked[speaker] = False
    take = np.full(accepted.shape, np.nan)
    for k, chair in enumerate(talk.chairs):
        if k != speaker:
            stance = talk.stance(k, speaks=False, final=final)
            accepted[k] = talk.answer(k, deal, stance, asked[k])
            take[k] = chair.units(stance.take)
    accepted[speaker] = deal >= 0
    suits = talk.suits(deal)
    talk.tell(lambda: Turn(talk.round, speaker, talk.world, deal, asked, accepted, take, suits))
    talk.note_refusal(deal, asked & ~accepted)
    talk.agree(talk.consents(accepted) & suits, deal, speaker, accepted)


def stack(talk: Talk) -> None:
    """Play a round of stacked alternating offers: each in turn answers what is on the table, or offers something else.

    An offer stands until so many refuse it that it cannot succeed; then who refused last makes another. All speak once
    a round, so that an offer of the last one is answered in the next round, and the very last one by nobody.

    References
    ----------
    Aydoğan, Festen, Hindriks & Jonker (2017), Alternating offers protocols for multilateral negotiation. With unanimity
    it is the `SAOMechanism` of NegMAS 0.16.
    """
    talk.begin(lambda: _nothing_on_the_table(len(talk.chairs), len(talk.going)))
    for k in range(len(talk.chairs)):
        stance = talk.stance(k)
        _answer_standing(talk, k, stance)
        if talk.is_over:
            break
        _counter(talk, k, stance)


def _nothing_on_the_table(n_seats: int, n: int) -> dict[str, NDArray[Any]]:
    """Begin without an offer: whose it is, of which round, and who took or refused it."""
    return {
        "deal": np.full(n, -1),
        "speaker": np.full(n, -1),
        "round": np.full(n, -1),
        "accepted": np.zeros((n_seats, n), np.bool_),
        "refused": np.zeros((n_seats, n), np.bool_),
    }


def _answer_standing(talk: Talk, k: int, stance: Stance) -> None:
    """Let a party answer the offer of another that is on the table."""
    deal, speaker = talk.memory["deal"], talk.memory["speaker"]
    accepted, refused = talk.memory["accepted"], talk.memory["refused"]
    asked = talk.going & (deal >= 0) & (speaker != k)
    if not np.any(asked):
        return
    yes = talk.answer(k, deal, stance, asked)
    accepted[k] |= yes
    refused[k] |= asked & ~yes
    suits = talk.suits(deal)
    talk.tell(lambda: _turn_of_answer(talk, k, asked, yes, stance))
    talk.note_refusal(np.where(asked, deal, -1), refused)
    talk.agree(asked & talk.consents(accepted) & suits, deal, speaker, accepted)


def _turn_of_answer(talk: Talk, k: int, asked: Mask, yes: Mask, stance: Stance) -> Turn:
    """Say for each world whose offer was answered, and when it was made, by one party alone."""
    only = np.arange(len(talk.chairs))[:, None] == k
    deal = np.where(asked, talk.memory["deal"], -1)
    take = np.where(only, talk.chairs[k].units(stance.take), np.nan)
    speaker, made = talk.memory["speaker"].copy(), talk.memory["round"].copy()
    return Turn(made, speaker, talk.world, deal, only & asked, only & yes, take, talk.suits(deal))


def _counter(talk: Talk, k: int, stance: Stance) -> None:
    """Let a party offer something else where what is on the table cannot succeed any more."""
    memory = talk.memory
    refused = memory["refused"]
    # Who refused before has made another offer since, where one refusal is enough.
    stands = talk.suits(memory["deal"]) & (~refused[k] if talk.is_unanimous else talk.consents(~refused))
    stands &= talk.going
    hopeless = ~stands
    deal = talk.offer(k, stance, hopeless)
    if np.any(stands):
        deal = np.where(stands, memory["deal"], deal)
        memory["speaker"] = np.where(stands, memory["speaker"], k)
        memory["round"] = np.where(stands, memory["round"], talk.round)
    else:
        memory["speaker"], memory["round"] = np.full(len(deal), k), np.full(len(deal), talk.round)
    memory["deal"] = deal
    memory["accepted"] &= stands
    memory["accepted"][k] |= hopeless & (deal >= 0)
    refused &= stands
