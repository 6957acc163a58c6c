"""The single negotiating text: a mediator's draft, changed one issue at a time, that all can live with in the end."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.talk import Talk, Turn

__all__ = ["MEDIATOR", "draft", "neighbours_of"]

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

MEDIATOR = -1
"""The speaker of a turn is nobody at the table: the mediator."""


def draft(talk: Talk) -> None:
    """Play a round of the single text: the mediator proposes another draft, and all say whether they let it pass.

    A party lets a change pass if the new draft is worth no less to it than the old one, or no less than its tactic
    would take. A change that all let pass becomes the draft, unless it loses those who are not at the table. In the
    last round the draft is put to all: who accepts it says yes to it as a deal. A draft differs in one issue from the
    one before, where there is such a deal. Who does not let a draft pass refuses it, for all to learn from; to let one
    pass says little, since it may be for the change alone.

    References
    ----------
    Raiffa (1982), The Art and Science of Negotiation, chapter 14; Klein, Faratin, Sayama & Bar-Yam (2003), Group
    Decision and Negotiation 12, 111-125, where a text is changed at random and parties may let pass what is worse.
    There with a probability that falls with time; here down to what the tactic would take.
    """
    text = talk.begin(lambda: {"text": _any_deal(talk)})["text"]
    if talk.round == talk.arena.rules.n_rounds - 1:
        _put_to_all(talk, text)
        return
    new = _changed(talk, text)
    passes = np.stack([chair.lets_pass(text, new, talk.stance(k).take) for k, chair in enumerate(talk.chairs)])
    for k, passed in enumerate(passes):
        talk.object(k, new, ~passed)
    suits = talk.suits(new)
    take = np.full(passes.shape, np.nan)
    told, asked = np.where(talk.going, new, -1), np.broadcast_to(talk.going, passes.shape)
    talk.tell(lambda: Turn(talk.round, MEDIATOR, talk.world, told, asked, passes & asked, take, suits))
    better_away = suits | ~talk.suits(text)
    talk.memory["text"] = np.where(talk.consents(passes) & better_away, new, text)


def _uniforms(talk: Talk) -> NDArray[np.float64]:
    assert talk.arena.drafts is not None, "a single text needs the numbers by which drafts are changed"
    return talk.arena.drafts(talk.round)[:, talk.world]


def _any_deal(talk: Talk) -> Index:
    assert talk.arena.drafts is not None, "a single text needs the numbers by which drafts are changed"
    first = talk.arena.drafts(talk.arena.rules.n_rounds)[0, talk.world]
    return (first * talk.arena.n_deals).astype(np.intp)


def _put_to_all(talk: Talk, text: Index) -> None:
    stances = [talk.stance(k, final=True) for k in range(len(talk.chairs))]
    text, asked = np.where(talk.going, text, -1), np.broadcast_to(talk.going, (len(stances), len(text)))
    accepted = np.stack([talk.answer(k, text, stance, asked[k]) for k, stance in enumerate(stances)])
    take = np.stack([chair.units(stance.take) for chair, stance in zip(talk.chairs, stances, strict=True)])
    suits = talk.suits(text)
    talk.tell(lambda: Turn(talk.round, MEDIATOR, talk.world, text, asked, accepted, take, suits))
    talk.note_refusal(text, ~accepted)
    talk.agree(talk.consents(accepted) & suits, text, MEDIATOR, accepted)


def _changed(talk: Talk, text: Index) -> Index:
    """Change one issue of each draft, at random among the deals that differ in that alone; any other if none does."""
    choices = talk.arena.choices
    assert choices is not None, "a single text needs to know what deals are made of"
    first, second = _uniforms(talk)
    n_issues = choices.shape[1]
    issue = np.minimum((first * n_issues).astype(np.intp), n_issues - 1)
    new = _other_than(text, second, np.full(len(text), len(choices)))
    written = choices.tobytes()
    for k in range(n_issues):
        here = np.flatnonzero(issue == k)
        order, start, size, own = neighbours_of(written, choices.shape, k)
        deal = text[here]
        place = _other_than(own[deal], second[here], size[deal])
        new[here] = np.where(size[deal] > 1, order[start[deal] + place], new[here])
    return new


def _other_than(place: Index, uniform: NDArray[np.float64], n: Index) -> Index:
    """Choose one of n places but the one given, by a uniform number; that one where there is no other."""
    other = (uniform * (n - 1)).astype(np.intp)
    return np.minimum(other + (other >= place), n - 1)


@lru_cache(maxsize=128)
def neighbours_of(choices: bytes, shape: tuple[int, int], issue: int) -> tuple[Index, Index, Index, Index]:
    """Group deals that differ in one issue alone.

    Returns
    -------
    order : intp array (deal,)
        The deals, group after group.
    start, size : intp array (deal,)
        Where the group of each deal begins in that order, and how many are in it.
    own : intp array (deal,)
        Which of its group, from 0, each deal is itself.
    """
    table = np.frombuffer(choices, np.intp).reshape(shape)
    _, group = np.unique(np.delete(table, issue, axis=1), axis=0, return_inverse=True)
    group = group.reshape(-1)
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    start = (np.cumsum(sizes) - sizes)[group]
    own = np.empty_like(order)
    own[order] = np.arange(len(order))
    return order, start, sizes[group], own - start
