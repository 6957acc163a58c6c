"""Who accepts an outcome and whether the agreement rule lets it through, by definition.

Whatever is computed in fractions is rounded to units somewhere, in one way or another, so an answer may be open: an
outcome is *surely* accepted or *surely* refused, or neither. Where only whole units are added up, nothing is open.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.checks.theorems.second_way.alternative import Alternative
from negsim.checks.theorems.second_way.breach import surplus_of
from negsim.checks.theorems.second_way.cases import Cases
from negsim.checks.theorems.second_way.worth import utility
from negsim.records import dataclass
from negsim.scenario.types import Party, Role

__all__ = ["Answers", "answers_of", "asked_at", "crosses", "falls_short", "feasible", "let_through"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answers:
    """Where one actor surely accepts and surely refuses: (case,) each."""

    accepts: Mask
    refuses: Mask


def answers_of(actor: Party, cases: Cases, *, in_earnest: bool = False) -> Answers:
    """Ask an actor; ``in_earnest`` who does not negotiate seriously accepts nothing."""
    enough, short = _by_points(actor, cases)
    against = crosses(actor, cases)
    if in_earnest:
        against |= ~cases.serious(actor)
    return Answers(enough & ~against, short | against)


def falls_short(actor: Party, cases: Cases) -> Mask:
    """Tell where an outcome surely gives an actor less than no deal: (case,)."""
    return _by_points(actor, cases)[1]


def _by_points(actor: Party, cases: Cases) -> tuple[Mask, Mask]:
    """Tell where an outcome surely gives an actor as much as no deal, and where surely less."""
    alternative = Alternative(actor, cases)
    over = utility(actor, cases) - alternative.value()
    if cases.scenario.durability is not None and actor.discount_rate is not None:
        surplus = surplus_of(actor, over, alternative)
        return surplus.value > 2 * surplus.share, surplus.value < -2 * surplus.share
    # A computed no-deal value may be rounded to either of two units where it lies between them.
    return (over >= 0, over < 0) if alternative.is_exact else (over >= 1, over < -1)


def crosses(actor: Party, cases: Cases) -> Mask:
    """Tell where an outcome crosses a red line of an actor that is no bluff: (case,)."""
    found = np.zeros(len(cases), np.bool_)
    for line in actor.red_lines:
        found |= cases.real(actor, line.id) & ~cases.holds(line.require)
    return found


def feasible(cases: Cases) -> Mask:
    """Tell where an outcome breaks no rule, and issues are irrelevant just where they do not arise: (case,)."""
    found = np.ones(len(cases), np.bool_)
    for rule in cases.scenario.rules:
        found &= cases.holds(rule.require)
    for issue in cases.scenario.issues:
        if issue.when is not None:
            found &= cases.holds(issue.when) == (cases.choice[:, cases.place[issue.id]] < len(issue.options))
    return found


def asked_at(actor: Party, cases: Cases) -> Mask:
    """Tell where the consent of an actor, or of the party that it ratifies for, counts at all: (case,)."""
    named = actor.ratifies or actor.id
    party = next(one for one in cases.scenario.parties if one.id == named)
    if party.role is Role.SIGNATORY:
        return np.ones(len(cases), np.bool_)
    return np.zeros(len(cases), np.bool_) if party.consents_to is None else cases.holds(party.consents_to)


def let_through(cases: Cases, *, in_earnest: bool = False) -> Answers:
    """Tell where the agreement rule surely lets an outcome through, and where it surely does not."""
    answers = {actor.id: answers_of(actor, cases, in_earnest=in_earnest) for actor in cases.scenario.actors}
    surely = _combined(cases, {name: one.accepts for name, one in answers.items()})
    perhaps = _combined(cases, {name: ~one.refuses for name, one in answers.items()})
    return Answers(surely, ~perhaps)


def _combined(cases: Cases, accepting: dict[str, Mask]) -> Mask:
    quorum = cases.scenario.agreement.quorum
    passes = np.ones(len(cases), np.bool_)
    votes = np.zeros(len(cases), np.int64)
    for actor in cases.scenario.actors:
        is_voter = quorum is not None and actor.role is Role.SIGNATORY
        votes += accepting[actor.id] & is_voter
        if not is_voter or actor.id in cases.scenario.agreement.vetoes:
            passes &= accepting[actor.id] | ~asked_at(actor, cases)
    return passes if quorum is None else passes & (votes >= quorum)
