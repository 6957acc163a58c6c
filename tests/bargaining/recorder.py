"""What a listener of talks hears, world by world."""

from __future__ import annotations

from typing import Any

import numpy as np

from negsim.bargaining.talk import Turn
from tests.reference_bargaining import Event


class Recorder:
    """Writes down what happens in each world, and what is believed last."""

    def __init__(self, n_worlds: int) -> None:
        self.events: list[list[Event]] = [[] for _ in range(n_worlds)]
        self.beliefs: dict[int, list[Any]] = {}

    def hear(self, turn: Turn) -> None:
        for place, world in enumerate(turn.world.tolist()):
            if turn.deal[place] >= 0:
                asked = np.flatnonzero(turn.asked[:, place]).tolist()
                speaker, made = (
                    int(np.broadcast_to(one, turn.world.shape)[place]) for one in (turn.speaker, turn.round)
                )
                answers = tuple((k, bool(turn.accepted[k, place])) for k in asked)
                self.events[world].append((made, speaker, int(turn.deal[place]), answers, bool(turn.suits[place])))

    def learn(self, worlds: Any, beliefs: Any) -> None:
        for place, world in enumerate(worlds.tolist()):
            self.beliefs[world] = [(b.weight[place], b.real[place], b.serious[place]) for b in beliefs]
