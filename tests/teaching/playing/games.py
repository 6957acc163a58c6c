"""Small games to play, and people who play them by a rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from negsim.scenario import Scenario, loads
from negsim.teaching.game import fixed_game
from negsim.teaching.playing.match import Match, Options, make_match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.own import Own, own_view
from negsim.teaching.playing.session import state_after
from negsim.teaching.playing.told import Question, State

SALE = """\
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, scale: 0..10, step: 1, unit: euros}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 40}
  seller: {title: Seller, demands: {price: 10}, no_deal: 40}
protocol: {rounds: 4}
"""
"""Ten points a euro; each accepts what leaves 40 points: 4, 5 and 6."""

MILL = """\
negsim: 1
id: mill
title: The old mill
about: Ann would buy Bob's mill.
issues:
  price: {title: Price, scale: 0..100, step: 10, unit: coins}
  repairs: {title: Who repairs the roof, options: {ann: Ann, bob: Bob}}
  pledge: {title: What Bob pledges, options: {land: Land, word: His word}, when: repairs == bob}
rules:
  paid: {require: not (repairs == bob and price == 0), because: Nobody repairs for nothing}
parties:
  ann:
    title: Ann
    demands: {price: 0, repairs: bob}
    priorities: {price: 60, repairs: 20, pledge: 20}
    values: {pledge: {land: 100, word: 0, irrelevant: 50}}
    no_deal: 30
    red_lines:
      fifty: {title: Not more than sixty, require: price <= 60, firmness: hard}
  bob:
    title: Bob
    demands: {price: 100, repairs: ann}
    priorities: {price: 70, repairs: 20, pledge: 10}
    values: {pledge: {land: 0, word: 100, irrelevant: 100}}
    no_deal: 20
    red_lines:
      land: {title: Never the land, require: pledge != land, firmness: FIRM}
protocol: {kind: KIND, rounds: 5, sessions: SESSIONS}
"""

HARBOUR = """\
negsim: 1
id: harbour
title: A harbour
issues:
  size: {title: Size, scale: 0..10, step: 1}
  fund: {title: Fund for fishers, options: [none, small, large]}
parties:
  city: {title: City, demands: {size: 10, fund: none}, priorities: {size: 70, fund: 30}, no_deal: 30}
  fishers: {title: Fishers, demands: {size: 0, fund: large}, priorities: {size: 40, fund: 60}, no_deal: 35}
  port: {title: Port, demands: {size: 8, fund: small}, priorities: {size: 90, fund: 10}, no_deal: 20}
  state:
    title: State
    role: guarantor
    consents_to: fund == large
    demands: {fund: none}
    no_deal: 50
agreement: {quorum: 2, vetoes: [city]}
protocol: {rounds: 6}
"""


def mill(kind: str = "alternating_offers", *, sessions: int = 1, firm: str = "1") -> Scenario:
    return loads(MILL.replace("KIND", kind).replace("SESSIONS", str(sessions)).replace("FIRM", firm))


def match_of(scenario: Scenario, party: str, *, seed: int = 0) -> Match:
    return make_match(fixed_game(scenario, seed), party, seed=seed, scenario=scenario)


Player = Callable[[Own, Question], Move]


def play_out(match: Match, player: Player, most: int = 500) -> tuple[list[Move], State]:
    """Let a person who plays by a rule play to the end."""
    moves: list[Move] = []
    for _ in range(most):
        state = state_after(match, moves)
        if state.question is None:
            return moves, state
        moves.append(player(own_view(match, state.question.session - 1), state.question))
    raise AssertionError("the talks have no end")


def all_deals(match: Match) -> list[Options]:
    setup = match.set_table()
    return [match.spelled(setup, k) for k in range(len(setup.table.choices))]


def conceder(own: Own, question: Question) -> Move:
    """Offers the least that its adviser would ask for, and takes what its adviser would."""
    asked = own.no_deal if question.advice is None else own.no_deal + question.advice
    if question.kind != "offer":
        return Move("accept" if own.view(question.options).points >= asked - 1e-6 else "refuse")
    deals = all_deals(own.match)
    points = np.array([own.view(deal).points if own.view(deal).is_acceptable else -1.0 for deal in deals])
    enough = np.where(points >= asked - 1e-6, points, np.inf)
    return Move("offer", deals[int(np.argmin(enough))])


def stubborn(own: Own, question: Question) -> Move:
    """Offers its best deal, and takes nothing else."""
    if question.kind != "offer":
        return Move("refuse")
    deals = all_deals(own.match)
    return Move("offer", max(deals, key=lambda deal: own.view(deal).points))
