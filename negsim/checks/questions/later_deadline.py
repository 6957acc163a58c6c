"""Whether a later deadline may lose a deal.

It sounds like a law that more time never hurts, and is none. Tactics in time stretch to the deadline: with another one,
other offers are made and other offers meet (Faratin, Sierra and Jennings 1998 describe such tactics). With few options
the last offer of a longer talk may meet nobody; with a finite horizon, what the first mover gets goes up and down with
the number of rounds (Ståhl 1972). Only where the offers of each round stay as they were, more rounds lose no deal.

Each world plays with some rounds a session more, and some sessions more where there are several, by the same chances. A
deal is lost where there is one by the deadline that stands and none by the later one, for whatever reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from negsim.bargaining.stops import Stop
from negsim.bargaining.table import can_bargain
from negsim.checks.questions.answer import Answer, answered, not_applying
from negsim.checks.questions.asking import Asking
from negsim.scenario.bargaining import MOST_ROUNDS, MOST_SESSIONS, Protocol

__all__ = ["ID", "ask"]

ID = "later_deadline"


def ask(asking: Asking) -> Iterator[Answer]:
    """Ask of rounds, and of sessions if there are several."""
    protocol = asking.protocol
    if not can_bargain(asking.compiled.scenario):
        yield not_applying(ID, "protocol", "nobody has anybody to bargain with")
        return
    if protocol.kind == "take_it_or_leave_it":
        yield not_applying(ID, "protocol.rounds", "there is but one offer")
    else:
        yield _answer(asking, "rounds", protocol.rounds, MOST_ROUNDS)
    if protocol.sessions > 1:
        yield _answer(asking, "sessions", protocol.sessions, MOST_SESSIONS)


def _answer(asking: Asking, name: str, stands: int, most: int) -> Answer:
    later = sorted({n for n in (stands + 1, stands + 2, 2 * stands) if stands < n <= most})
    subject = f"protocol.{name}"
    if not later:
        return not_applying(ID, subject, f"there are {stands} {name}, which is the most there can be")
    agreed = asking.ends.stop == Stop.AGREED
    lost_with, shown, counts = np.zeros(asking.n_worlds, np.bool_), "", []
    for number in later:
        ends = asking.ends_under(_with(asking.protocol, name, number))
        lost = agreed & (ends.stop != Stop.AGREED)
        won = ~agreed & (ends.stop == Stop.AGREED)
        counts.append(f"{subject}={number} loses {np.count_nonzero(lost):,} and wins {np.count_nonzero(won):,}")
        if not shown and np.any(lost):
            shown = _example(asking, f"{subject}={number}", int(np.argmax(lost)), Stop(int(ends.stop[np.argmax(lost)])))
        lost_with |= lost
    detail = f"{np.count_nonzero(agreed):,} of {asking.n_worlds:,} worlds agree; {'; '.join(counts)}"
    return answered(ID, subject, asking.n_worlds, int(np.count_nonzero(lost_with)), shown, detail)


def _with(protocol: Protocol, name: str, number: int) -> Protocol:
    return replace(protocol, rounds=number) if name == "rounds" else replace(protocol, sessions=number)


def _example(asking: Asking, edit: str, world: int, stop: Stop) -> str:
    ends = asking.ends
    gains = zip(asking.table.parties, ends.gain[world].tolist(), strict=True)
    worth = ", ".join(f"{party.id} {gain:+.2f}" for party, gain in gains)
    rounds = f"round {int(ends.round[world]) + 1}"
    return f"{asking.name_world(world)}: agreed in {rounds} ({worth} points); with {edit} it ends by {stop.word}"
