"""Zeuthen's tactic: who has more to lose from a breakdown concedes.

The risk that a party can bear is (u(own offer) − u(other's offer)) / (u(own offer) − d). Who bears less concedes, by as
little as makes its own risk the larger: then the other's offer has the smaller product of gains, so that two who follow
this end at the Nash solution.

References
----------
Zeuthen (1930), Problems of Monopoly and Economic Warfare; Harsanyi (1956), Econometrica 24, 144-157.
"""

from __future__ import annotations

import numpy as np

from negsim.bargaining.tactics.base import Moment, Stance, Tactic, same
from negsim.scenario.bargaining import TACTIC_PARAMETERS

__all__ = ["ZEUTHEN"]

_EQUAL = 1e-9
"""By how much rounding may tell equal risks apart; a party reckons its own in units, and the others' in points."""


def _zeuthen(moment: Moment) -> Stance:
    own, others, enough = moment.risk()
    # Equal risks: both give way, or they would stand still for ever.
    return same(np.where(own <= others + _EQUAL, np.minimum(enough, moment.level), moment.level), moment)


ZEUTHEN = Tactic("zeuthen", "Concedes when it has more to lose", TACTIC_PARAMETERS["zeuthen"], _zeuthen)
